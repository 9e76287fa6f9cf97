"""What a report only recalls beside its news: told with "had", with an old day, or of others in passing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from loaders.extraction.cast import Ref
from loaders.extraction.contacts import Contact
from loaders.extraction.drafts import Draft, alike
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.reading import Reading
from loaders.extraction.reference import left_long_ago

_RECENT = timedelta(days=45)
_EVE = timedelta(days=4)
_LATELY = timedelta(days=6)  # beside the news, what is older than this is only recalled
_HEAD = 3  # index of the last sentence that still counts as the head of a report


def demote(reading: Reading, stands: Callable[[Reading, Draft], bool]) -> None:
    """What is told with "had" or with an old date beside a fresh meeting is only remembered.

    Args:
        stands: whether a draft is a meeting of states at all.
    """
    held = [d for d in reading.drafts if d.status == "held"]
    fresh = [
        d
        for d in held
        if (not _remembered(d) or _just_before(reading, d))
        and not _old(reading, d)
        and not _of_others(reading, d)
        and stands(reading, d)
    ]
    for draft in held:
        if draft in fresh:
            continue
        if (fresh or (_old(reading, draft) and not draft.in_title)) and draft.contacts:
            draft.status = "background"
    main = [d for d in reading.drafts if d.status != "held"]
    for draft in held:
        aside = _of_others(reading, draft) or (_remembered(draft) and not _old_news(reading, draft))
        if draft.status == "held" and not fresh and main and aside:
            draft.status = "background"
    for draft in held:
        long_past = _done_then(reading, draft) or _long_before(draft) or _once(reading, draft)
        if draft.status == "held" and long_past:
            draft.status = "background"
    titled = any(d.in_title for d in fresh)
    first = min(fresh, key=_told_at, default=None)
    if first is not None and not titled and not first.day and _late(reading, first):
        first.status = "background"


def _once(reading: Reading, draft: Draft) -> bool:
    """Told of somebody who is named without an office and held one only before the day of the report.

    Beside two of today's he is dropped: "at the funeral of X, A and B".
    """
    once = {i for i, r in draft.refs.items() if _held_once(reading, r)}
    others = [r for i, r in draft.refs.items() if i not in once]
    if once and len({r.state for r in others if r.state}) > 1:
        for identity in once:
            del draft.refs[identity]
        return False
    return bool(once) and not draft.in_title


def _held_once(reading: Reading, ref: Ref) -> bool:
    return ref.actor is not None and reading.cast.actor(ref.actor).once


def _told_at(draft: Draft) -> int:
    """Where a report first tells of a meeting: weak phrases come last among its drafts."""
    return min(c.sketch.unit.index for c in draft.contacts)


def _done_then(reading: Reading, draft: Draft) -> bool:
    """ "A and B agreed on it when they met ten days ago": agreed then."""
    if draft.strong or draft.in_title or draft.day:
        return False
    told = {c.sketch.unit.index for c in draft.contacts}
    return any(
        told <= {c.sketch.unit.index for c in other.contacts}
        and all(any(alike(a, b) for b in other.refs.values()) for a in draft.refs.values())
        for other in reading.drafts
        if other.status == "background"
    )


_WEEKS_BEFORE = late(
    r"\b(?:(?:four|five|six|seven|eight|nine|ten|several|\d+) days|(?:\w+ )?(?:weeks?|months?|years?)) (?:earlier|before),",
    re.IGNORECASE,
)


def _long_before(draft: Draft) -> bool:
    """ "Ten days earlier, at a summit, the two had chatted": as seen from what is told, long past."""
    return _remembered(draft) and all(
        _WEEKS_BEFORE.search(c.sketch.text, 0, c.start) for c in draft.contacts
    )


def _old_news(reading: Reading, draft: Draft) -> bool:
    """Told with "had", yet the first thing told, or of a day or two before: late news, not remembered."""
    if draft.in_title or _just_before(reading, draft):
        return True
    first = min(c.sketch.unit.index for c in draft.contacts)
    others = (c for d in reading.drafts if d.status != "held" for c in d.contacts)
    return all(c.sketch.unit.index > first for c in others)


def _remembered(draft: Draft) -> bool:
    return all(
        c.pluperfect
        and not _EARLIER.search(c.sketch.text)
        and (c.row.possessive or not _SAID.search(c.sketch.text, 0, c.start))
        for c in draft.contacts
    )


# "The minister said he had spoken with B": the news itself, put back by one tense.
_SAID = late(
    r"\b(?:said|says|announced|confirmed|reported|revealed|wrote|added|tweeted|emerged|learn(?:ed|t)|disclosed|understood)(?: on \w+day| today| yesterday| late \w+day)?,?(?: that)? \Z"
)


# "Earlier he had received": earlier on the same day, unless a date says otherwise.
_EARLIER = late(
    r"\b[Bb]efore (?:the|their) (?:[\w-]+ ){0,2}(?:talks|meeting|summit|negotiations)\b"
    r"|\b(?:[Bb]efore (?:that|this|then|flying|leaving|departing|travelling|traveling|returning)|[Pp]rior to (?:that|this)|had also|(?:[Oo]ne|[Tt]wo|[Tt]hree) days (?:before|earlier)(?= ?(?:[.,;]|[a-z])))\b"
    r"|\b(?:On the (?:sidelines|margins|fringes)|[Ii]n the morning|[Tt]hat morning|[Tt]hat afternoon|[Tt]he (?:day|evening|night) before|[Oo]n the eve of|[Tt]he previous (?:day|evening)|[Aa] day earlier|[Tt]he same day|beforehand|(?:hours|minutes|shortly) (?:before|after|earlier))\b"
    r"|(?<!days )(?<!weeks )(?<!week )(?<!month )(?<!year )(?<!months )(?<!years )\b[Ee]arlier\b(?! (?:this|in|on|talks|meetings?|rounds?|agreements?))"
)


def _just_before(reading: Reading, draft: Draft) -> bool:
    """Told with "had", yet of a day or two before the report: one more meeting of the journey."""
    anchor = reading.clock.anchor
    days = [w for c in draft.contacts if (w := reading.clock.of_contact(c)) is not None]
    return anchor is not None and any(w.is_day and anchor - w.last <= _EVE for w in days)


def _of_others(reading: Reading, draft: Draft) -> bool:
    """Told as a noun, and not of the one the report is about: "after A's talks with B"."""
    principal = _told_of(reading)
    if draft.in_title or _first_told(reading, draft):
        return False
    if principal is None or any(alike(principal, r) for r in draft.refs.values()):
        return False
    guest = _of_the_guest(reading, draft) or _one_of_many(reading, draft)
    if guest or _told_for_itself(draft):
        return False
    return all(c.row.nominal and c.row.id != "talks-with" for c in draft.contacts)


def _one_of_many(reading: Reading, draft: Draft) -> bool:
    """ "The meeting of C and D on Thursday", in an account of several meetings of those days."""
    held = [d for d in reading.drafts if d.status == "held" and d.strong and d is not draft]
    anchor = reading.clock.anchor
    days = [w for c in draft.contacts if (w := reading.clock.of_contact(c)) is not None]
    fresh = anchor is not None and any(w.is_day and anchor - w.last <= _LATELY for w in days)
    named = all(r.name and r.state for r in draft.refs.values())
    return fresh and named and len(held) >= _MANY


_MANY = 2


def _told_for_itself(draft: Draft) -> bool:
    """ "A meeting of A, B and C went ahead on Wednesday": a sentence of its own, with its day, on persons."""
    named = all(r.name and r.office for r in draft.refs.values()) and len(draft.refs) > 1
    return bool(named and draft.day) and any(
        c.row.id in _BETWEEN and _OPENS.fullmatch(c.sketch.text[: c.start])
        and _WENT_AHEAD.search(c.sketch.text, c.focus)
        for c in draft.contacts
    )  # fmt: skip


_BETWEEN = frozenset({"talks-between", "call-between"})
_OPENS = re.compile(r"(?:(?:An?|The|Separate|Bilateral) ?)?")
_WENT_AHEAD = re.compile(r"\b(?:took place|(?:was|were) held|went ahead|came about)\b")


def _of_the_guest(reading: Reading, draft: Draft) -> bool:
    """ "A received B. A meeting between B and C also took place": one more of the visit's meetings."""
    if not opens(reading, draft) and not any(
        c.row.id in _TOLD_AS_EVENT or _EVENT.search(c.sketch.text, c.focus) or _bore_fruit(c)
        for c in draft.contacts
    ):
        return False
    others = [d for d in reading.drafts if d is not draft and d.status == "held" and d.strong]
    return any(_same_visit(draft, d) for d in others)


