"""Find what speaks of an event in a sentence: verbs with their objects, nouns with what is tied to them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from bot.extraction.clauses import SEPARATORS, Clause, Link
from bot.extraction.events.known import helps_others, is_known
from bot.extraction.events.lexicon import CUE, FRAME, Frame
from bot.extraction.events.sentence import Mention, Sentence, can_act, is_money, pair
from bot.extraction.findings import Entity, EntityKind, Quantity

REACH = 9  # tokens behind a noun in which what is tied to it may stand
ENGLISH_REACH = 3  # tokens before it
PREPOSITION_REACH = 5
AGENT = frozenset({"von", "vom", "durch", "by"})
PEOPLE = frozenset({"someone", "land", "leaders"})
LAND = (EntityKind.COUNTRY, EntityKind.PLACE)


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """Something that speaks of an event.

    Attributes:
        start: First token of the trigger.
        end: Token behind its last.
        verb: Whether it is a verb.
        taken: Tokens of the nouns that belong to it.
        head: What the head of its compound says (Waffenstillstandsvorschlag: proposed), or None.
        lemmas: For a verb: what it can be; for a noun: the verb merged into it.
    """

    frame: Frame
    clause: int
    start: int
    end: int
    verb: bool = False
    taken: frozenset[int] = frozenset()
    head: str | None = None
    lemmas: frozenset[str] = frozenset()


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """All triggers in the order of the text; a noun and its verb are one."""
    bound = list(_bound_nouns(sentence))
    taken = frozenset(i for trigger in bound for i in (*trigger.taken, trigger.start))
    verbs = list(_verbs(sentence, taken))
    taken |= frozenset(i for trigger in verbs for i in trigger.taken)
    bare = list(_bare_nouns(sentence, taken))
    return sorted(_merged([*bound, *bare], verbs), key=lambda one: one.start)


def _merged(nouns: list[Trigger], verbs: list[Trigger]) -> list[Trigger]:
    kept: dict[tuple[int, str], Trigger] = {}
    accusing = {verb.clause for verb in verbs if verb.frame.type == "accusation"}
    nouns = [noun for noun in nouns if noun.clause not in accusing]  # what somebody is accused of is no event
    for noun in sorted(nouns, key=_distance):
        kept.setdefault((noun.clause, noun.frame.type), noun)
    for verb in verbs:
        key = next(
            (
                key
                for key, noun in kept.items()
                if key[0] == verb.clause and noun.frame.family == verb.frame.family
            ),
            None,
        )
        if key is None:
            kept[verb.clause, f"{verb.frame.type} {verb.start}"] = verb
        elif not kept[key].verb:
            noun = kept[key]
            kept[key] = replace(noun, taken=noun.taken | verb.taken, lemmas=noun.lemmas | verb.lemmas)
    return list(kept.values())


def _distance(trigger: Trigger) -> int:
    """How far the noun is from what is tied to it; the nearest of several has it."""
    return min((abs(i - trigger.end) for i in trigger.taken), default=0)


# Nouns.


def _frames_at(sentence: Sentence, i: int) -> list[tuple[Frame, int, str]]:
    """The frames of the longest noun that ends at token `i`, its first token, its compound's front."""
    found: list[tuple[Frame, int, str]] = []
    longest = ""
    for hit in sentence.nouns.get(i, ()):
        for label in hit.labels:
            if label.startswith(FRAME) and len(hit.stem) >= len(longest):
                longest = hit.stem
                found.append((sentence.lexicon.frames[int(label.removeprefix(FRAME))], hit.start, hit.front))
    return sorted(found, key=lambda one: one[0].number)


def _bound_nouns(sentence: Sentence) -> Iterator[Trigger]:
    for i in sentence.nouns:
        for frame, start, front in _frames_at(sentence, i):
            trigger = _bound(sentence, frame, start, i, front) if frame.wants else None
            if trigger:
                yield trigger
                break


def _bound(sentence: Sentence, frame: Frame, start: int, i: int, front: str) -> Trigger | None:
    clause = sentence.clause_of.get(i)
    if clause is None or not _near(sentence, frame) or not _somebody(sentence, frame, clause):
        return None
    in_front = front and frame.wants & _front_classes(sentence, front)
    taken = _wanted(sentence, frame, _tied(sentence, start, i))
    if not taken and sentence.line.words[start - 1] in sentence.article.words.possessives:
        taken = _wanted(
            sentence, frame, sentence.clauses[clause].tokens
        )  # `the forces completed their withdrawal`
    if not in_front and not taken:
        return None
    return Trigger(frame=frame, clause=clause, start=start, end=i + 1, taken=taken)


