"""Which mentions tell of one real meeting: a pure function of the mentions of one block.

A block holds the mentions with the same set of parties. Inside it:

1. Mentions of one exact day that agree in format, status and persons are one meeting, if nothing
   shows that there were two on that day (`kg.merge`).
2. Mentions of neighbouring days are one meeting if something explains the difference: a report of
   the day after that gives no day of its own, clocks that are hours apart, two items of one evening,
   two outlets that disagree by a day on what was at one place.
   Each must be the only one that the other can mean.
3. A coarser mention (a month, a trip's days) joins the meeting it can only mean: the one that
   agrees and lies inside, or of several the one at the same place.

A mention that could be of several meetings is no guess's business: it stands for itself. The
result depends on the set of mentions alone, never on the order in which they came, and mentions
whose days are neither shared nor next to each other do not touch each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import product
from typing import Literal

from kg.dates import When
from kg.ids import fold
from kg.judgements import NONE, Judgements
from kg.merge import Mention, agree, hours_apart, says

Cluster = tuple[Mention, ...]
Days = Literal["clocks", "told-later", "one-evening", "vague-day", "slip", "no"]

# How far a day can be trusted: a higher level joins a lower one before it joins its like.
_LEVELS = {"explicit": 0, "weekday": 0, "relative": 1, "dateline": 2, "publication": 2}
_TOLD_LATER = 2
# A meeting in the evening is one of the next day where clocks are so many hours ahead.
_HOURS_EAST = 4.0
_ONE_EVENING = 18.0


@dataclass(slots=True)
class _Group:
    """Mentions of one meeting so far.

    Attributes:
        when: the date that brought them together.
        vague: true if they could be of several other groups, so that they stand for themselves.
    """

    when: When | None
    members: list[Mention]
    vague: bool = False

    @property
    def level(self) -> int:
        return min(_LEVELS.get(m.meeting.date_basis or "", _TOLD_LATER) for m in self.members)

    @property
    def day(self) -> int:
        return self.when.first.toordinal() if self.when else 0

    def places(self) -> set[str]:
        return {m.meeting.place.name for m in self.members if m.meeting.place}


def clusters(mentions: Iterable[Mention], judged: Judgements = NONE) -> list[Cluster]:
    """The mentions of one block, grouped by real meeting; groups and members in a fixed order."""
    return _Block(judged).clusters(mentions)


def _closest(groups: list[_Group], mention: Mention) -> list[_Group]:
    """Of several groups that can be meant, those in the mention's town, then those at its hour."""

    def in_town(other: Mention) -> bool:
        return mention.town is not None and mention.town == other.town

    def at_hour(other: Mention) -> bool:
        known = mention.hours is not None and other.hours is not None
        return known and not hours_apart(mention, other)

    for is_close in (in_town, at_hour):
        if len(groups) > 1:
            groups = [g for g in groups if any(map(is_close, g.members))] or groups
    return groups


def ordered(groups: Iterable[Iterable[Mention]]) -> list[Cluster]:
    """Groups and their members, earliest-published first."""
    members = [tuple(sorted(g, key=lambda m: m.order_key)) for g in groups]
    return sorted(members, key=lambda g: g[0].order_key)


class _Block:
    def __init__(self, judged: Judgements) -> None:
        self._judged = judged

    def clusters(self, mentions: Iterable[Mention]) -> list[Cluster]:
        by_date: dict[When, list[Mention]] = {}
        groups: list[_Group] = []
        for mention in sorted(mentions, key=lambda m: m.order_key):
            if mention.meeting.when:
                by_date.setdefault(mention.meeting.when, []).append(mention)
            else:
                groups.append(_Group(None, [mention]))
        exact = [g for w in sorted(by_date) if w.is_day for g in self._agreeing(w, by_date[w])]
        coarse = [g for w in sorted(by_date) if not w.is_day for g in self._agreeing(w, by_date[w])]
        groups += self._place_coarse(coarse, self._join_days(exact))
        return ordered(g.members for g in groups)

    def _takes(self, group: _Group, mention: Mention) -> bool:
        return all(agree(mention, m, self._judged) for m in group.members)

    def _takes_all(self, group: _Group, other: _Group) -> bool:
        return all(self._takes(group, m) for m in other.members)

    # Rule 1

    def _agreeing(self, when: When, mentions: Sequence[Mention]) -> list[_Group]:
        """Groups in which all agree with all, those that say most first."""
        groups: list[_Group] = []
        told = Counter(m.report for m in mentions)
        for mention in sorted(mentions, key=lambda m: (-told[m.report], -says(m), m.order_key)):
            taking = [g for g in groups if self._takes(g, mention)]
            clear = _closest([g for g in taking if not g.vague], mention)
            wanted = clear if len(clear) == 1 else [g for g in taking if g.vague]
            if len(wanted) == 1:
                wanted[0].members.append(mention)
            else:
                groups.append(_Group(when, [mention], vague=len(clear) > 1))
        return groups

    # Rule 2

    def _join_days(self, groups: list[_Group]) -> list[_Group]:
        """Level by level: a group is looked at against better known ones first, so that no chain
        of days can form; those of one level join in pairs."""
        settled: list[_Group] = []
        for level in sorted({g.level for g in groups}):
            alone = self._join_better([g for g in groups if g.level == level], settled)
            settled += self._join_pairs(alone)
        return settled

    def _join_better(self, groups: list[_Group], settled: list[_Group]) -> list[_Group]:
        near, alone = _ByDay(settled), []
        for group in groups:
            taking = [g for g in near.next_to(group) if self._is_one(g, group)]
            if len(taking) == 1:
                taking[0].members.extend(group.members)
            else:
                alone.append(group)
        return alone

    def _join_pairs(self, groups: list[_Group]) -> list[_Group]:
        near = _ByDay(groups)
        meant = {id(g): [o for o in near.next_to(g) if self._is_one(g, o)] for g in groups}
        kept = []
        for group in groups:
            only = meant[id(group)][0] if len(meant[id(group)]) == 1 else None
            if only is None or len(meant[id(only)]) != 1:
                kept.append(group)
            elif group.day < only.day:
                kept.append(_Group(group.when, [*group.members, *only.members]))
        return kept

    def _is_one(self, a: _Group, b: _Group) -> bool:
        """True if two groups of neighbouring days can be one meeting."""
        found = {one_day(m, n) for m, n in product(a.members, b.members)}
        return "no" not in found and bool(found - {None}) and self._takes_all(a, b)

    # Rule 3

    def _place_coarse(self, coarse: list[_Group], settled: list[_Group]) -> list[_Group]:
        """The finest dates first."""
        by_day, alone = _ByDay(settled), []
        for group in sorted(coarse, key=lambda g: g.when.days if g.when else 0):
            taking = [g for g in by_day.inside(group) if self._takes_all(g, group)]
            if len(taking) > 1:
                taking = [g for g in taking if g.places() & group.places()]
            if len(taking) == 1:
                taking[0].members.extend(group.members)
            else:
                alone.append(group)
                by_day.add(group)
        return [*settled, *alone]


