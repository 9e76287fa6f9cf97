"""What is told once for several names: "the two defence ministers, A and B", "delegations of X and Y led by A and B".

Each name takes the office, or the state in the order of the states, before any contact is read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention

_APPOSED = frozenset({",", ":", "–", "—", "-"})
_OFFICES = late(
    r"(?:the |both |all )?(?:two |three |four |five )?(?:countries’ |countries' )?"
    r"(?P<office>(?:[\w-]+ ){0,3}?(?:(?P<noun>minister|president|premier|chancellor|speaker|envoy|monarch|adviser|ambassador)s"
    r"|(?P<y>secretar)ies|(?P<head>head)s of (?P<of>state|government)))"
    r"(?: of (?:both|the two|the three|these|their) (?:countries|states|nations))?",
    re.IGNORECASE,
)
_LED = late(
    r"[^.;:]{0,90}?,? ?(?:were |was )?(?:co-?)?(?:led|headed|chaired|represented)(?: respectively)? by(?: the| their)? ?"
)


def in_brackets(source: str, groups: list[Group]) -> list[Group]:
    """ "Consultations between X (Deputy Minister A) and Y (Deputy Minister B)": the persons of the two parties."""
    made: list[Group] = []
    for group in groups:
        before = made[-1] if made else None
        party = before.members[0] if before is not None and len(before.members) == 1 else None
        inside = source[party.end : group.start] == " (" if party is not None else False
        closed = source.startswith(")", group.end) and len(group.members) == 1
        if before is not None and party is not None and inside and closed:
            if party.kind == "state" and _stateless(group.members[0]) and group.members[0].office:
                person = replace(group.members[0], start=before.start, states=party.states)
                made[-1] = Group(before.start, group.end + 1, (person,))
                continue
            if party.kind == "role" and party.office and not party.name and _is_name(group):
                name = group.members[0]
                person = replace(
                    party,
                    end=group.end + 1,
                    name=name.name,
                    kind="person",
                    name_start=name.name_start,
                )
                made[-1] = Group(before.start, group.end + 1, (person,))
                continue
        made.append(group)
    return made


def _is_name(group: Group) -> bool:
    """ "the Foreign Minister of X (Mr Jon Berg)": a full name, or one with a title of courtesy."""
    one = group.members[0]
    told = one.honorific or " " in (one.name or "")
    return one.kind == "person" and bool(one.name) and not one.office and not one.states and told


def with_shared(source: str, groups: list[Group]) -> list[Group]:
    """The groups of a sentence, names with the office or the states that are told of them together."""
    made: list[Group] = []
    for group in _whole(source, groups):
        before = made[-1] if made else None
        office = _office(source, before) if before is not None else None
        if before is not None and office and _bare(group) and _apposed(source, before, group):
            made[-1] = _holding(group, office, before.start, group.end)
            continue
        office = _office(source, group)
        if before is not None and office and _bare(before) and _apposed(source, before, group):
            if source[group.end : group.end + 1] in (",", ".", ";", ")", " –", ""):
                made[-1] = _holding(before, office, before.start, group.end)
                continue
        made.append(group)
    return _of_states(source, made)


def _whole(source: str, groups: list[Group]) -> list[Group]:
    """ "the defence ministers" and "the two countries", joined by "of", are one phrase."""
    made: list[Group] = []
    for n, group in enumerate(groups):
        before = made[-1] if made else None
        nominal = before is not None and _is_nominal(before) and _is_nominal(group)
        if before is not None and nominal and source[before.end : group.start] == " of ":
            behind = groups[n + 1] if n + 1 < len(groups) else None
            whole = Group(before.start, group.end, before.members)
            if behind is not None and _bare(behind) and _apposed(source, whole, behind):
                made[-1] = whole
                continue
        made.append(group)
    return made


def _is_nominal(group: Group) -> bool:
    return len(group.members) == 1 and group.members[0].kind == "nominal"


def _bare(group: Group) -> bool:
    """Two names or more and no office."""
    told = (m.kind == "person" and m.name and not m.office for m in group.members)
    return len(group.members) > 1 and all(told)


def _apposed(source: str, left: Group, right: Group) -> bool:
    return source[left.end : right.start].strip() in _APPOSED


def _office(source: str, group: Group) -> str | None:
    """ "the two foreign ministers": foreign minister."""
    if not _is_nominal(group):
        return None
    found = _OFFICES.fullmatch(source, group.start, group.end)
    if found is None:
        return None
    if found["head"]:
        return f"{found['head']} of {found['of']}"
    return f"{found['office'][:-3]}y" if found["y"] else found["office"][:-1]


def _holding(group: Group, office: str, start: int, end: int) -> Group:
    members = [replace(m, office=office) for m in group.members]
    return Group(start, end, tuple(members))


def _of_states(source: str, groups: list[Group]) -> list[Group]:
    """ "Delegations of X and Y headed by A and B": A is of X, B of Y."""
    made = groups[:1]
    for left, right in pairwise(groups):
        states, names = left.members, right.members
        fits = len(states) == len(names) > 1 and all(m.kind == "state" for m in states)
        if fits and all(_stateless(m) for m in names):
            if _LED.fullmatch(source, left.end, right.start):
                zipped = zip(names, states, strict=True)
                right = Group(
                    right.start, right.end, tuple(replace(n, states=s.states) for n, s in zipped)
                )
        made.append(right)
    return made


def _stateless(member: Mention) -> bool:
    return member.kind == "person" and bool(member.name) and not member.states
