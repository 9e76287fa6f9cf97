"""From the drafts of one report to its meetings: when, where, who, and the lines that tell of each."""

from __future__ import annotations

from dataclasses import dataclass

from kg.dates import When
from kg.model import (
    DateBasis,
    Format,
    MentionedPlace,
    Participant,
    ReportedMeeting,
    Role,
    Span,
)
from loaders.extraction.languages.cast import Ref
from loaders.extraction.languages.contact import Contact
from loaders.extraction.languages.content import Told
from loaders.extraction.languages.drafts import Draft
from loaders.extraction.languages.reading import Reading
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.where import places_of

_FRESH = 7  # days: a report's first sentence tells of the week before it


@dataclass(frozen=True, slots=True)
class _Dated:
    when: When | None
    basis: DateBasis | None


class Meetings:
    """The meetings of one report.

    Attributes:
        drafts: those that are meetings of two parties, in the order of the text.
    """

    def __init__(self, read: Reading) -> None:
        self._read, self._own = read, read.own
        self.drafts = [d for d in read.drafts if _is_meeting(d)]

    def told(self) -> list[ReportedMeeting]:
        """The meetings without what they were about."""
        made: list[ReportedMeeting] = []
        for draft in self.drafts:
            made.append(self._meeting(draft, made))
        return made

    # When --------------------------------------------------------------------------------------

    def _dated(self, draft: Draft, before: list[ReportedMeeting]) -> _Dated:
        for contact in sorted(draft.contacts, key=_telling):
            told = self._read.clock.time(contact)
            if told is not None:
                return _Dated(told.when, told.basis)
        if draft.status != "held":
            return (
                self._journey(draft)
                if draft.status in ("planned", "cancelled")
                else _Dated(None, None)
            )
        if self._read.record is not None:
            return _Dated(self._read.record, "explicit")
        if before and before[-1].status == "held" and before[-1].when is not None:
            return _Dated(before[-1].when, before[-1].date_basis)
        lead = self._lead_day()
        if lead is not None:
            return lead
        if self._read.dateline is not None and self._read.dateline.when is not None:
            return _Dated(self._read.dateline.when, "dateline")
        day = self._read.publisher.day
        return _Dated(When.day(day), "publication") if day else _Dated(None, None)

    def _lead_day(self) -> _Dated | None:
        lead = next((x for x in self._read.lines if x.kind == "body"), None)
        for told in (
            self._own.calendar.read(lead.words, self._read.clock.anchor, False) if lead else ()
        ):
            near = (
                told.when is not None and told.when.is_day and self._read.clock.anchor is not None
            )
            if (
                near
                and told.when
                and self._read.clock.anchor
                and 0 <= (self._read.clock.anchor - told.when.first).days <= 7
            ):
                return _Dated(told.when, told.basis)
        return None

    def _journey(self, draft: Draft) -> _Dated:
        """The days of the visit in whose course a plan lies."""
        last = max(c.line.number for c in draft.contacts)
        for line in self._read.lines:
            if line.number <= last and any(
                w in self._own.phrases.around["visit"] for w in line.words.lows
            ):
                for told in self._own.calendar.read(line.words, self._read.clock.anchor, True):
                    if told.when is not None:
                        return _Dated(told.when, told.basis)
        return _Dated(None, None)

    # What --------------------------------------------------------------------------------------

    def _meeting(self, draft: Draft, before: list[ReportedMeeting]) -> ReportedMeeting:
        form = draft.format or self._title_format()
        dated = self._dated(draft, before)
        place = None if form in ("phone", "video") else self._place(draft)
        participants = tuple(self._participant(draft, i, r) for i, r in draft.refs.items())
        body = next((c for c in draft.contacts if c.line.kind == "body"), None)
        span = Span(body.start, body.end) if body is not None else None
        return ReportedMeeting(
            status=draft.status, format=form, when=dated.when, date_basis=dated.basis,
            participants=participants, place=place, sidelines_of=self._sidelines(draft),
            multilateral=len(draft.states()) > 2, confidence=_confidence(draft),
            span=span, in_title=body is None,
        )  # fmt: skip

    def _title_format(self) -> Format:
        title = (
            self._read.lines[0].words.lows
            if self._read.lines and self._read.lines[0].kind == "title"
            else []
        )
        return (
            "phone" if any(w in self._own.phrases.around["phone"] for w in title) else "in-person"
        )

    def _participant(self, draft: Draft, identity: tuple[str, str], ref: Ref) -> Participant:
        mention, line = ref.mention, ref.line
        unsaid = ref.actor is None and ref.office is None and ref.state not in mention.states
        title = line.kind == "title"
        span = None if title else Span(mention.start, mention.end)
        words = "" if unsaid else line.source[mention.start : mention.end]
        role: Role = (
            "attendee"
            if identity in draft.attendees
            else "envoy"
            if ref.kind == "envoy"
            else "principal"
        )
        return Participant(ref.name, words, ref.office, ref.state, role, span, title)

    def _place(self, draft: Draft) -> MentionedPlace | None:
        for contact in sorted(draft.contacts, key=_telling):
            found = places_of(contact.line, self._own.lexis, self._own.pack)
            if contact.row.kind == "discuss":
                found = [(i, p) for i, p in found if i < contact.at]
            if found:
                return min(found, key=lambda f: (abs(f[0] - contact.at), f[0]))[1]
        if draft.status == "planned":
            return self._lead_place(draft)
        if draft.status != "held":
            return None
        line = self._read.dateline.place if self._read.dateline else None
        return self._lead_place(draft) or line

    def _lead_place(self, draft: Draft) -> MentionedPlace | None:
        told = {c.line.number for c in draft.contacts}
        for line in self._read.lines[:2]:
            if line.kind == "title" and line.number not in told:
                continue
            found = places_of(line, self._own.lexis, self._own.pack)
            if found and line.number <= min(c.line.number for c in draft.contacts):
                return found[0][1]
        return None

    def _sidelines(self, draft: Draft) -> str | None:
        around = self._own.phrases.around["sidelines"]
        for contact in draft.contacts:
            words = contact.line.words
            for i, low in enumerate(words.lows):
                if low in around and words.low(i - 1) in self._own.at:
                    return self._phrase(contact.line, i + 1, contact.at)
        return None

    def _phrase(self, line: Line, first: int, at: int) -> str | None:
        """The words from `first` to the next preposition or verb: on the sidelines of what."""
        words, stops = line.words, self._own.at | self._own.phrases.with_ | {","}
        end = first
        while end < min(len(words), first + 8) and end != at and words.lows[end] not in stops:
            if words.lows[end] in self._own.phrases.happen:
                break
            end += 1
        return words.source[words.starts[first] : words.ends[end - 1]] if end > first else None

    def scopes(self) -> list[list[Told]]:
        """For each meeting the lines that tell of it."""
        made = self.drafts
        scopes: list[list[Told]] = [[] for _ in made]
        main = [d for d in made if d.status != "background"] or made
        owner, paragraph = [main[0]], -1
        for line in self._read.lines:
            told = [d for d in self._read.owners.get(line.number, []) if d in made]
            if told:
                owner = told
            elif len(main) > 1:
                again = [main[0]] if line.paragraph != paragraph else owner
                owner = self._named_in(line, main) or again
            paragraph = line.paragraph
            for draft in owner:
                scopes[made.index(draft)].append(Told(line, self._read.cast, draft.status))
            if owner and all(d.status == "background" for d in owner):
                owner = [main[0]]
        return scopes

    def _named_in(self, line: Line, main: list[Draft]) -> list[Draft]:
        """The one meeting whose own persons a sentence names."""
        named = {
            ref.identity
            for m in line.mentions
            if m.name is not None or m.office is not None
            for ref in self._read.cast.refs(line, m, None)
        }
        shared = set.intersection(*(set(d.refs) for d in main))
        found = [d for d in main if (named - shared) & set(d.refs)]
        return found if len(found) == 1 else []


def _is_meeting(draft: Draft) -> bool:
    states = draft.states()
    unknown = any(r.state is None for r in draft.refs.values())
    return len(states) > 1 or (len(states) == 1 and unknown)


def _telling(contact: Contact) -> tuple[bool, bool]:
    return contact.line.kind == "title", contact.row.kind == "discuss"


def _confidence(draft: Draft) -> float:
    """How sure a meeting is: named people, a verb, more than one sentence."""
    named = sum(r.actor is not None for r in draft.refs.values())
    worth = 0.6 + 0.1 * min(named, 2) + 0.05 * min(len(draft.contacts), 3)
    weak = all(c.bare or c.row.kind == "discuss" for c in draft.contacts)
    return round(min(0.95, worth - 0.15 * weak), 2)
