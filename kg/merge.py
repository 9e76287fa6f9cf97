"""Which mentions tell of one real meeting: a pure function of the mentions of one block.

A block holds the mentions with the same set of parties. Inside it:

1. Mentions of one exact day, compatible in format, status and persons, are one meeting.
2. A mention of a day known only weakly (from the day of publication, a dateline or a word such as
   "yesterday") joins the one meeting of the day before or after, if there is exactly one.
3. A coarser mention (a month, a trip's days) joins the meeting it can only mean: exactly one
   compatible meeting lies inside. Otherwise it stands for itself.

The result depends on the set of mentions alone, never on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from kg.model import ReportedMeeting
from kg.resolve import Resolved, name_tokens

# A background paragraph ("they last met in May") tells of a meeting that was held.
_STATUS_GROUP = {"held": "held", "background": "held"}
_WEAK_BASES = frozenset({"relative", "dateline", "publication"})
_ONE_DAY = timedelta(days=1)


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


def clusters(mentions: Iterable[Mention]) -> list[tuple[Mention, ...]]:
    """The mentions of one block, grouped by real meeting; groups and members in a fixed order."""
    ordered = sorted(mentions, key=lambda m: m.order_key)
    exact = [m for m in ordered if m.meeting.when and m.meeting.when.is_day]
    coarse = [m for m in ordered if not (m.meeting.when and m.meeting.when.is_day)]
    groups = _join_weak_days(_group(exact, _same_day))
    lone: list[Mention] = []
    extended = [list(g) for g in groups]
    for mention in coarse:
        fitting = [n for n, g in enumerate(groups) if _inside(mention, g)]
        if len(fitting) == 1:
            extended[fitting[0]].append(mention)
        else:
            lone.append(mention)
    result = [*extended, *(list(g) for g in _group(lone, _same_coarse_date))]
    members = [tuple(sorted(g, key=lambda m: m.order_key)) for g in result]
    return sorted(members, key=lambda g: g[0].order_key)


def _group(mentions: Sequence[Mention], same_date: object) -> list[list[Mention]]:
    """Connected components of the mentions that are compatible and `same_date`."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        touching = [
            g
            for g in groups
            if any(same_date(mention, o) and compatible(mention, o) for o in g)  # type: ignore[operator]
        ]
        merged = [mention, *(m for g in touching for m in g)]
        groups = [g for g in groups if g not in touching]
        groups.append(merged)
    return groups


def _same_day(a: Mention, b: Mention) -> bool:
    return a.meeting.when == b.meeting.when


def _same_coarse_date(a: Mention, b: Mention) -> bool:
    return a.meeting.when is not None and a.meeting.when == b.meeting.when


def _join_weak_days(groups: list[list[Mention]]) -> list[list[Mention]]:
    """Rule 2. Weak groups are looked at against the firm ones only, so no chain can form."""
    firm = [g for g in groups if not _is_weak(g)]
    joined = [list(g) for g in firm]
    alone: list[list[Mention]] = []
    for group in (g for g in groups if _is_weak(g)):
        near = [n for n, g in enumerate(firm) if _a_day_apart(group, g) and _all_fit(group, g)]
        if len(near) == 1:
            joined[near[0]].extend(group)
        else:
            alone.append(group)
    return [*joined, *alone]


def _is_weak(group: Sequence[Mention]) -> bool:
    return all(m.meeting.date_basis in _WEAK_BASES for m in group)


def _a_day_apart(a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    x, y = a[0].meeting.when, b[0].meeting.when
    return x is not None and y is not None and abs(x.first - y.first) == _ONE_DAY


def _all_fit(a: Sequence[Mention], b: Sequence[Mention]) -> bool:
    return all(compatible(x, y) for x in a for y in b)


def _inside(mention: Mention, group: Sequence[Mention]) -> bool:
    outer, inner = mention.meeting.when, group[0].meeting.when
    if outer is None or inner is None:
        return False
    return outer.contains(inner) and all(compatible(mention, m) for m in group)


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
    if not a or not b:
        return True
    return any(_same_person(x, y) for x in a for y in b)


def _same_person(a: Resolved, b: Resolved) -> bool:
    if a.iri == b.iri:
        return True
    if a.known and b.known:
        return False
    return name_tokens(a.label or "")[-1:] == name_tokens(b.label or "?")[-1:]
