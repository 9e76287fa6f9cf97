"""A report in another language than English, from its text to the meetings it tells of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from kg.dates import When
from kg.model import (
    DateBasis,
    Extraction,
    Format,
    MentionedPlace,
    Participant,
    Report,
    ReportedMeeting,
    Role,
    Span,
)
from loaders.extraction.languages.cast import Actor, Cast, Ref
from loaders.extraction.languages.contacts import Contact, Phrases, contacts_of
from loaders.extraction.languages.content import Contents, Told
from loaders.extraction.languages.detect import language_of, may_be_other
from loaders.extraction.languages.drafts import Draft, alike, gather
from loaders.extraction.languages.lexis import Lexis, lexis
from loaders.extraction.languages.mentions import Mention, MentionReader
from loaders.extraction.languages.pack import PACKS, Pack, pack
from loaders.extraction.languages.people import People
from loaders.extraction.languages.sentences import Line, lines_of
from loaders.extraction.languages.when import Calendar, TimeWord, calendar
from loaders.extraction.languages.where import Dateline, places_of, read_dateline
from loaders.extraction.publisher import Publisher, publisher_of

_PAST = 5  # days before the report from which a contact with a day of its own is an earlier one
_SCOPE = 3  # sentences after a contact in which a side without a name may be known


class Engine:
    """All that is known of one language before a report is read."""

    def __init__(self, code: str) -> None:
        self.pack: Pack = pack(code)
        self.lexis: Lexis = lexis(code)
        self.people = People(self.pack, self.lexis.forms)
        self.mentions = MentionReader(self.pack, self.lexis, self.people)
        self.phrases = Phrases(self.pack, self.lexis)
        self.calendar: Calendar = calendar(code)
        self.contents = Contents(self.pack, self.lexis, self.phrases)
        self.talk_nouns = frozenset(self.phrases.nouns)
        words = self.pack.words
        self.at = words("words", "at")


@cache
def engine(code: str) -> Engine:
    """The engine of a language that there is a pack for."""
    return Engine(code)


def pack_of(report: Report) -> str | None:
    """Code of the pack that reads a report; None where English does."""
    if not (may_be_other(report.text) or may_be_other(report.title or "")):
        return None
    code = language_of(report)
    return code if code in PACKS else None


def extract_with(code: str, report: Report) -> Extraction:
    """What a report says of contacts, read with the pack of a language."""
    return _Report(engine(code), report).extraction()


def told_by(code: str, report: Report) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each meeting that `extract_with` gives, the rows that found it and their words."""
    read = _Report(engine(code), report)
    read.extraction()
    return [
        (
            tuple(dict.fromkeys(c.row.id for c in draft.contacts)),
            tuple(dict.fromkeys(c.line.words.texts[c.at] for c in draft.contacts)),
        )
        for draft in read.made
    ]


@dataclass(frozen=True, slots=True)
class _Dated:
    when: When | None
    basis: DateBasis | None


