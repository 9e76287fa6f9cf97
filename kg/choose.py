"""The written rules by which one value is chosen where several mentions give one.

For every single-valued property of a merged meeting: the better basis first, then the more precise
value, then what more reports say, then the earliest report (published, outlet, id). What was not
chosen is kept as a claim wherever it really differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from kg.dates import When
from kg.merge import Mention, status_group
from kg.model import DATE_BASES, PLACE_BASES, MentionedPlace

T = TypeVar("T")


def most_said(values: Iterable[T], *, tie: Callable[[T], Any]) -> T | None:
    """The most frequent value; ties go to the smallest `tie`. None if there is no value."""
    counted = Counter(values)
    if not counted:
        return None
    return min(counted, key=lambda v: (-counted[v], tie(v)))


def best_name(names: Iterable[str]) -> str:
    """The name to show: most frequent, then longest, then first in the alphabet."""
    return most_said(names, tie=lambda n: (-len(n), n)) or ""


def date_mention(cluster: Sequence[Mention]) -> Mention | None:
    """The mention whose date is taken; None if none has a date."""
    dated = [m for m in cluster if m.meeting.when]
    if not dated:
        return None
    said = Counter(m.meeting.when for m in dated)

    def rank(m: Mention) -> tuple[object, ...]:
        when = m.meeting.when
        assert when is not None
        basis = m.meeting.date_basis or "publication"
        exactness = 0 if when.is_day else when.days
        return (min(exactness, 1), DATE_BASES.index(basis), exactness, -said[when], m.order_key)

    return min(dated, key=rank)


def place_mention(cluster: Sequence[Mention]) -> Mention | None:
    """The mention whose place is taken; None if none names a place."""
    placed = [m for m in cluster if m.meeting.place]

    def rank(m: Mention) -> tuple[object, ...]:
        place = m.meeting.place
        assert place is not None
        return (PLACE_BASES.index(place.basis), -said[place.name], m.order_key)

    said = Counter(m.meeting.place.name for m in placed if m.meeting.place)
    return min(placed, key=rank) if placed else None


def status_of(cluster: Sequence[Mention]) -> str:
    """`held` if any mention says so, else what most say."""
    statuses = [m.meeting.status for m in cluster]
    if "held" in statuses:
        return "held"
    return most_said(statuses, tie=str) or "held"


def status_group_of(cluster: Sequence[Mention]) -> str:
    """`held` if any mention tells of a meeting that was held, else what the first says."""
    groups = [status_group(m) for m in cluster]
    return "held" if "held" in groups else groups[0]


def format_of(cluster: Sequence[Mention]) -> str:
    """The format most mentions give; "unspecified" only if all say so."""
    given = [m.meeting.format for m in cluster if m.meeting.format != "unspecified"]
    return most_said(given, tie=str) or "unspecified"


def conflicting_dates(cluster: Sequence[Mention]) -> dict[str, list[Mention]]:
    """EDTF date -> mentions, if dates are given that cannot all be true; else empty.

    A coarse date that holds another given date (2019-10 beside 2019-10-25) contradicts nothing.
    """
    by_date: dict[When, list[Mention]] = {}
    for m in cluster:
        if m.meeting.when:
            by_date.setdefault(m.meeting.when, []).append(m)
    exact = [w for w in by_date if not any(w != o and w.contains(o) for o in by_date)]
    if all(a.overlaps(b) for a in exact for b in exact):
        return {}
    return {when.edtf: by_date[when] for when in sorted(exact)}


def place_of(mention: Mention) -> MentionedPlace | None:
    """The mention's place."""
    return mention.meeting.place
