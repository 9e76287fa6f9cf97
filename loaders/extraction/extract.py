"""`extract(report)`: who met whom, how, when and where, with the words each fact rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg.model import (
    Extraction,
    Format,
    Participant,
    Report,
    ReportedMeeting,
    Role,
    Span,
)
from loaders.extraction.cables import cable_headed
from loaders.extraction.cast import Ref
from loaders.extraction.confidence import confidence_of
from loaders.extraction.content import add_content
from loaders.extraction.days import day_of
from loaders.extraction.drafts import Draft
from loaders.extraction.extent import left_out, read_part
from loaders.extraction.languages import extract_with, pack_of, told_by
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import kind_of
from loaders.extraction.publisher import Publisher, publisher_of
from loaders.extraction.reading import Reading, read
from loaders.extraction.recalled import is_record
from loaders.extraction.record_labels import subjects_listed
from loaders.extraction.regions import only_their_own
from loaders.extraction.scopes import scopes_of
from loaders.extraction.segment import Segmented, segment
from loaders.extraction.settle import settled, state_of
from loaders.extraction.timing import Clock
from loaders.extraction.whereabouts import located

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
    scopes = scopes_of(segmented, drafts)
    filled = add_content(segmented, tuple(meetings), scopes, reading.clock.anchor)
    filled = only_their_own(drafts, filled)
    if drafts and is_record(drafts[0]):
        topics = subjects_listed(report.text) + filled[0].topics
        filled = (replace(filled[0], topics=topics), *filled[1:])
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
    cable = cable_headed(segmented.title or "")
    if cable is not None and cable.host is not None:
        return Publisher(cable.host, known.day, sender=cable.sender)
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
    form = _format(reading, draft, previous)
    dated = day_of(reading, draft, previous)
    where = located(reading, draft, form, previous)
    span, in_title = _span(draft)
    return ReportedMeeting(
        status=draft.status, format=form, when=dated.when, date_basis=dated.basis, participants=participants,
        place=where.place, sidelines_of=where.sidelines_of,
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
    """An office as titles are printed: "foreign minister", "FOREIGN MINISTER" -> "Foreign Minister"."""
    if office is None:
        return None
    small = {"of", "and", "the", "for", "to", "in", "on", "at"}
    office = office.removeprefix("then ")  # "then President X": President, when he met
    shouted = office.isupper() and " " in office
    words = office.lower().split() if shouted else office.split()
    return " ".join(w if w in small or not w[0].islower() else w[0].upper() + w[1:] for w in words)


def _role(draft: Draft, identity: tuple[str, str], ref: Ref) -> Role:
    if identity in draft.attendees:
        return "attendee"
    return "envoy" if ref.office and kind_of(ref.office) in _ENVOY else "principal"


def _format(reading: Reading, draft: Draft, previous: ReportedMeeting | None) -> Format:
    if draft.format is not None:
        return draft.format
    title = reading.segmented.title or ""
    if re.search(r"\b(?:phone|telephone|call)\b", title, re.IGNORECASE):
        return "phone"
    if previous is not None and all(c.row.id == "it-was-the-turn-of" for c in draft.contacts):
        return previous.format
    if _BY_PHONE.search(_beside(reading, draft, _NEAR)):
        return "phone"
    if _BY_VIDEO.search(_beside(reading, draft, 0) + _lead(reading)):
        return "video"
    if _THIS_VIRTUAL.search(_beside(reading, draft, _NEAR)):
        return "video"
    spoken = any(c.row.format == "spoken" for c in draft.contacts)
    if spoken and not _MET.search(title + reading.segmented.text[:3000]):
        return "phone"
    return "in-person"


_BY_PHONE = re.compile(r"\b(?:tele)?phone (?:call|conversation|talk)s?\b|\bby (?:tele)?phone\b")
_BY_VIDEO = late(
    r"\b(?:virtual (?:mode|format)|virtually|video ?conference|via video|by video|video link|online format)\b"
)
_THIS_VIRTUAL = late(
    r"\b[Tt]his (?:virtual|online|video) (?:conference|meeting|session|dialogue|event|summit|gathering)\b"
)
_MET = late(
    r"[Mm]eeting|\b(?<!be )met\b|\b[Rr]eceived\b|\b[Hh]osted\b|\b[Aa]rrived\b|[Ff]ace to face|[Bb]ilateral talks"
)
_NEAR = 2  # sentences before a phrase, and behind it, that may say that the parties telephoned


def _beside(reading: Reading, draft: Draft, reach: int) -> str:
    """The sentences around the phrases that tell of a meeting, but for those of other meetings."""
    told = {c.sketch.unit.index for c in draft.contacts}
    others = {c.sketch.unit.index for d in reading.drafts for c in d.contacts} - told
    near = {n + k for n in told for k in range(-reach, reach + 1)} - others
    text = reading.segmented.text
    sentences = (s for n, s in enumerate(reading.segmented.sentences) if n in near)
    return " ".join(text[s.start : s.end] for s in sentences)


def _lead(reading: Reading) -> str:
    """The report's first sentence, where it tells of one meeting only."""
    lead = next((s.unit for s in reading.sketches if s.unit.kind == "narrative"), None)
    return lead.source[lead.start : lead.end] if lead and len(reading.drafts) == 1 else ""


def _span(draft: Draft) -> tuple[Span | None, bool]:
    for contact in draft.contacts:
        if contact.sketch.unit.kind != "title":
            drawn = contact.sketch
            return Span(drawn.offset(contact.start), drawn.offset(contact.end)), False
    return None, True
