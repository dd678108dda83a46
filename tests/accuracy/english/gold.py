"""Turn the marked-up English articles into gold rows, and fail loudly where a mark or a word does not fit.

The marks and what they mean stand in README.md beside this file. As a program it writes rows, one a line:

    python -m tests.accuracy.english.gold input|quotes|alerts FILE.yml...
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
TYPES = {
    "D": "Direct",
    "I": "Indirect",
    "IF": "IndirectFreeIndirect",
    "F": "FreeIndirect",
    "R": "Reported",
}
MARK = re.compile(r"\\(.)|\{([A-Z]+)(\d*)((?: \w+)*)\||\[(\w+):|([}\]{\[])")
ALERT_KEYS = frozenset(
    [
        "rule",
        "at",
        "also",
        "modality",
        "actors",
        "date",
        "accept_dates",
        "quantity",
        "accept_quantities",
        "quote",
        "by",
        "accept",
        "medium",
        "place",
        "firm",
    ]
)
RULES = frozenset(
    ["troop-commitment", "troop-withdrawal", "leader-meeting", "sanctions", "aid-pledge", "ceasefire-talks"]
)
NAMELESS = frozenset(["", "he", "she", "it", "they", "the minister"])
DATE = re.compile(r"\d{4}(-W\d\d|-\d\d(-\d\d)?)?")

Row = dict[str, Any]
Span = tuple[int, int]


class MarkError(ValueError):
    """A mark, or a word an alert points at, that does not fit its article."""


@dataclass(kw_only=True)
class Quote:
    """One quote while its article is read: offsets into the whole text, speakers by their labels."""

    type: str
    speakers: list[str]
    spans: list[Span] = field(default_factory=list)

    def inside(self, other: "Quote") -> bool:
        """Whether the other, not merely summarised, holds this one."""
        holds = [any(s <= a and b <= e for s, e in other.spans) for a, b in self.spans]
        return other is not self and other.type != "Reported" and all(holds)


@dataclass(kw_only=True)
class Page:
    """An article's marks while it is read."""

    text: str = ""
    sentences: list[Span] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    names: dict[str, list[Span]] = field(default_factory=dict)
    parts: dict[str, Quote] = field(default_factory=dict)
    open: list[tuple[str, int, Quote | str]] = field(default_factory=list)

    def begin(self, mark: re.Match[str]) -> None:
        """An opening mark: a quote, the further part of one, or a speaker."""
        if mark[5]:
            self.open.append(("]", len(self.text), mark[5]))
            return
        if mark[2] not in TYPES:
            raise MarkError(f"no such type: {mark[0]}")
        quote = self.parts.get(mark[2] + mark[3]) if mark[3] else None
        if quote is None:
            quote = Quote(type=TYPES[mark[2]], speakers=mark[4].split())
            self.quotes.append(quote)
        if mark[3]:
            self.parts[mark[2] + mark[3]] = quote
            quote.speakers += [label for label in mark[4].split() if label not in quote.speakers]
        self.open.append(("}", len(self.text), quote))

    def end(self, closing: str) -> None:
        """A closing mark ends what was opened last."""
        wanted, start, what = self.open.pop() if self.open else ("nothing", 0, "")
        if closing != wanted:
            raise MarkError(f"found {closing} for {wanted} after …{self.text[-40:]}")
        span = (start, len(self.text))
        if isinstance(what, Quote):
            what.spans.append(span)
        else:
            self.names.setdefault(what, []).append(span)

    def read(self, marked: str) -> None:
        """Take in one line of the source, marks and all."""
        at, self.parts = 0, {}
        for mark in MARK.finditer(marked):
            self.text += marked[at : mark.start()]
            at = mark.end()
            if mark[1]:
                self.text += mark[1]
            elif mark[6]:
                self.end(mark[6])
            else:
                self.begin(mark)
        self.text += marked[at:]
        if lone := [number for number, quote in self.parts.items() if len(quote.spans) < 2]:
            raise MarkError(f"only one part of {lone}")


def page_of(source: str) -> tuple[str | None, Page]:
    """The headline, if any, and the article: one sentence a line, blank lines between paragraphs."""
    page, headline = Page(), None
    for number, line in enumerate(source.strip().split("\n")):
        if not line:
            page.text = page.text.rstrip() + "\n\n"
            continue
        start = len(page.text)
        page.read(line.removeprefix("# "))
        page.sentences.append((start, len(page.text)))
        page.text += "\n\n" if line.startswith("# ") else " "
        headline = page.text.strip() if number == 0 and line.startswith("# ") else headline
    page.text = page.text.rstrip()
    if page.open:
        raise MarkError(f"never closed: {page.open[-1]}")
    return headline, page


def words_of(page: Page, quote: Quote) -> str:
    """A quote's own words, without the marks around them."""
    return " ".join(page.text[start:end].strip("“”‘’'\", ") for start, end in quote.spans)


def speaker_of(page: Page, quote: Quote) -> list[Span]:
    """Where the speaker's names stand, that of the frame first."""
    missing = [label for label in quote.speakers if label not in page.names]
    if missing:
        raise MarkError(f"no speaker marked {missing[0]} for {words_of(page, quote)[:50]!r}")
    return [span for label in quote.speakers for span in page.names[label]]


def spans_of(page: Page, quote: Quote) -> list[Span]:
    """A quote's spans; a summarised one begins with its speaker, where nothing else said stands between."""
    before = [end for other in page.quotes if other is not quote for _, end in other.spans]
    start, end = quote.spans[0]
    for name, stop in speaker_of(page, quote) if quote.type == "Reported" else []:
        near = stop <= start and not any(stop <= other <= start for other in before)
        if near and "\n" not in page.text[name:start]:
            return [(name, end), *quote.spans[1:]]
    return quote.spans


