"""Puts those who accompanied a side, or joined the talks, to the meeting where they were."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.attendance import Company
from loaders.extraction.cast import Ref
from loaders.extraction.drafts import Draft
from loaders.extraction.eras import code_at
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group
from loaders.extraction.office_kinds import is_minor, kind_of
from loaders.extraction.scene import Scene
from loaders.extraction.sketch import Sketch
from ontology.lexicon import lexicon

# Offices of which each side brings its own.
_ONE_EACH = frozenset(
    {"foreign-minister", "minister", "deputy-minister", "envoy", "military", "security-adviser"}
)
_REFERRING = frozenset({"nominal", "pronoun", "guest"})


def lend_states(drawn: Sketch, companies: list[Company], scene: Scene) -> None:
    """ "X came with his minister Y": Y is of X's state, also where he meets somebody alone later."""
    for company in companies:
        group = None if company.beside is None else drawn.groups[company.beside]
        if group is not None and group.members[0].kind not in ("person", "counterpart", "role"):
            continue
        state = company.side or _state_of(scene, drawn, group)
        for ref in scene.refs(drawn, drawn.groups[company.group]) if state else ():
            scene.lend(ref, state or "")


def attend(
    drafts: list[Draft], drawn: Sketch, companies: list[Company], scene: Scene, home: str | None
) -> None:
    """Those who accompanied or joined go to the meeting told of last, or to all that the words mean."""
    last = _told_last(drafts, drawn) if companies else []
    for company in companies:
        if company.leads and _lead(drafts, drawn, company, scene):
            continue
        told = last or _told_next(drafts, drawn, scene, company)
        if not told or drawn.groups[company.group].members[0].kind in _REFERRING:
            continue
        refs = scene.refs(drawn, drawn.groups[company.group])
        side = code_at(company.side, scene.day)
        for ref in _dealt_out(refs, told):
            others = [d for d in told if ref.identity not in d.refs]
            for draft in _in_one_sentence(others, drawn, company.at):
                group = None if company.beside is None else drawn.groups[company.beside]
                beside = _guest_state(draft, group, home) or _state_of(scene, drawn, group)
                join(draft, _on_side(ref, side), beside, home, side)


def _lead(drafts: list[Draft], drawn: Sketch, company: Company, scene: Scene) -> bool:
    """ "The EU will be represented by A", of a summit of two states: A in the place of the EU."""
    refs = scene.refs(drawn, drawn.groups[company.group])
    side = code_at(company.side, scene.day)
    led = tuple(_on_side(r, side) for r in refs if r.mention.kind != "state")
    index = drawn.unit.index
    near = [d for d in drafts if index - _LED_SOON <= _last_told(d, index) <= index]
    return any(led and draft.lead(led) for draft in reversed(near))


_SOON = 2  # sentences
_LED_SOON = 4  # sentences behind that on the talks of two states


def _told_next(drafts: list[Draft], drawn: Sketch, scene: Scene, company: Company) -> list[Draft]:
    """ "A, accompanied by B, went to the palace. The talks there ...": the meeting of A told behind."""
    if company.beside is None:
        return []
    own = {r.identity for r in scene.refs(drawn, drawn.groups[company.beside])}
    first = {id(d): min(c.sketch.unit.index for c in d.contacts) - drawn.unit.index for d in drafts}
    return [
        d for d in drafts if d.status == "held" and own & set(d.refs) and 0 < first[id(d)] <= _SOON
    ][:1]


def _dealt_out(refs: tuple[Ref, ...], told: list[Draft]) -> tuple[Ref, ...]:
    """ "Foreign Secretaries A and B joined": one of each of the two sides, in their order."""
    states = told[0].states_of_sides()
    offices = {r.mention.office for r in refs}
    alike = len(offices) == 1 and kind_of(offices.pop() or "") in _ONE_EACH
    alike = alike and all(s in lexicon().states for s in states)
    told_without = not any(r.mention.states or r.state for r in refs)
    if not (alike and told_without and len(refs) == len(states) > 1):
        return refs
    return tuple(replace(r, state=s) for r, s in zip(refs, states, strict=True))


