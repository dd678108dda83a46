"""What each kind of source wants in the configuration: its address, and the options that are its own."""

from collections.abc import Iterator, Mapping

from bot.app.config import Config, Source
from bot.sources.kinds.addresses import bluesky_actor, mastodon_account, telegram_channel

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "links": ("page",),
    "replies": ("mastodon", "bluesky"),
    "reposts": ("mastodon", "bluesky"),
    "base_url": ("telegram", "bluesky"),
    "path": ("folder",),
}
"""Option -> the kinds it belongs to; every other key of a source belongs to all."""

_FORMS = {
    "telegram": (telegram_channel, "a public channel", "https://t.me/name"),
    "mastodon": (mastodon_account, "a Mastodon account", "https://social.example/@name"),
    "bluesky": (bluesky_actor, "a Bluesky account", "https://bsky.app/profile/name"),
}


Mistake = tuple[tuple[str | int, ...], str, str]
"""Path in the configuration, message, severity."""


def source_mistakes(config: Config) -> Iterator[Mistake]:
    """What does not fit the kind of its source, each at its key."""
    for number, source in enumerate(config.sources):
        for key, message, severity in wrong_in(source):
            yield ("sources", number, key), message, severity


def wrong_in(source: Source) -> Iterator[tuple[str, str, str]]:
    """Key, message and severity of each mistake."""
    for key, kinds in OPTIONS.items():
        if key in source.model_fields_set and source.kind not in kinds:
            fitting = " or ".join(f"`kind: {kind}`" for kind in kinds)
            yield key, f"belongs to {fitting}, not to `{source.kind}`: remove it or mend the kind", "error"
    if source.kind == "folder":
        yield from _wrong_folder(source)
    elif source.url is None:
        yield "url", "is missing: write it", "error"
    else:
        yield from _wrong_address(source.kind, source.url)


def _wrong_folder(source: Source) -> Iterator[tuple[str, str, str]]:
    if source.url is not None:
        yield "url", "a folder has no address: write `path`, the folder's", "error"
    if source.path is None:
        yield "path", "is missing: write the path of the folder", "error"


def _wrong_address(kind: str, url: str) -> Iterator[tuple[str, str, str]]:
    if kind in _FORMS:
        read, what, form = _FORMS[kind]
        if read(url) is None:
            yield "url", f"is not the address of {what}: write one such as `{form}`", "error"
    elif kind == "feed":
        meant = next((other for other in ("telegram", "bluesky") if _FORMS[other][0](url)), None)
        if meant:
            yield "url", f"is the address of {_FORMS[meant][1]}: write `kind: {meant}`", "warning"
