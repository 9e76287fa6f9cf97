"""Who a participant is: what the reference data say, and what people judged about it."""

from __future__ import annotations

from kg.dates import When
from kg.judgements import Judgements
from kg.model import Participant
from kg.resolve import Resolver
from kg.resolved import SURE, Resolved


class Identity:
    """Resolves participants; persons that were judged to be one are one.

    Among several, the person known to the reference data stands for all; else the one whose IRI
    has most words, then the longest, then the first.
    """

    def __init__(self, resolver: Resolver, judged: Judgements) -> None:
        self._resolver, self._judged = resolver, judged

    def of(self, participant: Participant, when: When | None) -> Resolved:
        """Identity of a participant of a meeting on `when`."""
        found = self._resolver.resolve(participant, when)
        if found.iri is None or len(self._judged.same_as(found.iri)) == 1:
            return found
        return self._judged_to_be(found.iri, found)

    def of_person(self, iri: str) -> str:
        """IRI of the person that an identity is after all judgements."""

        def rank(other: str) -> tuple[bool, int, int, str]:
            return self._resolver.label(other) is None, -other.count("-"), -len(other), other

        return min(self._judged.same_as(iri), key=rank)

    def of_visit(self, iri: str) -> str:
        """IRI of the visit that a visit is after all judgements."""
        return self._judged.one(iri)

    def _judged_to_be(self, iri: str, found: Resolved) -> Resolved:
        one = self.of_person(iri)
        if one == iri:
            return found
        label = self._resolver.label(one)
        score = SURE["judgement"]
        return Resolved(one, label or found.label, "judgement", score, label is not None)
