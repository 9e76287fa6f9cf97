"""Where a meeting was: its own sentences first, then the report's opening and its place line."""

from __future__ import annotations

import re

from kg.model import Format, MentionedPlace, ReportedMeeting, Span
from loaders.extraction.contacts import Contact
from loaders.extraction.drafts import Draft
from loaders.extraction.furniture import is_known_place
from loaders.extraction.itinerary import place_reached, place_to_come
from loaders.extraction.late_pattern import late
from loaders.extraction.page_days import opening_lines, without_day
from loaders.extraction.places import (
    Located,
    is_bare_building,
    is_state_name,
    last_town,
    locate,
    place_named,
    town_unknown,
)
from loaders.extraction.reading import Reading
from loaders.extraction.recalled import is_record
from loaders.extraction.record_labels import place_listed
from loaders.extraction.sketch import Sketch


def telling(contact: Contact) -> tuple[bool, bool]:
    """Sort key: the phrases that say most about time and place first."""
    return contact.row.strength != "strong", contact.sketch.unit.kind == "title"


def located(
    reading: Reading, draft: Draft, form: Format, previous: ReportedMeeting | None
) -> Located:
    if form in ("phone", "video"):
        return Located(None, None)
    found = Located(None, None)
    building: MentionedPlace | None = None
    listed = place_listed(reading.segmented.text) if is_record(draft) else None
    here = listed or (_dateline_place(reading, draft) if _says_here(draft) else None)
    if here is not None:
        return Located(here, None)
    there = _told_there(reading, draft)
    if there is not None:
        return Located(there, None)
    strong = [c for c in draft.contacts if c.row.strength == "strong" or not draft.strong]
    for contact in sorted(strong, key=telling):
        one = _locate_contact(
            contact.sketch,
            contact.sketch.offset(contact.start),
            contact.sketch.offset(contact.end),
            _who_clause(contact),
        )
        if one.place is not None and is_bare_building(one.place):
            building = building or one.place
            one = Located(None, one.sidelines_of)
        better = one.place is not None and (
            found.place is None or not is_state_name(one.place.name)
        )
        if better or one.sidelines_of is not None:
            found = Located(
                one.place if better else found.place, found.sidelines_of or one.sidelines_of
            )
        if found.place is not None and not is_state_name(found.place.name):
            return found
    said = _said_of_it(reading, draft) or _town_of_talks(reading, draft, found.place)
    if said is not None and (found.place is None or said.state == found.place.state):
        return Located(said, found.sidelines_of)
    if found.place is not None:
        town = _lead_place(reading, draft)
        same = town is not None and town.state == found.place.state
        return Located(town, found.sidelines_of) if same else found
    if draft.status == "background":
        return Located(building, found.sidelines_of)
    if draft.status in ("planned", "cancelled"):
        place = _header_place(reading) or place_to_come(reading, draft) or building
        return Located(place, found.sidelines_of)
    place = (
        place_reached(reading, draft)
        or _of_same_hosts(reading, draft, previous)
        or _lead_place(reading, draft)
        or _header_place(reading)
        or _still_abroad(reading, draft, form, previous)
        or _dateline_place(reading, draft)
        or building
        or _same_place(draft, form, previous)
    )
    return Located(place, found.sidelines_of)


def _of_same_hosts(
    reading: Reading, draft: Draft, previous: ReportedMeeting | None
) -> MentionedPlace | None:
    """One more of the hosts of the meeting told before: there, not in the town that the report opens with."""
    lead, before = _lead_place(reading, draft), previous.place if previous is not None else None
    if lead is None or before is None or lead.state in draft.states():
        return None
    return before if before.state in draft.states() else None


