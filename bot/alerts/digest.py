"""A summary of alerts in words, before a platform lays it out: by severity, one line each with its link."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby

from bot.alerts.brief import MARKS, Brief, brief
from bot.alerts.collapse import Bundle, by_severity
from bot.alerts.model import Alert
from bot.alerts.numbers import numbered
from bot.alerts.wording import words
from bot.article.cleaning import one_line

FACTS_LIMIT = 90  # characters
SOURCE_LIMIT = 40
LINK_LIMIT = 500  # longer ones would fill the message; the line then stands without


@dataclass(frozen=True, kw_only=True)
class Line:
    """One alert of a summary.

    Attributes:
        text: Who, where to: the headline.
        facts: How much, how sure, when; through which source. May be empty.
        name: By which people ask about it, `A12`; empty where it has none.
        retracted: The word for it where the alert was taken back, else None.
    """

    mark: str
    text: str
    facts: str
    link: str | None
    name: str = ""
    retracted: str | None = None


@dataclass(frozen=True, kw_only=True)
class Summary:
    """A summary in words: its title, and lines below the severity that they share."""

    title: str
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    def plain(self) -> Iterator[str]:
        """Line by line, without any markup."""
        yield self.title
        for heading, lines in self.groups:
            yield f"{heading}:"
            for line in lines:
                told = (f"{line.mark} {line.text}", line.retracted, line.facts, line.name)
                yield " · ".join(part for part in told if part)


def summary(bundle: Bundle, lang: str, zone: tzinfo | None = None) -> Summary:
    """Put a summary into words.

    Args:
        bundle: What it tells.
        lang: `de` or `en`: the reader's language.
        zone: The reader's time zone; None for the system's.
    """
    grouped = groupby(by_severity(bundle.alerts), key=lambda alert: alert.severity)
    return Summary(
        title=_title(bundle, lang),
        groups=tuple(
            (
                str(words(lang)["severity"][severity]).capitalize(),
                tuple(_line(alert, bundle, lang, zone) for alert in alerts),
            )
            for severity, alerts in grouped
        ),
    )


def _title(bundle: Bundle, lang: str) -> str:
    head, wordings = bundle.head, words(lang)["summary"]
    number = wordings["alert" if head.total == 1 else "alerts"].format(n=head.total)
    page = f" ({head.page}/{head.pages})" if head.pages > 1 else ""
    return f"{wordings[head.why]} · {number}{page}"


def _line(alert: Alert, bundle: Bundle, lang: str, zone: tzinfo | None) -> Line:
    told = brief(alert, lang, zone)
    taken_back, number = alert.id in bundle.retracted, bundle.numbers.get(alert.id)
    link = told.link if told.link and len(told.link) <= LINK_LIMIT else None
    return Line(
        mark=MARKS[alert.severity],
        text=told.headline,
        facts=_facts(alert, told),
        link=link,
        name=numbered(number) if number else "",
        retracted=words(lang)["retracted"] if taken_back else None,
    )


def _facts(alert: Alert, told: Brief) -> str:
    facts = one_line(told.update or told.facts, FACTS_LIMIT)
    source = one_line(alert.article.source_name or "", SOURCE_LIMIT)
    return " · ".join(part for part in (facts, source) if part)
