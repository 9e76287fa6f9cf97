"""`extract(report)`: who met whom, how, when and where, with the words each fact rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import (
    Extraction,
    Format,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    Role,
    Span,
)
from loaders.extraction.cast import Ref
from loaders.extraction.confidence import confidence_of
from loaders.extraction.contacts import Contact
from loaders.extraction.content import add_content
from loaders.extraction.drafts import Draft
from loaders.extraction.extent import left_out, read_part
from loaders.extraction.languages import extract_with, pack_of, told_by
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.places import Located, is_state_name, locate, place_named
from loaders.extraction.publisher import Publisher, publisher_of
from loaders.extraction.reading import Reading, read
from loaders.extraction.segment import Segmented, segment
from loaders.extraction.settle import settled, state_of
from loaders.extraction.sketch import Sketch
from loaders.extraction.timing import Clock, Dated

_SPACES = str.maketrans(
    dict.fromkeys("\xa0\u202f\u2009\u2007\u2002\u2003\u200a\t", " ")
    | {"\u2011": "-", "\u2010": "-"}
)
_EXOTIC = tuple(map(chr, _SPACES))
_ENVOY = frozenset({"envoy"})


@dataclass(frozen=True, slots=True)
class Explanation:
    """Which rows of the pattern files led to a meeting.

    Attributes:
        meeting: its index in the extraction.
        patterns: ids of rows of `contacts.toml`.
        rules: ids of rows of `modality.toml`.
        phrases: the words of the report (or title) that they matched.
    """

    meeting: int
    patterns: tuple[str, ...]
    rules: tuple[str, ...]
    phrases: tuple[str, ...]


def extract(report: Report) -> Extraction:
    """Everything that a report says of contacts between states; deterministic, no network."""
    if report.facts is not None:
        return report.facts
    whole, report = report, read_part(report)
    other = pack_of(report)
    if other is not None:
        said = extract_with(other, report)
        return replace(said, skipped=left_out(whole, report, said.skipped))
    reading, drafts = _read(report)
    segmented = replace(reading.segmented, text=report.text)
    meetings = _meetings(reading, drafts, report)
    scopes = _scopes(segmented, drafts)
    filled = add_content(segmented, tuple(meetings), scopes, reading.clock.anchor)
    skipped = left_out(whole, report, None if filled else _reason(reading))
    return Extraction(meetings=filled, skipped=skipped)


def explain(report: Report) -> tuple[Explanation, ...]:
    """For each meeting that `extract` gives, the rows that found it, in the same order."""
    if report.facts is not None:
        return ()
    report = read_part(report)
    other = pack_of(report)
    if other is not None:
        found = told_by(other, report)
        return tuple(Explanation(n, rows, (), words) for n, (rows, words) in enumerate(found))
    _, drafts = _read(report)
    return tuple(_explanation(n, draft) for n, draft in enumerate(drafts))


def _explanation(number: int, draft: Draft) -> Explanation:
    rows = dict.fromkeys(c.row.id for c in draft.contacts)
    rules = dict.fromkeys(r for c in draft.contacts for r in c.rules)
    phrases = dict.fromkeys(
        c.sketch.unit.source[c.sketch.offset(c.start) : c.sketch.offset(c.end)]
        for c in draft.contacts
    )
    return Explanation(number, tuple(rows), tuple(rules), tuple(phrases))


def _read(report: Report) -> tuple[Reading, list[Draft]]:
    segmented = _plain_spaced(segment(report))
    publisher = _publisher(report, segmented)
    reading = read(segmented, publisher, Clock(segmented, publisher))
    return reading, settled(reading)


def _plain_spaced(segmented: Segmented) -> Segmented:
    """The same text, character for character, with plain spaces and hyphens for exotic ones."""
    title = _plain(segmented.title) if segmented.title else None
    return replace(segmented, text=_plain(segmented.text), title=title)


def _plain(text: str) -> str:
    """Translating is slow, and most texts hold no such character."""
    return text.translate(_SPACES) if any(sign in text for sign in _EXOTIC) else text


def _publisher(report: Report, segmented: Segmented) -> Publisher:
    """The publisher; an unknown outlet may still name itself in a header or give its dateline."""
    known = publisher_of(report)
    if known.state is not None:
        return known
    for header in segmented.headers:
        if header.key in ("outlet", "url"):
            value = segmented.text[header.value[0] : header.value[1]]
            named = publisher_of(Report("", "", report.source, outlet=value))
            if named.state:
                return Publisher(named.state, known.day)
    return known


def _reason(reading: Reading) -> str:
    if reading.letter:
        return "letter"
    return "domestic" if reading.drafts else "no contact"


# Meetings ----------------------------------------------------------------------------------------


def _meetings(reading: Reading, drafts: list[Draft], report: Report) -> list[ReportedMeeting]:
    made: list[ReportedMeeting] = []
    for draft in drafts:
        previous = next((m for m in reversed(made) if m.status == draft.status), None)
        made.append(_meeting(reading, draft, previous, report))
    return made


def _meeting(
    reading: Reading, draft: Draft, previous: ReportedMeeting | None, report: Report
) -> ReportedMeeting:
    participants = tuple(
        p for i, r in draft.refs.items() if (p := _participant(draft, i, r, report))
    )
    form = _format(reading, draft)
    dated = _dated(reading, draft, previous)
    located = _located(reading, draft, form, previous)
    span, in_title = _span(draft)
    return ReportedMeeting(
        status=draft.status, format=form, when=dated.when, date_basis=dated.basis, participants=participants,
        place=located.place, sidelines_of=located.sidelines_of,
        multilateral=len({p.state for p in participants if p.role != "attendee"}) > 2,
        confidence=confidence_of(draft, participants, dated), span=span, in_title=in_title,
    )  # fmt: skip


def _participant(
    draft: Draft, identity: tuple[str, str], ref: Ref, report: Report
) -> Participant | None:
    mention, unit = ref.mention, ref.sketch.unit
    if mention.spokesperson or (ref.name is None and ref.office is None and ref.state is None):
        return None
    in_title = unit.kind == "title"
    source = (report.title or unit.source) if in_title else report.text
    words = source[mention.start : mention.end]
    span = None if in_title else Span(mention.start, mention.end)
    name = _clean(ref.name)
    office = _spelled(ref.office)
    return Participant(
        name, words, office, state_of(ref), _role(draft, identity, ref), span, in_title
    )


def _clean(name: str | None) -> str | None:
    if name is None:
        return None
    if name.isupper() and len(name) > 4:
        return " ".join(w.capitalize() if len(w) > 2 else w for w in name.split())
    return re.sub(r"\s+", " ", name).strip(" ,")


def _spelled(office: str | None) -> str | None:
    """An office in capitals as titles are printed: "foreign minister" -> "Foreign Minister"."""
    if office is None:
        return None
    small = {"of", "and", "the", "for", "to", "in", "on"}
    words = office.split()
    return " ".join(w if w in small or not w[0].islower() else w[0].upper() + w[1:] for w in words)


def _role(draft: Draft, identity: tuple[str, str], ref: Ref) -> Role:
    if identity in draft.attendees:
        return "attendee"
    return "envoy" if ref.office and kind_of(ref.office) in _ENVOY else "principal"


def _format(reading: Reading, draft: Draft) -> Format:
    if draft.format is not None:
        return draft.format
    text = reading.segmented.title or ""
    if re.search(r"\b(?:phone|telephone|call)\b", text, re.IGNORECASE):
        return "phone"
    body = reading.segmented.text[:3000]
    if re.search(r"\b(?:tele)?phone (?:call|conversation|talk)s?\b|\bby (?:tele)?phone\b", body):
        return "phone"
    if any(c.row.format == "spoken" for c in draft.contacts) and not re.search(
        r"[Mm]eeting|\bmet\b", text + body
    ):
        return "phone"
    return "in-person"


def _span(draft: Draft) -> tuple[Span | None, bool]:
    for contact in draft.contacts:
        if contact.sketch.unit.kind != "title":
            drawn = contact.sketch
            return Span(drawn.offset(contact.start), drawn.offset(contact.end)), False
    return None, True


def _telling(contact: Contact) -> tuple[bool, bool]:
    """Sort key: the phrases that say most about time and place first."""
    return contact.row.strength != "strong", contact.sketch.unit.kind == "title"


# When ---------------------------------------------------------------------------------------------


def _dated(reading: Reading, draft: Draft, previous: ReportedMeeting | None) -> Dated:
    for contact in sorted(draft.contacts, key=_telling):
        weak = contact.row.strength != "strong" and draft.strong
        for word in reading.clock.words(contact):
            if weak and word.basis == "explicit":
                continue  # a day in what was discussed, more often than the day of the talks
            if word.same_day and previous is not None and previous.when is not None:
                return Dated(previous.when, word.basis)
            when = reading.clock.read(word, draft.status)
            if when is not None:
                return Dated(when, word.basis)
            if word.basis == "weekday" and reading.clock.anchor is not None:
                return Dated(None, None)
    if draft.status in ("background", "cancelled", "denied"):
        return Dated(None, None)
    if draft.status == "planned":
        return Dated(None, None)
    visited = reading.clock.of_visit(reading.sketches, draft)
    if visited is not None:
        return visited
    if previous is not None and previous.when is not None:
        return Dated(previous.when, previous.date_basis)
    return reading.clock.default()


# Where --------------------------------------------------------------------------------------------


def _located(
    reading: Reading, draft: Draft, form: Format, previous: ReportedMeeting | None
) -> Located:
    if form in ("phone", "video"):
        return Located(None, None)
    found = Located(None, None)
    here = _dateline_place(reading, draft) if _says_here(draft) else None
    if here is not None:
        return Located(here, None)
    telling = [c for c in draft.contacts if c.row.strength == "strong" or not draft.strong]
    for contact in sorted(telling, key=_telling):
        one = _locate_contact(
            contact.sketch, contact.sketch.offset(contact.start), contact.sketch.offset(contact.end)
        )
        better = one.place is not None and (
            found.place is None or not is_state_name(one.place.name)
        )
        if better or one.sidelines_of is not None:
            found = Located(
                one.place if better else found.place, found.sidelines_of or one.sidelines_of
            )
        if found.place is not None and not is_state_name(found.place.name):
            return found
    if found.place is not None:
        return found
    if draft.status == "background":
        return found
    place = (
        _lead_place(reading, draft)
        or _header_place(reading)
        or _dateline_place(reading, draft)
        or _same_place(draft, form, previous)
    )
    return Located(place, found.sidelines_of)


def _lead_place(reading: Reading, draft: Draft) -> MentionedPlace | None:
    """The town of the report's first sentence, for what is told after it without a place."""
    lead = next((s for s in reading.sketches if s.unit.kind == "narrative"), None)
    title = next((s for s in reading.sketches if s.unit.kind == "title"), None)
    told = [c.sketch.unit.index for c in draft.contacts]
    if draft.status != "held" or lead is None:
        return None
    for drawn in (lead if min(told) > lead.unit.index else None, title):
        found = _locate_contact(drawn, drawn.unit.end, drawn.unit.end).place if drawn else None
        if found is not None and not is_state_name(found.name):
            return found
    return None


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


