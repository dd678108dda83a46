"""Patterns over kinds of words: a regular expression whose letters are whole words.

Each tile of a text is turned into one character that stands for the set of kinds the lexicon gives
it; a pattern such as `<weekday> ","? <day> <month>` becomes a regular expression over those
characters. One scan finds where a pattern may begin, and only there the patterns are tried.

Notation: `kind` or a named part; `"word"` itself; `<kind>` kept under its name; `<role:kind>` and
`<role:(…)>` kept under another; `( | )`, `?`, `{m,n}` as usual, `{m,n}+` without giving back. Words
may be apart or together; `~` wants them together.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from bot.extraction.words import SOFT_HYPHEN, Words, plain, split

SPACE, BREAK, OTHER = " ", "\n", "_"
_FIRST_LETTER = 0xE000  # private use: no clash with the three letters above
_TOKENS = re.compile(r'\s*(?:"([^"]+)"|(<)(?:(\w+):)?|(\w+)|(\{\d+,\d+\}\+?)|([>()|?~]))')
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")

T = TypeVar("T")
Shape = Callable[[str], str | None]


@dataclass(frozen=True, kw_only=True)
class Found:
    """One place where a pattern fits; positions are tiles."""

    name: str
    start: int
    end: int
    words: Words
    roles: Mapping[str, tuple[int, int]]

    def has(self, role: str) -> bool:
        """Whether the role was filled."""
        return role in self.roles

    def text(self, role: str) -> str:
        """The words that fill a role, as lexicons spell them; empty if none."""
        span = self.roles.get(role)
        return plain(self.words.between(*span)) if span else ""

    def before(self, skipping: Collection[str] = ()) -> str:
        """The word before, in the same line, full stops and words to skip left out; empty if none."""
        for at in range(self.start - 1, max(self.start - 8, -1), -1):
            text = self.words.texts[at]
            if "\n" in text:
                break
            word = plain(text)
            if word and word != "." and word not in skipping:
                return word
        return ""

    def after(self) -> list[str]:
        """Up to two words behind, in the same line, as lexicons spell them."""
        tiles = self.words.texts[self.end : self.end + 4]
        if any("\n" in tile for tile in tiles):
            tiles = tiles[: next(at for at, tile in enumerate(tiles) if "\n" in tile)]
        return [plain(tile) for tile in tiles if not tile.isspace()][:2]


@dataclass(frozen=True, kw_only=True)
class _Piece:
    """A compiled piece of a pattern."""

    regex: str
    first: frozenset[str]
    empty: bool = False


class Grammar:
    """The kinds and patterns of one lexicon, compiled.

    Args:
        spec: `words` (kind -> words, with values or without), `parts` (name -> pattern) and
            `patterns` (name -> list of patterns; of two that fit equally far the earlier wins).
        shapes: Kinds of figures and open word classes, by the name of the shape.
        shape: The shape of a word that the lexicon does not have, or None.
    """

    def __init__(self, spec: Mapping[str, Any], shapes: Mapping[str, Iterable[str]], shape: Shape) -> None:
        self.values: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, set[str]] = {}
        self._phrases: dict[str, list[str]] = {}
        self._parts: Mapping[str, str] = spec.get("parts", {})
        self._shapes = {name: frozenset(kinds) for name, kinds in shapes.items()}
        self._shape = shape
        for kind, words in spec["words"].items():
            self._learn(kind, words)
        patterns = [(name, text) for name, texts in spec["patterns"].items() for text in texts]
        for _, text in patterns + list(self._parts.items()):
            self._learn_literals(text)
        self._letters: dict[frozenset[str], str] = {}
        self._exact, self._folded = self._allot()
        self._by_letter = self._compile(patterns)
        self._any = {letter: _any_of(regexes) for letter, regexes in self._by_letter.items()}
        self._starts = _starts_of(self._by_letter)
        self.letter = lru_cache(maxsize=1 << 16)(self._letter)

    def value(self, kind: str, text: str) -> Any:
        """What the lexicon says a word of a kind means; None if it is not one."""
        return self.values.get(kind, {}).get(plain(text))

    def spell(self, words: Words) -> str:
        """One letter for each tile."""
        return "".join(map(self.letter, words.texts))

    def scan(self, words: Words, spelled: str, read: Callable[[Found], T | None]) -> list[T]:
        """Read a text once: at each place the furthest fit that `read` makes sense of; go on behind it."""
        results: list[T] = []
        at = 0
        while start := self._starts.search(spelled, at):
            at = start.end()
            if not self._any[start[0]].match(spelled, start.start()):
                continue
            for found in self._fits(words, spelled, start.start()):
                result = read(found)
                if result is not None:
                    results.append(result)
                    at = found.end
                    break
        return results

    def _fits(self, words: Words, spelled: str, at: int) -> list[Found]:
        found = []
        for name, regex in self._by_letter[spelled[at]]:
            match = regex.match(spelled, at)
            if match:
                roles = {role: match.span(role) for role, text in match.groupdict().items() if text}
                found.append(Found(name=name, start=at, end=match.end(), words=words, roles=roles))
        found.sort(key=lambda one: -one.end)
        return found

    # What words are.

    def _learn(self, kind: str, words: Any) -> None:
        values = words if isinstance(words, dict) else dict.fromkeys(words, True)
        known = self.values.setdefault(kind, {})
        for entry, value in values.items():
            for word in spellings(str(entry)):
                known[plain(word)] = value
                tiles = [tile for tile in split(word).texts if not tile.isspace()]
                if len(tiles) == 1:
                    self._kinds.setdefault(word, set()).add(kind)
                else:
                    self._phrases.setdefault(kind, []).append(word)
                    self._learn_tiles(tiles)

    def _learn_tiles(self, tiles: Iterable[str]) -> None:
        for tile in tiles:
            self._kinds.setdefault(tile, set()).add("=" + tile)

    def _learn_literals(self, pattern: str) -> None:
        for match in _TOKENS.finditer(pattern):
            if match[1]:
                self._learn_tiles(tile for tile in split(match[1]).texts if not tile.isspace())

    def _allot(self) -> tuple[dict[str, str], dict[str, str]]:
        """A letter for each set of kinds that a word can have."""
        for word, kinds in self._kinds.items():
            shape = self._shape(word) if all(kind[0] == "=" for kind in kinds) else None
            kinds.update(self._shapes[shape] if shape else ())
        folded = {word: frozenset(kinds) for word, kinds in self._kinds.items() if word == word.lower()}
        exact: dict[str, frozenset[str]] = {}
        for word, kinds in self._kinds.items():
            if word != word.lower():
                for form in (word, word.upper()):
                    both = exact.get(form, frozenset()) | kinds | folded.get(word.lower(), frozenset())
                    exact[form] = both
        for one in [*folded.values(), *exact.values(), *self._shapes.values()]:
            self._letters.setdefault(one, chr(_FIRST_LETTER + len(self._letters)))
        return (
            {word: self._letters[kinds] for word, kinds in exact.items()},
            {word: self._letters[kinds] for word, kinds in folded.items()},
        )

    def _letter(self, tile: str) -> str:
        if tile.isspace():
            return BREAK if "\n" in tile else SPACE
        word = tile.replace(SOFT_HYPHEN, "")
        known = self._exact.get(word) or self._folded.get(word.lower())
        if known:
            return known
        shape = self._shape(word) if word else None
        return self._letters[self._shapes[shape]] if shape else OTHER

    # What patterns are.

    def _compile(
        self, patterns: Iterable[tuple[str, str]]
    ) -> dict[str, tuple[tuple[str, re.Pattern[str]], ...]]:
        by_letter: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for name, text in patterns:
            piece = _Parser(self, text).parse()
            if piece.empty:
                raise ValueError(f"pattern of {name} fits nothing at all: {text}")
            regex = _regex(name, text, piece.regex)
            for letter in piece.first:
                by_letter.setdefault(letter, []).append((name, regex))
        return {letter: tuple(regexes) for letter, regexes in by_letter.items()}

    def kind(self, name: str) -> _Piece:
        """The piece of a kind, a part or a literal (`=word`).

        Raises:
            ValueError: Nothing has this name.
        """
        if name in self._parts:
            return _Parser(self, self._parts[name]).parse()
        letters = [letter for kinds, letter in self._letters.items() if name in kinds]
        phrases = sorted(self._phrases.get(name, ()), key=len, reverse=True)
        if not letters and not phrases:
            raise ValueError(f"no word, shape or part is called {name}")
        pieces = [self.phrase(phrase) for phrase in phrases]
        if letters:
            one = "".join(letters)
            pieces.append(_Piece(regex=f"[{re.escape(one)}]", first=frozenset(letters)))
        return _either(pieces)

    def phrase(self, text: str) -> _Piece:
        """The piece of one or more words given literally, together and apart as given."""
        space = _Piece(regex=SPACE, first=frozenset(SPACE))
        return _row([space if tile.isspace() else self.kind("=" + tile) for tile in split(text).texts])


class _Parser:
    """Recursive descent over one pattern."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self.grammar = grammar
        self.text = text
        self.tokens: list[tuple[str, ...]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKENS.match(text, at)
            if not match:
                raise ValueError(f"cannot read pattern at {text[at:]!r}")
            self.tokens.append(tuple(group or "" for group in match.groups()))
            at = match.end()
        self.at = 0

    def parse(self) -> _Piece:
        piece = self._choice()
        if self.at < len(self.tokens):
            raise ValueError(f"pattern ends early: {self.text}")
        return piece

    def _sign(self) -> str:
        return self.tokens[self.at][5] if self.at < len(self.tokens) else "end"

    def _choice(self) -> _Piece:
        pieces = [self._sequence()]
        while self._sign() == "|":
            self.at += 1
            pieces.append(self._sequence())
        return _either(pieces)

    def _sequence(self) -> _Piece:
        pieces: list[_Piece] = []
        while self._sign() not in ("|", ")", ">", "end"):
            pieces.append(self._item(first=not pieces))
        return _row(pieces)

    def _item(self, *, first: bool) -> _Piece:
        gap = "" if first else " ?"
        if self._sign() == "~":
            self.at += 1
            gap = ""
        piece = self._atom()
        if self._sign() == "?":
            self.at += 1
            return _Piece(regex=f"(?:{gap}{piece.regex})?", first=piece.first, empty=True)
        if self.at < len(self.tokens) and self.tokens[self.at][4]:
            times = self.tokens[self.at][4]
            self.at += 1
            regex = f"(?:{gap or ' ?'}{piece.regex}){times}"
            return _Piece(regex=regex, first=piece.first, empty=times.startswith("{0"))
        if piece.empty:
            gap = ""  # what may be absent has its gap inside
        return _Piece(regex=gap + piece.regex, first=piece.first, empty=piece.empty)

    def _atom(self) -> _Piece:
        literal, angle, role, name, _, sign = self.tokens[self.at]
        self.at += 1
        if literal:
            return self.grammar.phrase(literal)
        if name:
            return self.grammar.kind(name)
        if angle:
            return self._role(role)
        if sign == "(":
            piece = self._choice()
            self._expect(")")
            return _Piece(regex=f"(?:{piece.regex})", first=piece.first, empty=piece.empty)
        raise ValueError(f"unexpected {sign!r} in pattern: {self.text}")

    def _role(self, role: str) -> _Piece:
        name = role or self.tokens[self.at][3]
        piece = self._choice()
        self._expect(">")
        return _Piece(regex=f"(?P<{name}>{piece.regex})", first=piece.first, empty=piece.empty)

    def _expect(self, sign: str) -> None:
        if self._sign() != sign:
            raise ValueError(f"missing {sign!r} in pattern: {self.text}")
        self.at += 1


def _regex(name: str, text: str, regex: str) -> re.Pattern[str]:
    try:
        return re.compile(regex)
    except re.error as error:
        raise ValueError(f"pattern of {name} cannot be used ({error}): {text}") from error


def _starts_of(by_letter: Mapping[str, Iterable[tuple[str, re.Pattern[str]]]]) -> re.Pattern[str]:
    """Where a pattern may begin: letters that suffice alone, and others that a known word follows."""
    alone = [letter for letter, some in by_letter.items() if any(one.match(letter) for _, one in some)]
    led = [letter for letter in by_letter if letter not in alone]
    choices = [f"[{re.escape(''.join(alone))}]"] if alone else []
    if led:
        choices.append(f"[{re.escape(''.join(led))}](?= ?[^{OTHER}{SPACE}{BREAK}])")
    return re.compile("|".join(choices) or r"(?!)")


def _any_of(regexes: Iterable[tuple[str, re.Pattern[str]]]) -> re.Pattern[str]:
    """One expression that fits where any of them does: most places are ruled out by a single try."""
    return re.compile("|".join(re.sub(r"\?P<\w+>", "?:", regex.pattern) for _, regex in regexes))


def _row(pieces: Sequence[_Piece]) -> _Piece:
    first: set[str] = set()
    for piece in pieces:
        first |= piece.first
        if not piece.empty:
            break
    regex = "".join(piece.regex for piece in pieces)
    return _Piece(regex=regex, first=frozenset(first), empty=all(piece.empty for piece in pieces))


def _either(pieces: Sequence[_Piece]) -> _Piece:
    if len(pieces) == 1:
        return pieces[0]
    return _Piece(
        regex="(?:" + "|".join(piece.regex for piece in pieces) + ")",
        first=frozenset().union(*(piece.first for piece in pieces)),
        empty=any(piece.empty for piece in pieces),
    )


def spellings(entry: str) -> list[str]:
    """All forms of a lexicon entry: `jahr(|e|es|en)` are four words."""
    match = _ALTERNATIVES.search(entry)
    if not match:
        return [entry]
    forms = []
    for ending in match[1].split("|"):
        forms += spellings(entry[: match.start()] + ending + entry[match.end() :])
    return forms
