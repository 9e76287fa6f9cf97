"""Whose guest somebody is: the state of the place where they met, or to which an envoy is accredited."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import MentionedPlace
from loaders.extraction.contacts import Contact
from loaders.extraction.drafts import Draft
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.places import locate, place_named
from loaders.extraction.sketch import Sketch
from loaders.extraction.tokens import tokenize


def accredited_to(draft: Draft) -> str | None:
    """ "Ambassador of X to Y": whoever else of a state is there is of Y."""
    for identity, ref in draft.refs.items():
        mention = ref.mention
        if kind_of(ref.office or "") != "envoy" or identity in draft.attendees:
            continue
        words = tokenize(ref.sketch.unit.source, mention.start, mention.end)
        for n, low in enumerate(words.lows[:-1]):
            hit = (
                gazetteer().at(words, n + 1 + (words.lows[n + 1] == "the")) if low == "to" else None
            )
            if hit is not None and len(hit.entry.states) == 1:
                return hit.entry.states[0]
    return None


def host_by_place(draft: Draft, known: list[str]) -> str | None:
    """ "met in Cairo with President X": X is the host's, if the other side is a guest there."""
    for contact, place in places_told(draft):
        if place.state and known and place.state not in known:
            if _in_next_clause(contact, place):
                continue
            return place.state
    return None


_OPENS_IN = late(
    r"\W*(?:Also |Then |Later |Finally, )?(?:[Ww]hile )?[Ii]n (?P<place>(?:the )?[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,2})"
)


def state_of_opening(drawn: Sketch, mention: Mention) -> str | None:
    """ "In Lima, she will meet with senior officials": those of Peru."""
    if not (mention.plural and mention.office):
        return None
    unit = drawn.unit
    found = _OPENS_IN.match(unit.source, unit.start, unit.end)
    named = place_named(unit.source, *found.span("place")) if found else None
    return named[1] if named else None


def places_told(draft: Draft) -> Iterator[tuple[Contact, MentionedPlace]]:
    """The places that the sentences on a meeting name, each with the phrase that tells of it."""
    for contact in draft.contacts:
        unit = contact.sketch.unit
        end = contact.sketch.offset(contact.end)
        place = locate(unit.source, unit.start, unit.end, end, persons_named(contact.sketch)).place
        if place is not None:
            yield contact, place


def _in_next_clause(contact: Contact, place: MentionedPlace) -> bool:
    """ "was received by A, and on Wednesday met B in X": X is no town of A's."""
    end = contact.sketch.offset(contact.end)
    return place.span is not None and any(
        g.start >= end and g.end <= place.span.start and g.members[0].kind == "person"
        for g in contact.sketch.groups
    )


def persons_named(drawn: Sketch) -> tuple[tuple[int, int], ...]:
    """Where a sentence names persons: what stands inside them is no place."""
    return tuple((m.start, m.end) for g in drawn.groups for m in g.members if m.kind != "state")
