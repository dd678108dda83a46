"""A rule as plain JSON values, and back: what may be kept of a rule file that does not change.

Values of a dataclass stand in the order of its fields, a part that is as usual as None; a condition has its
name before them. How a field is packed is read off its type: a new condition needs nothing here, and a type
that cannot be packed is a TypeError.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Any

from bot.rules.conditions import Condition
from bot.rules.model import Rule

Pack = Callable[[Any], Any]
Codec = tuple[Pack, Pack] | None  # to plain values, and back; None: it is one

PLAIN = (str, int, float, bool, types.NoneType)


def packed(rule: Rule) -> list[Any]:
    """The rule without its place, in values that JSON knows."""
    pack, _ = _dataclass(Rule)
    values: list[Any] = pack(rule)
    values[_PLACE] = ""
    return values


def unpacked(values: list[Any], place: str) -> Rule:
    """The rule that was packed, at a place.

    Raises:
        TypeError, ValueError, KeyError, IndexError, AttributeError: These are no values of a rule.
    """
    _, unpack = _dataclass(Rule)
    rule: Rule = unpack([*values[:_PLACE], place, *values[_PLACE + 1 :]])
    return rule


_PLACE = [one.name for one in fields(Rule)].index("place")


@cache
def _codec(kind: Any) -> Codec:
    if kind in PLAIN:
        return None
    if kind is object:
        return _listed, _frozen
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        return _optional(typing.get_args(kind))
    if (origin := typing.get_origin(kind)) is not None:
        return _container(origin, typing.get_args(kind))
    if kind is Condition:
        return _condition()
    return _dataclass(kind) if bool(is_dataclass(kind)) else _single(kind)


def _single(kind: Any) -> Codec:
    if issubclass(kind, Enum):
        return (lambda value: value.value), {one.value: one for one in kind}.__getitem__
    if kind is timedelta:
        return (lambda value: [value.days, value.seconds, value.microseconds]), lambda some: timedelta(*some)
    if kind is date:
        return date.isoformat, date.fromisoformat
    raise TypeError(f"{kind} cannot be packed")


def _optional(kinds: tuple[Any, ...]) -> Codec:
    codecs = [_codec(kind) for kind in kinds if kind is not types.NoneType]
    if not any(codecs):
        return None
    if len(codecs) > 1 or codecs[0] is None:
        raise TypeError(f"one of {kinds} cannot be packed")
    pack, unpack = codecs[0]
    return _unless_none(pack), _unless_none(unpack)


def _unless_none(call: Pack) -> Pack:
    return lambda value: None if value is None else call(value)


def _container(origin: Any, kinds: tuple[Any, ...]) -> Codec:
    codec = _codec(kinds[-1] if origin is not tuple else kinds[0])
    pack, unpack = codec or (None, None)
    if origin is tuple and kinds[1:] == (...,):
        return (lambda some: [*map(pack, some)] if pack else [*some]), _tuple(unpack)
    if origin is frozenset:
        return (
            (lambda some: sorted(map(pack, some) if pack else some)),
            (lambda some: frozenset(map(unpack, some) if unpack else some)),
        )
    if issubclass(origin, Mapping) and kinds[0] is str:
        return _values(pack), _values(unpack)
    raise TypeError(f"{origin} of {kinds} cannot be packed")


def _tuple(call: Pack | None) -> Pack:
    return tuple if call is None else lambda some: tuple(map(call, some))


def _values(call: Pack | None) -> Pack:
    return lambda some: {key: call(value) if call else value for key, value in some.items()}


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, tuple) else value


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


@cache
def _dataclass(kind: Any) -> tuple[Pack, Pack]:
    """In the order of its fields; what is made of them was checked before, so nothing is checked again."""
    hints = typing.get_type_hints(kind)
    names = [one.name for one in fields(kind)]
    coded = [
        (number, *_with_usual(codec, one.default))
        for number, one in enumerate(fields(kind))
        if (codec := _codec(hints[one.name]))
    ]

    def pack(value: Any) -> list[Any]:
        values = [getattr(value, name) for name in names]
        for number, to_plain, _ in coded:
            values[number] = to_plain(values[number])
        return values

    def unpack(values: list[Any]) -> Any:
        made, put = object.__new__(kind), object.__setattr__
        for number, _, from_plain in coded:
            values[number] = from_plain(values[number])
        for name, value in zip(names, values, strict=True):
            put(made, name, value)
        return made

    return pack, unpack


def _with_usual(codec: tuple[Pack, Pack], usual: object) -> tuple[Pack, Pack]:
    """A part that most rules have as usual takes no room, and one value serves them all."""
    if not is_dataclass(usual):
        return codec
    pack, unpack = codec
    return (
        lambda value: None if value == usual else pack(value),
        lambda value: usual if value is None else unpack(value),
    )


@cache
def _condition() -> tuple[Pack, Pack]:
    """A condition by its name; its parts are conditions again."""
    kinds: dict[str, Any] = {kind.__name__: kind for kind in _kinds(Condition)}

    def pack(condition: Condition) -> list[Any]:
        kind: Any = type(condition)
        return [kind.__name__, *_dataclass(kind)[0](condition)]

    def unpack(values: list[Any]) -> Any:
        return _dataclass(kinds[values[0]])[1](values[1:])

    return pack, unpack


def _kinds(kind: type[Condition]) -> list[type[Condition]]:
    return [one for sub in kind.__subclasses__() for one in (sub, *_kinds(sub))]