def _lead_place(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """The town that the report's first sentence names first, for what is told after it without a place."""
    lead = next((s for s in reading.sketches if s.unit.kind == "narrative"), None)
    title = next((s for s in reading.sketches if s.unit.kind == "title"), None)
    telling_alone = [c for c in draft.contacts if c.row.strength == "strong" or not draft.strong]
    told = [c.sketch.unit.index for c in telling_alone]
    if draft.status != "held" or lead is None:
        return None
    for drawn in (lead if min(told) > lead.unit.index else None, title):
        found = _locate_contact(drawn, drawn.unit.start, drawn.unit.start).place if drawn else None
        if found is not None and not is_state_name(found.name) and not is_bare_building(found):
            return found
    return None


# "The meeting took place in X", "The talks, at the palace in X, lasted", "During their meeting in X".
_OF_IT = late(
    r"\b(?:[Tt]he|[Tt]heir|[Tt]his)(?: (?!first|last|next|previous|earlier)[\w-]+){0,2}? "
    r"(?:meeting|talks|encounter|conversation|audience|session|negotiations|consultations|lunch|dinner|discussions)"
    r"(?:,? (?:which |that )?(?:(?:was|were) )?(?:held|took place|hosted|conducted)(?: [\w-]+){0,4}?)?,? (?=(?:at|in)\b)"
)
_AS_FAR = 80  # characters from the preposition


_TALKS = re.compile(r"\b(?:talks|meeting|ceremony|t[êe]te-[àa]-t[êe]te|welcomed|conversation)\b")
_NEXT = 3  # sentences in which the town of a visit to a state may stand


def _town_of_talks(
    reading: Reading, draft: Draft, state: MentionedPlace | None
) -> MentionedPlace | None:
    """ "received A, who is on a visit to X. The welcome ceremony took place in TOWN": the town, if of X."""
    if state is None or draft.status != "held":
        return None
    told = {c.sketch.unit.index: d for d in reading.drafts for c in d.contacts if _in_text(c)}
    first = min((n for n, d in told.items() if d is draft), default=None)
    for drawn in reading.sketches if first is not None else ():
        index, unit = drawn.unit.index, drawn.unit
        if not (first or 0) < index <= (first or 0) + _NEXT:
            continue
        if told.get(index, draft) is not draft:
            return None
        if _TALKS.search(unit.source, unit.start, unit.end):
            found = _locate_contact(drawn, unit.start, unit.start).place
            town = found is not None and not is_state_name(found.name)
            if found is not None and town and found.state == state.state:
                return None if is_bare_building(found) else found
    return None


def _said_of_it(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """The town that a later sentence on the same meeting names, before another meeting is told of."""
    if draft.status != "held":
        return None
    told = {c.sketch.unit.index: d for d in reading.drafts for c in d.contacts if _in_text(c)}
    own = [index for index, d in told.items() if d is draft]
    if not own:
        return None
    for index in range(min(own), min(min(own) + _WITHIN, len(reading.segmented.sentences))):
        if told.get(index, draft) is not draft:
            return None
        sentence = reading.segmented.sentences[index]
        found = _OF_IT.search(reading.segmented.text, sentence.start, sentence.end)
        if found is None or sentence.kind != "narrative":
            continue
        last = min(found.end() + _AS_FAR, sentence.end)
        place = locate(reading.segmented.text, found.end(), last, found.end(), ()).place
        if place is not None and not is_bare_building(place) and not is_state_name(place.name):
            return place
    return None


_WITHIN = 8  # sentences from the first on a meeting


def _in_text(contact: Contact) -> bool:
    return contact.sketch.unit.kind != "title"


def _still_abroad(
    reading: Reading, draft: Draft, form: Format, previous: ReportedMeeting | None
) -> MentionedPlace | None:
    """News filed at home of a journey: where the guest met the one before, he met the next."""
    line = _dateline_place(reading, draft)
    there = previous.place if previous is not None and previous.format == form else None
    if line is None or there is None or there.basis == "dateline" or there.state == line.state:
        return None
    shared = {p.state for p in previous.participants} if previous is not None else set()
    return there if shared >= set(draft.states()) and there.state in shared else None


def _same_place(
    draft: Draft, form: Format, previous: ReportedMeeting | None
) -> MentionedPlace | None:
    """One more meeting of the same day, told without a place, was where the one before was."""
    if (
        previous is None
        or draft.status != "held"
        or form != previous.format
        or draft.day is not None
    ):
        return None
    shared = {p.state for p in previous.participants} & set(draft.states())
    return previous.place if shared else None


def _told_there(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """ "He was in Suva last weekend. He held talks there with C": the town named last before."""
    text, sentences = reading.segmented.text, reading.segmented.sentences
    for contact in draft.contacts:
        drawn, unit = contact.sketch, contact.sketch.unit
        near = drawn.text[contact.start : contact.end + _BESIDE]
        if unit.kind == "title" or not _THERE.search(near):
            continue
        before = sentences[max(0, unit.index - _BACK) : unit.index]
        spans = [
            (unit.start, drawn.offset(contact.start)),
            *((s.start, s.end) for s in reversed(before)),
        ]
        for start, end in spans:
            place = last_town(text, start, end)
            if place is not None:
                return place
    return None


_THERE = re.compile(r"\bthere\b(?! (?:is|are|was|were|has|have|had|will|would|should|must|to)\b)")
_BACK = 2  # sentences before "there" that may name the town


def _says_here(draft: Draft) -> bool:
    """ "met here on Wednesday": where the report was filed, whatever else the sentence names."""
    return any(
        _HERE.search(c.sketch.text, c.start, min(len(c.sketch.text), c.end + _BESIDE))
        for c in draft.contacts
    )


_HERE = re.compile(r"\bhere\b(?! in\b)")
_BESIDE = 24  # characters behind a phrase


# "A, back in X after talks with B in Y, received C": not in Y.
_AFTER_ANOTHER = late(
    r", (?:back in [^,;]{2,25} )?((?:after|following|fresh from|back from|hours after|a day after) [^,;]{3,90}),"
)

# "A met B in X, hours after he was received by C in Y": not in Y.
_BEFORE_ANOTHER = late(
    r"[ ,]((?:(?:hours|shortly|minutes|days|weeks|a day|one day|the day|a week|immediately|just|soon) )?(?:after|before|following)"
    r" [^.;]{0,50}?\b(?:met|received|held|talks|meeting|spoke|hosted|visited|visiting|summit)\b[^.;]*)"
)


def _who_clause(contact: Contact) -> tuple[tuple[int, int], ...]:
    """ "A, who went first to X, was received by B": where the clause on A's way stands; not there."""
    if contact.a is None:
        return ()
    drawn = contact.sketch
    opens, focus = drawn.groups[contact.a].end, drawn.offset(contact.focus)
    told = drawn.unit.source[opens:focus]
    elsewhere = told.startswith(", who ") and told.count(",") > 1 and _BEFORE_THAT.search(told)
    return ((opens, focus),) if elsewhere else ()


_BEFORE_THAT = re.compile(r"\b(?:first|before|earlier|previously|last (?:week|month|year))\b")


def _locate_contact(
    drawn: Sketch, start: int, end: int, aside_of_subject: tuple[tuple[int, int], ...] = ()
) -> Located:
    unit = drawn.unit
    names = tuple((m.start, m.end) for g in drawn.groups for m in g.members if m.kind != "state")
    aside = _AFTER_ANOTHER.search(unit.source, start, end) or _BEFORE_ANOTHER.search(
        unit.source, end, unit.end
    )
    banned = (*names, *aside_of_subject, *((aside.span(1),) if aside is not None else ()))
    located = locate(unit.source, unit.start, unit.end, end, banned)
    if unit.kind == "title" and located.place is not None:
        place = located.place
        return Located(
            MentionedPlace(place.name, place.state, place.basis, None), located.sidelines_of
        )
    return located


def _header_place(reading: Reading) -> MentionedPlace | None:
    """A transcript's own place line: "Berlin, Germany"."""
    segmented = reading.segmented
    if not any(s.kind == "turn" for s in segmented.sentences[:12]):
        return None
    for sentence in segmented.sentences[:6]:
        if sentence.kind != "furniture":
            return None
        words = segmented.text[sentence.start : sentence.end]
        if (
            len(words) < 40
            and "Secretary" not in words
            and "Minister" not in words
            and "Office" not in words
        ):
            named = place_named(segmented.text, sentence.start, sentence.end)
            if named is not None:
                return MentionedPlace(
                    named[0], named[1], "dateline", Span(sentence.start, sentence.end)
                )
    return None


def _dateline_place(reading: Reading, draft: Draft) -> MentionedPlace | None:
    line = reading.segmented.dateline
    if draft.status != "held":
        return None
    if line is None:
        return _line_place(reading)
    named = place_named(reading.segmented.text, *line.place) or town_unknown(
        reading.segmented.text, *line.place
    )
    if named is None:
        return None
    return MentionedPlace(named[0], named[1], "dateline", Span(*line.place))


def _line_place(reading: Reading) -> MentionedPlace | None:
    """A line above the text that holds a town alone, or a town with the day: "Split, 5 May 2014"."""
    text = reading.segmented.text
    for start, end in opening_lines(text):
        first, last = without_day(text, start, end)
        words = text[first:last]
        if (
            words
            and len(words.split()) <= _WORDS_OF_PLACE
            and is_known_place(words.split(", ")[-1])
        ):
            named = place_named(text, first, last)
            if named is not None and not is_state_name(named[0]):
                return MentionedPlace(named[0], named[1], "dateline", Span(first, last))
    return None


_WORDS_OF_PLACE = 5
