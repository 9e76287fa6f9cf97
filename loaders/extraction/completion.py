"""Completes the sides of a draft: missing subjects, and offices told without a state.

Whoever is added stands elsewhere in the report, is its author or the publisher's own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.cast import OF_ONE, Ref
from loaders.extraction.drafts import Draft
from loaders.extraction.formats import names_line
from loaders.extraction.home import filed_in
from loaders.extraction.hosting import accredited_to, host_by_place, persons_named, places_told
from loaders.extraction.itinerary import place_to_come
from loaders.extraction.office_kinds import GOVERNING, is_minor, kind_of
from loaders.extraction.places import locate
from loaders.extraction.reading import Reading
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
    writer = _writer(reading, draft)
    for ref in (reading.scene.principal, _publisher_head(reading)) if writer is None else ():
        if ref is not None and ref.identity not in taken and ref.mention.kind != "state":
            if ref.state is None or ref.state not in draft.states():
                draft.refs = {ref.identity: ref, **draft.refs}
                return
    if writer is not None:
        draft.refs = {writer.identity: writer, **draft.refs}


def _writer(reading: Reading, draft: Draft) -> Ref | None:
    """ "I spoke with X" in a post of a ministry or an organization: its own head, unnamed."""
    state = reading.publisher.state
    if state is None or state in draft.states():
        return None
    for contact in draft.contacts:
        drawn = contact.sketch
        members = drawn.groups[contact.a].members if contact.a is not None else ()
        member = next((m for m in members if drawn.unit.source[m.start : m.end] == "I"), None)
        if member is not None:
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
    abroad: str | None = None
    # "senior officials" are of whoever is host, so the others come first.
    for identity, ref in sorted(draft.refs.items(), key=lambda told: told[1].mention.plural):
        if identity in draft.attendees and len(draft.states_of_sides()) > 1:
            continue
        told = draft.states_of_sides()
        known = [s for s in told if s != abroad]
        unknown = ref.state is None or (ref.assumed and kind_of(ref.office or "") != "envoy")
        if unknown and ref.office and kind_of(ref.office) not in FREE:
            own = (
                accredited_to(draft)
                or _of_the_country(reading, draft, ref, known)
                or _of_next_post(reading, draft, ref)
                or ref.state
                or _unsaid_state(reading, draft, ref, known)
                or (known[0] if len(known) == 1 and _low_office(ref) else None)
                or _visited(reading, draft, ref, known)
                or _at_journeys_end(reading, draft, ref, known)
                or _other_governing(reading, draft, ref, known)
            )
            if own is not None:
                draft.refs[identity] = replace(ref, state=own, assumed=True)
                abroad = own if known and own not in known else abroad
    _like_mates(draft)
    _place_company(reading, draft)


def _of_next_post(reading: Reading, draft: Draft, ref: Ref) -> str | None:
    """A cable from one capital tells whom its visitor will see in the next: not those of the first."""
    if reading.publisher.sender is None:
        return None
    told = (r.state for r in draft.refs.values() if r is not ref and not r.assumed and r.state)
    return _at_journeys_end(reading, draft, ref, list(dict.fromkeys(told)))


def _of_the_country(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """ "travels to Chile, where she will meet with senior officials": those of Chile."""
    if ref.name is not None or not is_minor(ref.office) or len(known) != 1:
        return None
    place = place_to_come(reading, draft)
    host = place.state if place is not None else None
    found = host_by_place(draft, known) or (host if host not in known else None)
    return _face_to_face(draft, found)


def _like_mates(draft: Draft) -> None:
    """ "Ann Lee and Jon Berg met the Maltese minister": a name alone is of the state of who is told with it."""
    if len(draft.states_of_sides()) < 2:
        return
    for identity, ref in list(draft.refs.items()):
        if ref.state is None and ref.name and not ref.office:
            told = {
                m.start for g in ref.sketch.groups if ref.mention in g.members for m in g.members
            }
            beside = (r for r in draft.refs.values() if r.sketch is ref.sketch)
            states = {r.state for r in beside if r.mention.start in told and r.state}
            if len(states) == 1:
                draft.refs[identity] = replace(ref, state=states.pop(), assumed=True)


def _place_company(reading: Reading, draft: Draft) -> None:
    """Who came along and is told without a state belongs to the publisher's own side, else to the host's."""
    home = reading.publisher.state
    if home not in draft.states():
        home = next((p.state for _, p in places_told(draft) if p.state), None)
    if home not in draft.states() and any(c.row.id in _RECEIVED for c in draft.contacts):
        home = next(iter(draft.refs.values())).state
    if home is None or home not in draft.states():
        return
    for identity in draft.attendees:
        ref = draft.refs.get(identity)
        if ref is not None and ref.state is None and ref.office:
            own = _guests_own(draft, home) if _AMBASSADOR.fullmatch(ref.office) else home
            draft.refs[identity] = replace(ref, state=own, assumed=True)


_AMBASSADOR = re.compile(r"[Aa]mbassador")


def _guests_own(draft: Draft, home: str) -> str:
    """ "Ambassador A was present", when the guests were received at home: of their state, as the host's serves there."""
    others = [s for s in draft.states_of_sides() if s != home]
    at_home = any(place.state == home for _, place in places_told(draft))
    return others[0] if len(others) == 1 and at_home else home


