"""Classes of words by the lists of names they stand in: the last columns of the bundled tables of vectors."""

from enum import IntEnum


class WordClass(IntEnum):
    """A kind of name that a word can begin or, for the `INSIDE` classes, go on with; or a plain noun."""

    GIVEN = 0
    FAMILY = 1
    TOWN = 2
    TOWN_INSIDE = 3
    COUNTRY = 4
    COUNTRY_INSIDE = 5
    ORGANISATION = 6
    ORGANISATION_INSIDE = 7
    NATIONALITY = 8
    NOUN = 9
    PLACE = 10
    PLACE_INSIDE = 11
