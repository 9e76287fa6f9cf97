"""Persons told with the party they speak for: "A for Malta and B for Peru" is a list of A of Malta and B of Peru.

Only where two or more are told so, one behind the other: "thanked A for Malta's help" tells nothing of A.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.mention import Group, Mention

_BEHALF = r"(?:for|on behalf of|representing) (?:the )?"
_FOR = re.compile(rf",? {_BEHALF}")
_FOR_PARTY = re.compile(rf",? {_BEHALF}(?=[A-Z])")
_BEFORE_PARTY = re.compile(rf"\b{_BEHALF}\Z")
_REACH = 30  # characters before a party in which it is told that somebody speaks for it
# "A led for Malta and B for Peru", "A is to answer for Malta": a verb stands between A and his party.
_TOLD_FOR = re.compile(rf",? (?:[\w’'-]+ ){{1,4}}{_BEHALF}")
_JOINT = re.compile(r"(?:[,;] |,? (?:and|while|with) |; and )(?:the )?")


def speaks_for_another(source: str, left: Group, right: Group) -> bool:
    """ "for Malta and B for Peru": the party before belongs to somebody else."""
    before = _BEFORE_PARTY.search(source, max(0, left.start - _REACH), left.start)
    return before is not None and _FOR_PARTY.match(source, right.end) is not None


def each_for_his_party(source: str, groups: list[Group]) -> list[Group]:
    """The groups of a sentence; those who speak for a party each are of it, and one list."""
    if len(groups) > 1 and " the " in source[groups[0].end : groups[-1].start]:
        groups = of_both_sides(source, groups)
    if sum(_is_party(group) for group in groups) < 2:
        return groups
    made: list[Group] = []
    at = 0
    while at < len(groups):
        pairs = _pairs(source, groups, at)
        if len(pairs) < 2:
            made.append(groups[at])
            at += 1
            continue
        told = [_of_party(person, party) for person, party in pairs]
        if _FOR.fullmatch(source, pairs[0][0].end, pairs[0][1].start):
            members = tuple(m for group in told for m in group.members)
            made.append(Group(told[0].start, pairs[-1][1].end, members))
        else:
            made += [
                g for group, (_, party) in zip(told, pairs, strict=True) for g in (group, party)
            ]
        at += 2 * len(pairs)
    return made


# "on the American side and", "for the Japanese": a side that is told by its adjective.
_SIDE = re.compile(
    r",? (?:on|for) the (?P<home>[A-Z][\w-]+(?: [A-Z][\w-]+)?)(?: side| part| delegation)?(?P<end>,? and (?:the )?|(?=,? (?:met|held|signed|sat|discussed|began|opened|agreed|exchanged|conferred|spoke|talked|had|initial+ed)\b))"
)


def of_both_sides(source: str, groups: list[Group]) -> list[Group]:
    """ "A and B on the Peruvian side and C on the Maltese": one list, each of his state."""
    made: list[Group] = []
    for group in groups:
        last = made[-1] if made else None
        joint = _SIDE.fullmatch(source, last.end, group.start) if last is not None else None
        behind = _SIDE.match(source, group.end) if joint is not None else None
        first = _states_named(joint["home"]) if joint is not None else ()
        second = _states_named(behind["home"]) if behind is not None else ()
        if last is None or behind is None or not (first and second):
            made.append(group)
            continue
        members = (*_all_of(last, first), *_all_of(group, second))
        made[-1] = Group(last.start, behind.start("end"), members)
    return made


def _states_named(words: str) -> tuple[str, ...]:
    entry = gazetteer().exact(words)
    return (entry.adjectives or entry.states) if entry is not None else ()


def _all_of(group: Group, states: tuple[str, ...]) -> tuple[Mention, ...]:
    return tuple(m if m.states else replace(m, states=states) for m in group.members)


def _pairs(source: str, groups: list[Group], at: int) -> list[tuple[Group, Group]]:
    """The persons from a group on with their parties, as long as the list goes on."""
    found: list[tuple[Group, Group]] = []
    for person, party in pairwise(groups[at:]):
        if found and person is found[-1][1]:
            continue
        between = _FOR if found else _FIRST
        if not _is_person(person) or not _is_party(party):
            break
        if not between.fullmatch(source, person.end, party.start):
            break
        if found and not _JOINT.fullmatch(source, found[-1][1].end, person.start):
            break
        found.append((person, party))
    return found


_FIRST = re.compile(rf"(?:{_FOR.pattern}|{_TOLD_FOR.pattern})")


def _is_person(group: Group) -> bool:
    one = group.members[0]
    return len(group.members) == 1 and one.kind in ("person", "role") and not one.possessive


def _is_party(group: Group) -> bool:
    one = group.members[0]
    return len(group.members) == 1 and one.kind == "state" and not one.possessive


def _of_party(person: Group, party: Group) -> Group:
    told = person.members[0]
    states = told.states or party.members[0].states
    return Group(person.start, person.end, (replace(told, states=states),))
