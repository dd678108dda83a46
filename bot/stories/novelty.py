"""What makes a fact the same fact: a readable key, equal for the same fact from two outlets or languages."""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from bot.extraction.findings import Event, Quantity
from bot.rules.model import Match, Novelty
from bot.rules.view import View
from bot.stories.parties import Party, party_of
from bot.stories.same_event import CONSULT, family
from bot.stories.terms import content_stems

SEPARATOR = " · "
JOINT = "+"  # between several in one slot
NOBODY = "?"
LONGEST = 500  # characters of a key: databases index no more than some 2,700 bytes
FIGURES = 2  # significant ones: 1,823 and about 1,800 are the same amount


def novelty_key(match: Match, view: View) -> str:
    """The key of a match by `rule.novelty.key`: `troop-commitment · actor=NO · place=LT`.

    Slots whose change is an update are left out of it: with another figure it is the same fact. Ids where
    they are known, stems of the article's words else. Who acts is told by country, who meets by
    person. In consultations actors, targets and participants are one list, because outlets tell the same
    meeting from either side. A rule without events is known by the words that show it. A long key is cut
    and ends in a digest of the whole.
    """
    key = SEPARATOR.join(_parts(match, view))
    if len(key) <= LONGEST:
        return key
    digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{key[: LONGEST - len(digest) - 1]}…{digest}"


def _parts(match: Match, view: View) -> list[str]:
    parts = [match.rule.id]
    if match.event is None:
        parts.append(f"words={_words(match.evidence.text, view)}")
        return parts
    consult = family(match.event.type) == CONSULT
    for slot in _slots(match.rule.novelty):
        name = "participant" if consult and slot in ("actor", "target") else slot
        part = f"{name}={_SLOTS[name](match.event, view) or NOBODY}"
        if part not in parts:
            parts.append(part)
    return parts


def _slots(novelty: Novelty) -> tuple[str, ...]:
    """The slots of a key; all of them where nothing else would be left."""
    fixed = tuple(slot for slot in novelty.key if slot not in novelty.update_when)
    return fixed or novelty.key


def _actors(event: Event, view: View) -> str:
    return _joined(party_of(actor, view).state for actor in event.actors or event.participants)


def _targets(event: Event, view: View) -> str:
    places = (event.place,) if event.place else ()
    return _joined(party_of(actor, view).state for actor in event.targets or places)


def _participants(event: Event, view: View) -> str:
    everybody = (*event.participants, *event.actors, *event.targets)
    parties = [party_of(actor, view) for actor in everybody]
    return _joined(party.key for party in parties if not _covered(party, parties))


def _covered(party: Party, parties: list[Party]) -> bool:
    """Whether a country is named beside the person that acts for it."""
    if party.person or party.country is None:
        return False
    return any(other.person and other.country == party.country for other in parties)


def _countries(event: Event, view: View) -> str:
    """The states that act or take part, whoever does it for them."""
    parties = (party_of(actor, view) for actor in (*event.actors, *event.participants))
    return _joined(party.country or "" for party in parties)


def _place(event: Event, view: View) -> str:
    places = (event.place,) if event.place else event.targets
    return _joined(party_of(actor, view).state for actor in places)


def _type(event: Event, view: View) -> str:  # noqa: ARG001  (all slots are asked alike)
    return event.type


def _date(event: Event, view: View) -> str:  # noqa: ARG001
    return event.date or ""


def _quantity(event: Event, view: View) -> str:  # noqa: ARG001
    return _amount(event.quantity) if event.quantity else ""


def _amount(quantity: Quantity) -> str:
    return f"{float(f'{quantity.value:.{FIGURES}g}'):g} {quantity.unit}"


_SLOTS: dict[str, Callable[[Event, View], str]] = {
    "type": _type,
    "actor": _actors,
    "target": _targets,
    "participant": _participants,
    "country": _countries,
    "place": _place,
    "date": _date,
    "quantity": _quantity,
}


def _joined(names: Iterable[str]) -> str:
    return JOINT.join(sorted(set(filter(None, names))))


def _words(text: str, view: View) -> str:
    return " ".join(sorted(content_stems(text, view.findings.lang)))
