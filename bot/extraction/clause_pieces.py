"""Cut a sentence into the pieces that clauses are made of.

German shows its clauses by commas, opening words and the place of the verb; English by opening words,
infinitives with `to` and a second finite verb.
"""

from dataclasses import dataclass

from bot.extraction.clauses import (
    MARKS,
    SEPARATORS,
    ClauseWords,
    Forms,
    Line,
    Link,
    has_shape,
    is_finite,
    only_finite,
)
from bot.extraction.verbs import Shape

# Conjunctions that are nothing else, wherever the verb stands.
SURE = frozenset({"dass", "daß", "wenn", "falls", "weil", "obwohl", "nachdem"})


@dataclass(kw_only=True)
class Piece:
    """A stretch between two signs of a clause border, before it is known to what it belongs."""

    tokens: list[int]
    sign: str
    link: Link | None = None
    opener: str = ""
    inherits: bool = False


def split_at_signs(line: Line, start: int, end: int) -> list[Piece]:
    """The stretches between commas, dashes, brackets and other signs; quotation marks cut nothing."""
    pieces = [Piece(tokens=[], sign="")]
    for i in range(start, end):
        word = line.words[i]
        if word in SEPARATORS or (word in ("-", "--") and _stands_alone(line, i)):
            pieces.append(Piece(tokens=[], sign=word))
        elif word not in MARKS and not word.isspace() and word != ".":
            pieces[-1].tokens.append(i)
    return [piece for piece in pieces if piece.tokens]


def _stands_alone(line: Line, i: int) -> bool:
    """A hyphen with a space before it is a dash."""
    return line.spaced[i] or line.words[i] == "--"


# German.


def german_pieces(line: Line, piece: Piece, words: ClauseWords) -> list[Piece]:
    """Cut a stretch at its coordinations and say how each part is linked."""
    parts = _split_coordinated(line, piece, words)
    for part in parts:
        if not part.inherits:
            part.link, part.opener = _german_link(line, part, words)
    return parts


def _german_link(line: Line, piece: Piece, words: ClauseWords) -> tuple[Link | None, str]:
    tokens = piece.tokens
    at = 0
    while at < len(tokens) - 1 and line.words[tokens[at]] in words.before:
        at += 1
    first = line.words[tokens[at]]
    finite = finite_last(line, tokens)
    link = words.conjunctions.get(first)
    if link not in (None, Link.INFINITIVE) and (finite or first in SURE):
        opens = first not in words.prepositions or not _verb_inside(line, tokens, words)
        return (link, first) if opens else (None, "")
    if piece.sign == "," and finite and len(tokens) > 1 and _after_noun(line, tokens[0]):
        second = line.words[tokens[1]]
        if first in words.relatives or (first in words.prepositions and second in words.relatives):
            return Link.RELATIVE, first if first in words.relatives else second
    return (
        (Link.INFINITIVE, first if first in words.conjunctions else "zu") if _zu(line, tokens) else (None, "")
    )


def _verb_inside(line: Line, tokens: list[int], words: ClauseWords) -> bool:
    """Whether the helping verb stands before the end, as in a main clause: `bis Mai würden … verlegt`."""
    forms = [line.verbs[i] for i in tokens[:-1] if i in line.verbs]
    return any(only_finite(one) and any(form.lemma in words.helping for form in one) for one in forms)


def _after_noun(line: Line, i: int) -> bool:
    """Whether the word before the comma before token `i` can be what a relative clause hangs on."""
    before = i - 1
    while before > 0 and (line.words[before] in SEPARATORS or line.words[before] in MARKS):
        before -= 1
    return line.capital[before] or line.words[before][:1].isdigit()


def finite_last(line: Line, tokens: list[int]) -> bool:
    """Whether the last word can be a finite verb."""
    return is_finite(line.verbs.get(tokens[-1], ()))


def _zu(line: Line, tokens: list[int]) -> bool:
    """Whether the piece is an infinitive with zu and has no finite verb."""
    found = False
    for i in tokens:
        forms = line.verbs.get(i, ())
        if has_shape(forms, Shape.ZU_INFINITIVE) or (
            has_shape(forms, Shape.INFINITIVE) and line.words[i - 1] == "zu"
        ):
            found = True
        elif is_finite(forms):
            return False
    return found


def _split_coordinated(line: Line, piece: Piece, words: ClauseWords) -> list[Piece]:
    """`A sagte X und nannte Y`: two clauses where both sides have a finite verb."""
    for at, i in enumerate(piece.tokens[1:-1], start=1):
        if line.words[i] not in words.coordinators:
            continue
        left, right = piece.tokens[:at], piece.tokens[at + 1 :]
        if _both_finite(line, left, right, words):
            rest = Piece(tokens=right, sign=line.words[i], inherits=True)
            return [Piece(tokens=left, sign=piece.sign), *_split_coordinated(line, rest, words)]
    return [piece]