def _same_visit(draft: Draft, other: Draft) -> bool:
    """True if one of those who met met others too, or if the same two states met in other persons."""
    named = {i for i, r in draft.refs.items() if r.name}
    states = set(draft.states())
    return bool(named & set(other.refs)) or (
        len(states) > 1 and states == set(other.states()) and len(named) == len(draft.refs)
    )


def opens(reading: Reading, draft: Draft) -> bool:
    """Told by the first sentence of the text: that is the news, whatever else is told with names."""
    lead = next((s for s in reading.sketches if s.unit.kind == "narrative"), None)
    return any(c.sketch is lead for c in draft.contacts)


_TOLD_AS_EVENT = frozenset({"during-talks", "between-talks-took-place"})
_EVENT = re.compile(r"\b(?:took place|(?:was|were) held|ensued|followed)\b")


def _first_told(reading: Reading, draft: Draft) -> bool:
    """ "Talks were held between A and B", and then C received B: the news opens with the talks."""
    told = {id(c): (c.sketch.unit.index, c.start) for d in reading.drafts for c in d.contacts}
    first = next((c for c in draft.contacts if told[id(c)] == min(told.values())), None)
    return first is not None and (first.row.id in _OPENING or _bore_fruit(first))


def _bore_fruit(contact: Contact) -> bool:
    """ "The understanding was reached in talks between A and B": what came of them is the news."""
    text = contact.sketch.text
    return contact.row.nominal and _CAME_OF.search(text, 0, contact.end) is not None