def _says_here(draft: Draft) -> bool:
    """ "met here on Wednesday": where the report was filed, whatever else the sentence names."""
    return any(
        _HERE.search(c.sketch.text, c.start, min(len(c.sketch.text), c.end + _BESIDE))
        for c in draft.contacts
    )


_HERE = re.compile(r"\bhere\b(?! in\b)")
_BESIDE = 24  # characters behind a phrase


def _locate_contact(drawn: Sketch, start: int, end: int) -> Located:
    unit = drawn.unit
    names = tuple((m.start, m.end) for g in drawn.groups for m in g.members if m.kind != "state")
    located = locate(unit.source, unit.start, unit.end, end, names)
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
    if line is None or draft.status not in ("held", "planned") or draft.status == "planned":
        return None
    named = place_named(reading.segmented.text, *line.place)
    if named is None:
        return None
    return MentionedPlace(named[0], named[1], "dateline", Span(*line.place))


# Scopes -------------------------------------------------------------------------------------------


def _scopes(segmented: Segmented, drafts: list[Draft]) -> tuple[tuple[int, ...], ...]:
    """For each meeting the sentences that tell of it: from its first phrase to the next meeting's."""
    told = [n for n, s in enumerate(segmented.sentences) if s.kind != "furniture"]
    main = [d for d in drafts if d.status != "background"] or drafts
    owners = _owners(segmented, told, drafts)
    if len(main) <= 1:
        other = {n for d in drafts if d not in main for n in _lines(d)}
        return tuple(
            tuple(n for n in told if n not in other) if d in main else _lines(d) for d in drafts
        )
    return tuple(tuple(n for n in told if k in owners[n]) for k, _ in enumerate(drafts))


