"""Values of which a report takes thousands are made at half the cost of other frozen dataclasses."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_T = TypeVar("_T")


def quickly_made(cls: type[_T]) -> type[_T]:
    """A frozen dataclass with slots whose values are put straight into the slots.

    Only how it is made differs: `dataclass` sets each field by name, past the guard that keeps the
    values frozen.
    """
    scope: dict[str, Any] = {}
    arguments: list[str] = []
    for one in fields(cls):  # type: ignore[arg-type]
        scope[f"set_{one.name}"] = cls.__dict__[one.name].__set__
        scope[f"default_{one.name}"] = one.default
        plain = one.default is MISSING
        arguments.append(one.name if plain else f"{one.name}=default_{one.name}")
    lines = [f"    set_{name}(self, {name})" for name in cls.__slots__]  # type: ignore[attr-defined]
    exec("\n".join([f"def __init__(self, {', '.join(arguments)}):", *lines]), scope)
    cls.__init__ = scope["__init__"]  # type: ignore[method-assign]
    return cls