def _on_side(ref: Ref, side: str | None) -> Ref:
    """ "From the Qatari side, Minister A": A is Qatari whatever is assumed, unless his title says more."""
    return ref if side is None or ref.mention.states else replace(ref, state=side)


def _in_one_sentence(drafts: list[Draft], drawn: Sketch, at: int) -> list[Draft]:
    """Of meetings that one sentence tells of, the one told last before the words on company."""
    before = [
        (c.start, d) for d in drafts for c in d.contacts if c.sketch is drawn and c.start <= at
    ]
    if len(drafts) < 2 or any(d.apart for d in drafts):
        return drafts
    if not before:
        return drafts[:1] if any(c.sketch is drawn for d in drafts for c in d.contacts) else drafts
    return [max(before, key=lambda told: told[0])[1]]


def join(
    draft: Draft, ref: Ref, beside: str | None, home: str | None, side: str | None = None
) -> None:
    """One more who was there.

    Args:
        beside: state of the one whom he accompanied.
        side: state on whose side the words say he was.
        home: the publisher's state: outlets name their own officials without it.
    """
    if _is_anybody(ref) or (_is_some_envoy(ref) and side is None and beside is None):
        return
    if ref.identity not in draft.refs and ref.mention.kind != "state":
        bare = (ref.office or "").lower() == "ambassador"  # of host or guest: told by the place
        own = home if home in draft.states() and not bare else None
        own = ref.state or beside or own or _only_state(draft)
        draft.refs[ref.identity] = replace(ref, state=own)
        draft.attendees.add(ref.identity)


def _is_anybody(ref: Ref) -> bool:
    """ "a diplomat who was in the room": nobody in particular."""
    bare = ref.name is None and not ref.mention.definite and " of " not in (ref.office or "")
    return bare and is_minor(ref.office)


def _is_some_envoy(ref: Ref) -> bool:
    """ "In the presence of the ambassador": either side has one."""
    return ref.name is None and not ref.mention.states and kind_of(ref.office or "") == "envoy"


_ALL_OF_THEM = late(
    r"\b(?:both(?: of)? (?:the |these )?|all (?:the |these )?|[Tt]he |[Tt]hese )(?:meetings|talks|audiences)\b"
)


def _told_last(drafts: list[Draft], drawn: Sketch) -> list[Draft]:
    """The held meetings that the sentences up to one tell of last; all for "both meetings"."""
    index = drawn.unit.index
    told = [(_last_told(d, index), d) for d in drafts]
    latest = max((at for at, _ in told), default=-2)
    several = _ALL_OF_THEM.search(drawn.text)
    if latest == -2:
        return []
    if several is not None and ("meetings" in several[0] or "both" in several[0]):
        return [d for at, d in told if at > -2 and d.status == "held"]
    found = [d for at, d in told if at == latest]
    here = latest == index  # then the words themselves tell which
    return [d for d in found if d.status == "held" and (here or d is found[0] or d.apart)]


def _last_told(draft: Draft, index: int) -> int:
    """Index of the last sentence up to `index` that tells of a draft; -2 if none does."""
    told = [c.sketch.unit.index for c in draft.contacts if c.sketch.unit.index <= index]
    return max(told, default=-2)


def _only_state(draft: Draft) -> str | None:
    """Where a state meets organizations, whoever is told without one is of the state."""
    states = [s for s in draft.states() if s in lexicon().states]
    return states[0] if len(states) == 1 < len(draft.states()) else None


def _guest_state(draft: Draft, group: Group | None, home: str | None) -> str | None:
    """ "accompanied the visitor": of the two states of a meeting the one that is not the publisher's."""
    if group is None or group.members[0].kind != "guest" or len(draft.states()) != 2:
        return None
    guests = [state for state in draft.states() if state != home]
    return guests[0] if len(guests) == 1 else None


def _state_of(scene: Scene, drawn: Sketch, group: Group | None) -> str | None:
    """The state of the one whom somebody accompanied."""
    refs = scene.refs(drawn, group) if group is not None else ()
    return next((r.state for r in refs if r.state), None)
