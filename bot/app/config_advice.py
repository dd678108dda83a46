"""What `config check` looks at beyond the text: rules, folders, models, settings that do too little."""

from collections.abc import Iterator

from bot.app.config import Config
from bot.app.config_check import Checked, did_you_mean, in_order, issue_at
from bot.app.models import standings, why_not
from bot.app.packs import load_all
from bot.app.rulebook import folders
from bot.errors import Issue
from bot.located import Node


def advice(checked: Checked, place: str) -> tuple[Issue, ...]:
    """The issues of a usable configuration that only rules, disk and packages can show, by line."""
    if checked.config is None:
        return ()
    found = [
        *_polls_nothing(checked.config, place, checked.root),
        *_missing_folders(checked.config, place, checked.root),
        *_rules(checked.config, place, checked.root),
        *_models(checked.config, place, checked.root),
        *_web(checked.config, place, checked.root),
    ]
    return in_order(found)


def _polls_nothing(config: Config, place: str, root: Node) -> Iterator[Issue]:
    if not config.sources:
        what = "nothing but the demo is polled" if config.demo else "nothing is polled"
        message = f"{what}: add sources, or remove the key to poll those that come with Depesche"
        yield issue_at(place, root, ("sources",), message, "warning")


def _missing_folders(config: Config, place: str, root: Node) -> Iterator[Issue]:
    """No error: a folder may be mounted later, and other sources go on."""
    for number, source in enumerate(config.sources):
        if source.path is not None and not source.path.is_dir():
            message = f"there is no folder `{source.path}`: create it or mend the path"
            yield issue_at(place, root, ("sources", number, "path"), message, "warning")


def _web(config: Config, place: str, root: Node) -> Iterator[Issue]:
    """Secret addresses that travel in the clear; an address that nobody serves."""
    web = config.web
    public = web.public_url or ""
    if web.listen is None and public:
        yield issue_at(
            place, root, ("web", "public_url"), "nothing is there while `listen` is off", "warning"
        )
    elif web.listen and not web.listen.is_private and not public.startswith("https://"):
        message = "others read secret addresses on the way: put TLS before it and name that `public_url`"
        yield issue_at(place, root, ("web", "listen"), message, "warning")


def _models(config: Config, place: str, root: Node) -> Iterator[Issue]:
    for one in standings(config):
        if one.wrong:
            yield issue_at(place, root, ("models", one.lang), why_not(one))


def _rules(config: Config, place: str, root: Node) -> Iterator[Issue]:
    own = config.rules.folder
    if own and not own.exists():
        yield issue_at(
            place, root, ("rules", "folder"), f"there is no folder `{own}`: create it or mend the path"
        )
        return
    if any(channel.rules for channel in config.channels.values()):
        loaded, _, _ = load_all(folders(standard=config.rules.standard, own=own))
        yield from _unknown_rules(config, place, root, set(loaded.by_id))


def _unknown_rules(config: Config, place: str, root: Node, known: set[str]) -> Iterator[Issue]:
    for name, channel in config.channels.items():
        for rule in channel.rules:
            if rule not in known:
                message = f"there is no rule `{rule}`{did_you_mean(rule, known)}"
                yield issue_at(place, root, ("channels", name, "rules"), message, "warning")
