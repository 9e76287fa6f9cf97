"""Phrases that only look like a contact: greetings on arrival, what is recalled, what is on the agenda."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from loaders.extraction.attendance import attendees_in
from loaders.extraction.contacts import Contact
from loaders.extraction.dates import TimeWord, time_words
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Mention
from loaders.extraction.one_by_one import told_one_by_one
from loaders.extraction.timing import Clock

_PROPER_TALKS = late(
    r"\b(?:[Tt]alks|[Nn]egotiations|[Ss]ummit|[Mm]eeting|[Mm]et|[Cc]onsultations)\b"
)
_TOOK_PLACE = late(
    r"\b(?:took place|takes? place|(?:was|were) held|began|ended|concluded|opened|wrapped up|hosted|to be held"
    r"|(?:will|is to|are to|due to|scheduled to|set to) (?:be held|be convened|open|begin))\b"
)

_AIRPORT = late(
    r"\b(?:[Aa]irport|railway station|aircraft|gangway|tarmac|airstrip|steps of (?:his|her|the) plane|(?:[Oo]n|[Uu]pon) (?:his|her|their) arrival)\b"
)


_MET_AT_AIRPORT = late(
    r" (?:at|on) the (?:airport|railway station|tarmac|aircraft steps)\b(?![^.;]{0,40}\b(?:talks|discussed|meeting)\b)"
)


def is_aside(contact: Contact, drafts: list[Draft]) -> bool:
    """True if a phrase only looks like a contact: a greeting, a topic, the company of a meeting told already."""
    return (
        is_topic(contact)
        or of_stranger(contact)
        or at_the_airport(contact)
        or only_present(contact)
        or is_frame(contact, drafts)
        or only_attended(contact, drafts)
    )


def at_the_airport(contact: Contact) -> bool:
    """Who greets a guest on arrival does not yet meet him."""
    text = contact.sketch.text
    around = text[max(0, contact.start - 60) : contact.end + 60]
    if contact.row.passive and contact.verb in ("met", "received"):  # "was met on the tarmac by"
        return _AIRPORT.search(text, contact.start, contact.end) is not None
    if contact.verb == "met" and _MET_AT_AIRPORT.match(text, contact.end):
        return True
    return (
        contact.verb.startswith(("greet", "welcom", "receiv"))
        and _AIRPORT.search(around) is not None
    )


_STRANGER = re.compile(r"[A-Z][\w’'.-]+, who (?:(?:also|later|had|has|first|last|then) )*\Z")


def of_stranger(contact: Contact) -> bool:
    """ "The last premier to come was X, who met B": X, of whom the report says nothing else, not its principal."""
    return _STRANGER.search(contact.sketch.text, 0, contact.focus) is not None


_FRAME = late(
    r"\b(?:as (?:a )?part|(?:with)?in (?:the )?(?:framework|context)|under the (?:framework|umbrella)) of (?:the |their )?[^.;:]{0,60}\Z"
)


def is_frame(contact: Contact, drafts: list[Draft]) -> bool:
    """ "A called B as part of the consultations between the two countries": no second contact."""
    at = contact.focus
    return (
        contact.row.nominal
        and _FRAME.search(contact.sketch.text, max(0, at - 90), at) is not None
        and any(c.sketch is contact.sketch for d in drafts for c in d.contacts)
    )


def is_purpose(contact: Contact, others: Sequence[Contact]) -> bool:
    """ "hosted B for the consultations between the two states": what B had come for, and no plan."""
    if contact.status != "planned" or not contact.row.nominal:
        return False
    text = contact.sketch.text
    before = [
        c for c in others if c.status == "held" and not c.row.nominal and c.start <= contact.start
    ]
    return any(_FOR.search(text, c.end, contact.end) is not None for c in before)


_FOR = re.compile(r"\bfor (?:the|an?|their) (?!next|coming|future|planned|possible)")


_PRESENT = re.compile(r"\b(?:was|were) (?:also )?present \Z")


def only_present(contact: Contact) -> bool:
    """ "Ambassador X was present at the meeting with Y": company, told of by its own words."""
    opening = contact.sketch.text[max(0, contact.start - 30) : contact.start]
    return contact.row.id == "during-talks" and _PRESENT.search(opening) is not None


def only_attended(contact: Contact, drafts: list[Draft]) -> bool:
    """ "Attending the meeting were A", "A joined the talks", told of two who met: who came along."""
    if contact.row.id != "taking-part-were" and not _came_along(contact):
        return False
    before = (d for d in drafts if any(c.sketch is not contact.sketch for c in d.contacts))
    return any(
        d.status == "held" and sum(r.name is not None for r in d.refs.values()) > 1 for d in before
    )


_JOINING = ("attend", "join", "took", "taking", "participat")


def _came_along(contact: Contact) -> bool:
    """True if those whom a phrase names are told to have attended or joined talks."""
    if contact.sketch.unit.kind == "title" or not contact.verb.startswith(_JOINING):
        return False
    return contact.a in {c.group for c in attendees_in(contact.sketch)}


def only_recalls(contact: Contact) -> bool:
    """ "The two leaders discussed": refers to a meeting, tells of none."""
    if told_one_by_one(contact) or contact.row.id == "several-spoke":
        return False
    index = contact.a if contact.b is None else contact.b
    if index is None:
        return False
    members = contact.sketch.groups[index].members
    if len(members) > 1:  # "he and the Egyptian minister discussed": one of them is named here
        return False
    if members[0].kind == "nominal" and len(_named_before(contact, members[0].start)) > 1:
        return False  # "A told B when the two leaders met": told here
    return (contact.b is None and members[0].kind in ("nominal", "pronoun")) or members[
        0
    ].kind == "nominal"


def of_another_time(contact: Contact, clock: Clock) -> bool:
    """ "The two last met in 2014", "the ministers will meet again in May": one more, with a time of its own."""
    words = clock.words(contact)
    if (
        contact.status == "background"
        and words
        and (contact.row.nominal or _beside(contact, words[0]))
    ):
        return True
    if contact.status == "held" or contact.row.strength == "weak" or contact.b is not None:
        return False
    if contact.status == "planned" and _OF_STATES.search(
        contact.sketch.unit.source, *_subject(contact)
    ):
        return False
    return bool(words) or _IN_TOWN.match(contact.sketch.text, contact.end) is not None


def _subject(contact: Contact) -> tuple[int, int]:
    """Where the words for those who met stand; nowhere where a row has none."""
    if contact.a is None:
        return 0, 0
    group = contact.sketch.groups[contact.a]
    return group.start, group.end


_OF_STATES = re.compile(r"\b(?:sides|parties|countries|states|nations|delegations)\Z")
_IN_TOWN = re.compile(r"(?: again| there)? in [A-Z][\w’'-]+")
_MORE_TOLD = late(r"[,;]| (?:to|that|which|who|where|when|and|about|after|before) |\w(?:ed|ing) ")
_NEAR = 45  # characters behind a phrase in which its time stands


def _beside(contact: Contact, word: TimeWord) -> bool:
    """A time before the verb, or near a phrase that names whom somebody met: not of what was discussed."""
    sketch = contact.sketch
    if word.start < sketch.offset(contact.focus):
        return True
    end = sketch.offset(contact.end)
    between = sketch.unit.source[end : word.start]
    if contact.row.strength == "strong" and not _MORE_TOLD.search(between):
        return len(between) <= 2 * _NEAR  # "met on the sidelines of the Assembly in X in May"
    return (contact.row.strength == "strong" or contact.b is not None) and len(between) <= _NEAR


_LATELY = timedelta(days=6)  # what is older than this is no news
_BEFORE = 30  # characters before a phrase in which its relative clause may open
_RELATIVE = re.compile(r"\b(?:where|when|whom|which)\b[^,;]{0,12}\Z")


def is_long_past(contact: Contact, clock: Clock) -> bool:
    """ "A, who met B on 11 April, said on the 27th": told in passing, of a day before the news."""
    words = clock.words(contact)
    when = clock.read(words[0], "held") if words and clock.anchor is not None else None
    if when is None or clock.anchor is None or clock.anchor - when.last <= _LATELY:
        return False
    return _beside(contact, words[0]) and (only_recalls(contact) or _told_in_passing(contact))


# "The last summit was held in X, where A met B".
_EARLIER_EVENT = late(
    r"\b(?:[Tt]he|[Tt]heir|[Ii]ts|[Aa]t) (?:last|latest|previous|preceding|earlier) (?:[\w-]+ ){0,3}?"
    r"(?:summit|meeting|edition|round|session|conference|forum|talks|gathering|visit)\b[^.;]{0,120}?"
    r"\b(?:where|when|(?:at|during|in) which)\b[^.;]{0,20}\Z"
)


def at_an_earlier_event(contact: Contact) -> bool:
    """ "The last summit was held in X, where A met B": as old as that summit."""
    return _EARLIER_EVENT.search(contact.sketch.text, 0, contact.start) is not None


_THERE_THEN = re.compile(r"\b(?:where|when|(?:at|during|in) which)\b[^,;.]{0,12}\Z")
_OVER = timedelta(days=10)


def of_an_old_journey(contact: Contact, clock: Clock) -> bool:
    """ "A, who returned on 24 August from X, where he met B", in a report of 12 September."""
    sketch = contact.sketch
    if clock.anchor is None or not _THERE_THEN.search(sketch.text, 0, contact.start):
        return False
    before = time_words(sketch.unit.source, sketch.unit.start, sketch.offset(contact.start))
    days = (clock.read(w, "held") for w in before if w.plain)
    return any(when is not None and clock.anchor - when.last > _OVER for when in days)


_ON_THAT_OCCASION = late(r"[^.;]{0,60}\b(?:on that occasion|at (?:that|the) time|back then)\b")


def on_that_occasion(contact: Contact, clock: Clock) -> bool:
    """ "A, who came in July, met B on that occasion": in July."""
    sketch = contact.sketch
    if _ON_THAT_OCCASION.match(sketch.text, contact.end) is None or clock.anchor is None:
        return False
    source, end = sketch.unit.source, sketch.offset(contact.end)
    days = (clock.read(w, "held") for w in time_words(source, sketch.unit.start, end) if w.plain)
    return any(when is not None and clock.anchor - when.last > _LATELY for when in days)


def _told_in_passing(contact: Contact) -> bool:
    """Told in a relative clause."""
    if contact.a is None or contact.row.nominal:
        return False
    text = contact.sketch.text
    before = text[max(0, contact.start - _BEFORE) : contact.start]
    return text.startswith(", who ", contact.start + 1) or bool(_RELATIVE.search(before))


def _named_before(contact: Contact, at: int) -> list[Mention]:
    """Persons told of in the sentence before a place, "he" with somebody named too."""
    groups = [g for g in contact.sketch.groups if g.end <= at]
    named = [m for g in groups for m in g.members if m.kind == "person" and m.name]
    first = groups[0].members if groups else ()
    alone = len(first) == 1 and first[0].kind == "pronoun" and not first[0].plural
    return [*first, *named] if alone and named else named


# "agreeing to begin formal negotiations" on a treaty: what their officials will do.
_NEGOTIATIONS_ON = late(
    r"\bagree(?:d|s|ing)? to (?:begin|start|open|launch|resume|continue|speed up|accelerate|conclude|finali[sz]e) (?:[\w-]+ ){0,3}?(?:negotiations|talks)\Z"
)


def is_topic(contact: Contact) -> bool:
    """Talks or ties between states alone, with no word of their taking place: on the agenda, no more."""
    if contact.sketch.unit.kind == "title":
        return False
    if _NEGOTIATIONS_ON.search(contact.sketch.text, contact.start, contact.end):
        return True
    sides = [contact.sketch.groups[n].members for n in (contact.a, contact.b) if n is not None]
    if (
        contact.row.strength == "weak"
        and not contact.row.nominal
        and all(m.kind == "state" for s in sides for m in s)
    ):
        return True
    if len(sides) == 2 and all(m.kind in ("state", "nominal") for s in sides for m in s):
        return not _PROPER_TALKS.search(contact.sketch.text, contact.start, contact.end)
    if contact.row.nominal and all(m.kind == "state" for s in sides for m in s):
        return not _TOOK_PLACE.search(contact.sketch.text)
    return False
