"""Which mentions tell of one real meeting: a pure function of the mentions of one block.

A block holds the mentions with the same set of parties. Inside it:

1. Mentions of one exact day that agree in format, status and persons are one meeting.
2. A mention of a day known only weakly (from the day of publication, a dateline or a word such as
   "yesterday") joins the one better known meeting of the day before or after.
3. A coarser mention (a month, a trip's days) joins the meeting it can only mean: the one that
   agrees and lies inside.

A mention that could be of several meetings is no guess's business: it stands for itself. The
result depends on the set of mentions alone, never on the order in which they came, and mentions
whose days are neither shared nor next to each other do not touch each other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.dates import When
from kg.model import ReportedMeeting
from kg.resolve import Resolved
from kg.spelling import name_tokens, names_agree

# A background paragraph ("they last met in May") tells of a meeting that was held.
_STATUS_GROUP = {"held": "held", "background": "held"}
# How far a day can be trusted: a higher level joins a lower one, never its like.
_LEVELS = {"explicit": 0, "weekday": 0, "relative": 1, "dateline": 2, "publication": 2}
_FIRM = 0


@dataclass(frozen=True, slots=True)
class Mention:
    """One reported meeting with its report's identity and its participants resolved.

    Attributes:
        iri: of the mention.
        report: IRI of the report.
        order_key: (published or "9999", outlet, id, mention IRI): decides all ties.
        persons: one entry per participant, in the mention's order.
    """

    iri: str
    report: str
    order_key: tuple[str, str, str, str]
    meeting: ReportedMeeting
    persons: tuple[Resolved, ...]

    @property
    def first_day(self) -> str:
        """ISO day on which the meeting began as this mention has it, or a text after all days."""
        return self.meeting.when.first.isoformat() if self.meeting.when else "9999"


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

    def takes(self, mention: Mention) -> bool:
        return all(compatible(mention, m) for m in self.members)

    def takes_all(self, other: _Group) -> bool:
        return all(self.takes(m) for m in other.members)

    @property
    def level(self) -> int:
        return min(_LEVELS.get(m.meeting.date_basis or "", 2) for m in self.members)


def clusters(mentions: Iterable[Mention]) -> list[tuple[Mention, ...]]:
    """The mentions of one block, grouped by real meeting; groups and members in a fixed order."""
    by_date: dict[When, list[Mention]] = {}
    groups: list[_Group] = []
    for mention in sorted(mentions, key=lambda m: m.order_key):
        if mention.meeting.when:
            by_date.setdefault(mention.meeting.when, []).append(mention)
        else:
            groups.append(_Group(None, [mention]))
    exact = [g for w in sorted(by_date) if w.is_day for g in _agreeing(w, by_date[w])]
    coarse = [g for w in sorted(by_date) if not w.is_day for g in _agreeing(w, by_date[w])]
    groups += _place_coarse(coarse, _join_weak_days(exact))
    members = [tuple(sorted(g.members, key=lambda m: m.order_key)) for g in groups]
    return sorted(members, key=lambda g: g[0].order_key)


def _agreeing(when: When, mentions: Sequence[Mention]) -> list[_Group]:
    """Rule 1: groups in which all agree with all, those that say most first."""
    groups: list[_Group] = []
    for mention in sorted(mentions, key=lambda m: (-_says(m), m.order_key)):
        taking = [g for g in groups if g.takes(mention)]
        clear = [g for g in taking if not g.vague]
        wanted = clear if len(clear) == 1 else [g for g in taking if g.vague]
        if len(wanted) == 1:
            wanted[0].members.append(mention)
        else:
            groups.append(_Group(when, [mention], vague=len(clear) > 1))
    return groups


def _says(mention: Mention) -> int:
    """How much a mention says that could keep it apart from another."""
    named = sum(len(sides) for sides in _by_party(mention).values())
    return 2 * named + (mention.meeting.format != "unspecified")


def _join_weak_days(groups: list[_Group]) -> list[_Group]:
    """Rule 2, level by level. A group is looked at against better known ones only, so that no
    chain of days can form."""
    settled = [g for g in groups if g.level == _FIRM]
    for level in sorted({g.level for g in groups} - {_FIRM}):
        near = _ByDay(settled)
        alone = []
        for group in (g for g in groups if g.level == level):
            taking = [g for g in near.next_to(group) if g.takes_all(group)]
            if len(taking) == 1:
                taking[0].members.extend(group.members)
            else:
                alone.append(group)
        settled += alone
    return settled


class _ByDay:
    """Groups by the first day of their meeting, as the number of that day."""

    def __init__(self, groups: Iterable[_Group]) -> None:
        self._groups: dict[int, list[_Group]] = {}
        self._days: list[int] = []
        for group in groups:
            self.add(group)

    def add(self, group: _Group) -> None:
        if group.when:
            day = group.when.first.toordinal()
            if day not in self._groups:
                insort(self._days, day)
            self._groups.setdefault(day, []).append(group)

    def next_to(self, group: _Group) -> list[_Group]:
        """Groups of the day before and the day after."""
        if group.when is None:
            return []
        day = group.when.first.toordinal()
        return [g for d in (day - 1, day + 1) for g in self._groups.get(d, ())]

    def inside(self, outer: _Group) -> list[_Group]:
        """Groups whose days all lie inside those of another."""
        if outer.when is None:
            return []
        start = bisect_left(self._days, outer.when.first.toordinal())
        days = self._days[start : bisect_right(self._days, outer.when.last.toordinal())]
        found = (g for d in days for g in self._groups[d])
        return [g for g in found if g.when and outer.when.contains(g.when)]


def _place_coarse(coarse: list[_Group], settled: list[_Group]) -> list[_Group]:
    """Rule 3, the finest dates first."""
    by_day, alone = _ByDay(settled), []
    for group in sorted(coarse, key=lambda g: g.when.days if g.when else 0):
        taking = [g for g in by_day.inside(group) if g.takes_all(group)]
        if len(taking) == 1:
            taking[0].members.extend(group.members)
        else:
            alone.append(group)
            by_day.add(group)
    return [*settled, *alone]


def compatible(a: Mention, b: Mention) -> bool:
    """True if nothing but the date could keep two mentions of one block apart."""
    return (
        status_group(a) == status_group(b)
        and _formats_agree(a.meeting.format, b.meeting.format)
        and a.meeting.multilateral == b.meeting.multilateral
        and _persons_agree(a, b)
    )


def status_group(mention: Mention) -> str:
    """Held and background mentions are compared with each other, every other status with itself."""
    return _STATUS_GROUP.get(mention.meeting.status, mention.meeting.status)


def _formats_agree(a: str, b: str) -> bool:
    return a == b or "unspecified" in (a, b)


def _persons_agree(a: Mention, b: Mention) -> bool:
    """For each party, one of them names nobody, or both name one of the same persons."""
    left, right = _by_party(a), _by_party(b)
    return all(_share(left[p], right[p]) for p in left.keys() & right.keys())


def _by_party(mention: Mention) -> dict[str, list[Resolved]]:
    sides: dict[str, list[Resolved]] = {}
    for participant, person in zip(mention.meeting.participants, mention.persons, strict=True):
        if participant.role != "attendee" and participant.state and person.iri:
            sides.setdefault(participant.state, []).append(person)
    return sides


def _share(a: Sequence[Resolved], b: Sequence[Resolved]) -> bool:
    return any(same_person(x, y) for x in a for y in b)


def same_person(a: Resolved, b: Resolved) -> bool:
    """True if two identities of one party, met in one meeting, can be one person's."""
    if a.iri == b.iri:
        return True
    if a.known and b.known:
        return False
    return names_agree(name_tokens(a.label or ""), name_tokens(b.label or ""))