def _front_classes(sentence: Sentence, front: str) -> frozenset[str]:
    labels = sentence.lexicon.nouns.labels_of_front(front)
    return frozenset(label.partition(":")[2] for label in labels if label.startswith("class:"))


def _tied(sentence: Sentence, start: int, i: int) -> list[int]:
    """Tokens that may hold what is tied to the noun: behind it up to a verb or sign; in English before it."""
    line = sentence.line
    tied = []
    for j in range(i + 1, min(sentence.end, i + 1 + REACH)):
        if line.words[j] in SEPARATORS or (j in line.verbs and not line.capital[j]):
            break
        tied.append(j)
    if sentence.lexicon.lang == "en":
        before = range(start - 1, max(sentence.start, start - ENGLISH_REACH) - 1, -1)
        for j in before:
            if (
                line.words[j] in SEPARATORS
                or j in line.verbs
                or line.words[j] in sentence.article.words.prepositions
            ):
                break
            tied.append(j)
    return tied


def _bare_nouns(sentence: Sentence, taken: frozenset[int]) -> Iterator[Trigger]:
    for i in sentence.nouns:
        clause = sentence.clause_of.get(i)
        if i in taken or clause is None:
            continue
        head, frames = _compound(sentence, i)
        for frame, start, _ in frames:
            if frame.wants or not _near(sentence, frame):
                continue
            if _somebody(sentence, frame, clause) or is_known(sentence, frame, start):
                yield Trigger(frame=frame, clause=clause, start=start, end=i + 1, head=head)
                break


def _compound(sentence: Sentence, i: int) -> tuple[str | None, list[tuple[Frame, int, str]]]:
    """The frames of a noun; if its head only says how real it is, those of its front."""
    frames = _frames_at(sentence, i)
    if frames:
        return None, frames
    for hit in sentence.nouns[i]:
        cue = next((label.removeprefix(CUE) for label in hit.labels if label.startswith(CUE)), None)
        if cue and hit.front:
            labels = sentence.lexicon.nouns.labels_of_front(hit.front)
            numbers = sorted(int(label.removeprefix(FRAME)) for label in labels if label.startswith(FRAME))
            return cue, [(sentence.lexicon.frames[number], hit.start, "") for number in numbers]
    return None, []


# Verbs.


def _verbs(sentence: Sentence, taken: frozenset[int]) -> Iterator[Trigger]:
    for clause, group in zip(sentence.clauses, sentence.groups, strict=True):
        for i, lemmas in group.content.items():
            frames = {
                frame.number: frame for lemma in lemmas for frame in sentence.lexicon.by_verb.get(lemma, ())
            }
            for number in sorted(frames):
                trigger = _verb(sentence, clause, i, frames[number], taken)
                if trigger:
                    yield replace(trigger, lemmas=lemmas)
                    break


def _verb(sentence: Sentence, clause: Clause, i: int, frame: Frame, taken: frozenset[int]) -> Trigger | None:
    if not _near(sentence, frame) or not _somebody(sentence, frame, clause.index):
        return None
    if frame.negated and not sentence.is_negated(clause):
        return None
    if not _together(sentence, frame, clause) or (frame.abroad and not helps_others(sentence, frame, clause)):
        return None
    reach = [j for j in (*_antecedent(sentence, frame, clause), *clause.tokens) if j not in taken]
    found = _wanted(sentence, frame, reach)
    if sentence.groups[clause.index].passive:
        found = frozenset(j for j in found if not _governed(sentence, j, AGENT))
    if frame.free:
        found = frozenset(j for j in found if not sentence.governor(j))
    if frame.wants and not found:
        return None
    taken_now = frozenset() if frame.wants <= PEOPLE else found
    return Trigger(frame=frame, clause=clause.index, start=i, end=i + 1, verb=True, taken=taken_now)


def _antecedent(sentence: Sentence, frame: Frame, clause: Clause) -> list[int]:
    """What a relative pronoun stands for, or the subject of an infinitive, from the clause above."""
    subject = frame.subject or sentence.groups[clause.index].passive
    if clause.parent is not None and clause.link is Link.INFINITIVE and subject:
        return sentence.clauses[clause.parent].tokens
    if clause.link is not Link.RELATIVE or clause.parent is None or not clause.tokens:
        return []
    first = clause.tokens[0]
    return [j for j in sentence.clauses[clause.parent].tokens if first - 4 <= j < first]


