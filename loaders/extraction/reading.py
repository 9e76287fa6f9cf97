"""From a segmented report to sketches, actors and drafts of meetings: the reading itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from loaders.extraction.attendance import attendees_in
from loaders.extraction.author import author_of
from loaders.extraction.bridging import bridge
from loaders.extraction.cast import Cast, Ref
from loaders.extraction.company import attend, join, lend_states
from loaders.extraction.contact_rows import Row
from loaders.extraction.contacts import Contact, contacts_of, rows_for
from loaders.extraction.drafts import Draft, gather
from loaders.extraction.eras import of_its_time
from loaders.extraction.foreseen import (
    announced,
    in_a_schedule,
    is_next,
    is_next_leg,
    is_tomorrow,
    still_due,
)
from loaders.extraction.formats import format_of
from loaders.extraction.home import home_of
from loaders.extraction.late_pattern import late
from loaders.extraction.letters import is_letter, is_question_time, is_schedule
from loaders.extraction.minutes import drawn_lines, participants_listed, recorded_contact
from loaders.extraction.office_kinds import is_minor
from loaders.extraction.one_by_one import split
from loaders.extraction.own_words import in_own_words, spoken_quotes
from loaders.extraction.passing import (
    at_an_earlier_event,
    at_the_airport,
    is_aside,
    is_long_past,
    is_purpose,
    of_an_old_journey,
    of_another_time,
    on_that_occasion,
    only_recalls,
)
from loaders.extraction.publisher import Publisher
from loaders.extraction.referred import referred_contact, refers
from loaders.extraction.scene import Scene
from loaders.extraction.second_meetings import says_second
from loaders.extraction.segment import Segmented
from loaders.extraction.sides import Moment
from loaders.extraction.sketch import Sketch, Unit, sketch
from loaders.extraction.strangers import may_tell_without_strangers, without_strangers
from loaders.extraction.timing import Clock
from loaders.extraction.units import labels_of, units_of, worth_reading


@dataclass(slots=True)
class Reading:
    """All that is known after reading, before anything is decided.

    Attributes:
        sketches: of the title (first, if there is one) and of the sentences read.
        drafts: in the order of the text.
        letter: the report is a letter or a message.
    """

    segmented: Segmented
    publisher: Publisher
    clock: Clock
    cast: Cast
    scene: Scene
    sketches: list[Sketch]
    drafts: list[Draft]
    letter: bool


def read(segmented: Segmented, publisher: Publisher, clock: Clock) -> Reading:
    """Find every contact that the title and the narrative sentences tell of."""
    units = worth_reading(units_of(segmented))
    lead = next((segmented.text[u.start : u.end] for u in units if u.kind == "narrative"), "")
    letter = is_letter(segmented.title, lead)
    rows = {n: asked for n, u in enumerate(units) if (asked := _rows(u, letter))}
    day = clock.anchor
    drawn = {n: of_its_time(sketch(units[n]), day) for n in rows}
    told = {n: found for n, one in drawn.items() if (found := contacts_of(one, rows[n]))}
    listed = drawn_lines(participants_listed(segmented))
    if not told and not listed and (letter or not refers(segmented)):
        if not any(may_tell_without_strangers(one, rows[n]) for n, one in drawn.items()):
            units = []  # then nobody need be known
    sketches = [
        drawn[n] if n in drawn else of_its_time(sketch(u), day) for n, u in enumerate(units)
    ]
    if publisher.state is None and units:
        publisher = replace(
            publisher, state=home_of(segmented, [*listed, *sketches], clock.anchor), inferred=True
        )
    cast = Cast(publisher, clock.anchor)
    for one in (*labels_of(segmented), *listed, *sketches) if units else ():
        for group in one.groups:
            for mention in group.members:
                cast.note(mention)
    mentions = (m for one in sketches for g in one.groups for m in g.members)
    cast.adopt(m for m in mentions if m.kind == "role" and m.states)
    bridge(cast, sketches, told)
    for n, one in enumerate(sketches):
        sketches[n] = known = without_strangers(one, cast)
        if known is not one and n in drawn:
            told[n] = contacts_of(known, rows[n])
    scene = Scene(cast, publisher, author_of(cast, sketches))
    reading = Reading(segmented, publisher, clock, cast, scene, sketches, [], letter)
    _record(reading, listed)
    if any(told.values()) or reading.drafts or (not letter and refers(segmented)):
        _gather_all(reading, told, is_question_time(segmented.title))
    return reading


def _record(reading: Reading, listed: list[Sketch]) -> None:
    """The conversation of which a report is the record, with those whom it lists."""
    found = (
        recorded_contact(reading.segmented, listed, reading.scene, reading.publisher.state)
        if listed
        else None
    )
    if found is None:
        return
    contact, speakers, others = found
    gather(reading.drafts, speakers, contact, format_of(contact, "") or "in-person", None)
    for ref in others:
        join(reading.drafts[0], ref, None, reading.publisher.state)


def _rows(unit: Unit, letter: bool) -> list[Row]:
    """The rows to try on a unit; of a letter only the title can tell of a contact."""
    if unit.kind == "furniture" or (letter and unit.kind != "title"):
        return []
    return rows_for(unit)


def _gather_all(reading: Reading, told: dict[int, list[Contact]], question_time: bool) -> None:
    schedule = is_schedule(reading.segmented.title, reading.segmented.text)
    later: list[tuple[Contact, list[Contact], Moment]] = []
    quotes = spoken_quotes(reading.segmented)
    starts = [q[0] for q in quotes]
    companies = [attendees_in(drawn) for drawn in reading.sketches]
    for drawn, there in zip(reading.sketches, companies, strict=True):
        lend_states(drawn, there, reading.scene)
    for number, drawn in enumerate(reading.sketches):
        if drawn.unit.kind == "furniture" or (reading.letter and drawn.unit.kind != "title"):
            continue
        contacts = _outermost(told.get(number, []))
        found = [own for c in contacts if (own := _heard(reading, c, quotes, starts)) is not None]
        found = [replace(c, status="held") if is_purpose(c, found) else c for c in found]
        reading.clock.share([c for c in found if not at_the_airport(c)])
        for n, contact in enumerate(found):
            if question_time and _by_somebody_unnamed(reading, contact):
                continue
            if schedule and contact.status == "held" and not _met_by_list(drawn, reading):
                contact = replace(
                    contact, status=in_a_schedule(contact, reading.segmented.title or "")
                )
            if (
                contact.row.strength == "weak"
                or contact.row.id == "taking-part-were"
                or _lists(contact)
                or (question_time and drawn.unit.kind != "title")
            ):
                later.append((contact, found[:n], reading.scene.moment()))
                continue
            _take(reading, contact, found[:n])
        reading.scene.watch(drawn)
    for contact, earlier, moment in later:
        reading.scene.recall(moment)
        if contact.row.id == "taking-part-were" and _OF_A_MEETING.search(contact.sketch.text):
            _refer(reading)  # those who attended came to a meeting of others
        _take(reading, contact, earlier)
    _refer(reading)
    for drawn, there in zip(reading.sketches, companies, strict=True):
        attend(reading.drafts, drawn, there, reading.scene, reading.publisher.state)


_OF_A_MEETING = late(
    r"\b(?:[Aa]ttending|[Pp]resent at) the (?:meeting|talks|audience|conversation|encounter)\b"
)


def _refer(reading: Reading) -> None:
    """A report that only refers to its meeting; a letter or a list of plans refers to none."""
    if reading.letter or is_schedule(reading.segmented.title, reading.segmented.text):
        return
    if any(d.status != "planned" for d in reading.drafts):
        return
    found = referred_contact(
        reading.segmented, reading.sketches, reading.scene, surely=bool(reading.drafts)
    )
    if found is not None:
        contact, sides = found
        gather(reading.drafts, sides, contact, format_of(contact, ""), None)


def _met_by_list(drawn: Sketch, reading: Reading) -> bool:
    """ "She had the following meetings:", and a line with its hour for each: no programme to come."""
    return drawn.unit.listed and not is_schedule(reading.segmented.title)


def _lists(contact: Contact) -> bool:
    """A headline of three or more: the text may tell of several meetings, so it is heard first."""
    if contact.sketch.unit.kind != "title":
        return False
    sides = [contact.sketch.groups[n].members for n in (contact.a, contact.b) if n is not None]
    return sum(len(side) for side in sides) > 2


def _outermost(found: list[Contact]) -> list[Contact]:
    """One contact per verb or noun: of two rows on the same words and sides, the first stays."""
    kept: list[Contact] = []
    for contact in sorted(found, key=lambda c: (c.row.status is None, c.row.format != "call")):
        twin = any(
            (k.a == contact.a and k.b == contact.b and contact.b is not None)
            or (k.b == contact.b and k.b is not None and contact.a is None)
            or _by_one_verb(k, contact)
            for k in kept
        )
        if not twin:
            kept = [k for k in kept if not (k.b == contact.b and k.b is not None and k.a is None)]
            kept.append(contact)
    return sorted(kept, key=lambda c: (c.start, c.end))


def _by_one_verb(one: Contact, other: Contact) -> bool:
    """ "A and B talked": of two rows on the same verb and subject; one that tells no more than "held" is no more."""
    if one.b is not None or other.b is not None or one.a is None or one.a != other.a:
        return False
    return one.focus == other.focus and bool(one.verb) and one.status != other.status == "held"


def _heard(
    reading: Reading, contact: Contact, quotes: list[tuple[int, int]], starts: list[int]
) -> Contact | None:
    """What a quotation tells counts only where its speaker tells of his own: "I met B", "my talks with B"."""
    if not _quoted(contact, quotes, starts):
        return contact
    if contact.status != "held" or contact.pluperfect:
        return None
    return in_own_words(contact, reading.scene.author is not None)


def _quoted(contact: Contact, quotes: list[tuple[int, int]], starts: list[int]) -> bool:
    if contact.sketch.unit.kind == "title" or not quotes:
        return False
    at = contact.sketch.offset(contact.start)
    end = contact.sketch.offset(contact.end)
    n = bisect_right(starts, at) - 1
    return n >= 0 and quotes[n][0] <= at and end <= quotes[n][1] + 1


def _take(reading: Reading, contact: Contact, earlier: list[Contact]) -> None:
    """Resolve the sides of a contact and put it where it belongs."""
    if is_aside(contact, reading.drafts):
        return
    contact = _in_its_time(reading, contact, earlier)
    recalls = only_recalls(contact) and (
        contact.row.strength == "weak" or not _is_first_held(reading, contact)
    )
    if recalls and not (of_another_time(contact, reading.clock) or says_second(contact)):
        return
    sides = reading.scene.sides(contact, earlier)
    form = format_of(contact, reading.segmented.title or "")
    when = reading.clock.of_contact(contact) or reading.clock.of_sentence(contact, earlier)
    day = reading.clock.day_told(when)
    for refs in split(sides, contact):
        own = tuple(r for r in refs if not _is_nobody(r))
        states = {r.state or reading.cast.assumed_state(r.office) for r in own}
        if len(states - {None}) < contact.row.least:
            continue
        if contact.row.role == "envoy":
            own = tuple(replace(r) for r in own)
        if own:
            gather(reading.drafts, own, contact, form, day)


def _is_first_held(reading: Reading, contact: Contact) -> bool:
    """ "The pair met on Thursday", where no more than a plan of theirs was told before."""
    if contact.status != "held" or contact.pluperfect:
        return not reading.drafts
    when = reading.clock.of_contact(contact)
    dated = when is not None and when.is_day
    return all(d.status == "planned" and dated and not d.in_title for d in reading.drafts)


def _in_its_time(reading: Reading, contact: Contact, earlier: list[Contact]) -> Contact:
    """ "came together last April": told of an earlier time, and no part of today's meeting."""
    if still_due(contact, reading.segmented, reading.clock):
        return replace(contact, status="planned")
    if contact.status != "held" or contact.sketch.unit.kind == "title":
        return contact
    words = [w for w in reading.clock.words(contact) if w.past or not w.vague]
    if contact.present and (reading.clock.lies_ahead(contact) or announced(reading.drafts)):
        return replace(contact, status="planned")
    if is_next_leg(contact, words, reading.drafts):
        return replace(contact, status="planned")
    if is_tomorrow(words) or (contact.present and is_next(contact, words, reading.drafts)):
        return replace(contact, status="planned")
    long_ago = words and (words[0].past or is_long_past(contact, reading.clock))
    if long_ago or (not words and _is_of_the_past(reading, contact, earlier)):
        return replace(contact, status="background")
    return contact


