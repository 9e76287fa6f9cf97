"""The contacts that one report tells of, sentence by sentence, gathered into drafts of meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.dates import When
from kg.model import Format, Report
from loaders.extraction.languages.cast import Actor, Cast, Ref
from loaders.extraction.languages.clock import Clock
from loaders.extraction.languages.contact import Contact
from loaders.extraction.languages.contacts import contacts_of, told_of
from loaders.extraction.languages.drafts import Draft, alike, gather
from loaders.extraction.languages.engine import Engine
from loaders.extraction.languages.mention import Mention
from loaders.extraction.languages.sentences import Line, lines_of
from loaders.extraction.languages.where import Dateline, places_of, read_dateline
from loaders.extraction.publisher import Publisher, publisher_of

_BESIDE = 6  # words behind the word of contact
_PAST = 5  # days before the report from which a contact with a day of its own is an earlier one


class Reading:
    """One report, read.

    Attributes:
        lines: the title and the sentences; `owners`: of each the drafts that it tells of.
        record: the day on a line of its own, as in records of conversations.
        letter: the report is a letter, not a contact; nothing is read of it.
    """

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
        anchor = first.first if first is not None and first.is_day else self.publisher.day
        self.clock = Clock(own, anchor)
        self.record = record
        if self.publisher.day is None:
            self.publisher = replace(self.publisher, day=anchor)
        for line in self.lines:
            line.mentions = own.mentions.read(line.words)
        self.cast = Cast(own.pack, own.lexis, own.people, self.publisher)
        self.drafts: list[Draft] = []
        self.owners: dict[int, list[Draft]] = {}
        self.subject: Ref | None = None
        self.called_off = False
        self.letter = self._is_letter()
        if not self.letter:
            self._read()

    def _read(self) -> None:
        self.cast.meet(self.lines, self.own.talk_nouns)
        self.author = self.cast.author = self._author()
        self.visited = self._visited()
        for line in self.lines:
            self._hear(line)

    def _record_day(self) -> When | None:
        """The day that stands alone on a line, as in records of conversations."""
        for line in self.lines[:6]:
            if line.kind == "body" and len(line.words) <= 6:
                day = self.own.calendar.day_in(line.words, 1, self.publisher.day)
                if day is not None:
                    return day
        return None

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
        if not found and self.drafts:
            self._go_on(line)
        around, status = self.own.phrases.around, self.own.phrases.status
        lows = line.words.lows
        visit = any(w in around["visit"] for w in lows)
        self.called_off |= visit and any(status.get(w) == "cancelled" for w in lows)
        self._watch(line)

    def _go_on(self, line: Line) -> None:
        """A sentence that only adds where or when the meeting told last was."""
        at, last = told_of(line, self.own.phrases), self.drafts[-1]
        if at is not None and last.status == "held" and last.contacts:
            row = last.contacts[-1].row
            last.contacts.append(Contact(line, row, at, "held", (), (), bare=True))

    def _watch(self, line: Line) -> None:
        free = [
            m
            for m in line.mentions
            if m.before not in self.own.phrases.prepositions and m.role == "person"
        ]
        subjects = [m for m in free if not m.cases or "n" in m.cases]
        for mention in (*subjects, *free):
            refs = self.cast.refs(line, mention, None)
            if refs and refs[0].actor is not None:
                self.subject = refs[0]
                return

    def _take(self, contact: Contact) -> None:
        contact = self._in_its_time(contact)
        if contact.row.kind == "head":
            self._lead(contact)
            return
        if self.called_off and contact.status == "planned":
            contact = replace(contact, status="cancelled")
        first = self._side(contact, contact.first, None)
        second = self._side(contact, contact.second, first[0] if first else None)
        if not first and second and contact.row.kind != "gather":
            if contact.bare and self._refers(contact, second):
                return
            first = self._unsaid(contact, second)
        if not first and contact.first and not second:
            return
        form = self.clock.format(contact)
        for refs in self._split(contact, first, second):
            self._put(contact, refs, form)

    def _lead(self, contact: Contact) -> None:
        """Who led the delegations of the meeting told last."""
        last = self.drafts[-1] if self.drafts else None
        refs = self._side(contact, contact.second, None)
        if last is not None:
            last.add([r for r in refs if r.state in last.states()], contact)

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
        draft = gather(self.drafts, refs, contact, form, self.clock.day(contact))
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
            last = Draft(contact.status, self.clock.format(contact), joined=True)
            self.drafts.append(last)
            refs = [*refs, *self._chair(contact.line)]
        last.add(refs, contact)
        last.format = last.format if last.format != "in-person" else self.clock.format(contact)
        self.owners[contact.line.number].append(last)

    def _chair(self, line: Line) -> list[Ref]:
        """Who presided, as the same or the sentence before says."""
        near = [x for x in self.lines if 0 <= line.number - x.number <= 1]
        return [
            ref
            for x in near
            for m in x.mentions
            if m.before in self.own.phrases.around["chaired"] and m.name is not None
            for ref in self.cast.refs(x, m, None)
        ]

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
            return [_as_ref(self.author, mention, line)]
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
        calendar, hi = self.own.calendar, contact.at + _BESIDE
        earlier = bool(self.drafts) and calendar.is_earlier(words, lo, contact.at)
        day = self.clock.day(contact)
        old = (
            day is not None
            and self.clock.anchor is not None
            and (self.clock.anchor - day.last).days > _PAST
        )
        old = old and bool(self.drafts) and self.record is None
        if earlier or old or calendar.is_long_ago(words, lo, hi):
            return replace(contact, status="background")
        return contact


def _as_ref(actor: Actor, mention: Mention, line: Line) -> Ref:
    return Ref(mention, line, actor, actor.office, actor.kind, actor.state)


def _each_once(refs: list[Ref]) -> list[Ref]:
    return list({ref.identity: ref for ref in refs}.values())
