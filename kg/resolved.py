"""What was decided about a mention: who is meant, by which rule, and how sure the rule is.

Every decision says both, so that whoever checks the graph can begin with the doubtful ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from kg import ids
from ontology.lexicon import Person

Basis = Literal["tenure", "name", "own", "judgement"]
Reason = Literal[
    "holder",
    "post",
    "elect",
    "spelling",
    "word",
    "elsewhere",
    "former",
    "only",
    "sound",
    "fuller",
    "same-post",
    "unclear",
    "own",
    "judgement",
]
BASES: Final[dict[str, Basis]] = {
    "holder": "tenure",
    "post": "tenure",
    "elect": "tenure",
    "spelling": "tenure",
    "word": "tenure",
    "elsewhere": "tenure",
    "former": "name",
    "only": "name",
    "sound": "name",
    "fuller": "name",
    "same-post": "name",
    "unclear": "own",
    "own": "own",
    "judgement": "judgement",
}
# How sure a rule is at best: an order in which to look, and no share of right decisions.
SURE: Final[dict[Reason, float]] = {
    "holder": 0.99,
    "post": 0.9,
    "elect": 0.9,
    "elsewhere": 0.9,
    "former": 0.9,
    "only": 0.8,
    "sound": 0.8,
    "spelling": 0.8,
    "fuller": 0.8,
    "word": 0.75,
    "own": 0.6,
    "same-post": 0.55,
    "unclear": 0.3,
    "judgement": 1.0,
}
_ONE_WORD: Final = 0.3


@dataclass(frozen=True, slots=True)
class Resolved:
    """A participant's identity.

    Attributes:
        iri: of the person; None for a party with nobody named.
        label: preferred name; for an identity of its own, the name as this report writes it.
        reason: the rule that decided (docs/merging.md).
        score: how sure it is, from 0 to 1.
        known: whether the reference data know the person.
    """

    iri: str | None
    label: str | None
    reason: Reason
    score: float
    known: bool

    @property
    def basis(self) -> Basis:
        """ "tenure" (post and date), "name" (name of one known person), "own", or "judgement" (a
        person decided)."""
        return BASES[self.reason]


def known(person: Person, reason: Reason, *, less: float = 0.0) -> Resolved:
    """A person of the reference data, as sure as the rule allows or `less`."""
    iri = ids.entity("person", person.slug)
    return Resolved(iri, person.label, reason, round(SURE[reason] - less, 2), True)


def own(name: str | None, state: str | None, *, words: int = 0) -> Resolved:
    """An identity from state and name; a name of one word tells little. None of nobody named."""
    iri = ids.person(name, state or "XX") if name else None
    return Resolved(iri, name, "own", SURE["own"] if words > 1 else _ONE_WORD, False)
