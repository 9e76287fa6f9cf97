"""Who a participant is: what the reference data say, and what people judged about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.dates import When
from kg.judgements import Judgements
from kg.model import Participant
from kg.namesakes import Written, written
from kg.resolve import Resolver
from kg.resolved import SURE, Resolved

StandsFor = Callable[[str, str], tuple[str, bool]]
"""Person and name to the person meant, and whether that is unclear. See `kg.kept_names`."""


class Identity:
    """Resolves participants; persons that were judged to be one are one.

    Among several, the person known to the reference data stands for all; else the one whose IRI
    has most words, then the longest, then the first.
    """

    def __init__(
        self, resolver: Resolver, judged: Judgements, stands_for: StandsFor | None = None
    ) -> None:
        self._resolver, self._judged = resolver, judged
        self._stands_for = stands_for

    def of(self, participant: Participant, when: When | None) -> Resolved:
        """Identity of a participant of a meeting on `when`."""
        found = self._resolver.resolve(participant, when)
        if found.iri and participant.name and self._is_of_reports(found.iri, participant):
            found = self._standing_for(found.iri, participant.name, found)
        if found.iri is None or len(self._judged.same_as(found.iri)) == 1:
            return found
        return self._judged_to_be(found.iri, found)

    def as_named(self) -> Identity:
        """The same for those of whom all reports give the full name: visitors in registers."""
        return Identity(self._resolver, self._judged)

    def written(self, participant: Participant, when: When | None) -> Written | None:
        """The name to keep of somebody whom only reports know; None of anybody else."""
        found, p = self._resolver.resolve(participant, when), participant
        if found.reason != "own" or found.iri is None or p.name is None or p.state is None:
            return None
        return written(found.iri, p.name, p.office, when.first.year if when else None)

    def _is_of_reports(self, iri: str, participant: Participant) -> bool:
        """True for an identity of state and name on which nobody judged."""
        own = self._resolver.label(iri) is None and participant.state is not None
        return own and len(self._judged.same_as(iri)) == 1

    def _standing_for(self, iri: str, name: str, found: Resolved) -> Resolved:
        if self._stands_for is None or found.reason != "own":
            return found
        one, unclear = self._stands_for(iri, name)
        if one == iri:
            return replace(found, reason="unclear", score=SURE["unclear"]) if unclear else found
        return replace(found, iri=one, reason="same-post", score=SURE["same-post"])

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
