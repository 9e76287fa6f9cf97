"""One meeting or several: who met whom one by one, by "separately", plural nouns and offices."""

from __future__ import annotations

import itertools
import re

from loaders.extraction.cast import Ref
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import GOVERNING, kind_of
from loaders.extraction.sides import Sides

_APART = late(
    r"\b(?:separate(?:ly)?|bilaterally|individually|respectively|in turn|one (?:after|by) (?:another|one|the other)|each of|bilaterals|bilateral (?:meetings|talks|discussions|consultations|conversations)|"
    r"(?:tele)?phone (?:conversations|calls|talks)|conversations|calls|meetings)\b",
    re.IGNORECASE,
)
_SEPARATE = late(
    r"\bseparate(?:ly)?\b|\brespectively\b|\bone (?:by|after) (?:one|another|the other)\b|\bindividually\b|\bin turn\b|,? each (?:in|at|on|for)\b|\beach (?:met|received|held|had|spoke|called)\b",
    re.IGNORECASE,
)
_JOINT = late(
    r"\b(?:trilateral|tripartite|three-way|quadrilateral|four-way)\b|\bjoint (?:\w+ )?(?:meeting|talks|summit|call)\b"
)


def split(sides: Sides, contact: Contact) -> list[tuple[Ref, ...]]:
    """The sets of people who met: several where "separately" or a plural noun says so."""
    first, second = sides.first, sides.second
    if (
        not first
        and len({r.state for r in second}) > 1
        and contact.row.headline
        and _told_apart(contact)
    ):
        return [(ref,) for ref in second]
    if not second or not first:
        return [(*first, *second)]
    states = {r.state for r in second}
    if len(first) == 1 and len(second) > 1 and _met_one_by_one(contact, second):
        return [(*first, ref) for ref in second]
    if len(second) == 1 and len(first) > 1 and _EACH.search(words_of(contact)):
        return [(ref, *second) for ref in first]
    apart = (
        _told_apart(contact)
        or contact.row.apart
        or (_on_sidelines(contact) and all(r.name for r in second))
    )
    if len(second) > 1 and len(states) > 1 and len(first) == 1 and apart:
        return [(*first, ref) for ref in second]
    if (
        len(first) > 1
        and len(second) == 1
        and _told_apart(contact)
        and len({r.state for r in first}) > 1
    ):
        if second[0].state not in {r.state for r in first}:
            return [(ref, *second) for ref in first]
    return [(*first, *second)]


# "Among those whom A met were B and C", "A's guests were B and C": also where both are of one state.
_LISTING = frozenset({"among-whom-met-was", "among-those-who-met", "whose-guests-were"})
_EACH = re.compile(r"\b(?:each|separately|in turn|individually)\b")
# What a guest pays to the powers of a state one after another, not to all at one table.
_POWERS = frozenset({"head-of-state", "head-of-government", "legislature"})
_OVER_AGAIN = late(r"\b(?:and|and then|and also|and later) (?:with|by|from|on|to) (?:the )?\Z")
_AS_WELL = re.compile(r"\bas well as (?:with |by )?(?:the )?\Z")


def _met_one_by_one(contact: Contact, second: tuple[Ref, ...]) -> bool:
    """ "met Prime Minister A and Speaker B", "meetings with Minister A and Minister B", "with A and with B"."""
    if told_one_by_one(contact) or _said_over(contact):
        return True
    if contact.row.id in _LISTING and all(r.name for r in second):
        return True
    if all(r.name for r in second) and _meetings_behind(contact):
        return True
    text = contact.sketch.text
    if is_joint(contact) or _TOGETHER.search(text):
        return False
    if not all(r.name for r in second) and not _visited_in_turn(contact, second):
        return False
    kinds = [kind_of(r.office or "") for r in second]
    offices = {(r.office or "").lower() for r in second}
    if len({r.state for r in second}) == 1 and len(offices) == len(second):
        if contact.verb.startswith(("call", "pa")) and contact.row.id == "called-on":
            return True  # a guest calls on his hosts one after another
        return (_are_powers(contact, second, kinds)) or _MEETINGS.search(
            words_of(contact)
        ) is not None
    return False


_BEHIND = late(
    r"[.\"”]*\s+(?:The|These|Both|All (?:the )?(?:three|four|these)) (?:separate )?(?:meetings|audiences|conversations) (?:were|took|lasted|came|focused|dealt|began)\b"
)


def _meetings_behind(contact: Contact) -> bool:
    """ "met A, B and C. The meetings took place ...": one with each."""
    unit = contact.sketch.unit
    return (
        _BEHIND.match(unit.source, unit.end) is not None
        or _BEHIND.search(
            unit.source, max(unit.start, unit.end - 2), min(len(unit.source), unit.end + 60)
        )
        is not None
    )


def _are_powers(contact: Contact, refs: tuple[Ref, ...], kinds: list[str]) -> bool:
    """Several powers of one state; those who welcome a guest on his arrival stand there together."""
    if _ONE_TALK.search(words_of(contact)):
        return False
    if contact.row.id not in _HOSTING and _across_houses(refs, kinds):
        return True
    if contact.row.id == "was-received" and not _IN_TURN.search(words_of(contact)):
        return False
    if len(set(kinds)) < len(kinds) and all(k == "head-of-state" for k in kinds):
        return False  # a king and his queen
    return all(
        k in _POWERS
        or _COURT.search(r.office or "")
        or (_COMMANDER.search(r.office or "") and "legislature" in kinds)
        for k, r in zip(kinds, refs, strict=True)
    )