def one_day(a: Mention, b: Mention) -> Days | None:
    """Why one meeting can be told with the day of one here and with the day of the other there.

    "no" if something speaks against it, None if nothing speaks for it.
    """
    early, late = sorted((a, b), key=_day)
    apart = _day(late) - _day(early)
    if apart != 1:
        return None if apart == 0 else "no"
    east = late.published.hours_east_of(early.published)
    if east is not None and east >= _HOURS_EAST:
        return "clocks"
    if _is_told_later(early, late):
        return "told-later"
    if "in-person" not in (a.meeting.format, b.meeting.format):
        return None if east is None else "no"
    return _one_day_in_person(early, late, east)


def _one_day_in_person(early: Mention, late: Mention, east: float | None) -> Days | None:
    if _is_one_evening(early, late):
        return "one-evening"
    if _is_vague(early, late, east):
        return "vague-day"
    if _is_slip(early, late):
        return "slip"
    return "no" if early.outlet and early.outlet == late.outlet else None


def _is_told_later(early: Mention, late: Mention) -> bool:
    """The later report gives no day of its own: it came out the day after."""
    return _trust(early) < _TOLD_LATER == _trust(late)


def _is_vague(early: Mention, late: Mention, east: float | None) -> bool:
    """A word such as "today" beside a day written out, from outlets of unknown clocks."""
    return east is None and sorted((_trust(early), _trust(late))) == [0, 1]


def _is_slip(early: Mention, late: Mention) -> bool:
    """Two outlets disagree by a day on what was at one place, or neither gives a day."""
    if early.outlet == late.outlet:
        return False
    one, other = early.meeting.place, late.meeting.place
    at_one_place = one is not None and other is not None and fold(one.name) == fold(other.name)
    return at_one_place or _trust(early) == _TOLD_LATER == _trust(late)


def _is_one_evening(early: Mention, late: Mention) -> bool:
    """The earlier is known by publication, and it came out when elsewhere the next day had begun;
    or both are, and came out close to each other."""
    if _trust(early) != _TOLD_LATER:
        return False
    if _trust(late) != _TOLD_LATER:
        moment = early.published.moment
        return moment is not None and moment.astimezone(UTC).toordinal() == _day(late)
    hours = early.published.hours_from(late.published)
    return hours is not None and hours <= _ONE_EVENING


def _day(mention: Mention) -> int:
    return mention.meeting.when.first.toordinal() if mention.meeting.when else 0


def _trust(mention: Mention) -> int:
    return _LEVELS.get(mention.meeting.date_basis or "", _TOLD_LATER)


class _ByDay:
    """Groups by the first day of their meeting, as the number of that day."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self._groups: dict[int, list[_Group]] = {}
        self._days: list[int] = []
        for group in groups:
            self.add(group)

    def add(self, group: _Group) -> None:
        if group.when:
            if group.day not in self._groups:
                insort(self._days, group.day)
            self._groups.setdefault(group.day, []).append(group)

    def next_to(self, group: _Group) -> list[_Group]:
        """Groups of the day before and the day after."""
        return [g for d in (group.day - 1, group.day + 1) for g in self._groups.get(d, ())]

    def inside(self, outer: _Group) -> list[_Group]:
        """Groups whose days all lie inside those of another."""
        if outer.when is None:
            return []
        start = bisect_left(self._days, outer.when.first.toordinal())
        days = self._days[start : bisect_right(self._days, outer.when.last.toordinal())]
        found = (g for d in days for g in self._groups[d])
        return [g for g in found if g.when and outer.when.contains(g.when)]
