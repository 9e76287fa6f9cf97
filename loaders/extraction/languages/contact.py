"""What a contact is, and what the mentions on its sides may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import Status
from loaders.extraction.languages.mention import Mention
from loaders.extraction.languages.phrases import Row
from loaders.extraction.languages.sentences import Line


@dataclass(frozen=True, slots=True)
class Contact:
    """One phrase that tells of a contact, with the mentions on its sides.

    Attributes:
        at: the word that tells of it.
        apart: several contacts are meant, one with each of the second side.
        bare: a noun without a verb.
    """

    line: Line
    row: Row
    at: int
    status: Status
    first: tuple[Mention, ...]
    second: tuple[Mention, ...]
    apart: bool = False
    bare: bool = False

    @property
    def start(self) -> int:
        """First character of the word that tells of it."""
        return self.line.words.starts[self.at]

    @property
    def end(self) -> int:
        """Last character of it and of those on its sides, exclusive."""
        ends = (m.end for m in (*self.first, *self.second))
        return max(self.line.words.ends[self.at], *ends, 0)


def said_twice(heads: list[Mention]) -> bool:
    """True if more than one of them has a "с" of its own."""
    return len({m.first for m in heads}) > 1


def one_by_one(partners: tuple[Mention, ...]) -> bool:
    """ "встретился с президентом А и премьером Б": offices of their own, of several parties."""
    states = {m.states[:1] for m in partners}
    return (
        len(states) > 1
        and len(states) == len(partners)
        and all(m.office is not None and not m.plural for m in partners)
    )


def nominative(m: Mention) -> bool:
    """True for a mention that may be a subject."""
    return not m.cases or "n" in m.cases


def only_nominative(m: Mention) -> bool:
    """True for a mention that can be nothing but a subject."""
    return m.cases == "n"


def without(some: Iterable[Mention], others: Iterable[Mention]) -> tuple[Mention, ...]:
    """The first without the second, in their order."""
    held = list(others)
    return tuple(m for m in some if m not in held)
