"""Many different rules, made by chance from a fixed seed, as a large newsroom might hold them."""

import random
from collections.abc import Iterator

from bot.extraction.findings import PLOVER, Modality
from bot.rules.conditions import (
    AllOf,
    Condition,
    EntityIs,
    EventIs,
    ModalityIs,
    PartyIs,
    PatternFound,
    Phrase,
    QuoteIs,
    Slot,
    TextHas,
    Who,
    bind,
)
from bot.rules.model import Rule, Severity, Status

SYLLABLES = [
    "ba",
    "bi",
    "bo",
    "da",
    "de",
    "du",
    "fa",
    "ge",
    "gi",
    "ha",
    "ko",
    "la",
    "li",
    "lo",
    "ma",
    "me",
    "mo",
    "na",
    "ni",
    "no",
    "pa",
    "pe",
    "ra",
    "ri",
    "ro",
    "sa",
    "se",
    "so",
    "ta",
    "te",
    "to",
    "wa",
]
COUNTRIES = [
    "DE",
    "FR",
    "GB",
    "US",
    "UA",
    "RU",
    "PL",
    "LT",
    "NO",
    "SE",
    "FI",
    "DK",
    "NL",
    "BE",
    "IT",
    "ES",
    "PT",
    "GR",
    "TR",
    "CN",
    "JP",
    "IN",
    "BR",
    "ZA",
    "EG",
    "IL",
    "IR",
    "SA",
    "CA",
    "AU",
]
EVENTS = sorted(PLOVER)


class Crowd:
    """Makes rules; their words are made up, but for one in five thousand, which is one of those given."""

    def __init__(self, spoken: list[str], seed: int = 5) -> None:
        self.spoken = spoken
        self.chance = random.Random(seed)  # noqa: S311  (the same rules in every run, nothing secret)
        self.words = [
            "".join(self.chance.choices(SYLLABLES, k=self.chance.randint(3, 5))) for _ in range(30_000)
        ]

    def rules(self, number: int) -> Iterator[Rule]:
        """That many rules of all kinds."""
        makers = [
            self._act,
            self._act,
            self._real,
            self._talk,
            self._name,
            self._pattern,
            self._prefix,
            self._quote,
        ]
        for at in range(number):
            when = bind(AllOf(parts=tuple(self.chance.choice(makers)())))
            yield Rule(
                id=f"rule-{at}",
                title={"de": "Probe", "en": "Probe"},
                description="",
                status=Status.LIVE,
                severity=Severity.NORMAL,
                tags=(),
                when=when,
            )

    def _word(self) -> str:
        return self.chance.choice(self.spoken if self.chance.random() < 0.0002 else self.words)

    def _text(self) -> TextHas:
        sizes = [self.chance.choice([1, 1, 1, 2]) for _ in range(self.chance.randint(1, 4))]
        return TextHas(
            phrases=tuple(Phrase(words=tuple(self._word() for _ in range(size))) for size in sizes)
        )

    def _act(self) -> list[Condition]:
        types = frozenset(self.chance.sample(EVENTS, self.chance.randint(1, 2)))
        who = Who(countries=tuple(self.chance.sample(COUNTRIES, self.chance.randint(1, 3))))
        return [EventIs(types=types), PartyIs(slot=Slot.ACTOR, who=who), self._text()]

    def _real(self) -> list[Condition]:
        modalities = tuple(self.chance.sample(list(Modality), 3))
        return [
            EventIs(types=frozenset([self.chance.choice(EVENTS)])),
            ModalityIs(modalities=modalities),
            self._text(),
        ]

    def _talk(self) -> list[Condition]:
        return [self._text() for _ in range(self.chance.randint(1, 2))]

    def _name(self) -> list[Condition]:
        return [EntityIs(who=Who(named=(self._word(),))), self._text()]

    def _pattern(self) -> list[Condition]:
        return [PatternFound(pattern=rf"\b{self._word()}\w*")]

    def _prefix(self) -> list[Condition]:
        return [TextHas(phrases=(Phrase(words=(f"{self._word()}*",)),))]

    def _quote(self) -> list[Condition]:
        return [QuoteIs(speaker=Who(kinds=("person",)), phrases=(Phrase(words=(self._word(),)),))]
