"""Why the mentions of one meeting are one, and how sure that is: each against the mention that dates it.

A pure function of the mentions, computed when a merged meeting is written, whoever joined them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg import choose
from kg.blocks import block, parties
from kg.clusters import one_day
from kg.judgements import NONE, Judgements
from kg.merge import Mention, agree, hours_apart, in_two_towns

# How sure a rule is at best: an order in which to look, and no share of right decisions.
SURE: Final = {
    "judgement": 1.0,
    "same-day": 0.95,
    "told-later": 0.85,
    "clocks": 0.85,
    "other-parties": 0.8,
    "one-evening": 0.8,
    "within": 0.8,
    "slip": 0.75,
    "disputed": 0.65,
    "vague-day": 0.75,
    "linked": 0.7,
}
_UNNAMED: Final = 0.05
_LIKE_NAME: Final = 0.03
_UNSAID_FORMAT: Final = 0.03


@dataclass(frozen=True, slots=True)
class Joined:
    """One mention's place in a meeting.

    Attributes:
        reason: the rule of docs/merging.md.
        score: how sure it is, from 0 to 1.
    """

    mention: str
    reason: str
    score: float


def joined(cluster: Sequence[Mention], judged: Judgements) -> Iterator[Joined]:
    """Why each mention belongs to a meeting; nothing of the one that the others are compared with."""
    first = choose.date_mention(cluster) or cluster[0]
    for mention in cluster:
        if mention is first:
            continue
        others = (first, *(m for m in cluster if m is not first and m is not mention))
        if judged.same_as(mention.iri) & {m.iri for m in others}:
            yield Joined(mention.iri, "judgement", SURE["judgement"])
            continue
        found = next(((r, o) for o in others if (r := _reason(mention, o))), None)
        reason, other = found or ("linked", first)
        yield Joined(mention.iri, reason, round(SURE[reason] - _doubt(mention, other), 2))


def _reason(a: Mention, b: Mention) -> str | None:
    """The rule by which two mentions are one; None if none joins the two by themselves."""
    one, other = a.meeting.when, b.meeting.when
    if one is None or other is None or not agree(a, b, NONE):
        return None
    if one.is_day and other.is_day and one != other:
        why = one_day(a, b)
        return None if why == "no" else why
    if not (one.contains(other) or other.contains(one)):
        return None
    if block(a.meeting) != block(b.meeting):
        return "other-parties"
    if not (one.is_day and other.is_day):
        return "within"
    return "disputed" if in_two_towns(a, b) or hours_apart(a, b) else "same-day"


def _doubt(a: Mention, b: Mention) -> float:
    """What persons and formats leave open."""
    one, other = _by_party(a), _by_party(b)
    less = 0.0
    for party in sorted({*parties(a.meeting), *parties(b.meeting)}):
        if not (one.get(party) and other.get(party)):
            less += _UNNAMED
        elif not one[party] & other[party]:
            less += _LIKE_NAME
    formats = {a.meeting.format, b.meeting.format}
    return less + (_UNSAID_FORMAT if len(formats) > 1 else 0.0)


def _by_party(mention: Mention) -> dict[str, set[str]]:
    sides: dict[str, set[str]] = {}
    for participant, person in mention.principals():
        if participant.state and person.iri:
            sides.setdefault(participant.state, set()).add(person.iri)
    return sides