_CAME_OF = late(
    r"\b(?:agreements?|understandings?|deals?|accords?|decisions?|announcements?|pledges?|consensus|breakthrough|commitments?)"
    r" (?:was|were|came|has been|have been) (?:[\w-]+ ){0,5}?(?:in|during|at|after|following|from) (?:[\w-]+ ){0,4}?(?:talks|meetings?|conversations?|negotiations|calls?|discussions|summit|session)\b"
)

_OPENING = frozenset({"between-talks-took-place", "meeting-held-by"})


def _told_of(reading: Reading) -> Ref | None:
    """Whom the report is about: the first person of the title, else the subject of the first contact."""
    first = reading.sketches[0] if reading.sketches else None
    if first is not None and first.unit.kind == "title":
        for group in first.groups:
            for ref in reading.scene.refs(first, group):
                if ref.actor is not None:
                    return ref
    return reading.scene.principal


def _main(reading: Reading) -> list[Draft]:
    """What the title or the head of the report tells of; everything, if they tell of nothing."""
    found = [
        d
        for d in reading.drafts
        if d.in_title or any(c.sketch.unit.index <= _HEAD for c in d.contacts)
    ]
    return found[:1] or reading.drafts


def _old(reading: Reading, draft: Draft) -> bool:
    anchor = reading.clock.anchor
    if anchor is None or draft.in_title or is_record(draft):
        return False
    if any(_long_out_of_office(r, anchor) for r in draft.refs.values()):
        return True
    if _PERIODICAL.search(reading.segmented.title or ""):
        return _long_ago(reading, draft, anchor)
    limit = _RECENT if draft in _main(reading) and _is_the_news(reading, draft) else _LATELY
    for contact in draft.contacts:
        words = reading.clock.words(contact)
        if any(w.past for w in words[:1]):
            return True
        for word in words:
            when = reading.clock.read(word, contact.status)
            if when is not None:  # a month that is over is told of only in passing
                if when.last < (anchor - limit if word.is_day else anchor):
                    return True
                return False
    return False


# What tells of a month or a quarter: all of it is its news.
_PERIODICAL = late(
    r"\b(?:[Nn]ewsletter|NEWSLETTER|[Bb]ulletin|[Nn]ews from|[Mm]onthly|[Qq]uarterly|[Ee]dition|[Yy]ear in review|[Aa]ctivities of)\b"
)
_QUARTER = timedelta(days=100)


def _long_ago(reading: Reading, draft: Draft, anchor: date) -> bool:
    """True for a day that lies before the period of a newsletter."""
    days = [w for c in draft.contacts if (w := reading.clock.of_contact(c)) is not None]
    return any(when.last < anchor - _QUARTER for when in days)


def is_record(draft: Draft) -> bool:
    """The conversation that a memorandum records, whenever that is printed."""
    return any(c.row.id == "referred-to" and c.row.strength == "strong" for c in draft.contacts)


def _long_out_of_office(ref: Ref, day: date) -> bool:
    """ "President Clinton" in a report of 2023: told of a time long past."""
    if ref.name is None or not ref.mention.office or ref.state is None:
        return False
    if ref.mention.office.lower().startswith(("former", "ex-", "then")):
        return False
    return left_long_ago(ref.name, ref.state, kind_of(ref.mention.office), day)


def _is_the_news(reading: Reading, draft: Draft) -> bool:
    """True if there is no title, if it names one of those who met, or if the first sentence tells of it."""
    title, lead = (
        next((s for s in reading.sketches if s.unit.kind == kind), None)
        for kind in ("title", "narrative")
    )
    if title is None or (
        lead and any(c.sketch.unit.index <= lead.unit.index for c in draft.contacts)
    ):
        return True
    named = [r for g in title.groups for r in reading.scene.refs(title, g)]
    return any(alike(a, b) for a in named for b in draft.refs.values())


def _late(reading: Reading, draft: Draft) -> bool:
    """First told deep in the text, with no day: a report about something else."""
    order = [s.unit.index for s in reading.sketches if s.unit.kind == "narrative"]
    first = min(c.sketch.unit.index for c in draft.contacts)
    return first in order and order.index(first) >= 6
