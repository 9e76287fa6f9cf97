"""Leads the sides of each contact to persons: pronouns, offices, counterparts, missing subjects."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.cast import Actor, Cast, Ref, best_office, code_of, implied_state
from loaders.extraction.contacts import Contact
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import bears_style, is_minor, is_ruler
from loaders.extraction.publisher import Publisher
from loaders.extraction.sides import Moment, Sides, like_neighbour, of_two_parties, tells
from loaders.extraction.sketch import Sketch

_THEN = (
    " and ",
    ", and ",
    " and, ",
    ", then",
    " then ",
    ", before",
    " before ",
    ", later",
    ", after",
    ", ",
    " while ",
    " after ",
)

# "met B in X on Tuesday and will be received by": the verb goes on with the same subject.
_SAME_SUBJECT = re.compile(
    r"\band (?:(?:will|would|is|was|has|had|to|also|then|later|be|been|next|afterwards)\s*)+$"
)
# "At the invitation of X, Y paid a visit": the next "she" is Y.
_ABSENT = re.compile(
    r"\b(?:invitation|behalf|initiative|request|message) (?:of|from) (?:the |his |her )?\Z"
)
_ALONE = frozenset({"pronoun", "guest"})
_NAMED = frozenset({"person", "role", "counterpart"})


class Scene:
    """Remembers, sentence by sentence, who was spoken of last."""

    __slots__ = (
        "_agent",
        "_author",
        "_cast",
        "_last_many",
        "_last_object",
        "_principal",
        "_publisher",
        "_subject",
    )

    def __init__(self, cast: Cast, publisher: Publisher, author: Ref | None) -> None:
        self._cast = cast
        self._publisher = publisher
        self._author = author
        self._principal: Ref | None = None
        self._subject: Ref | None = None
        self._agent: Ref | None = None
        self._last_many: tuple[Ref, ...] = ()
        self._last_object: tuple[Ref, ...] = ()

    @property
    def principal(self) -> Ref | None:
        """Whom the report is about: the subject of its first contact."""
        return self._principal

    def watch(self, drawn: Sketch) -> None:
        """Note the subject of a sentence, for the pronouns of the next."""
        for group in drawn.groups:
            if _ABSENT.search(drawn.unit.source, max(0, group.start - 40), group.start):
                continue
            refs = self._refs(drawn, group)
            persons = [r for r in refs if r.name and r.state]
            if len(persons) == len(refs) > 1 and len({r.state for r in refs}) > 1:
                self._last_many = refs  # "The two", of the next sentence
            named = [
                r for r in refs if (r.name and r.state) or (r.office and not is_minor(r.office))
            ]
            if (
                len(named) == 1
                and group.members[0].kind != "state"
                and not group.members[-1].possessive
            ):
                self._subject = named[0]
                return

    def sides(self, contact: Contact, earlier: list[Contact]) -> Sides:
        """Who stood on either side."""
        drawn = contact.sketch
        second = self._refs(drawn, drawn.groups[contact.b]) if contact.b is not None else ()
        first = self._first(contact, earlier, second)
        if contact.b is not None and self._stands_for_other(drawn, contact.b):
            second = self._other(drawn, drawn.groups[contact.b].members[0], first)
        elif contact.a is not None and drawn.groups[contact.a].members[0].kind in _ALONE:
            first = self._across(first, second)
        if contact.b is None and contact.a is not None:
            members = [m for m in drawn.groups[contact.a].members if not m.spokesperson]
            alone = tuple(r for m in members for r in self._ref(drawn, m))
            first = of_two_parties(first, alone, self._cast.assumed_state)
        first = self._with_office_of(first, first)
        if contact.b is not None and contact.a is not None:
            second = self._with_office_of(second, first)
        elif second:
            second = self._with_office_of(second, first or second[:1])
        if first and len(second) > 1:  # one delegation: who is told without a state is of it too
            second = tuple(
                like_neighbour(r, [*second[n + 1 :]][::-1]) for n, r in enumerate(second)
            )
        own = {r.identity for r in first}
        if contact.b is not None and drawn.groups[contact.b].members[0].plural:
            second = tuple(r for r in second if r.identity not in own)
        sides = Sides(first, second)
        self._remember(sides)
        return sides

    @staticmethod
    def _stands_for_other(drawn: Sketch, index: int) -> bool:
        """ "received him", "held talks with the guest": not the subject, whoever that is."""
        member = drawn.groups[index].members[0]
        words = drawn.unit.source[member.start : member.end].lower()
        return member.kind == "guest" or (member.kind == "pronoun" and words == "him")

    def _other(self, drawn: Sketch, mention: Mention, first: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """The person last spoken of who is not on the first side, nor of its state."""
        here = [
            ref
            for group in drawn.groups
            if group.end <= mention.start and group.members[0].kind in _NAMED
            for ref in self._refs(drawn, group)
        ]
        others = [self._subject, *self._last_object, *self._last_many, self._principal]
        taken = {r.identity for r in first} | {(r.state or "") for r in first}
        for ref in (*reversed(here), *others):
            if ref is not None and ref.identity not in taken and (ref.state or "?") not in taken:
                return (ref,)
        return ()

    def _across(self, first: tuple[Ref, ...], second: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """ "He also met the adviser": not the adviser's own premier, though he was named last."""
        home = {r.state for r in second if r.state}
        if len(first) != 1 or first[0].state not in home:
            return first
        for ref in (self._agent, self._principal):
            if ref is not None and ref.state not in home:
                return (ref,)
        return first

    def _first(
        self, contact: Contact, earlier: list[Contact], second: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        drawn = contact.sketch
        if contact.row.by_sentence or contact.a is None:
            if contact.row.id in (
                "talks-between",
                "call-between",
                "between-talks-took-place",
                "denied",
            ):
                return ()
            return self._sentence_subject(contact, second)
        index = self._true_subject(contact, earlier)
        return self._refs(drawn, drawn.groups[index])

    def _true_subject(self, contact: Contact, earlier: list[Contact]) -> int:
        """ "A met B and later received C": the subject of the second verb is A, not B."""
        assert contact.a is not None
        index = contact.a
        for before in reversed(earlier):
            if before.b != index or before.a is None or before.sketch is not contact.sketch:
                continue
            sign = next(
                (
                    i
                    for i, ch in enumerate(contact.sketch.text)
                    if ord(ch) >= 0xE000 and contact.sketch.group(ch) == index
                ),
                0,
            )
            between = contact.sketch.text[sign + 1 : contact.focus]
            if between[:14].startswith(_THEN) or _SAME_SUBJECT.search(between):
                return self._true_subject(replace(before, sketch=contact.sketch), [])
        return index

    def _sentence_subject(self, contact: Contact, second: tuple[Ref, ...]) -> tuple[Ref, ...]:
        drawn = contact.sketch
        taken = {r.identity for r in second}
        before: list[Group] = []
        after: list[Group] = []
        for sign in (ch for ch in drawn.text[: contact.start] if 0xE000 <= ord(ch) <= 0xEFFF):
            before.append(drawn.groups[drawn.group(sign)])
        for sign in (ch for ch in drawn.text[contact.end :] if 0xE000 <= ord(ch) <= 0xEFFF):
            after.append(drawn.groups[drawn.group(sign)])
        # "Belarus-Kazakhstan relations are good, President A said as he met B": a state before a
        # person is part of what was said; it is the subject only where no person stands before.
        before.sort(key=lambda group: group.members[0].kind == "state")
        for group in (*before, *after[:1]):
            if group.members[-1].possessive or group.members[0].kind == "nominal":
                continue
            refs = self._refs(drawn, group)
            if refs and not taken & {r.identity for r in refs}:
                return refs[:1] if group in after else refs
        return self._default(taken)

    def _default(self, taken: set[tuple[str, str]]) -> tuple[Ref, ...]:
        for ref in (self._principal, self._author):
            if ref is not None and ref.identity not in taken:
                return (ref,)
        return ()

    def moment(self) -> Moment:
        """Who is spoken of now: given back to `recall` when a phrase is resolved later."""
        return Moment(
            self._principal, self._subject, self._agent, self._last_many, self._last_object
        )

    def recall(self, moment: Moment) -> None:
        """Go back to who was spoken of then; whom the report is about stays known."""
        self._principal = moment.principal or self._principal
        self._subject, self._agent = moment.subject, moment.agent
        self._last_many, self._last_object = moment.last_many, moment.last_object

    def _remember(self, sides: Sides) -> None:
        if self._principal is None and sides.first:
            self._principal = sides.first[0]
        everybody = (*sides.first, *sides.second)
        if len(everybody) > 1:
            self._last_many = everybody
        if sides.first:
            self._subject = self._agent = sides.first[0]
        self._last_object = sides.second

    # Mentions ------------------------------------------------------------------------------

    def refs(self, drawn: Sketch, group: Group) -> tuple[Ref, ...]:
        """The persons and parties of a group."""
        return self._refs(drawn, group)

    def _refs(self, drawn: Sketch, group: Group) -> tuple[Ref, ...]:
        made: list[Ref] = []
        for member in group.members:
            if member.spokesperson:
                continue
            for ref in self._ref(drawn, member):
                ref = like_neighbour(ref, made)
                if ref.identity not in {r.identity for r in made}:
                    made.append(ref)
        return tuple(made)

    def _ref(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        if mention.kind == "pronoun":
            return self._pronoun(drawn, mention)
        if mention.kind == "guest":
            return self._other(drawn, mention, tuple(r for r in (self._agent,) if r is not None))
        if mention.kind == "nominal":
            return self._pair_before(drawn, mention) or self._last_many
        if mention.kind == "state":
            return (Ref(None, mention, drawn, None, None, code_of(mention.states)),)
        if mention.name:
            actor = self._cast.named(mention.name, code_of(mention.states), mention.office)
            return (
                (self.of_actor(drawn, mention, actor),)
                if actor is not None and not actor.spokesperson
                else ()
            )
        return self._role(drawn, mention)

    def of_actor(self, drawn: Sketch, mention: Mention, actor: Actor) -> Ref:
        """A reference to an actor by one of its mentions."""
        office, state = self._cast.facts(actor)
        own = mention.office if mention.office and tells(mention.office) else None
        return Ref(
            actor.number,
            mention,
            drawn,
            actor.name,
            own or office,
            code_of(mention.states) or state,
        )

    def _pronoun(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        word = drawn.unit.source[mention.start : mention.end].lower()
        if word in ("i", "we"):
            return (self._author,) if self._author is not None else ()
        if word.startswith("the "):
            return self._former_or_latter(word, drawn, mention)
        if mention.plural:
            return self._several_before(drawn, mention) or self._last_many
        if word.startswith(("his ", "her ")):
            return self._styled(word.split()[1], drawn, mention)
        here = self._named_before(drawn, mention)
        found = here or self._subject or self._principal
        return (found,) if found is not None else ()

    def _former_or_latter(self, word: str, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "the latter": who was named last, in the sentence or before it; "the former": the one before."""
        here: list[Ref] = []
        for group in drawn.groups:
            if group.end <= mention.start and group.members[0].kind in _NAMED:
                here += [
                    r
                    for r in self._refs(drawn, group)
                    if r.identity not in {h.identity for h in here}
                ]
        known = {r.identity: r for r in self._last_many}
        told = [known.get(r.identity, r) for r in here] if len(here) > 1 else [*self._last_many]
        return tuple(told[-1:] if word.endswith("latter") else told[-2:-1])

    def _several_before(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "A and B arrived in X, where they were received": those named together before in the sentence."""
        for group in reversed(drawn.groups):
            named = [m for m in group.members if m.kind == "person" and m.name]
            if group.end <= mention.start and len(named) == len(group.members) > 1:
                return self._refs(drawn, group)
        return ()

    def _pair_before(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "A told B when the two leaders met": the two named before in the sentence, if of two states."""
        found: dict[tuple[str, str], Ref] = {}
        for group in drawn.groups:
            if group.end > mention.start or group.members[0].kind != "person":
                continue
            found.update((r.identity, r) for r in self._refs(drawn, group) if r.name)
        pair = tuple(found.values())
        return pair if len(pair) == 2 and len({r.state for r in pair if r.state}) == 2 else ()

    def _styled(self, style: str, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "His Majesty also met": the king of the report, not whoever was named last."""
        here = self._named_before(drawn, mention)
        spoken_of = (here, self._subject, self._agent, self._principal, *self._last_many)
        for ref in spoken_of:  # so a court's own outlets call their own ruler, whatever his office
            home = ref is not None and ref.state in (None, self._publisher.state)
            if ref is not None and home and is_ruler(ref.office):
                return (ref,)
        for ref in spoken_of:
            if ref is not None and bears_style(style, ref.office):
                return (ref,)
        actor = self._cast.styled(style)
        if actor is not None:
            return (self.of_actor(drawn, mention, actor),)
        found = here or self._subject or self._principal
        return (found,) if found is not None and style not in ("majesty", "holiness") else ()

    def _named_before(self, drawn: Sketch, mention: Mention) -> Ref | None:
        """The first person named before a pronoun in its own sentence, else "X's trip took him"."""
        return self._first_before(drawn, mention, False) or self._first_before(drawn, mention, True)

    def _first_before(self, drawn: Sketch, mention: Mention, possessive: bool) -> Ref | None:
        for group in drawn.groups:
            if group.start >= mention.start:
                return None
            member = group.members[0]
            if (
                member.kind in ("person", "role", "counterpart")
                and member.possessive == possessive
                and not member.spokesperson
            ):
                refs = self._ref(drawn, member)
                if refs and (refs[0].office or refs[0].state):
                    return refs[0]
        return None

    def _role(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        office = mention.office
        state = code_of(mention.states)
        if office is None:
            if mention.kind != "counterpart":
                return ()
            if mention.plural:  # "his two counterparts": those spoken of before
                return self._last_many
            return (Ref(None, mention, drawn, None, None, state),)
        here = self._numbers(drawn, mention) if state is None else frozenset()
        actor = self._cast.by_role(office, state, here) if not mention.body else None
        if actor is not None:
            known_office, known_state = self._cast.facts(actor)
            return (
                Ref(
                    actor.number,
                    mention,
                    drawn,
                    actor.name,
                    known_office or office,
                    state or known_state,
                ),
            )
        assumed = None if state else implied_state(office) or self._cast.assumed_state(office)
        holder = None if mention.body else self._cast.holder(office, state or assumed)
        own = self._publisher.state is not None and self._publisher.state == (state or assumed)
        name = holder.name if holder and own and (mention.definite or mention.states) else None
        if name:
            other = self._cast.named(name, state or assumed, office)
            if other is not None:
                return (self.of_actor(drawn, mention, other),)
        return (Ref(None, mention, drawn, name, office, state or assumed, assumed=state is None),)

    def _numbers(self, drawn: Sketch, mention: Mention) -> frozenset[int]:
        """The actors named elsewhere in the sentence."""
        named = (m for g in drawn.groups for m in g.members if m.name and m is not mention)
        actors = (self._cast.named(m.name, code_of(m.states), m.office) for m in named if m.name)
        return frozenset(a.number for a in actors if a is not None)

    def _with_office_of(
        self, refs: tuple[Ref, ...], antecedents: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        """A counterpart has the office of the one whose counterpart it is."""
        office = next((r.office for r in antecedents if r.office), None)
        return tuple(
            self._counterpart(r, office)
            if r.mention.kind == "counterpart"
            and not r.mention.office
            and office
            and not (r.office and r.actor is not None and self._own_office(r))
            else r
            for r in refs
        )

    def _counterpart(self, ref: Ref, office: str) -> Ref:
        """A counterpart told without a name is the one whom the report names with that office."""
        if ref.name is None and ref.state is not None:
            actor = self._cast.by_role(office, ref.state)
            if actor is not None:
                return self.of_actor(ref.sketch, ref.mention, actor)
        return replace(ref, office=office)

    def _own_office(self, ref: Ref) -> bool:
        assert ref.actor is not None
        return best_office(self._cast.actor(ref.actor).offices) is not None