def quote_rows(page: Page) -> list[Row]:
    """The quotes, in the form of the German gold rows."""
    used = {label for quote in page.quotes for label in quote.speakers}
    if idle := set(page.names) - used:
        raise MarkError(f"speakers without a quote: {sorted(idle)}")
    return [
        {
            "type": quote.type,
            "nested": any(quote.inside(other) for other in page.quotes),
            "spans": spans_of(page, quote),
            "speaker": speaker_of(page, quote),
        }
        for quote in sorted(page.quotes, key=lambda one: one.spans)
    ]


def sentence_with(page: Page, words: str) -> str:
    """The only sentence that has these words."""
    found = [page.text[start:end] for start, end in page.sentences if words in page.text[start:end]]
    if len(found) != 1:
        raise MarkError(f"{len(found)} sentences have {words!r}")
    return found[0]


def key_quote(page: Page, words: str, by: str | None = None) -> Row:
    """The only quote that begins with these words, and its speaker, by name if `by` gives one."""
    found = [quote for quote in page.quotes if words_of(page, quote).startswith(words)]
    if len(found) != 1:
        raise MarkError(f"{len(found)} quotes begin with {words!r}")
    names = [page.text[start:end].strip(", ") for start, end in speaker_of(page, found[0])]
    said = by or max(names, key=len, default="")
    if said.lower() in NAMELESS:
        raise MarkError(f"by whom is {words!r}?")
    return {"text": words_of(page, found[0]), "speaker": said}


def accepted_quote(page: Page, other: str | Row) -> Row:
    """A further quote that would do: its first words, or these and who says them."""
    return key_quote(page, other) if isinstance(other, str) else key_quote(page, **other)


def uncut(page: Page, quote: Row) -> Row:
    """A key quote from its beginning to its end, with what interrupts it: the text between its offsets."""
    spans = next(one.spans for one in page.quotes if words_of(page, one) == quote["text"])
    return {"text": page.text[spans[0][0] : spans[-1][1]], "speaker": quote["speaker"]}


def amount_of(written: str | None, accepted: list[float]) -> Row | None:
    """`900 soldier` as value and unit."""
    if written is None:
        return None
    value, unit = written.split()
    return {"value": float(value) if "." in value else int(value), "unit": unit, "accept": accepted}


def alert_row(page: Page, alert: Row) -> Row:
    """An alert, in the form of the German gold rows; `optional` where the source says `firm: no`."""
    if unknown := set(alert) - ALERT_KEYS:
        raise MarkError(f"unknown: {sorted(unknown)}")
    dates = [str(date) for date in [alert.get("date"), *alert.get("accept_dates", [])] if date]
    if alert["rule"] not in RULES or not all(DATE.fullmatch(date) for date in dates):
        raise MarkError(f"no such rule or date: {alert}")
    quote = key_quote(page, alert["quote"], alert.get("by")) if alert.get("quote") else None
    if quote:
        accepted = [accepted_quote(page, other) for other in alert.get("accept", [])]
        quote["accept"] = accepted + [uncut(page, one) for one in (quote, *accepted)]
    row = {
        "rule": alert["rule"],
        "evidence": sentence_with(page, alert["at"]),
        "evidence_alt": [sentence_with(page, words) for words in alert.get("also", [])],
        "modality": alert["modality"],
        "actors": alert["actors"],
        "medium": alert.get("medium"),
        "place": alert.get("place"),
        "date": str(alert["date"]) if alert.get("date") else None,
        "date_accept": [str(date) for date in alert.get("accept_dates", [])],
        "quantity": amount_of(alert.get("quantity"), alert.get("accept_quantities", [])),
        "quote": quote,
    }
    return row if alert.get("firm", True) else row | {"optional": True}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One article: what the program is given, and the gold rows to score it against."""

    kind: str
    given: Row
    quotes: Row
    alerts: Row


def item_of(source: Row) -> Item:
    """One entry of a file; raises MarkError, which names it."""
    try:
        headline, page = page_of(source["text"])
        same = {"id": source["id"], "lang": "en", "published": str(source["published"])}
        body = page.text.removeprefix(f"{headline}\n\n") if headline else page.text
        alerts = [alert_row(page, alert) for alert in source.get("alerts", [])]
        return Item(
            kind=source["kind"],
            given={**same, "title": headline, "text": body},
            quotes={**same, "title": None, "text": page.text, "quotes": quote_rows(page)},
            alerts={"id": source["id"], "published": same["published"], "alerts": alerts},
        )
    except (MarkError, KeyError) as error:
        raise MarkError(f"{source.get('id')}: {error}") from error


def items(path: Path) -> list[Item]:
    """All articles of a file, in its order; raises MarkError."""
    found = [item_of(source) for source in yaml.safe_load(path.read_text(encoding="utf-8"))]
    ids = [item.given["id"] for item in found]
    if len(set(ids)) != len(ids):
        raise MarkError(f"{path.name}: an id stands there twice")
    return found


def lines(rows: list[Row]) -> str:
    """Rows as JSON, one a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def written(form: str, paths: list[str]) -> Iterator[str]:
    """The rows of files in one of the three forms."""
    fields = {"input": "given", "quotes": "quotes", "alerts": "alerts"}
    for path in paths:
        yield lines([getattr(item, fields[form]) for item in items(Path(path))])


if __name__ == "__main__":
    sys.stdout.writelines(written(sys.argv[1], sys.argv[2:]))