def _is_of_the_past(reading: Reading, contact: Contact, earlier: list[Contact]) -> bool:
    """Told without a day of its own, as part of what happened long before."""
    return (
        _goes_on_from(reading.clock, contact, earlier)
        or at_an_earlier_event(contact)
        or on_that_occasion(contact, reading.clock)
        or (bool(reading.drafts) and of_an_old_journey(contact, reading.clock))
        or _goes_on_from_long_ago(reading, contact)
    )


def _goes_on_from_long_ago(reading: Reading, contact: Contact) -> bool:
    """ "In August 2021 the states agreed ... A and B discussed": two who are named for the first time there."""
    index, sentences = contact.sketch.unit.index, reading.segmented.sentences
    if index < 1:
        return False
    before, text = sentences[index - 1], reading.segmented.text
    if "\n" in text[before.end : sentences[index].start]:
        return False
    if not reading.clock.opens_long_ago(text, before.start, before.end):
        return False
    if _THERE.search(contact.sketch.text):
        return True
    members = contact.sketch.groups[contact.a].members if contact.a is not None else ()
    named = len(members) > 1 and all(m.name and m.office for m in members)
    return named and not reading.drafts


_THERE = re.compile(r"\b(?:there|on that occasion|at that time|at the time|back then)\b")


_SAME_TIME = re.compile(r"\b(?:when|where|at which|during which)\b")


def _goes_on_from(clock: Clock, contact: Contact, earlier: list[Contact]) -> bool:
    """ "last met on 19 July, when they also took part in ...": of the same past occasion."""
    before = next((c for c in earlier if c.status == "background" or clock.is_of_old(c)), None)
    if before is None:
        return False
    return _SAME_TIME.search(contact.sketch.text, before.end, contact.end) is not None


def _by_somebody_unnamed(reading: Reading, contact: Contact) -> bool:
    """ "I received him", in an interview with nobody knows whom."""
    if contact.a is None or contact.quoted or reading.scene.author is not None:
        return False
    member = contact.sketch.groups[contact.a].members[0]
    words = contact.sketch.unit.source[member.start : member.end]
    return member.kind == "pronoun" and words.lower() in ("i", "we")


def _is_nobody(ref: Ref) -> bool:
    if ref.name is not None or ref.mention.kind == "state":
        return False
    if is_minor(ref.office):
        return not (ref.mention.states or ref.mention.plural)
    return ref.state is None and not ref.office
