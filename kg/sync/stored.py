"""Things of ours as a server has them, and when two values are the same."""

from __future__ import annotations

from math import copysign
from typing import NamedTuple, TypeAlias

from kg.property_graph import Properties

RelationshipId: TypeAlias = tuple[str, str, str, str]
"""Type, IRI of the start, IRI of the end, key."""


class StoredNode(NamedTuple):
    """A node of ours as the server has it, without what only the sync needs."""

    iri: str | None
    labels: tuple[str, ...]
    properties: Properties

    @property
    def label(self) -> str:
        """The label that it is found by; "" if it has none of ours."""
        return self.labels[0] if self.labels else ""


class StoredRelationship(NamedTuple):
    """A relationship of ours as the server has it; `whole` if both its ends are ours too."""

    id: RelationshipId
    whole: bool
    properties: Properties


class Page(NamedTuple):
    """Some of what a server has."""

    nodes: list[StoredNode]
    relationships: list[StoredRelationship]


def same(here: object, there: object) -> bool:
    """Whether two values are the same in type too: 1, 1.0, true and '1' are four."""
    if type(here) is not type(there):
        return False
    if isinstance(here, float) and isinstance(there, float):
        signs = copysign(1, here) == copysign(1, there)
        return (here == there and signs) or (here != here and there != there)
    return here == there


def all_same(here: Properties, there: Properties) -> bool:
    """Whether all values of two things are the same."""
    if len(here) != len(there):
        return False
    for name, value in here.items():
        other = there.get(name)
        if type(value) is str:  # most of them
            if value != other:
                return False
        elif not same(value, other):
            return False
    return True