def _unsaid_state(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """The publisher's own state, unless that is the other side's; then the host's."""
    assumed = reading.cast.assumed_state(ref.office)
    if assumed is not None and assumed not in known:
        return assumed
    if assumed is None and (ref.office or "").lower() in OF_ONE:
        return OF_ONE[(ref.office or "").lower()]
    if next(iter(draft.refs.values())) is ref:
        abroad = _guests_state(reading, draft, known) or _abroad(reading, draft, ref, known)
        return abroad or assumed
    abroad = host_by_place(draft, known) or _at_journeys_end(reading, draft, ref, known)
    abroad = abroad or _filed_abroad(reading, known)
    abroad = abroad or _abroad(reading, draft, ref, known)
    if ref.mention.kind == "counterpart":  # nobody is one of his own side
        return abroad or _other_of_two(reading, draft, known)
    return abroad or assumed


def _other_governing(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """ "The Minister of Trade met B's delegate", after A's president met B's: of A."""
    first = next(iter(draft.refs.values())) is ref
    governing = first and kind_of(ref.office or "") in GOVERNING
    return _other_of_two(reading, draft, known) if governing and len(known) == 1 else None


def _other_of_two(reading: Reading, draft: Draft, known: list[str]) -> str | None:
    """The other of the only two states whose meetings a report tells of."""
    met = {s for d in reading.drafts if d is not draft and d.status == "held" for s in d.states()}
    return min(met - set(known)) if len(met) == 2 and set(known) < met else None


def _abroad(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """On a visit that title, lead or dateline tell of, the guest meets one more of his hosts."""
    if len(known) != 1 or ref.identity in draft.attendees:
        return None
    guests = {
        i
        for i, r in draft.refs.items()
        if r is not ref and r.mention.kind != "state" and _is_of(reading, draft, i, known[0])
    }
    host = _met_before(reading, draft, guests, known, anyhow=True)
    met = {s for d in reading.drafts if guests & set(d.refs) for s in d.states()}
    if guests and met <= set(known):  # a minister who came along
        met = {s for d in reading.drafts if set(known) <= set(d.states()) for s in d.states()}
        hosts = sorted((met - set(known)) & _visited_states(reading))
        host = hosts[0] if len(hosts) == 1 else _host_before(reading, draft, hosts)
    if host is None or host not in met or host not in _visited_states(reading):
        return None
    return _face_to_face(draft, host)


def _face_to_face(draft: Draft, host: str | None) -> str | None:
    """ "she also spoke with the minister": one of her hosts, so not on the telephone."""
    if host is not None and all(
        c.row.format == "spoken" and not names_line(c) for c in draft.contacts
    ):
        draft.format = "in-person"
    return host


def _host_before(reading: Reading, draft: Draft, hosts: list[str]) -> str | None:
    """On a journey to several states: whose people the visitor met in the meeting told before."""
    at = reading.drafts.index(draft)
    for before in reversed(reading.drafts[:at]):
        found = [code for code in hosts if code in before.states()]
        if before.status == draft.status == "held" and found:
            return found[0]
    return None


def _is_of(reading: Reading, draft: Draft, identity: tuple[str, str], state: str) -> bool:
    """True if somebody is of this state in every meeting that is told of him."""
    told = {d.refs[identity].state for d in reading.drafts if identity in d.refs}
    return draft.refs[identity].state == state and told <= {state, None}


def _visited_states(reading: Reading) -> set[str]:
    """Where the head of a report is set, by title, dateline and first sentences."""
    found = {filed_in(reading.segmented)}
    for drawn in reading.sketches[:_NEAR]:
        unit = drawn.unit
        place = locate(unit.source, unit.start, unit.end, unit.end, persons_named(drawn)).place
        found.add(place.state if place is not None else None)
    return {code for code in found if code is not None}


def _guests_state(reading: Reading, draft: Draft, known: list[str]) -> str | None:
    """ "Minister A met B, Croatia's minister", after Croatia's premier met Norway's: A is of Norway."""
    told = [r for r in draft.refs.values() if r.mention.states and not r.assumed]
    if len(told) != 1 or len(draft.refs) != 2:
        return None
    others = {
        s
        for d in reading.drafts
        if d is not draft and d.status == "held" and set(known) <= set(d.states())
        for s in d.states()
    } - set(known)
    return min(others) if len(others) == 1 else None


def _filed_abroad(reading: Reading, known: list[str]) -> str | None:
    """Filed from abroad, of a meeting of the publisher's own minister: whom he met is of the host's side."""
    filed = filed_in(reading.segmented)
    home = reading.publisher.state
    return filed if filed not in known and home in known and home in lexicon().states else None


def _visited(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """ "She met Foreign Minister A of X, and later President B": B is of X too, if no other place is named.

    Only where somebody else of the draft met one other state in the meeting told before it, or
    after it where none is told before.
    """
    if len(known) != 1 or ref.mention.body or kind_of(ref.office or "") not in _HOSTS:
        return None
    guests = {i for i, r in draft.refs.items() if r.state == known[0] and r.mention.kind != "state"}
    return _met_before(reading, draft, guests, known)


def _met_before(
    reading: Reading,
    draft: Draft,
    guests: set[tuple[str, str]],
    known: list[str],
    *,
    anyhow: bool = False,
) -> str | None:
    """The state of those whom the guests met in the meeting told of last, if no other town was named since.

    Args:
        anyhow: also if they spoke, and if the guests received the others at their own place.
    """
    at = _told_at(draft)
    mates = [
        d
        for d in reading.drafts
        if d is not draft
        and guests & set(d.refs)
        and (len(d.states()) > 1 or host_by_place(d, known))
    ]
    before = [d for d in mates if _told_at(d) < at]
    nearest = max(before, key=_told_at) if before else min(mates, key=_told_at, default=None)
    since = (
        max(c.sketch.unit.index for c in nearest.contacts) if nearest in before else at[0] - _NEAR
    )
    here = _town_before(reading, at[0], since)
    if here is not None and here not in known:
        return here
    if nearest is None or here is not None:
        return None
    if not anyhow and (nearest.format not in (draft.format, None) or _was_host(nearest, guests)):
        return None
    others = [s for s in nearest.states() if s not in known and s not in lexicon().organizations]
    return others[0] if len(others) == 1 else host_by_place(nearest, known)


def _at_journeys_end(reading: Reading, draft: Draft, ref: Ref, known: list[str]) -> str | None:
    """ "will visit Slovakia. She will also meet Prime Minister B": B is Slovak."""
    if draft.status not in ("planned", "cancelled") or len(known) != 1:
        return None
    if ref.mention.body or kind_of(ref.office or "") not in _HOSTS:
        return None
    place = place_to_come(reading, draft)
    return place.state if place is not None and place.state not in known else None


_NEAR = 3  # sentences before a meeting in which its town may be told


def _town_before(reading: Reading, index: int, since: int) -> str | None:
    """The state of the town told last in the sentences between two places of a report."""
    for drawn in reversed(reading.sketches):
        unit = drawn.unit
        if unit.kind != "narrative" or not since < unit.index < index:
            continue
        place = locate(unit.source, unit.start, unit.end, unit.end, persons_named(drawn)).place
        if place is not None and place.state:
            return place.state
    return None


def _was_host(draft: Draft, persons: set[tuple[str, str]]) -> bool:
    """True if one of these received the others: whom he meets next need not be of their state."""
    first = next(iter(draft.refs))
    received = any(c.row.id in _RECEIVED for c in draft.contacts)
    return received and first in persons


_RECEIVED = frozenset({"received", "received-courtesy-call", "accorded-call", "gave-reception"})


def _told_at(draft: Draft) -> tuple[int, int]:
    """Where a draft is told of first."""
    return min((c.sketch.unit.index, c.start) for c in draft.contacts)


# Offices whose holders a guest meets in turn.
_HOSTS = GOVERNING | {"legislature", "security-adviser", "military"}


def _low_office(ref: Ref) -> bool:
    return ref.mention.body or kind_of(ref.office or "") in (
        "company",
        "regional",
        "other",
        "party",
    )
