"""Whose verb it is: in "A met B and later received C" the subject of the second verb is A."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.attendance import attendees_in
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group
from loaders.extraction.sketch import Sketch

_THEN = (
    " and ",
    ", and ",
    " and, ",
    ", then",
    " then ",
    ", before",
    " before ",
    ", later",
    ", after",
    ", ",
    " while ",
    " after ",
)
# "met B in X on Tuesday and will be received by": the verb goes on with the same subject.
_SAME_SUBJECT = late(
    r"\band (?:(?:will|would|is|was|has|had|have|to|also|then|later|be|been|next|afterwards)\s*)+$"
    r"|\band (?:(?:will|would|is|are|was|to|then|later|also) )*(?:go(?:es|ing)? on|went on|travel\w*|fl(?:y|ies|ew)|continue\w*|proceed\w*|"
    r"heads?|headed|moves? on|leaves?|left)\b[^,;]{0,60} (?:to|and) $"
)
# "met B in X on Tuesday, after paying a call on C".
_PARTICIPLE = late(
    r"(?:, (?:while|having)| (?:after|before|following|prior to|ahead of)) (?:\w+ly |also |first )?\Z"
)
# "called on B on Wednesday, and lunched with C".
_AND_ON = late(
    r" (?:on|in|at|for|to|during|over|today|yesterday|this|last)\b[^:;]{0,60}?,? (?:and|before|then)(?: (?:then|later|also|\w+ly))? "
)
# "attended the funeral of B and met C": the subject is not B.
_OF = re.compile(r"\b(?:of|from|to|for|by|on|after|against) (?:the )?\Z")
_AND = re.compile(r"[^:;]* and (?:then |later |also )?\Z")
# "met B, who then received C": the subject is B.
_RELATIVE = re.compile(r",? who\b")
_QUOTED_FIRST = late(r"[\"“„«][^\"“”»]*[\"”»]")
_AHEAD = 14  # characters in which a verb may go on, where a phrase has no verb of its own
# Rows that tell of one more meeting without its subject.
GOING_ON = frozenset(
    {
        "it-was-the-turn-of",
        "talks-led-on-one-side",
        "listed-with",
        "followed-by-talks",
        "there-were-talks",
        "talks-followed",
        "talks-are-due-with",
        "visit-rounded-off",
        "programme-ended-with-talks",
    }
)


def true_subject(contact: Contact, earlier: list[Contact]) -> int:
    """ "A met B and later received C": the subject of the second verb is A, not B."""
    assert contact.a is not None
    index = contact.a
    for n, before in reversed(list(enumerate(earlier))):
        if before.b != index or before.sketch is not contact.sketch:
            continue
        if before.a is None:
            first = _first_group(contact, index)
            if first is not None:
                return first
            continue
        sign = next(
            (
                i
                for i, ch in enumerate(contact.sketch.text)
                if ord(ch) >= 0xE000 and contact.sketch.group(ch) == index
            ),
            0,
        )
        between = contact.sketch.text[sign + 1 : max(contact.focus, sign + 15)]
        if _RELATIVE.match(between):
            return index
        if (
            between[:14].startswith(_THEN)
            or _AND_ON.fullmatch(between)
            or _PARTICIPLE.search(between)
            or _SAME_SUBJECT.search(between)
        ):
            return true_subject(replace(before, sketch=contact.sketch), earlier[:n])
    return index


def _first_group(contact: Contact, index: int) -> int | None:
    """ "A arrived for talks with B, hours after meeting C", "... and was the guest of C": A."""
    drawn = contact.sketch
    behind = drawn.groups[index].end
    before = drawn.unit.source[behind : max(drawn.offset(contact.focus), behind + _AHEAD)]
    named = [n for n, g in enumerate(drawn.groups[:index]) if g.members[0].kind == "person"]
    goes_on = before.startswith(_THEN[:2]) or _AND_ON.fullmatch(before)
    goes_on = goes_on or _PARTICIPLE.search(before)
    return named[0] if named and goes_on else None


_OBJECTS = frozenset({"him", "them"})


def _sign_of(drawn: Sketch, index: int) -> str:
    """The sign of a group, as it stands in the sketch."""
    return next(ch for ch in drawn.text if ord(ch) >= _FIRST_SIGN and drawn.group(ch) == index)


_FIRST_SIGN = 0xE000


_CATAPHORIC = re.compile(r"(?:Speaking )?(?:[Aa]fter|[Bb]efore|[Ww]hen|[Aa]s|[Oo]nce) .")
_SAID_SO = re.compile(
    r" (?:said|told|called|praised|thanked|announced|declared|expressed|flew|left|went)\b"
)


def told_behind(contact: Contact) -> int | None:
    """ "After he had been received by B, A said": the group of A, whose name comes behind the pronoun."""
    drawn, b = contact.sketch, contact.b
    if contact.a != 0 or b is None or drawn.groups[0].members[0].kind != "pronoun":
        return None
    if not _CATAPHORIC.match(drawn.text) or len(drawn.groups) <= b + 1:
        return None
    named = drawn.groups[b + 1]
    acts = named.members[0].kind == "person" and _SAID_SO.match(drawn.unit.source, named.end)
    return b + 1 if acts else None


def not_of_phrase(contact: Contact, index: int) -> int:
    """ "A attended the funeral of B and met C": A, who stands first in the sentence."""
    drawn = contact.sketch
    group = drawn.groups[index]
    named = [n for n, g in enumerate(drawn.groups[:index]) if g.members[0].kind != "state"]
    if named and drawn.unit.kind == "title":  # "A hears B out on gas, will see C": A
        going_on = drawn.text[: contact.focus].rfind(", will ")
        return named[0] if going_on > drawn.text.find(_sign_of(drawn, index)) else index
    if named and drawn.unit.source[group.start : group.end].lower() in _OBJECTS:
        last = drawn.unit.source.rfind(";", drawn.unit.start, group.start)
        here = [n for n in named if drawn.groups[n].start > last]
        return here[0] if here else index  # "A stood in for him and met C": A
    if not named or not _OF.search(drawn.unit.source, max(0, group.start - 12), group.start):
        return index
    between = drawn.unit.source[group.end : drawn.offset(contact.focus)]
    return named[0] if _AND.fullmatch(between) else index


_ASIDE = late(
    r", (?:on|in|at|during|who|while|currently|as|after|following|ahead of|here|visiting|heading|leading|attending|making|paying|having|travell?ing|accompanying)\b"
)
_INSIDE = re.compile(r"\b(?:of|to|with|from|by|at|in|for|attend|visit) (?:the )?\Z")
_CLOSED = re.compile(r"[^.;:]*,(?: \w+ly| also| later| then)? \Z")


def not_of_aside(contact: Contact, index: int) -> int:
    """ "A, on a visit to X for the forum of B, met C": A, before the commas."""
    drawn = contact.sketch
    if index == 0 or contact.row.nominal:
        return index
    first, group, source = drawn.groups[0], drawn.groups[index], drawn.unit.source
    if first.members[0].kind == "state" or not _ASIDE.match(source, first.end):
        return index
    inside = _INSIDE.search(source, max(0, group.start - 12), group.start)
    closed = _CLOSED.fullmatch(source, group.end, drawn.offset(contact.focus))
    return 0 if inside and closed else index


def goes_on_without_subject(contact: Contact, earlier: list[Contact]) -> bool:
    """ "Her visit began with talks with A, and ended with a meeting with B": hers, not A's."""
    before = earlier[-1] if earlier else None
    if before is None or before.a is not None or before.b != contact.a:
        return False
    between = contact.sketch.text[before.end : contact.focus]
    return before.row.id in GOING_ON and between.startswith(_THEN)


def told_first(drawn: Sketch) -> list[Group]:
    """ "Glad to meet B," A said: A before B, who stands in the quotation that opens the sentence."""
    quoted = _QUOTED_FIRST.match(drawn.unit.source, drawn.unit.start, drawn.unit.end)
    end = quoted.end() if quoted is not None else 0
    return sorted(drawn.groups, key=lambda group: group.start < end)


def names_counterpart(drawn: Sketch) -> bool:
    """ "A said that his Norwegian counterpart B ...": the next "the two" are A and B."""
    return any(m.kind == "counterpart" and m.name for g in drawn.groups for m in g.members)


def came_along(drawn: Sketch, group: Group) -> bool:
    """ "Present were A and B": "the two" of the next sentence are those whom they accompanied."""
    return any(drawn.groups[c.group] is group for c in attendees_in(drawn))


_BEFORE_SUBJECT = re.compile(r", (?:the )?\Z")


def opens_clause(drawn: Sketch, group: Group) -> bool:
    """ "After a lunch with B and talks with C, she spoke": the pronoun behind the comma is the subject."""
    if group.members[0].kind != "pronoun":
        return False
    return (
        _BEFORE_SUBJECT.search(drawn.unit.source, max(0, group.start - 6), group.start) is not None
    )
