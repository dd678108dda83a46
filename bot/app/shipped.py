"""Top-level files that ship with the program: inside the wheel, or beside the package in a checkout."""

from pathlib import Path

import bot

PACKAGE = Path(bot.__file__).parent


def standard_rules() -> Path:
    """The folder of rules that come with Depesche."""
    return _either(PACKAGE / "standard_rules", PACKAGE.parent / "rules")


def default_config() -> Path:
    """The commented configuration that is also the embedded default."""
    return _either(PACKAGE / "config.example.yml", PACKAGE.parent / "deploy" / "config.example.yml")


def _either(installed: Path, checkout: Path) -> Path:
    return installed if installed.exists() else checkout