def _lines(draft: Draft) -> tuple[int, ...]:
    return tuple(sorted({c.sketch.unit.index for c in draft.contacts if c.sketch.unit.index >= 0}))


def _owners(segmented: Segmented, told: list[int], drafts: list[Draft]) -> dict[int, set[int]]:
    """Sentence to meetings: those it tells of, else those the sentence before told of.

    A plan, a denial or a cancellation that is told beside meetings held is left with its paragraph.
    """
    by_line: dict[int, set[int]] = {}
    for k, draft in enumerate(drafts):
        for n in _lines(draft):
            by_line.setdefault(n, set()).add(k)
    everything = {k for k, d in enumerate(drafts) if d.status != "background"}
    held = {k for k, d in enumerate(drafts) if d.status == "held"}
    current = main = everything
    owners: dict[int, set[int]] = {}
    for n in told:
        if n in by_line:
            current = by_line[n]
            main = current if current & held else main
        elif not current & held and main & held and _resumes(segmented, n):
            current = main
        owners[n] = current
    return owners


def _resumes(segmented: Segmented, index: int) -> bool:
    """True for a new paragraph that tells of no plan: it leaves the plan told before it."""
    start, end = segmented.sentences[index].start, segmented.sentences[index].end
    before = segmented.sentences[index - 1].end if index else 0
    return "\n" in segmented.text[before:start] and " will " not in segmented.text[start:end]
