"""Sources of the configuration as a list that feed readers take, and the other way round."""

from collections.abc import Iterable, Iterator, Sequence

from bot.app.config import Config, Source
from bot.app.source_lines import source_line
from bot.article.url import canonical_url, host_of
from bot.sources.kinds.addresses import known_address, mastodon_account
from bot.sources.opml import NAME_LIMIT, Outline

_FIRST = ("name", "kind", "url", "path", "links", "replies", "reposts", "base_url")
_COMMON = frozenset(("name", "url", "path", "lang"))  # what an outline says in its own words


def outlines_of(config: Config) -> tuple[list[Outline], list[str]]:
    """The sources for an export, and the names of those that are nothing to hand over: folders here."""
    chosen = [source for source in config.sources if source.kind != "folder"]
    return [_outline(source) for source in chosen], [one.name for one in config.sources if one not in chosen]


def new_sources(outlines: Iterable[Outline], config: Config) -> list[tuple[Outline, Source]]:
    """The sources of a list that the configuration does not have yet, each with a name of its own."""
    known = {canonical_url(source.address) for source in config.sources}
    names = {source.name for source in config.sources}
    found = []
    for outline in outlines:
        source = _source(outline, names)
        address = canonical_url(source.address)
        if address in known:
            continue
        known.add(address)
        names.add(source.name)
        found.append((outline, source))
    return found


def lines_of(found: Sequence[tuple[Outline, Source]]) -> Iterator[str]:
    """Lines of the configuration, with a comment where another category begins."""
    category: tuple[str, ...] = ()
    for outline, source in found:
        if outline.categories != category:
            category = outline.categories
            yield f"# {' / '.join(category) or '…'}"
        yield line_of(source)


def line_of(source: Source) -> str:
    """A source as one line of the configuration; what is as usual is left out."""
    values = source.model_dump(mode="json", exclude_defaults=True)
    return source_line({key: values[key] for key in dict.fromkeys((*_FIRST, *values)) if key in values})


def own_name(name: str, url: str, taken: set[str]) -> str:
    """The name, or the name with its host or a number where another source has it."""
    wished = (name or host_of(url))[:NAME_LIMIT]
    host = f" ({host_of(url)})"
    numbered = (f"{wished[: NAME_LIMIT - 8]} ({number})" for number in range(2, len(taken) + 3))
    choices = (wished, f"{wished[: NAME_LIMIT - len(host)]}{host}"[:NAME_LIMIT], *numbered)
    return next(choice for choice in choices if choice not in taken)


def _outline(source: Source) -> Outline:
    values = source.model_dump(mode="json", exclude_defaults=True)
    options = {key: _text(value) for key, value in values.items() if key not in _COMMON}
    account = mastodon_account(source.address) if source.kind == "mastodon" else None
    if account and not options.keys() & {"replies", "reposts"}:
        # Its RSS is a feed that every reader takes.
        del options["kind"]
        return Outline(name=source.name, url=f"{account.url}.rss", lang=source.lang, options=options)
    return Outline(name=source.name, url=source.address, lang=source.lang, options=options)


def _source(outline: Outline, taken: set[str]) -> Source:
    """The source that an outline means; options that make no sense are left out."""
    kind, url = known_address(outline.url) or ("feed", outline.url)
    values: dict[str, object] = {
        "name": own_name(outline.name, outline.url, taken),
        "kind": kind,
        "url": url,
        "lang": outline.lang,
    }
    try:
        return Source.model_validate(values | dict(outline.options))
    except ValueError:
        return Source.model_validate(values)


def _text(value: object) -> str:
    return "true" if value is True else str(value)