# What frames ask for.


def _near(sentence: Sentence, frame: Frame) -> bool:
    if not frame.near:
        return True
    before = sentence.before.all_classes if sentence.before else frozenset()
    return bool(frame.near & (sentence.all_classes | before))


def _somebody(sentence: Sentence, frame: Frame, clause: int) -> bool:
    """Whether somebody with a name or an office stands in the clause, or in one whose subject it shares."""
    if not frame.who:
        return True
    words = sentence.article.words
    seen: set[int] = set()
    at: int | None = clause
    while at is not None and at not in seen:
        seen.add(at)
        one = sentence.clauses[at]
        tokens = frozenset(one.tokens)
        if any(_counts(mention, frame) and mention.start in tokens for mention in sentence.parties):
            return True
        pronouns = words.first_person | words.third_person
        if any("leaders" in sentence.classes(i) or sentence.line.words[i] in pronouns for i in tokens):
            return True
        if any(pair(sentence, i) for i in tokens):
            return True
        shares = one.link in (Link.INFINITIVE, Link.RELATIVE)
        at = one.twin if one.twin is not None else one.parent if shares else None
    return False


def _together(sentence: Sentence, frame: Frame, clause: Clause) -> bool:
    """Whether enough people for the frame stand in the clause, or a word such as `each other`."""
    if not frame.parties and not frame.beside:
        return True
    if any(sentence.line.words[i] in frame.beside for i in (*clause.tokens, *_below(sentence, clause))):
        return True
    shared = clause.parent if clause.link is Link.INFINITIVE else None
    tokens = frozenset((*clause.tokens, *(sentence.clauses[shared].tokens if shared is not None else ())))
    acting = sum(mention.start in tokens and can_act(mention.item) for mention in sentence.parties)
    words = sentence.article.words
    acting += any(sentence.line.words[i] in words.third_person | words.first_person for i in clause.tokens)
    return 0 < frame.parties <= acting


def _below(sentence: Sentence, clause: Clause) -> list[int]:
    """The first words of the infinitives that hang on a clause: `barred two ministers from entering`."""
    hanging = (one for one in sentence.clauses if one.link is Link.INFINITIVE and one.parent == clause.index)
    return [i for one in hanging for i in one.tokens[:1]]


def _counts(mention: Mention, frame: Frame) -> bool:
    """Whoever can act; for a noun (`the meeting in Vienna`) a place will do."""
    return can_act(mention.item) or (bool(frame.nouns) and isinstance(mention.item, Entity))


def _wanted(sentence: Sentence, frame: Frame, tokens: Iterable[int]) -> frozenset[int]:
    """The tokens among `tokens` that are what the frame asks for."""
    reach = frozenset(tokens)
    found = {i for i in reach if sentence.classes(i) & frame.wants}
    for mention in (*sentence.quantities, *sentence.entities, *sentence.roles):
        if mention.start in reach and _amounts(mention, frame.wants):
            found |= set(range(mention.start, mention.end))
    if "someone" in frame.wants:
        found |= {i for i in reach if "leaders" in sentence.classes(i)}
    if frame.after:
        found = {i for i in found if _governed(sentence, i, frame.after)}
    return frozenset(found)


def _amounts(mention: Mention, wants: frozenset[str]) -> bool:
    item = mention.item
    if isinstance(item, Quantity):
        return item.unit in wants or ("money_amount" in wants and is_money(item))
    land = isinstance(item, Entity) and item.kind in LAND
    return ("someone" in wants and can_act(item)) or ("land" in wants and land)


def _governed(sentence: Sentence, i: int, prepositions: frozenset[str]) -> bool:
    """Whether one of the prepositions stands before token `i`, with no other in between."""
    words = sentence.article.words
    for j in range(i - 1, max(sentence.start, i - PREPOSITION_REACH) - 1, -1):
        word = sentence.line.words[j]
        if word in prepositions:
            return not _frames_at(sentence, j - 1)  # `talks with Canada`: the noun has it
        if word in words.prepositions or word in SEPARATORS or _named(sentence, j):
            return False
    return False


def _named(sentence: Sentence, i: int) -> bool:
    """Whether a token is part of a name; adjectives of nationality belong to the noun behind them."""
    return any(
        mention.start <= i < mention.end
        for mention in sentence.entities
        if isinstance(mention.item, Entity) and mention.item.kind is not EntityKind.NATIONALITY
    )
