"""Leads mentions to persons: names, offices, pronouns, styles; who was spoken of last is remembered."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from loaders.extraction.actors import Actor, code_of, implied_state
from loaders.extraction.cast import Cast, Ref
from loaders.extraction.hosting import state_of_opening
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import bears_style, is_minor, is_ruler
from loaders.extraction.publisher import Publisher
from loaders.extraction.sides import like_neighbour, tells
from loaders.extraction.sketch import Sketch
from loaders.extraction.together import Told, holds, noted, of_unsaid_office, office_of, told_before
from loaders.extraction.wording import is_some, only_opens, same_word, theirs
from ontology.lexicon import lexicon

_NAMED = frozenset({"person", "role", "counterpart"})
# "with colleagues": nobody who was spoken of.
_OF_SOMEBODY = re.compile(r"(?i:his|her|their|its|both|these|those|the)\b")
_AGAIN = late(r"[Tt]he [\w -]{3,30} (?:official|diplomat|dignitary|politician|statesman|emissary)")

_TWO_OF = frozenset({"person", "pronoun"})


# "Together with Minister X she received Y": who comes along is not whom "she" means.
_WITH = re.compile(r"(?i:\b(?:together|along|jointly) with|\baccompanied by) (?:the |his |her )?\Z")


_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class Spoken:
    """Who is spoken of at one point of a report, and what the phrases there stand for."""

    __slots__ = (
        "_agent",
        "_author",
        "_cast",
        "_elided",
        "_guest",
        "_host",
        "_last_object",
        "_lately",
        "_of_two",
        "_opening",
        "_principal",
        "_publisher",
        "_subject",
        "_together",
    )

    def __init__(self, cast: Cast, publisher: Publisher, author: Ref | None) -> None:
        self._cast = cast
        self._publisher = publisher
        self._author = author
        self._principal: Ref | None = None
        self._opening: Ref | None = None
        self._elided: int | None = None
        self._subject: Ref | None = None
        self._agent: Ref | None = None
        self._together: tuple[Told, ...] = ()
        self._last_object: tuple[Ref, ...] = ()
        self._of_two: tuple[Ref, ...] = ()
        self._lately: tuple[Ref, ...] = ()
        self._host: Ref | None = None
        self._guest: Ref | None = None

    @property
    def day(self) -> date | None:
        """The day of the report."""
        return self._cast.day

    @property
    def _last_many(self) -> Told:
        """Those spoken of together last."""
        return self._together[-1] if self._together else ()

    def _tell(self, refs: Told) -> None:
        """Note that some are spoken of together."""
        if refs:
            self._together = noted(self._together, refs)

    @property
    def author(self) -> Ref | None:
        """Whose words the report is; the "I" of it."""
        return self._author

    def refs(self, drawn: Sketch, group: Group) -> tuple[Ref, ...]:
        """The persons and parties of a group."""
        return self._refs(drawn, group)

    def _refs(self, drawn: Sketch, group: Group) -> tuple[Ref, ...]:
        made: list[Ref] = []
        for member in group.members:
            if member.spokesperson:
                continue
            for ref in self._beside(drawn, member, made):
                own = self._cast.of_mission(ref.office) if ref.state is None else None
                ref = replace(ref, state=own) if own else ref
                ref = like_neighbour(ref, made) if member.kind in _NAMED else ref
                if ref.identity not in {r.identity for r in made}:
                    made.append(ref)
        return tuple(made)

    def _beside(self, drawn: Sketch, mention: Mention, made: list[Ref]) -> tuple[Ref, ...]:
        """ "A and his guest": the guest is not A, nor of A's state."""
        if mention.kind == "guest" and made:
            return self._other(drawn, mention, tuple(made))
        return self._ref(drawn, mention)

    def _ref(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        if mention.kind == "pronoun":
            return self._pronoun(drawn, mention)
        if mention.kind == "guest" and mention.states:
            known = self._spoken_of(code_of(mention.states))
            return (replace(known, mention=mention, sketch=drawn),) if known is not None else ()
        if mention.kind == "guest" and (known := self._in_part(drawn, mention, ())) is not None:
            return (replace(known, mention=mention, sketch=drawn),)
        if mention.kind == "guest":
            return self._other(drawn, mention, tuple(r for r in (self._agent,) if r is not None))
        if mention.kind == "nominal" and is_minor(mention.office) and theirs(drawn, mention):
            return ()  # "talks between their officials": not between the leaders
        if mention.kind == "nominal":
            return (
                self._counted(drawn, mention)
                or self._of_that_office(drawn, mention)
                or (self._pair_before(drawn, mention) or self._last_many)
            )
        if mention.kind == "state":
            return (Ref(None, mention, drawn, None, None, code_of(mention.states)),)
        if mention.name:
            own = None if mention.inherited else code_of(mention.states)
            actor = self._cast.named(mention.name, own, mention.office)
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
        if own and office and office.lower().startswith(f"{own.lower()} of "):
            own = None  # "Under Secretary A", told before with his field
        named = None if mention.inherited else code_of(mention.states)
        named = state if len(mention.states) > 1 and state in mention.states else named
        return Ref(
            actor.number,
            mention,
            drawn,
            actor.name,
            own or office,
            named or state,
        )

    def _pronoun(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        word = drawn.unit.source[mention.start : mention.end].lower()
        if word in ("i", "me", "we"):
            return (self._author,) if self._author is not None else ()
        if word.startswith("the ") and not word.endswith("delegation"):
            return self._former_or_latter(word, drawn, mention)
        if mention.plural:
            return (
                self._several_before(drawn, mention)
                or self._pair_before(drawn, mention)
                or self._last_many
            )
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

    def _counted(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "A signed first; then came B, C, D and E. The five ministers met": all those named just before."""
        words = drawn.unit.source[mention.start : mention.end].lower().split()
        count = max(_NUMBERS.get(w, 0) for w in words)
        parties = {self.party(r) for r in self._lately} - {None}
        told = len(self._lately) == len(parties) == count != len(self._last_many)
        return self._lately if told else ()

    def _of_that_office(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "The presidents last met in May", told of two ministers: those of their states."""
        office = office_of(drawn.unit.source[mention.start : mention.end].lower())
        told = self._last_many if office is not None else ()
        if office is None:
            return ()
        before = told_before(self._together, office, self._of_two_states)
        if before or of_unsaid_office(told) or office == "Leader":
            return before
        fitting = tuple(r for r in told if holds(r, office))
        if len(fitting) == len(told) or not self._of_two_states(told):
            return fitting if len(fitting) > 1 else ()
        if office == "Minister":
            return ()
        return tuple(
            r if r in fitting else self._holder_of(drawn, mention, office, r) for r in told
        )

    def _holder_of(self, drawn: Sketch, mention: Mention, office: str, ref: Ref) -> Ref:
        """Who holds an office in the state of somebody spoken of."""
        actor = self._cast.by_role(office, self.party(ref))
        if actor is not None:
            return self.of_actor(drawn, mention, actor)
        return Ref(None, mention, drawn, None, office, self.party(ref))

    def _pair_before(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        """ "A told B when the two leaders met": the two named before in the sentence, if of two states."""
        found: dict[tuple[str, str], Ref] = {}
        for group in drawn.groups[:8]:  # each of them may ask for those before it in turn
            if group.end > mention.start or group.members[0].kind not in _TWO_OF:
                continue
            found.update((r.identity, r) for r in self._refs(drawn, group) if r.name)
        pair = tuple(found.values())
        return pair if self._of_two_states(pair) else ()

    def party(self, ref: Ref) -> str | None:
        """The state of somebody: an outlet names its own officials without it."""
        return ref.state or self._cast.assumed_state(ref.office)

    def _of_two_states(self, refs: tuple[Ref, ...]) -> bool:
        return len(refs) == 2 and len({self.party(r) for r in refs} - {None}) == 2

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
            if only_opens(drawn, group, mention):
                continue
            if member.kind == "pronoun" and same_word(drawn, member, mention):
                return None  # "he met B; in X he held talks": the first "he" again
            if _WITH.search(drawn.unit.source, max(0, group.start - 40), group.start):
                continue
            if (
                member.kind in ("person", "role", "counterpart")
                and member.possessive == possessive
                and not member.spokesperson
                and not is_some(drawn, member)
            ):
                refs = self._ref(drawn, member)
                if refs and (refs[0].office or refs[0].state):
                    return refs[0]
        return None

    def _role(self, drawn: Sketch, mention: Mention) -> tuple[Ref, ...]:
        office = mention.office
        state = code_of(mention.states) or self._cast.state_of(mention.master)
        state = state or state_of_opening(drawn, mention)
        if state is not None and _AGAIN.fullmatch(drawn.unit.source, mention.start, mention.end):
            known = self._spoken_of(state) or self._of_no_state(drawn, mention)
            if known is not None:  # "the Vietnamese official": who was spoken of before
                return (replace(known, mention=mention, sketch=drawn),)
        if office is None:
            if mention.kind != "counterpart":
                return ()
            if mention.plural:  # "his two counterparts": those spoken of before
                return (
                    self._last_many if _OF_SOMEBODY.match(drawn.unit.source, mention.start) else ()
                )
            return (Ref(None, mention, drawn, None, None, state),)
        here = self._numbers(drawn, mention) if state is None else frozenset()
        unknown = mention.body or is_some(drawn, mention)
        actor = self._cast.by_role(office, state, here) if not unknown else None
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
        untold = state is None and not mention.plural  # "with senior officials": of whoever is host
        assumed = (implied_state(office) or self._cast.assumed_state(office)) if untold else None
        holder = None if mention.body else self._cast.holder(office, state or assumed)
        own = self._publisher.state is not None and self._publisher.state == (state or assumed)
        name = holder.name if holder and own and (mention.definite or mention.states) else None
        if name:
            other = self._cast.named(name, state or assumed, office)
            if other is not None:
                return (self.of_actor(drawn, mention, other),)
        return (Ref(None, mention, drawn, name, office, state or assumed, assumed=state is None),)

    def _spoken_of(self, state: str | None) -> Ref | None:
        """The person of a state who was spoken of last."""
        last = (self._subject, self._agent, *self._last_object, *self._last_many, self._principal)
        return next((r for r in last if r is not None and r.name and self.party(r) == state), None)

    def _of_no_state(self, drawn: Sketch, mention: Mention) -> Ref | None:
        """ "The American diplomat", in news of a mediator whose own state nobody has told."""
        words = drawn.unit.source[mention.start : mention.end]
        own = self._principal
        sent = own is not None and own.name and self.party(own) in lexicon().organizations
        return own if sent and words.endswith(("diplomat", "politician", "statesman")) else None

    def _numbers(self, drawn: Sketch, mention: Mention) -> frozenset[int]:
        """The actors named elsewhere in the sentence."""
        named = (m for g in drawn.groups for m in g.members if m.name and m is not mention)
        actors = (self._cast.named(m.name, code_of(m.states), m.office) for m in named if m.name)
        return frozenset(a.number for a in actors if a is not None)

    def _in_part(self, drawn: Sketch, mention: Mention, first: tuple[Ref, ...]) -> Ref | None:
        """ "the guest": who was received; "his host": who received him, or whose invitation it was."""
        words = drawn.unit.source[mention.start : mention.end].lower()
        ref = self._host if "host" in words else self._guest
        ref = ref or self._at_home("host" in words)
        if ref is None or any(r.identity == ref.identity for r in first):
            return None
        home = code_of(mention.states)
        if home is not None and self.party(ref) != home:
            return None
        return None if self.party(ref) in {self.party(r) for r in first} - {None} else ref

    def _at_home(self, host: bool) -> Ref | None:
        """ "Talks between A and B were held. The guest ...": of two the one who is not of the publisher's state."""
        own, pair = self._publisher.state, self._last_many
        if own is None or self._publisher.inferred or len(pair) != 2:
            return None
        found = [r for r in pair if r.name and (self.party(r) == own) == host]
        return found[0] if len(found) == 1 and self._of_two_states(pair) else None

    def _other(self, drawn: Sketch, mention: Mention, first: tuple[Ref, ...]) -> tuple[Ref, ...]:
        """The person last spoken of who is not on the first side, nor of its state."""
        known = self._in_part(drawn, mention, first) if mention.kind == "guest" else None
        if known is not None:
            return (known,)
        here = [
            ref
            for group in drawn.groups
            if group.end <= mention.start and group.members[0].kind in _NAMED
            for ref in self._refs(drawn, group)
        ]
        others = [self._subject, *self._last_object, *self._last_many, self._principal]
        taken = {r.identity for r in first} | {(self.party(r) or "") for r in first}
        home = code_of(mention.states)
        for ref in (*reversed(here), *others):
            if home is not None and ref is not None and (self.party(ref) != home or not ref.name):
                continue  # "the Mauritanian guest"
            if (
                ref is not None
                and ref.identity not in taken
                and (self.party(ref) or "?") not in taken
            ):
                return (ref,)
        return ()
