"""Read the blocks `when`, `unless`, `any`, `all`, `not` of a rule file into conditions."""

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.article.model import Tier
from bot.extraction.findings import Medium, Modality, QuoteKind
from bot.extraction.lexicon import LANGUAGES
from bot.located import Node
from bot.rules import fields
from bot.rules.conditions import (
    AllOf,
    AnyOf,
    Condition,
    DateIs,
    EntityIs,
    EventIs,
    LanguageIs,
    MediumIs,
    ModalityIs,
    Not,
    PartyIs,
    PatternFound,
    PlaceIs,
    QuantityIs,
    QuoteIs,
    Slot,
    SourceIs,
    TextHas,
    Where,
)
from bot.rules.descriptions import UNIT_EXAMPLE, phrases_of, unit_of, who_of
from bot.rules.fields import Notes
from bot.rules.patterns import PatternError, compiled

BOUNDS = ("at_least", "at_most", "more_than", "less_than")


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """What reading a block needs: where issues go, and which event types there are."""

    notes: Notes
    event_types: frozenset[str]

    def all_of(self, node: Node) -> Condition | None:
        """A block, or a list of blocks of which each must hold."""
        return self._group(node, AllOf)

    def none_of(self, node: Node) -> Condition | None:
        """A block, or a list of blocks of which none may hold: what is returned must not hold."""
        return self._group(node, AnyOf)

    def _group(self, node: Node, kind: type[AllOf] | type[AnyOf]) -> Condition | None:
        if not isinstance(node.value, list):
            return self._block(node)
        if not node.value:
            self.notes.error(node, "the list is empty: write conditions or leave the key out")
        parts = tuple(part for part in map(self._block, node.value) if part is not None)
        return _single(parts) or (kind(parts=parts, line=node.line, column=node.column) if parts else None)

    def _block(self, node: Node) -> Condition | None:
        given = fields.mapping(node, tuple(_READERS), self.notes, "conditions")
        if not given:
            if node.value == {}:
                self.notes.error(node, "the block is empty: write conditions or leave the key out")
            return None
        first = sorted(given, key=lambda key: key != "event")  # the event is what the others speak of
        read = (_READERS[key](self, given[key]) for key in first)
        parts = tuple(part for part in read if part is not None)
        return _single(parts) or (AllOf(parts=parts, line=node.line, column=node.column) if parts else None)

    def any_of(self, node: Node) -> Condition | None:
        """A list of blocks of which one must hold."""
        if not isinstance(node.value, list):
            self.notes.error(node, "any must be a list of blocks, each beginning with a dash")
            return None
        return self._group(node, AnyOf)

    def negated(self, node: Node) -> Condition | None:
        """What must not hold."""
        inner = self.none_of(node)
        return Not(part=inner, line=node.line, column=node.column) if inner else None

    def event(self, node: Node) -> Condition | None:
        """One or several event types; `troops.*` is all that begin so."""
        types = {
            known
            for text, member in fields.lines(node, self.notes, "event")
            for known in self._types(text, member)
        }
        return EventIs(types=frozenset(types), line=node.line, column=node.column) if types else None

    def _types(self, text: str, node: Node) -> list[str]:
        wild = text == "*" or (text.endswith(".*") and "*" not in text[:-1])
        found = [known for known in self.event_types if known == text or (wild and fnmatchcase(known, text))]
        if not found:
            self.notes.error(
                node, f"unknown event type “{fields.shown(text)}”{fields.meant(text, self.event_types)}"
            )
        return found

    def party(self, slot: Slot) -> Callable[[Node], Condition | None]:
        """A reader of who must stand in a slot."""

        def read(node: Node) -> Condition | None:
            who = who_of(node, self.notes, str(slot))
            return PartyIs(slot=slot, who=who, line=node.line, column=node.column) if who else None

        return read

    def modality(self, node: Node) -> Condition | None:
        """One or several modalities."""
        names = fields.choices(node, tuple(Modality), self.notes, "modality")
        found = tuple(map(Modality, names))
        return ModalityIs(modalities=found, line=node.line, column=node.column) if found else None

    def medium(self, node: Node) -> Condition | None:
        """One or several media of consultation."""
        names = fields.choices(node, tuple(Medium), self.notes, "medium")
        return (
            MediumIs(media=tuple(map(Medium, names)), line=node.line, column=node.column) if names else None
        )

    def quantity(self, node: Node) -> Condition | None:
        """Unit and bounds."""
        given = fields.mapping(node, ("unit", *BOUNDS, "if_given"), self.notes, "quantity")
        if not fields.some(node, given, tuple(given), self.notes, f"quantity needs bounds, {UNIT_EXAMPLE}"):
            return None
        bounds = {key: fields.number(given[key], self.notes, key) for key in BOUNDS if key in given}
        unit = unit_of(given["unit"], self.notes) if "unit" in given else None
        optional = fields.flag(given["if_given"], self.notes, "if_given") if "if_given" in given else False
        if optional and not bounds:
            self.notes.error(node, f"quantity with if_given needs a bound, {UNIT_EXAMPLE}")
        condition = QuantityIs(unit=unit, if_given=optional, line=node.line, column=node.column, **bounds)
        self._check_bounds(condition, node)
        return condition

    def _check_bounds(self, condition: QuantityIs, node: Node) -> None:
        for low in ("at_least", "more_than"):
            for high in ("at_most", "less_than"):
                least, most = getattr(condition, low), getattr(condition, high)
                if least is None or most is None:
                    continue
                if least > most or (least == most and (low, high) != ("at_least", "at_most")):
                    self.notes.error(node.at(high), f"no number is {low} {least:g} and {high} {most:g}")

    def date(self, node: Node) -> Condition | None:
        """Where the date lies."""
        given = fields.mapping(
            node, ("within", "not_older", "after", "before", "future", "if_given"), self.notes, "date"
        )
        mend = "date needs a condition, such as {within: 10d} or {future: true}"
        if not fields.some(node, given, tuple(given), self.notes, mend):
            return None
        notes = self.notes
        condition = DateIs(
            within=fields.duration(given["within"], notes, "within") if "within" in given else None,
            not_older=fields.duration(given["not_older"], notes, "not_older")
            if "not_older" in given
            else None,
            after=fields.day(given["after"], notes, "after") if "after" in given else None,
            before=fields.day(given["before"], notes, "before") if "before" in given else None,
            future=fields.flag(given["future"], notes, "future") if "future" in given else False,
            if_given=fields.flag(given["if_given"], notes, "if_given") if "if_given" in given else False,
            line=node.line,
            column=node.column,
        )
        if condition.after and condition.before and condition.after >= condition.before:
            notes.error(node.at("before"), f"no day is after {condition.after} and before {condition.before}")
        return condition

    def place(self, node: Node) -> Condition | None:
        """A place, or what country it lies in."""
        who = who_of(node, self.notes, "place")
        return PlaceIs(who=who, line=node.line, column=node.column) if who else None

    def entity(self, node: Node) -> Condition | None:
        """A name in the text."""
        who = who_of(node, self.notes, "entity", more=("in",))
        if who is None:
            return None
        return EntityIs(who=who, where=self._where(node), line=node.line, column=node.column)

    def quote(self, node: Node) -> Condition | None:
        """A quote by somebody, or with words in it."""
        given = fields.mapping(node, ("speaker", "words", "kind"), self.notes, "quote")
        mend = "quote needs a condition, such as {speaker: {role: minister}, words: [Truppen]}"
        if not fields.some(node, given, tuple(given), self.notes, mend):
            return None
        kinds = (
            fields.choices(given["kind"], tuple(QuoteKind), self.notes, "quote kind")
            if "kind" in given
            else ()
        )
        return QuoteIs(
            speaker=who_of(given["speaker"], self.notes, "speaker") if "speaker" in given else None,
            phrases=phrases_of(given["words"], self.notes) if "words" in given else (),
            kinds=tuple(map(QuoteKind, kinds)),
            line=node.line,
            column=node.column,
        )

    def source(self, node: Node) -> Condition | None:
        """Names of sources, or a block of names and tiers."""
        given = {"name": node}
        if isinstance(node.value, dict):
            given = fields.mapping(node, ("name", "tier"), self.notes, "source")
            mend = "source needs name or tier, such as {tier: [official, agency]}"
            if not fields.some(node, given, tuple(given), self.notes, mend):
                return None
        named = fields.lines(given["name"], self.notes, "source") if "name" in given else []
        names = tuple(text.lower() for text, _ in named)
        tiers = fields.choices(given["tier"], tuple(Tier), self.notes, "tier") if "tier" in given else ()
        if not names and not tiers:
            return None
        return SourceIs(sources=names, tiers=tuple(map(Tier, tiers)), line=node.line, column=node.column)

    def language(self, node: Node) -> Condition | None:
        """Languages that articles are read in."""
        names = fields.choices(node, LANGUAGES, self.notes, "language")
        return LanguageIs(languages=names, line=node.line, column=node.column) if names else None

    def text(self, node: Node) -> Condition | None:
        """Words and phrases."""
        words = node
        if isinstance(node.value, dict):
            given = fields.mapping(node, ("words", "in"), self.notes, "text")
            mend = "text needs words, such as {words: [Manöver], in: title}"
            if not fields.some(node, given, ("words",), self.notes, mend):
                return None
            words = given["words"]
        phrases = phrases_of(words, self.notes)
        if not phrases:
            return None
        return TextHas(phrases=phrases, where=self._where(node), line=node.line, column=node.column)

    def pattern(self, node: Node) -> Condition | None:
        """One regular expression."""
        inner = node
        if isinstance(node.value, dict):
            given = fields.mapping(node, ("regex", "in"), self.notes, "pattern")
            if not fields.some(node, given, ("regex",), self.notes, "pattern needs a regex"):
                return None
            inner = given["regex"]
        pattern = fields.line(inner, self.notes, "pattern")
        if pattern is None or not self._compiles(pattern, inner):
            return None
        return PatternFound(pattern=pattern, where=self._where(node), line=node.line, column=node.column)

    def _compiles(self, pattern: str, node: Node) -> bool:
        try:
            found = compiled(pattern)
        except PatternError as error:
            self.notes.error((node.line, node.column + node.quoted + error.column), str(error))
            return False
        if found.search("") is not None:
            self.notes.error(node, "the regular expression finds even an empty text: it would always hold")
            return False
        return True

    def _where(self, node: Node) -> Where | None:
        if not isinstance(node.value, dict) or "in" not in node.value:
            return None
        name = fields.choice(node.value["in"], tuple(Where), self.notes, "place to look in")
        return Where(name) if name else None


def _single(parts: tuple[Condition, ...]) -> Condition | None:
    return parts[0] if len(parts) == 1 else None


_READERS: dict[str, Callable[[Blocks, Node], Condition | None]] = {
    "event": Blocks.event,
    "actor": lambda blocks, node: blocks.party(Slot.ACTOR)(node),
    "target": lambda blocks, node: blocks.party(Slot.TARGET)(node),
    "participant": lambda blocks, node: blocks.party(Slot.PARTICIPANT)(node),
    "anyone": lambda blocks, node: blocks.party(Slot.ANYONE)(node),
    "modality": Blocks.modality,
    "medium": Blocks.medium,
    "quantity": Blocks.quantity,
    "date": Blocks.date,
    "place": Blocks.place,
    "entity": Blocks.entity,
    "quote": Blocks.quote,
    "source": Blocks.source,
    "language": Blocks.language,
    "text": Blocks.text,
    "pattern": Blocks.pattern,
    "all": Blocks.all_of,
    "any": Blocks.any_of,
    "not": Blocks.negated,
}
CONDITION_KEYS = tuple(_READERS)