class _Report:
    """One report while it is read."""

    def __init__(self, own: Engine, report: Report) -> None:
        self.own, self.report = own, report
        self.publisher: Publisher = publisher_of(report)
        self.dateline: Dateline | None = read_dateline(
            report.text, own.lexis, own.pack, own.calendar, self.publisher.day
        )
        begin = self.dateline.end if self.dateline else 0
        self.lines = lines_of(report, own.pack, begin)
        dated = self.dateline.when if self.dateline else None
        record = self._record_day()
        first = record or dated
        self.anchor = first.first if first is not None and first.is_day else self.publisher.day
        self.record = record
        if self.publisher.day is None:
            self.publisher = replace(self.publisher, day=self.anchor)
        for line in self.lines:
            line.mentions = own.mentions.read(line.words)
        self.cast = Cast(own.pack, own.lexis, own.people, self.publisher)
        self.drafts: list[Draft] = []
        self.owners: dict[int, list[Draft]] = {}
        self.made: list[Draft] = []
        self.subject: Ref | None = None

    def _record_day(self) -> When | None:
        """The day that stands alone on a line, as in records of conversations."""
        for line in self.lines[:6]:
            if line.kind == "body" and len(line.words) <= 6:
                day = self.own.calendar.day_in(line.words, 1, self.publisher.day)
                if day is not None:
                    return day
        return None

    def extraction(self) -> Extraction:
        """The meetings, or why there are none."""
        if self._is_letter():
            return Extraction(skipped="letter")
        self.cast.meet(self.lines, self.own.talk_nouns)
        self.author = self.cast.author = self._author()
        self.visited = self._visited()
        for line in self.lines:
            self._hear(line)
        self.made = made = [d for d in self.drafts if self._is_meeting(d)]
        if not made:
            return Extraction(skipped="domestic" if self.drafts else "no contact")
        meetings: list[ReportedMeeting] = []
        for draft in made:
            meetings.append(self._meeting(draft, meetings))
        told = self._scopes(made)
        filled = self.own.contents.fill(meetings, told, self.report)
        return Extraction(meetings=tuple(filled))

    def _is_letter(self) -> bool:
        around = self.own.phrases.around
        head = self.lines[:2]
        lows = [w for line in head for w in line.words.lows]
        told = any(w in around["letters"] for w in lows) and any(w in around["sent"] for w in lows)
        return told and not any(
            c.row.kind != "discuss" for x in head for c in contacts_of(x, self.own.phrases)
        )

    def _author(self) -> Actor | None:
        """Who signs a record in the first person: named in its title or alone on its last line."""
        around = self.own.phrases.around["diary"]
        if not any(w in around for line in self.lines[:3] for w in line.words.lows):
            return None
        for line in (*self.lines[-1:], *self.lines[:1]):
            mentions = [m for m in line.mentions if m.name and m.office]
            if mentions and len(line.words) - (mentions[0].last - mentions[0].first) <= 4:
                return self.cast.named(self.cast.key_of(mentions[0].name or ""))
        return None

    # Contacts --------------------------------------------------------------------------------

    def _hear(self, line: Line) -> None:
        """Take what one sentence says, and remember who it speaks of."""
        self.owners[line.number] = []
        found = contacts_of(line, self.own.phrases)
        strong = [c for c in found if c.row.kind != "discuss"]
        for contact in strong or found:
            self._take(contact)
        self._watch(line)

    def _watch(self, line: Line) -> None:
        for mention in line.mentions:
            if mention.before in self.own.phrases.prepositions or mention.role != "person":
                continue
            if not mention.cases or "n" in mention.cases:
                refs = self.cast.refs(line, mention, None)
                if refs and refs[0].actor is not None:
                    self.subject = refs[0]
                    return

    def _take(self, contact: Contact) -> None:
        contact = self._in_its_time(contact)
        first = self._side(contact, contact.first, None)
        second = self._side(contact, contact.second, first[0] if first else None)
        if not first and second and contact.row.kind != "gather":
            if contact.bare and self._refers(contact, second):
                return
            first = self._unsaid(contact, second)
        if not first and contact.first and not second:
            return
        form = self._format(contact)
        for refs in self._split(contact, first, second):
            self._put(contact, refs, form)

    def _refers(self, contact: Contact, second: list[Ref]) -> bool:
        """ "На встрече с Б": a meeting told before, the one with that person."""
        told = [
            d
            for d in self.drafts
            if d.status == contact.status
            and all(any(alike(r, h) for h in d.refs.values()) for r in second)
        ]
        if len(told) == 1:
            self.owners[contact.line.number].append(told[0])
        return len(told) == 1

    def _split(self, contact: Contact, first: list[Ref], second: list[Ref]) -> list[list[Ref]]:
        if contact.apart and len(first) == 1 and len(second) > 1:
            return [[*first, ref] for ref in second]
        return [[*first, *second]]

    def _put(self, contact: Contact, refs: list[Ref], form: Format | None) -> None:
        refs = _each_once(refs)
        if contact.row.kind == "gather":
            self._join(contact, refs)
            return
        states = {r.state for r in refs}
        if len(states) == 1 and len(refs) > 1:
            refs = [self._abroad(r, n) for n, r in enumerate(refs)]
            states = {r.state for r in refs}
        if len(refs) < 2 or (len(states) < 2 and None not in states):
            return
        draft = gather(self.drafts, refs, contact, form, self._day(contact))
        if draft is not None:
            self.owners[contact.line.number].append(draft)

    def _abroad(self, ref: Ref, n: int) -> Ref:
        """The other side, if no state is told for it, is of the state that the visit is to."""
        if not ref.assumed or n == 0 or self.visited is None:
            return ref
        if ref.actor is not None:
            ref.actor.state, ref.actor.assumed = self.visited, False
        return replace(ref, state=self.visited, assumed=False)

    def _visited(self) -> str | None:
        """The state that the first lines are set in, if it is not the publisher's own."""
        for line in self.lines[:2]:
            for mention in line.mentions:
                if mention.role == "party" and mention.before in self.own.at:
                    if mention.states[0] != self.publisher.state:
                        return mention.states[0]
            for _, place in places_of(line, self.own.lexis, self.own.pack):
                if place.state != self.publisher.state:
                    return place.state
        return None

    def _join(self, contact: Contact, refs: list[Ref]) -> None:
        """Those who took part: of the meeting before, else of one that brought them together."""
        last = next((d for d in reversed(self.drafts) if d.status == "held"), None)
        if last is not None and not last.joined and len(last.states()) > 1:
            own = last.states()
            if all(r.state in own for r in refs):
                last.refs.update({r.identity: r for r in refs if r.identity not in last.refs})
                last.attendees |= {r.identity for r in refs} - self._principals(last)
                return
        if last is None or not last.joined:
            last = Draft(contact.status, self._format(contact), joined=True)
            self.drafts.append(last)
        last.add(refs, contact)
        last.format = last.format if last.format != "in-person" else self._format(contact)
        self.owners[contact.line.number].append(last)

    def _principals(self, draft: Draft) -> set[tuple[str, str]]:
        told = [m for c in draft.contacts if c.row.kind != "gather" for m in (*c.first, *c.second)]
        return {i for i, r in draft.refs.items() if r.mention in told}

    def _side(self, contact: Contact, side: Iterable[Mention], other: Ref | None) -> list[Ref]:
        found: list[Ref] = []
        for mention in side:
            if mention.role in ("pronoun", "guest") and mention.name is None:
                found += self._meant(mention)
            else:
                found += self.cast.refs(
                    contact.line, mention, other or (found[0] if found else None)
                )
        return found

    def _meant(self, mention: Mention) -> list[Ref]:
        if mention.plural or self.subject is None:
            return []
        return [replace(self.subject)]

    def _unsaid(self, contact: Contact, second: list[Ref]) -> list[Ref]:
        """The side that a sentence leaves out: who tells it, who was spoken of, who publishes."""
        states = {r.state for r in second}
        line = contact.line
        mention = contact.second[0]
        if self.author is not None and self.author.state not in states:
            return [_as_ref(self.author, mention, line, self.cast)]
        if self.subject is not None and self.subject.state not in states and line.kind == "body":
            return [self.subject]
        state = self.publisher.state
        if state is None or state in states:
            return []
        return [Ref(mention, line, state=state)]

    def _in_its_time(self, contact: Contact) -> Contact:
        """A contact of an earlier time is background."""
        if contact.status != "held" or contact.line.kind == "title":
            return contact
        words = contact.line.words
        lo = max(0, contact.at - 25)
        earlier = any(True for _ in self.own.calendar.earlier_told(words, lo, contact.at))
        day = self._day(contact)
        old = day is not None and self.anchor is not None and (self.anchor - day.last).days > _PAST
        if (earlier and self.drafts) or (old and bool(self.drafts) and self.record is None):
            return replace(contact, status="background")
        return contact

    # When and how ----------------------------------------------------------------------------

    def _time(self, contact: Contact) -> TimeWord | None:
        ahead = contact.status in ("planned", "cancelled")
        found = self.own.calendar.read(contact.line.words, self.anchor, ahead)
        good = [
            t for t in found if t.when is not None and (ahead or t.when.is_day or t.when.days < 8)
        ]
        if not ahead and self.anchor is not None:
            good = [t for t in good if t.when and (t.when.first - self.anchor).days <= 1]
        if contact.row.kind == "discuss":
            good = [t for t in good if t.first < contact.at]
        return min(good, key=lambda t: (abs(t.first - contact.at), t.first), default=None)

    def _day(self, contact: Contact) -> When | None:
        told = self._time(contact)
        return told.when if told else None

    def _format(self, contact: Contact) -> Format | None:
        words, around = contact.line.words.lows, self.own.phrases.around
        if contact.row.format in ("phone", "video"):
            return "phone" if contact.row.format == "phone" else "video"
        if any(w in around["video"] for w in words):
            return "video"
        near = words[max(0, contact.at - 3) : contact.at + 4]
        if any(w in around["phone"] for w in near):
            return "phone"
        if contact.row.kind == "discuss" or (contact.bare and contact.line.kind == "title"):
            return None
        if contact.row.format == "spoken":
            return "phone" if any(w in around["phone"] for w in words) else None
        return "in-person"

    def _dated(self, draft: Draft, before: list[ReportedMeeting]) -> _Dated:
        for contact in sorted(draft.contacts, key=_telling):
            told = self._time(contact)
            if told is not None:
                return _Dated(told.when, told.basis)
        if draft.status != "held":
            return (
                self._journey(draft)
                if draft.status in ("planned", "cancelled")
                else _Dated(None, None)
            )
        if self.record is not None:
            return _Dated(self.record, "explicit")
        if before and before[-1].status == "held" and before[-1].when is not None:
            return _Dated(before[-1].when, before[-1].date_basis)
        lead = self._lead_day()
        if lead is not None:
            return lead
        if self.dateline is not None and self.dateline.when is not None:
            return _Dated(self.dateline.when, "dateline")
        day = self.publisher.day
        return _Dated(When.day(day), "publication") if day else _Dated(None, None)

    def _lead_day(self) -> _Dated | None:
        lead = next((x for x in self.lines if x.kind == "body"), None)
        for told in self.own.calendar.read(lead.words, self.anchor, False) if lead else ():
            near = told.when is not None and told.when.is_day and self.anchor is not None
            if (
                near
                and told.when
                and self.anchor
                and 0 <= (self.anchor - told.when.first).days <= 7
            ):
                return _Dated(told.when, told.basis)
        return None

    def _journey(self, draft: Draft) -> _Dated:
        """The days of the visit in whose course a plan lies."""
        last = max(c.line.number for c in draft.contacts)
        for line in self.lines:
            if line.number <= last and any(
                w in self.own.phrases.around["visit"] for w in line.words.lows
            ):
                for told in self.own.calendar.read(line.words, self.anchor, True):
                    if told.when is not None:
                        return _Dated(told.when, told.basis)
        return _Dated(None, None)

    # Meetings --------------------------------------------------------------------------------

    def _is_meeting(self, draft: Draft) -> bool:
        states = draft.states()
        return len(states) > 1 or (
            len(states) == 1 and any(r.state is None for r in draft.refs.values())
        )

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
        title = self.lines[0].words.lows if self.lines and self.lines[0].kind == "title" else []
        return "phone" if any(w in self.own.phrases.around["phone"] for w in title) else "in-person"

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
            found = places_of(contact.line, self.own.lexis, self.own.pack)
            if contact.row.kind == "discuss":
                found = [(i, p) for i, p in found if i < contact.at]
            if found:
                return min(found, key=lambda f: (abs(f[0] - contact.at), f[0]))[1]
        if draft.status == "planned":
            return self._lead_place(draft)
        if draft.status != "held":
            return None
        line = self.dateline.place if self.dateline else None
        return self._lead_place(draft) or line

    def _lead_place(self, draft: Draft) -> MentionedPlace | None:
        told = {c.line.number for c in draft.contacts}
        for line in self.lines[:2]:
            if line.kind == "title" and line.number not in told:
                continue
            found = places_of(line, self.own.lexis, self.own.pack)
            if found and line.number <= min(c.line.number for c in draft.contacts):
                return found[0][1]
        return None

    def _sidelines(self, draft: Draft) -> str | None:
        around = self.own.phrases.around["sidelines"]
        for contact in draft.contacts:
            words = contact.line.words
            for i, low in enumerate(words.lows):
                if low in around and words.low(i - 1) in self.own.at:
                    return self._phrase(contact.line, i + 1, contact.at)
        return None

    def _phrase(self, line: Line, first: int, at: int) -> str | None:
        """The words from `first` to the next preposition or verb: on the sidelines of what."""
        words, stops = line.words, self.own.at | self.own.phrases.with_ | {","}
        end = first
        while end < min(len(words), first + 8) and end != at and words.lows[end] not in stops:
            if words.lows[end] in self.own.phrases.happen:
                break
            end += 1
        return words.source[words.starts[first] : words.ends[end - 1]] if end > first else None

    def _scopes(self, made: list[Draft]) -> list[list[Told]]:
        """For each meeting the lines that tell of it."""
        scopes: list[list[Told]] = [[] for _ in made]
        main = [d for d in made if d.status != "background"] or made
        owner, paragraph = [main[0]], -1
        for line in self.lines:
            told = [d for d in self.owners.get(line.number, []) if d in made]
            if told:
                owner = told
            elif len(main) > 1:
                again = [main[0]] if line.paragraph != paragraph else owner
                owner = self._named_in(line, main) or again
            paragraph = line.paragraph
            for draft in owner:
                scopes[made.index(draft)].append(Told(line, self.cast, draft.status))
            if owner and all(d.status == "background" for d in owner):
                owner = [main[0]]
        return scopes

    def _named_in(self, line: Line, main: list[Draft]) -> list[Draft]:
        """The one meeting whose own persons a sentence names."""
        named = {
            ref.identity
            for m in line.mentions
            if m.name is not None or m.office is not None
            for ref in self.cast.refs(line, m, None)
        }
        shared = set.intersection(*(set(d.refs) for d in main))
        found = [d for d in main if (named - shared) & set(d.refs)]
        return found if len(found) == 1 else []


def _as_ref(actor: Actor, mention: Mention, line: Line, cast: Cast) -> Ref:
    return Ref(mention, line, actor, actor.office, actor.kind, actor.state)


def _each_once(refs: list[Ref]) -> list[Ref]:
    return list({ref.identity: ref for ref in refs}.values())


def _telling(contact: Contact) -> tuple[bool, bool]:
    return contact.line.kind == "title", contact.row.kind == "discuss"


def _confidence(draft: Draft) -> float:
    """How sure a meeting is: named people, a verb, more than one sentence."""
    named = sum(r.actor is not None for r in draft.refs.values())
    worth = 0.6 + 0.1 * min(named, 2) + 0.05 * min(len(draft.contacts), 3)
    weak = all(c.bare or c.row.kind == "discuss" for c in draft.contacts)
    return round(min(0.95, worth - 0.15 * weak), 2)


__all__ = ["extract_with", "pack_of", "told_by"]