_HOSTING = frozenset({"received", "was-received", "gave-reception"})


def _visited_in_turn(contact: Contact, second: tuple[Ref, ...]) -> bool:
    """ "held talks with President A, the Speaker of Parliament and Minister B": also where one is not named."""
    kinds = [kind_of(r.office or "") for r in second]
    return (
        contact.row.id not in _HOSTING
        and _across_houses(second, kinds)
        and any(r.name for r in second)
    )


def _across_houses(refs: tuple[Ref, ...], kinds: list[str]) -> bool:
    """A speaker, or who leads a party, beside ministers: a visitor sees them one after another."""
    outside = [
        k == "legislature" or _PARTY.search(r.office or "") is not None
        for k, r in zip(kinds, refs, strict=True)
    ]
    inside = [k in GOVERNING for k in kinds]
    return (
        any(outside) and any(inside) and all(o or i for o, i in zip(outside, inside, strict=True))
    )


_PARTY = late(
    r"(?i:\b(?:leader|head|chairman|chairwoman|president) of (?:the )?(?:[\w’'-]+ ){0,4}(?:party|opposition)\b|\bopposition leader\b)"
)
_ONE_TALK = late(
    r"\b(?:an?|the|one|their|his|her) (?:[\w-]+ ){0,3}?(?:meeting|call|conversation|session|lunch|dinner|breakfast|conference|summit|dialogue|audience|encounter|discussion|exchange)\b"
)
_IN_TURN = re.compile(r"\b(?:later|also|then|subsequently|afterwards?)\b")
_COURT = late(
    r"(?i:\bchief justice\b|\b(?:supreme|constitutional) court\b|\bpatriarch\b|\bgrand (?:imam|mufti)\b)"
)
_COMMANDER = late(r"(?i:\bcommander-in-chief\b|\bchief of (?:the )?(?:general|defen[cs]e) staff\b)")
_MEETINGS = re.compile(r"\b(?:meetings|sessions|calls|conversations|audiences)\b[^.;]{0,40} with\b")


def _said_over(contact: Contact) -> bool:
    """ "talks with A and with B": the preposition said again tells two talks."""
    if contact.b is None:
        return False
    members = contact.sketch.groups[contact.b].members
    source = contact.sketch.unit.source
    pairs = list(itertools.pairwise(members))
    two = len(members) == 2 and all(m.name for m in members)
    return any(_OVER_AGAIN.search(source, a.end, b.start) for a, b in pairs) or (
        two and _AS_WELL.search(source, members[0].end, members[1].start) is not None
    )


_SIDELINES = late(
    r"\b(?:on|in|at) (?:the|its|their) (?:sidelines|margins|fringes)\b", re.IGNORECASE
)
_TOGETHER = late(
    r"\b(?:together|joint(?:ly)?|trilateral|tripartite|three-way|four-way|quadrilateral)\b"
)


def _on_sidelines(contact: Contact) -> bool:
    """ "On the margins of the summit A met B of X and C of Y": a list of bilateral meetings."""
    text = contact.sketch.text
    return bool(_SIDELINES.search(text)) and not _TOGETHER.search(text)


def told_one_by_one(contact: Contact) -> bool:
    """ "held separate talks with A and B", also where both are of one state."""
    return _SEPARATE.search(_with_tail(contact)) is not None


def _with_tail(contact: Contact) -> str:
    """A phrase and a few words behind it, up to the next clause."""
    text = contact.sketch.text
    tail = _CLAUSE.split(text[contact.end : contact.end + 24], maxsplit=1)[0]
    return text[contact.start : contact.end] + tail


_CLAUSE = re.compile(r",? and\b|[.;]")


def _told_apart(contact: Contact) -> bool:
    return _APART.search(_with_tail(contact)) is not None or _one_of_series(contact)


_BEFORE = 240  # characters before a sentence in which the sentence before it announces a series
_SERIES = late(
    r"\b(?:series|number|round|string|host) of (?:[\w-]+ ){0,2}?(?:meetings|talks|bilaterals|conversations|calls)\b[^.!?\n]*\.\s+\Z"
    r"|\b(?:several|numerous|many|two|three|four|five|six) (?:separate |bilateral )(?:meetings|talks|conversations|calls)\b[^.!?\n]*\.\s+\Z"
)


def _one_of_series(contact: Contact) -> bool:
    """ "A held a series of meetings. He met B and C": the sentence before says how many they were."""
    unit = contact.sketch.unit
    if unit.kind != "narrative" or is_joint(contact):
        return False
    return _SERIES.search(unit.source, max(0, unit.start - _BEFORE), unit.start) is not None


def words_of(contact: Contact, more: int = 0) -> str:
    return contact.sketch.text[contact.start : contact.end + more]


def is_joint(contact: Contact) -> bool:
    """ "Later in the day A held a trilateral meeting with B and C": not the one with B alone."""
    return _JOINT.search(contact.sketch.text, contact.start, contact.end) is not None
