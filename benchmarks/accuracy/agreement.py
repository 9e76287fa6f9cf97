"""When one fact of an annotation and one of an extraction are the same fact.

Names go by surname, states by code, dates by day (or the month where only that is known), places
by name, topics and documents by their content words, figures within 1 % and the same period.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from benchmarks.accuracy.facts import Instrument, Meeting, Party, Quantity, Site, Topic
from benchmarks.accuracy.pairing import Pairs, pair_up
from benchmarks.accuracy.words import content, dice, fold, overlap, same_surname

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"\d{4}-\d\d")
_LONGEST_DATE = len("2021-06-09/2021-06-13")
ENOUGH = 0.5
_EPSILON = 1e-9
Test = Callable[[Party, Party], bool]


def same_name(wanted: Party, found: Party) -> bool:
    """The surname agrees, with the name or the words of the mention."""
    return same_surname(wanted.name, found.name) or same_surname(wanted.name, found.as_written)


def same_state(wanted: Party, found: Party) -> bool:
    """The code is one of those accepted."""
    return bool(found.states) and found.states[0] in wanted.states


def same_party(wanted: Party, found: Party) -> bool:
    """Surname and state; the one that the annotation knows where it knows only one."""
    if not wanted.name:
        return same_state(wanted, found)
    return same_name(wanted, found) and (same_state(wanted, found) or not wanted.states)


def alike(wanted: Party, found: Party) -> bool:
    """Surname or state."""
    return same_name(wanted, found) or same_state(wanted, found)


def shared(wanted: Meeting, found: Meeting, test: Test) -> int:
    """How many parties the two have in common, each counted once."""
    return len(
        pair_up(wanted.known_parties, found.parties, lambda a, b: 1.0 if test(a, b) else None)
    )


def may_be_same(wanted: Meeting, found: Meeting) -> bool:
    """They share a principal (not an attendee) by surname or by state."""
    return any(
        alike(a, b)
        for a in wanted.parties if not a.attendee
        for b in found.parties if not b.attendee
    )  # fmt: skip


def shares_counterpart(wanted: Meeting, found: Meeting) -> bool:
    """They share two parties, or the only one that the annotation knows."""
    needed = min(2, len(wanted.known_parties))
    return needed > 0 and shared(wanted, found, alike) >= needed


def same_day(wanted: Meeting, found: Meeting) -> bool:
    """The date is one of those accepted; any day of the month where only the month is known."""
    said = (found.date or "")[:_LONGEST_DATE]
    return any(
        day in (said, said[:10]) or bool(_MONTH.fullmatch(day) and said.startswith(day))
        for day in wanted.dates
    )


def near_day(wanted: Meeting, found: Meeting) -> bool:
    """The same, or no more than a day apart (of an interval, from its nearer end)."""
    if same_day(wanted, found):
        return True
    said = _days(found.date or "")
    return said is not None and any(
        _apart(said, days) <= timedelta(days=1) for days in map(_days, wanted.dates) if days
    )


def _days(written: str) -> tuple[date, date] | None:
    """First and last day of what is written, None if it names no day."""
    days = []
    for part in written.split("/"):
        if found := _DAY.match(part.strip()):
            try:
                days.append(date(*map(int, found.groups())))
            except ValueError:
                continue
    return (min(days), max(days)) if days else None


def _apart(a: tuple[date, date], b: tuple[date, date]) -> timedelta:
    return max(a[0] - b[1], b[0] - a[1])


def same_place(wanted: Site, found: Site) -> bool:
    """The names agree, or one is part of the other ("Astana", "the city of Astana")."""
    a, b = fold(wanted.name), fold(found.name)
    if not a or not b:
        return False
    left, right = _bare(a), _bare(b)
    return left in right or right in left or _within(content(a), content(b))


def _bare(name: str) -> str:
    return re.sub(r"[^\w ]", "", re.sub(r"\bthe ", "", name)).strip()


def _within(a: frozenset[str], b: frozenset[str]) -> bool:
    return bool(a) and (a <= b or b <= a)


def topic_pairs(wanted: Meeting, found: Meeting) -> Pairs:
    """The topics that are the same, one to one; one that was asked for goes before an optional."""

    def weight(a: Topic, b: Topic) -> float | None:
        likeness = dice(a.text, b.text)
        if likeness < ENOUGH - _EPSILON:
            return None
        return 1 + likeness - (0.2 if a.optional else 0)

    return pair_up(wanted.topics, found.topics, weight)


def same_title(a: Instrument, b: Instrument) -> bool:
    """Half of the content words, or three quarters of the shorter title if it has two or more."""
    if dice(a.title, b.title) >= ENOUGH:
        return True
    shorter = min(len(content(a.title)), len(content(b.title)))
    return shorter >= 2 and overlap(a.title, b.title) >= 0.75


def same_figure(a: Quantity, b: Quantity) -> bool:
    """Within 1 % of the first, and of the same period."""
    if a.value is None or b.value is None or a.period != b.period:
        return False
    return abs(a.value - b.value) <= 0.01 * max(abs(a.value), 1e-12)
