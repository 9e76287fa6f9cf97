"""Leads the sides of each contact to persons: pronouns, offices, counterparts, missing subjects."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.cast import Ref
from loaders.extraction.contacts import Contact
from loaders.extraction.counterparts import Counterparts
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import is_minor
from loaders.extraction.row_kinds import (
    ITEMS,
    LISTING,
    OF_BOTH,
    OF_HIM,
    RECEIVING,
    TWO_SIDED,
    VISITING,
)
from loaders.extraction.sides import Moment, Sides, dealt_out, of_one_delegation, of_two_parties
from loaders.extraction.sketch import PERSONS, Sketch
from loaders.extraction.subjects import (
    GOING_ON,
    came_along,
    goes_on_without_subject,
    names_counterpart,
    not_of_aside,
    not_of_phrase,
    opens_clause,
    told_behind,
    told_first,
    true_subject,
)

# "At the invitation of X, Y paid a visit": the next "she" is Y.
_ABSENT = late(
    r"\b(?:invitation|behalf|initiative|request|message) (?:of|from) (?:the |his |her )?\Z"
)
_SAYS = late(
    f'[,”"] (?:but )?([{PERSONS}]) (?:has |had )?(?:said|says|told reporters|told journalists|announced|added|stated|declared|wrote)\\b'
    f"[^{PERSONS}]*\\Z"
)
_AT_HEAD = 12  # characters of a sentence that may stand before its subject
_INVITED = re.compile(r"\binvitation (?:of|from) (?:the |his |her )?\Z")
_ALONE = frozenset({"pronoun", "guest"})


class Scene(Counterparts):
    """Leads both sides of a contact to persons, and remembers, sentence by sentence, who was spoken of."""

    __slots__ = ()

    def lend(self, ref: Ref, state: str) -> None:
        """Take somebody named without a state for one of `state` from here on."""
        self._cast.lend(ref, state)

    @property
    def principal(self) -> Ref | None:
        """Whom the report is about: the subject of its first contact."""
        return self._principal

    def watch(self, drawn: Sketch) -> None:
        """Note the subject of a sentence, for the pronouns of the next."""
        if not self._last_many or names_counterpart(drawn):
            self._tell(self._pair_in(drawn))
        self._note_inviter(drawn)
        self._of_two = self._of_two or self._two_states(drawn)
        self._note_named(drawn)
        if self._elided == drawn.unit.index:
            return  # "Met B.": the next "he" is whoever met B
        told = False
        for group in told_first(drawn):
            if _ABSENT.search(drawn.unit.source, max(0, group.start - 40), group.start):
                continue
            refs = self._refs(drawn, group)
            persons = [r for r in refs if r.name and self.party(r)]
            both = len(persons) == len(refs) > 1 and len({self.party(r) for r in refs}) > 1
            if both and not told and not came_along(drawn, group):
                self._tell(refs)  # "The two", of the next sentence
                told = True
            named = [
                r for r in refs if (r.name and r.state) or (r.office and not is_minor(r.office))
            ]
            if (
                len(named) == 1
                and group.members[0].kind != "state"
                and not group.members[-1].possessive
            ):
                self._subject = named[0]
                known = named[0].actor is not None or self.party(named[0])
                if self._opening is None and known and named[0].office:
                    self._opening = named[0]
                return
        self._note_owner(drawn)

    def _two_states(self, drawn: Sketch) -> tuple[Ref, ...]:
        """ "X and Y have agreed": the two states that a sentence opens with."""
        group = drawn.groups[0] if drawn.groups else None
        if group is None or len(group.members) != 2 or group.start - drawn.unit.start > _AT_HEAD:
            return ()
        return self._refs(drawn, group) if {m.kind for m in group.members} == {"state"} else ()

    def _note_named(self, drawn: Sketch) -> None:
        """Who is named in a sentence of three or more, for "the three ministers" of the next."""
        if len(drawn.groups) > 1 or (drawn.groups and len(drawn.groups[0].members) > 2):
            found = {r.identity: r for g in drawn.groups for r in self._refs(drawn, g) if r.name}
            self._lately = tuple(r for r in found.values() if self.party(r))

    def _note_owner(self, drawn: Sketch) -> None:
        """ "X's trip has been put off. He was due to ...": X, where nobody else does anything."""
        first = drawn.groups[0].members if drawn.groups else ()
        if len(first) == 1 and first[0].possessive and first[0].kind == "person":
            refs = self._refs(drawn, drawn.groups[0])
            self._subject = refs[0] if refs and refs[0].state else self._subject

    def _note_inviter(self, drawn: Sketch) -> None:
        """ "at the invitation of President X": he is the host of what follows."""
        for group in drawn.groups:
            if _INVITED.search(drawn.unit.source, max(0, group.start - 40), group.start):
                refs = self._refs(drawn, group)
                self._host = refs[0] if len(refs) == 1 else self._host

    def _pair_in(self, drawn: Sketch) -> tuple[Ref, ...]:
        """ "A thanked B. The two ...": the only two persons of a sentence, if of two states."""
        groups = [g for g in drawn.groups if g.members[0].kind in ("person", "counterpart")]
        if len(groups) != 2:
            return ()
        pair = tuple(r for g in groups for r in self._refs(drawn, g) if r.name)
        pair = tuple(r for r in self._with_office_of(drawn, pair, pair) if r.office)
        return pair if self._of_two_states(pair) else ()

    def sides(self, contact: Contact, earlier: list[Contact]) -> Sides:
        """Who stood on either side."""
        drawn = contact.sketch
        second = self._refs(drawn, drawn.groups[contact.b]) if contact.b is not None else ()
        first = self._first(contact, earlier, second)
        if contact.b is not None and self._stands_for_other(drawn, contact.b):
            member = drawn.groups[contact.b].members[0]
            known = (
                self._received_him(contact, earlier, first) if member.kind == "pronoun" else None
            )
            second = (known,) if known is not None else self._other(drawn, member, first)
        elif contact.a is not None and drawn.groups[contact.a].members[0].kind in _ALONE:
            member = drawn.groups[contact.a].members[0]
            word = drawn.unit.source[member.start : member.end].lower()
            others = self._last_object if word in ("he", "she") else ()
            first = self._across(first, second, others, contact.row.id in VISITING)
            first = self._not_himself(drawn, member, first, second)
        if contact.b is None and contact.a is not None:
            first = self._as_two(first, contact, contact.a)
        elif contact.b is not None and not first:
            second = self._as_two(second, contact, contact.b)
        if not second:
            first = self._dealt_out(first)
        elif not first:
            second = self._dealt_out(second)
        first = self._with_office_of(drawn, first, first)
        if contact.b is not None and contact.a is not None:
            second = self._with_office_of(drawn, second, first)
        elif second:
            second = self._with_office_of(drawn, second, first or second[:1])
        if first and len(second) > 1:  # one delegation: who is told without a state is of it too
            second = of_one_delegation(second, first, self._cast.lend)
        first = self._one_of_two(contact, first, second)
        own = {r.identity for r in first}
        if contact.b is not None and drawn.groups[contact.b].members[0].plural:
            second = tuple(r for r in second if r.identity not in own)
        sides = Sides(first, second)
        self._remember(sides)
        self._note_parts(contact, sides)
        return sides

    def _dealt_out(self, refs: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """Those of one office, each of his side of the talks told of last: so wherever he is named."""
        told = dealt_out(refs, self._last_many or self._of_two, self.party)
        for before, after in zip(refs, told, strict=True):
            if before is not after and after.state is not None:
                self._cast.lend(replace(before, state=None), after.state)
        return told

    def _one_of_two(
        self, contact: Contact, first: tuple[Ref, ...], second: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        """ "In his talks with B, the two sides discussed": A and B, not A and whom he met before."""
        if contact.a is None or contact.b is None or len(first) != 2 or len(second) != 1:
            return first
        if contact.b > contact.a:
            return first
        nominal = contact.sketch.groups[contact.a].members[0].kind == "nominal"
        if not nominal or any(r.identity == second[0].identity for r in first):
            return first
        return tuple(r for r in first if r is self._agent or r is self._principal)[:1] or first

    def _received_him(
        self, contact: Contact, earlier: list[Contact], first: tuple[Ref, ...]
    ) -> Ref | None:
        """ "A met B, and C received him": A; "B came, and C received him": who is the guest here."""
        if contact.row.id not in OF_HIM or contact.b is None:
            return None
        before = earlier[-1].row.id if earlier else None
        guest = before is None or before in RECEIVING | VISITING
        known = self._guest if guest else self._agent
        taken = {r.identity for r in first} | {self.party(r) or "" for r in first}
        return (
            known
            if known is not None and not {known.identity, self.party(known) or "?"} & taken
            else None
        )

    def _note_parts(self, contact: Contact, sides: Sides) -> None:
        """Who was host and who guest, by the verb."""
        if len(sides.first) != 1 or len(sides.second) != 1:
            return
        first, second = sides.first[0], sides.second[0]
        if contact.row.id in RECEIVING:
            self._host, self._guest = first, second
        elif contact.row.id in VISITING:
            self._host, self._guest = second, first

    def _as_two(self, refs: tuple[Ref, ...], contact: Contact, index: int) -> tuple[Ref, ...]:
        """ "President A and Norwegian Premier B": two parties in one group, not one delegation."""
        drawn = contact.sketch
        members = [m for m in drawn.groups[index].members if not m.spokesperson]
        alone = tuple(r for m in members for r in self._ref(drawn, m))
        if contact.row.id in TWO_SIDED and members[-1].inherited and len(refs) == len(alone) == 2:
            alone = (alone[0], replace(alone[1], state=None))
            refs = (refs[0], replace(refs[1], assumed=True))
        return of_two_parties(refs, alone, self._cast.assumed_state)

    @staticmethod
    def _stands_for_other(drawn: Sketch, index: int) -> bool:
        """ "received him", "held talks with the guest": not the subject, whoever that is."""
        member = drawn.groups[index].members[0]
        if len(drawn.groups[index].members) > 1:
            return False
        words = drawn.unit.source[member.start : member.end].lower()
        return member.kind == "guest" or (member.kind == "pronoun" and words in ("him", "her"))

    def _not_himself(
        self, drawn: Sketch, mention: Mention, first: tuple[Ref, ...], second: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        """ "A thanked B for the help. He was received by A": B, as nobody meets himself."""
        own = {r.identity for r in second}
        if mention.plural or not first or not all(r.identity in own for r in first):
            return first
        home = {self.party(r) for r in second} - {None}
        for ref in (self._agent, self._principal):
            if ref is not None and ref.identity not in own and self.party(ref) not in home:
                return (ref,)
        return self._other(drawn, mention, second) or first

    def _across(
        self,
        first: tuple[Ref, ...],
        second: tuple[Ref, ...],
        others: tuple[Ref, ...],
        visiting: bool,
    ) -> tuple[Ref, ...]:
        """ "He also met the adviser": not the adviser's own premier, though he was named last; where a
        host received a guest, "she later met his minister" is the guest."""
        home = {self.party(r) for r in second} - {None}
        if len(first) != 1 or self.party(first[0]) not in home:
            return first
        if self._guest is not None and self._guest.identity == first[0].identity:
            return first  # whoever was received goes on to meet more of his hosts
        host = self._host is not None and self._host.identity == first[0].identity
        told = host or visiting or any(r.state and not r.assumed for r in second)
        for ref in (self._agent, self._principal, *(others if told else ()), self._opening):
            if ref is not None and self.party(ref) not in home and ref.mention.kind != "state":
                return (ref,)
        return first

    def _first(
        self, contact: Contact, earlier: list[Contact], second: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        drawn = contact.sketch
        if contact.row.by_sentence or contact.a is None:
            if contact.row.id in OF_BOTH:
                return ()
            same = [c.b for c in earlier if c.row is contact.row and c.row.by_sentence]
            return self._sentence_subject(contact, second, same)
        if goes_on_without_subject(contact, earlier) and self._agent is not None:
            return (self._agent,)
        behind = told_behind(contact)
        if behind is not None:
            return self._refs(drawn, drawn.groups[behind])
        index = true_subject(contact, earlier)
        index = not_of_aside(contact, not_of_phrase(contact, index))
        return self._refs(drawn, drawn.groups[index])

    def _sentence_subject(
        self, contact: Contact, second: tuple[Ref, ...], others: list[int | None]
    ) -> tuple[Ref, ...]:
        """The subject outside the phrase, none of the `others` with whom the same phrase tells more talks."""
        drawn = contact.sketch
        taken = {r.identity for r in second}
        before: list[Group] = []
        after: list[Group] = []
        for sign in (ch for ch in drawn.text[: contact.start] if 0xE000 <= ord(ch) <= 0xEFFF):
            before.append(drawn.groups[drawn.group(sign)])
        for sign in (ch for ch in drawn.text[contact.end :] if 0xE000 <= ord(ch) <= 0xEFFF):
            after.append(drawn.groups[drawn.group(sign)])
        after.sort(key=lambda group: not opens_clause(drawn, group))
        # "Belarus-Kazakhstan relations are good, President A said as he met B": a state before a
        # person is part of what was said; it is the subject only where no person stands before.
        told = [drawn.groups[n] for n in others if n is not None]
        before = [g for g in before if g not in told]
        before.sort(key=lambda group: group.members[0].kind == "state")
        if contact.row.id == "items-of-a-line":
            before = [g for g in before if g.end <= drawn.offset(drawn.text.find(":"))]
        if contact.row.id in ITEMS:
            after = []
        sayer = _SAYS.search(drawn.text, 0, contact.start)
        if sayer is not None:  # "A will not yield, B said after talks with C": B met C
            before.insert(0, drawn.groups[drawn.group(sayer[1])])
        for group in before if contact.row.id in GOING_ON else (*before, *after[:1]):
            owned = group.members[-1].possessive and contact.row.id not in GOING_ON
            if owned or group.members[0].kind == "nominal":
                continue
            refs = self._refs(drawn, group)
            if refs and not taken & {r.identity for r in refs}:
                return refs[:1] if group in after else refs
        if contact.row.id in ITEMS:
            self._elided = drawn.unit.index
        return (
            self._owner(contact, taken)
            or (self._visitor(second) if contact.row.id not in ITEMS else ())
            or self._default(taken)
            or self._of_opening(contact, taken)
            or (self._going_on(taken) if contact.row.id in GOING_ON | LISTING else ())
        )

    def _owner(self, contact: Contact, taken: set[tuple[str, str]]) -> tuple[Ref, ...]:
        """ "A flew to X. His last meeting with B was in May": A's."""
        ref = self._subject if contact.sketch.text.startswith(("His ", "Her ")) else None
        return (ref,) if ref is not None and ref.name and ref.identity not in taken else ()

    def _of_opening(self, contact: Contact, taken: set[tuple[str, str]]) -> tuple[Ref, ...]:
        """ "- Met B": done by the one with whom the report opens."""
        ref = self._opening if contact.row.id in ITEMS else None
        return (ref,) if ref is not None and ref.identity not in taken else ()

    def _visitor(self, second: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """ "A meeting with Minister X was held", after the king received a guest: the guest's."""
        host, guest = self._host, self._guest
        if host is None or guest is None or not self.party(guest) or self._principal is None:
            return ()
        own = self.party(host)
        home = {self.party(r) for r in second} <= {None, own} and own != self.party(guest)
        return (guest,) if home and host.identity == self._principal.identity else ()

    def _going_on(self, taken: set[tuple[str, str]]) -> tuple[Ref, ...]:
        """Whom the sentence before was about, for a line that only goes on from it."""
        ref = self._subject
        return (ref,) if ref is not None and ref.name and ref.identity not in taken else ()

    def _default(self, taken: set[tuple[str, str]]) -> tuple[Ref, ...]:
        last = self._subject if self._principal is None and self._author is None else None
        last = last or (self._at_home(True) if self._principal is None else None)
        for ref in (self._principal, self._author, last):
            if ref is not None and ref.identity not in taken and (ref is not last or ref.name):
                return (ref,)
        return ()

    def moment(self) -> Moment:
        """Who is spoken of now: given back to `recall` when a phrase is resolved later."""
        return Moment(
            self._principal, self._subject, self._agent, self._together, self._last_object
        )

    def recall(self, moment: Moment) -> None:
        """Go back to who was spoken of then; whom the report is about stays known."""
        self._principal = moment.principal or self._principal
        self._subject, self._agent = moment.subject, moment.agent
        self._together, self._last_object = moment.together, moment.last_object

    def _remember(self, sides: Sides) -> None:
        if self._principal is None and sides.first:
            self._principal = sides.first[0]
        everybody = (*sides.first, *sides.second)
        if len(everybody) > 1:
            self._tell(everybody)
        if sides.first:
            self._subject = self._agent = sides.first[0]
        self._last_object = sides.second
