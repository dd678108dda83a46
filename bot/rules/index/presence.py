"""What an article has, in the keys that rules need."""

from collections.abc import Iterator

from bot.extraction.findings import Actor, Event, Speaker
from bot.rules.index.keys import COUNTRY, EVENT, KIND, LANGUAGE, MEDIUM, MODALITY, NAME, ROLE, SOURCE, WORD
from bot.rules.view import Traits, View, traits_of


def presence(view: View) -> set[str]:
    """All keys of an article but those for parts of words."""
    found = {WORD + stem for stem in view.words.places}
    for traits in {traits_of(entity) for entity in view.findings.entities}:
        found.update(_traits(traits))
    for event in view.findings.events:
        found.update(_event(event))
    for quote in view.findings.quotes:
        if quote.speaker:
            found.update(_somebody(quote.speaker))
    found.update(SOURCE + name.lower() for name in _sources(view))
    found.add(LANGUAGE + (view.findings.lang or view.article.lang or ""))
    return found


def haystack(view: View) -> str:
    """Where parts of words are looked for: the text in small letters, then its stems."""
    return f"{view.article.content.casefold()}\n{' '.join(view.words.places)}"


def _sources(view: View) -> Iterator[str]:
    return (name for name in (view.article.source_name, view.article.source_id) if name)


def _traits(traits: Traits) -> Iterator[str]:
    yield from (NAME + name for name in traits.names)
    yield from (KIND + kind for kind in traits.kinds)
    yield from (ROLE + role for role in traits.roles)
    yield from (COUNTRY + country for country in traits.countries)


def _event(event: Event) -> Iterator[str]:
    yield EVENT + event.type
    yield MODALITY + event.modality
    if event.medium:
        yield MEDIUM + event.medium
    for actor in (*event.actors, *event.targets, *event.participants, *filter(None, [event.place])):
        yield from _somebody(actor)


def _somebody(who: Actor | Speaker) -> Iterator[str]:
    """What an event or a quote itself says of somebody; an id may be that of a country."""
    yield from (NAME + name.lower() for name in (who.name, who.id, who.text) if name)
    if who.id:
        yield COUNTRY + who.id
    if isinstance(who, Actor):
        yield from (KIND + kind for kind in [who.kind] if kind)
        yield from (ROLE + role.lower() for role in [who.role] if role)
        yield from (COUNTRY + country for country in [who.country] if country)