def _both_finite(line: Line, left: list[int], right: list[int], words: ClauseWords) -> bool:
    finite = [line.verbs[i] for i in left if is_finite(line.verbs.get(i, ()))]
    others = [line.verbs[i] for i in right if is_finite(line.verbs.get(i, ()))]
    if not finite or not others:
        return False
    if any(only_finite(forms) for forms in others):
        return True
    return not any(form.lemma in words.helping for forms in finite for form in forms)


# English.


def english_pieces(line: Line, piece: Piece, words: ClauseWords) -> list[Piece]:
    """Cut a stretch at its opening words, infinitives, gerunds and unmarked that-clauses."""
    parts = [Piece(tokens=[], sign=piece.sign)]
    for at, i in enumerate(piece.tokens):
        link = _english_opening(line, piece.tokens, at, words)
        if link is None or (not parts[-1].tokens and parts[-1].link):
            parts[-1].tokens.append(i)
            continue
        inherits = line.words[i] in words.coordinators
        if parts[-1].tokens:
            parts.append(Piece(tokens=[], sign="", link=link, inherits=inherits))
        else:
            parts[-1].link = None if inherits else link
        parts[-1].opener = line.words[i]
        parts[-1].tokens.append(i)
    parts = [part for part in parts if part.tokens]
    return [half for part in parts for half in _zero_that(line, part, words)]


def _english_opening(line: Line, tokens: list[int], at: int, words: ClauseWords) -> Link | None:
    i = tokens[at]
    word = line.words[i]
    rest = tokens[at + 1 :]
    if word == "to":
        return Link.INFINITIVE if _to_infinitive(line, rest) else None
    if word in words.conjunctions:
        if not any(is_finite(line.verbs.get(j, ())) for j in rest):
            return None
        link = words.conjunctions[word]
        if word == "that":
            return _that(line, tokens, at)
        return link
    if word in words.coordinators:
        apart = _both_finite(line, tokens[:at], rest, words) and not _names_joined(line, tokens, at, words)
        return Link.MAIN if apart else None
    if at and has_shape(line.verbs.get(i, ()), Shape.GERUND):
        return Link.INFINITIVE if _gerund_clause(line, tokens, at, words) else None
    return None


def _names_joined(line: Line, tokens: list[int], at: int, words: ClauseWords) -> bool:
    """`He said Britain and France were …`: what is joined behind a verb of saying are two subjects."""
    if not at or at + 1 >= len(tokens) or not (line.capital[tokens[at - 1]] and line.capital[tokens[at + 1]]):
        return False
    last = next((i for i in reversed(tokens[:at]) if is_finite(line.verbs.get(i, ()))), None)
    return last is not None and any(form.lemma in words.saying for form in line.verbs[last])


def _to_infinitive(line: Line, rest: list[int]) -> bool:
    for i in rest[:2]:
        if has_shape(line.verbs.get(i, ()), Shape.INFINITIVE):
            return True
        if not line.words[i].endswith("ly"):
            return False
    return False


def _that(line: Line, tokens: list[int], at: int) -> Link | None:
    if at == 0:
        return Link.COMPLEMENT
    before = tokens[at - 1]
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and is_finite(line.verbs.get(following, ())) and before not in line.verbs:
        return Link.RELATIVE
    return Link.COMPLEMENT


def _gerund_clause(line: Line, tokens: list[int], at: int, words: ClauseWords) -> bool:
    before = tokens[at - 1]
    return (
        line.words[before] in words.prepositions
        or line.words[before] == "to"
        or (before in line.verbs and not _helping(line.verbs[before], words))
        or line.words[before] in ("out", "off")
    )


def _helping(forms: Forms, words: ClauseWords) -> bool:
    return any(form.lemma in words.helping for form in forms)


def _zero_that(line: Line, piece: Piece, words: ClauseWords) -> list[Piece]:
    """`He said it would send troops`: a second finite verb behind a verb of saying."""
    said = None
    for at, i in enumerate(piece.tokens):
        forms = line.verbs.get(i, ())
        if said is not None and is_finite(forms) and at > said + 1:
            cut = _after_time(line, piece.tokens, said + 1, words)
            left = Piece(
                tokens=piece.tokens[:cut],
                sign=piece.sign,
                link=piece.link,
                opener=piece.opener,
                inherits=piece.inherits,
            )
            right = Piece(tokens=piece.tokens[cut:], sign="", link=Link.COMPLEMENT)
            return [left, *_zero_that(line, right, words)]
        if any(form.lemma in words.saying for form in forms):
            said = at
    return [piece]


def _after_time(line: Line, tokens: list[int], at: int, words: ClauseWords) -> int:
    """Pass over the time of the saying: `said late on Monday`, `told reporters`."""
    end = at
    while end < len(tokens) - 1 and line.words[tokens[end]] in words.times:
        end += 1
    return end if end == at or line.words[tokens[end - 1]] != "on" else at
