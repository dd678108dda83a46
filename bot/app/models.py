"""The trained models that a configuration names: what stands behind each, and why one cannot be used."""

from bot.app.config import Config
from bot.app.settings import models_of
from bot.commands.wording import say
from bot.errors import ModelError
from bot.extraction.trained.standing import Standing, standing


def standings(config: Config) -> tuple[Standing, ...]:
    """What stands behind the choice for each language."""
    return tuple(standing(lang, choice) for lang, choice in models_of(config).items())


def why_not(one: Standing, lang: str = "en") -> str:
    """Why a model is not used, and the mend: one line in `lang`."""
    return say(
        lang,
        f"model_{one.state}",
        choice=one.choice,
        reads=one.meta.get("lang"),
        language=say(lang, f"lang_{one.lang}"),
        version=one.version,
        needs=one.needs,
        has=one.has,
    )


def usable_models(config: Config) -> dict[str, str]:
    """The choices, each of them usable.

    Raises:
        ModelError: One is not; the text names key and mend.
    """
    wrong = [f"`models.{one.lang}`: {why_not(one)}" for one in standings(config) if one.wrong]
    if wrong:
        raise ModelError("\n".join(wrong))
    return models_of(config)
