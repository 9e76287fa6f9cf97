"""Completes the sides of a draft: missing subjects, and offices told without a state.

Whoever is added stands elsewhere in the report, is its author or the publisher's own.
"""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.cast import OF_ONE, Ref
from loaders.extraction.drafts import Draft
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.places import locate
from loaders.extraction.reading import Reading
from loaders.extraction.tokens import tokenize
from ontology.lexicon import lexicon

FREE = frozenset({"religious"})
"""Kinds of offices that no state has of its own."""


def complete(reading: Reading, draft: Draft) -> None:
    """A headline without a subject: the report's principal, author or publisher took part."""
    if len(draft.states()) > 1 or len(draft.refs) > 1:
        return
    taken = set(draft.refs)
    mates = [
        d
        for d in reading.drafts
        if d is not draft and d.status == draft.status and taken & set(d.refs) and len(d.refs) > 1
    ]
    if mates:
        return
    for ref in (reading.scene.principal, _publisher_head(reading)):
        if ref is not None and ref.identity not in taken and ref.mention.kind != "state":
            if ref.state is None or ref.state not in draft.states():
                draft.refs = {ref.identity: ref, **draft.refs}
                return
    writer = _writer(reading, draft)
    if writer is not None:
        draft.refs = {writer.identity: writer, **draft.refs}


def _writer(reading: Reading, draft: Draft) -> Ref | None:
    """ "I spoke with X" in a post of a ministry or an organization: its own head, unnamed."""
    state = reading.publisher.state
    if state is None or state in draft.states():
        return None
    for contact in draft.contacts:
        drawn = contact.sketch
        member = drawn.groups[contact.a].members[0] if contact.a is not None else None
        if member is not None and drawn.unit.source[member.start : member.end] == "I":
            return Ref(None, member, drawn, None, None, state)
    return None


def _publisher_head(reading: Reading) -> Ref | None:
    """The first person of the publisher's own state who is named."""
    state = reading.publisher.state
    for drawn in reading.sketches:
        for group in drawn.groups:
            for ref in reading.scene.refs(drawn, group):
                if ref.actor is not None and ref.state == state and state is not None:
                    return ref
    return None


def place_unknown(reading: Reading, draft: Draft) -> None:
    """An office told without a state: that of a neighbour, the publisher's or the other side's."""
    for identity, ref in list(draft.refs.items()):
        known = draft.states()
        unknown = ref.state is None or (ref.assumed and kind_of(ref.office or "") != "envoy")
        if unknown and ref.office and kind_of(ref.office) not in FREE:
            own = (
                _accredited_to(draft)
                or ref.state
                or _unsaid_state(reading, draft, ref, known)
                or (known[0] if len(known) == 1 and _low_office(ref) else None)
            )
            if own is not None:
                draft.refs[identity] = replace(ref, state=own, assumed=True)
    _place_company(reading, draft)


def _place_company(reading: Reading, draft: Draft) -> None:
    """Who came along and is told without a state belongs to the publisher's own side."""
    home = reading.publisher.state
    if home is None or home not in draft.states():
        return
    for identity in draft.attendees:
        ref = draft.refs.get(identity)
        if ref is not None and ref.state is None and ref.office:
            draft.refs[identity] = replace(ref, state=home, assumed=True)


def _unsaid_state(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """The publisher's own state, unless that is the other side's; then the host's."""
    assumed = reading.cast.assumed_state(ref.office)
    if assumed is not None and assumed not in known:
        return assumed
    if assumed is None and (ref.office or "").lower() in OF_ONE:
        return OF_ONE[(ref.office or "").lower()]
    first = next(iter(draft.refs.values())) is ref
    if first:
        return assumed
    return _host(draft, known) or _met_before(reading, draft, known) or assumed


def _met_before(reading: Reading, draft: Draft, known: list[str]) -> str | None:
    """ "met President X of Zambia ... also met Finance Minister Y", in the news of an organization: Zambia's."""
    if reading.publisher.state in lexicon().states or len(known) != 1:
        return None
    guest = next(iter(draft.refs))
    others = (d for d in reading.drafts if d is not draft and guest in d.refs)
    states = {code for d in others if d.status == "held" for code in d.states()} - set(known)
    return min(states) if len(states) == 1 else None


def _accredited_to(draft: Draft) -> str | None:
    """ "Ambassador of X to Y": whoever else of a state is there is of Y."""
    for ref in draft.refs.values():
        mention = ref.mention
        if kind_of(ref.office or "") != "envoy":
            continue
        words = tokenize(ref.sketch.unit.source, mention.start, mention.end)
        for n, low in enumerate(words.lows[:-1]):
            hit = (
                gazetteer().at(words, n + 1 + (words.lows[n + 1] == "the")) if low == "to" else None
            )
            if hit is not None and len(hit.entry.states) == 1:
                return hit.entry.states[0]
    return None


def _host(draft: Draft, known: list[str]) -> str | None:
    """ "met in Cairo with President X": X is the host's, if the other side is a guest there."""
    for contact in draft.contacts:
        unit = contact.sketch.unit
        names = tuple(
            (m.start, m.end) for g in contact.sketch.groups for m in g.members if m.kind != "state"
        )
        place = locate(
            unit.source, unit.start, unit.end, contact.sketch.offset(contact.end), names
        ).place
        if place is not None and place.state and known and place.state not in known:
            return place.state
    return None


def _low_office(ref: Ref) -> bool:
    return ref.mention.body or kind_of(ref.office or "") in (
        "company",
        "regional",
        "other",
        "party",
    )
