"""What a mention is, and whether anything but its date keeps two of them apart.

The rules are written out in docs/merging.md. Judgements of people go before rules: what was judged
different agrees in nothing, whatever the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.blocks import Days, parties
from kg.hours import Hours
from kg.ids import fold
from kg.judgements import NONE, Judgements
from kg.model import Participant, ReportedMeeting
from kg.namesakes import Written
from kg.outlets import Published
from kg.resolved import Resolved
from kg.spelling import name_tokens, names_agree

# A background paragraph ("they last met in May") tells of a meeting that was held.
_STATUS_GROUP = {"held": "held", "background": "held"}
_MANY = 3
_CALLS = frozenset({"phone", "video"})
_Who = tuple[Participant, Resolved]


@dataclass(frozen=True, slots=True)
class Mention:
    """One reported meeting with its report's identity and its participants resolved.

    Attributes:
        iri: of the mention.
        report: IRI of the report.
        order_key: (published or "9999", outlet, id, mention IRI): decides all ties.
        persons: one entry per participant, in the mention's order.
        reach: the days it can be about; None if nothing says so.
        published: when and where its report came out.
        hours: the time of the day, where its words give one.
        town: slug of the town where its words put it, if the reference data know it.
        another: it says that the same parties had met before on that day.
        names: of those whom only reports know, as they are kept.
    """

    iri: str
    report: str
    order_key: tuple[str, str, str, str]
    meeting: ReportedMeeting
    persons: tuple[Resolved, ...]
    reach: Days | None
    published: Published
    hours: Hours | None = None
    town: str | None = None
    another: bool = False
    names: tuple[Written, ...] = ()

    @property
    def outlet(self) -> str:
        """Name of the outlet, or nothing."""
        return self.order_key[1]

    def principals(self) -> Iterator[tuple[Participant, Resolved]]:
        """Those who represent a party, named or not."""
        for participant, person in zip(self.meeting.participants, self.persons, strict=True):
            if participant.role != "attendee":
                yield participant, person


def agree(a: Mention, b: Mention, judged: Judgements = NONE) -> bool:
    """True if nothing but the date could keep two mentions of one block apart."""
    return (
        status_group(a) == status_group(b)
        and formats_agree(a.meeting.format, b.meeting.format)
        and _as_many(a, b)
        and _at_one_time(a, b)
        and not _are_two(a, b)
        and persons_agree(a, b, judged)
        and not judged.apart(a.iri, b.iri)
    )


def status_group(mention: Mention) -> str:
    """Held and background mentions are compared with each other, every other status with itself."""
    return _STATUS_GROUP.get(mention.meeting.status, mention.meeting.status)


def formats_agree(a: str, b: str) -> bool:
    """True for one format, or if one report does not say which."""
    return a == b or "unspecified" in (a, b)


def _as_many(a: Mention, b: Mention) -> bool:
    """Two parties met alone or among others; where three are named, they did."""
    if a.meeting.multilateral == b.meeting.multilateral:
        return True
    one, other = parties(a.meeting), parties(b.meeting)
    return one != other or len(one) >= _MANY


def _at_one_time(a: Mention, b: Mention) -> bool:
    """Two calls of one day are told apart by morning and evening, as far as clocks are known."""
    if a.hours is None or b.hours is None or a.meeting.when != b.meeting.when:
        return True
    if not _CALLS & {a.meeting.format, b.meeting.format}:
        return True
    return not a.hours.apart_from(b.hours, b.published.hours_east_of(a.published) or 0)


def _are_two(a: Mention, b: Mention) -> bool:
    """Two meetings of the same parties: one report tells both; one says that it was another of
    that day; or they were in person in two towns, and hours apart."""
    if a.report == b.report:
        return a.iri != b.iri and a.meeting.status == b.meeting.status
    when = a.meeting.when
    if when is None or not when.is_day or when != b.meeting.when:
        return False
    if a.another != b.another and not _at_one_hour(a, b):
        return True
    return in_two_towns(a, b) and hours_apart(a, b)


def _at_one_hour(a: Mention, b: Mention) -> bool:
    return a.hours is not None and b.hours is not None and not hours_apart(a, b)


def in_two_towns(a: Mention, b: Mention) -> bool:
    """True if the words of both put the meeting in a town, and not in the same."""
    return a.town is not None and b.town is not None and a.town != b.town


def hours_apart(a: Mention, b: Mention) -> bool:
    """True if both tell of times of the day, on the clocks of where it was, that are hours apart."""
    return a.hours is not None and b.hours is not None and a.hours.apart_from(b.hours, 0)


def persons_agree(a: Mention, b: Mention, judged: Judgements = NONE) -> bool:
    """For each party, one of them names nobody, or both name one of the same persons."""
    left, right = _by_party(a), _by_party(b)
    return all(_share(left[p], right[p], judged) for p in left.keys() & right.keys())


def _by_party(mention: Mention) -> dict[str, list[_Who]]:
    sides: dict[str, list[_Who]] = {}
    for participant, person in mention.principals():
        if participant.state and person.iri:
            sides.setdefault(participant.state, []).append((participant, person))
    return sides


def _share(a: Sequence[_Who], b: Sequence[_Who], judged: Judgements) -> bool:
    return any(same_person(x, y, judged) or same_post(p, x, q, y) for p, x in a for q, y in b)


def same_post(p: Participant, a: Resolved, q: Participant, b: Resolved) -> bool:
    """True if a report names nobody but the post, and the other somebody in that post whom the
    reference data do not know: they may be behind the times."""
    if (p.name is None) == (q.name is None) or not (p.office and q.office):
        return False
    named = b if p.name is None else a
    return not named.known and fold(p.office) == fold(q.office)


def same_person(a: Resolved, b: Resolved, judged: Judgements = NONE) -> bool:
    """True if two identities of one party, met in one meeting, can be one person's."""
    if a.iri == b.iri:
        return True
    if (a.known and b.known) or (a.iri and b.iri and judged.apart(a.iri, b.iri)):
        return False
    return names_agree(name_tokens(a.label or ""), name_tokens(b.label or ""))


def says(mention: Mention) -> int:
    """How much a mention says that could keep it apart from another."""
    named = sum(len(sides) for sides in _by_party(mention).values())
    return 2 * named + (mention.meeting.format != "unspecified")
