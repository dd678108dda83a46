"""Put the pieces of a sentence together into clauses, and say how each hangs on another.

What cannot be told stays part of the clause before it.
"""

from bot.extraction.clause_pieces import Piece, english_pieces, finite_last, german_pieces, split_at_signs
from bot.extraction.clauses import (
    SEPARATORS,
    VERB_LAST,
    Clause,
    ClauseWords,
    Forms,
    Line,
    Link,
    clause_words,
    has_shape,
    is_finite,
    only_finite,
)
from bot.extraction.verbs import Shape


def cut_clauses(line: Line, start: int, end: int, lang: str) -> list[Clause]:
    """The clauses of the sentence from token `start` to `end`, in the order in which they begin."""
    words = clause_words(lang)
    pieces = split_at_signs(line, start, end)
    if lang == "de":
        pieces = [part for piece in pieces for part in german_pieces(line, piece, words)]
    else:
        pieces = [part for piece in pieces for part in english_pieces(line, piece, words)]
    return _Assembler(line, words).assemble(pieces)


class _Assembler:
    """Builds clauses out of pieces, left to right."""

    def __init__(self, line: Line, words: ClauseWords) -> None:
        self.line = line
        self.words = words
        self.clauses: list[Clause] = []
        self.waiting: list[Clause] = []
        self.last: Clause | None = None  # the clause the piece before went to

    def assemble(self, pieces: list[Piece]) -> list[Clause]:
        """The clauses; every subordinate clause has a parent unless the sentence has nothing else."""
        self._mark_condition(pieces)
        self._mark_insertions(pieces)
        for piece in pieces:
            if piece.inherits and self.clauses:
                self._coordinate(piece)
            elif piece.link is None or piece.link is Link.MAIN:
                self._main(piece)
            else:
                self._subordinate(piece, piece.link)
        return self.clauses

    def _mark_condition(self, pieces: list[Piece]) -> None:
        """`Sollte er kommen, werde ich gehen`: two clauses in a row that begin with their verbs."""
        if len(pieces) < 2 or pieces[0].link or pieces[1].link or pieces[1].sign != ",":
            return
        says = any(form.lemma in self.words.saying for form in self._forms(pieces[1].tokens[0]))
        if (
            self._verb_first(pieces[0])
            and not says
            and (self._verb_first(pieces[1]) or self._should(pieces[0]))
        ):
            pieces[0].link = Link.CONDITION

    def _mark_insertions(self, pieces: list[Piece]) -> None:
        """`The summit, planned for Friday, will …`: what stands between is said of the noun."""
        for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
            signs = piece.sign == after.sign == "," and not before.link
            plain = piece.link is after.link is None and not piece.inherits
            if (
                signs
                and plain
                and not self._sure(before)
                and self._participial(piece)
                and self._verb_first(after)
            ):
                piece.link = Link.RELATIVE

    def _participial(self, piece: Piece) -> bool:
        """Whether it begins, in German ends, with a participle and has no sure verb."""
        ends = (*piece.tokens[:2], piece.tokens[-1])
        return not self._sure(piece) and any(has_shape(self._forms(i), Shape.PARTICIPLE) for i in ends)

    def _should(self, piece: Piece) -> bool:
        return self.line.words[piece.tokens[0]] in ("sollte", "sollten", "should")

    def _forms(self, i: int) -> Forms:
        return self.line.verbs.get(i, ())

    def _start(self, piece: Piece, link: Link, parent: Clause | None) -> Clause:
        clause = Clause(
            index=len(self.clauses),
            link=link,
            opener=piece.opener,
            parent=parent.index if parent else None,
        )
        self.clauses.append(clause)
        self._extend(clause, piece)
        return clause

    def _extend(self, clause: Clause, piece: Piece) -> None:
        clause.tokens += piece.tokens
        self.last = clause
        for i in piece.tokens:
            if i in self.line.verbs:
                clause.verbs[i] = self.line.verbs[i]

    def _coordinate(self, piece: Piece) -> None:
        last = self.last or self.clauses[-1]
        told = self._sure(piece) or self._no_infinitive(piece)
        while last.link is Link.INFINITIVE and told and (above := self._parent(last)):
            last = above  # `failed to agree but promised to meet again`
        clause = self._start(piece, last.link, self._parent(last))
        clause.opener = last.opener
        clause.twin = last.index

    def _no_infinitive(self, piece: Piece) -> bool:
        """Whether no word of the piece can go on after `to`: `offered`."""
        forms = [self._forms(i) for i in piece.tokens if i in self.line.verbs]
        infinite = any(has_shape(one, shape) for one in forms for shape in (Shape.INFINITIVE, Shape.GERUND))
        return bool(forms) and is_finite(forms[0]) and not infinite

    def _parent(self, clause: Clause) -> Clause | None:
        return self.clauses[clause.parent] if clause.parent is not None else None

    def _subordinate(self, piece: Piece, link: Link) -> None:
        parent = self.last
        clause = self._start(piece, link, parent)
        if parent is None:
            self.waiting.append(clause)

    def _main(self, piece: Piece) -> None:
        finite = any(is_finite(self.line.verbs.get(i, ())) for i in piece.tokens)
        unfinished = next((c for c in reversed(self.clauses) if self._wants_verb(c)), None)
        if not finite and self.clauses and not self._colon(piece):
            last = self.last or self.clauses[-1]
            self._extend(unfinished if unfinished and last.finite and last.link in VERB_LAST else last, piece)
        elif self.last and self._bracket_open(self.last) and not self._sure(piece):
            self._extend(self.last, piece)
        elif self._goes_on(piece):
            self._coordinate(piece)
        elif finite and unfinished and not self._colon(piece):
            self._extend(unfinished, piece)
        else:
            self._new_main(piece)

    def _wants_verb(self, clause: Clause) -> bool:
        """Whether it may still get its verb; infinitives and participles between commas want none."""
        whole = clause.link is Link.INFINITIVE or (clause.link is Link.RELATIVE and not clause.opener)
        return not clause.finite and not whole

    def _sure(self, piece: Piece) -> bool:
        """Whether a word of the piece can be nothing but a finite verb."""
        return any(i in self.line.verbs and only_finite(self.line.verbs[i]) for i in piece.tokens)

    def _bracket_open(self, clause: Clause) -> bool:
        """`Die Minister wollen sich am Montag, dem 3. März, …`: the modal still waits for its infinitive."""
        helping = [any(form.lemma in self.words.helping for form in forms) for forms in clause.verbs.values()]
        return clause.link is Link.MAIN and bool(helping) and all(helping)

    def _goes_on(self, piece: Piece) -> bool:
        """`dass wir A tun, B lassen`: a second clause with its verb at the end needs no conjunction."""
        last = self.last
        if last is None or not (last.finite and last.opener and last.link in VERB_LAST) or piece.sign != ",":
            return False
        return len(piece.tokens) > 1 and finite_last(self.line, piece.tokens) and not self._verb_first(piece)

    def _colon(self, piece: Piece) -> bool:
        return piece.sign == ":"

    def _new_main(self, piece: Piece) -> None:
        before = self.last
        if before is None or self.waiting:
            clause = self._start(piece, Link.MAIN, None)
            for one in self.waiting:
                one.parent = clause.index
            self.waiting.clear()
        elif self._colon(piece) or (self._says(before) and not self._verb_first(piece)):
            self._start(
                piece, Link.COMPLEMENT if before.finite else Link.MAIN, before if before.finite else None
            )
        elif self._is_matrix(piece):
            root = self._root(before)
            clause = self._start(piece, Link.MAIN, None)
            root.parent, root.link = clause.index, Link.COMPLEMENT
        else:
            self._start(piece, Link.MAIN, None)

    def _root(self, clause: Clause) -> Clause:
        while (parent := self._parent(clause)) is not None:
            clause = parent
        return clause

    def _says(self, clause: Clause) -> bool:
        return any(form.lemma in self.words.saying for forms in clause.verbs.values() for form in forms)

    def _verb_first(self, piece: Piece) -> bool:
        return is_finite(self.line.verbs.get(piece.tokens[0], ()))

    def _is_matrix(self, piece: Piece) -> bool:
        """`…, sagte er`, `…, he said`: a saying clause that follows what was said."""
        forms = [form for i in piece.tokens for form in self.line.verbs.get(i, ())]
        says = any(form.lemma in self.words.saying for form in forms)
        goes_on = self.line.words[piece.tokens[0]] in self.words.coordinators  # `…, and warned banks`
        return says and piece.sign in SEPARATORS and not goes_on
