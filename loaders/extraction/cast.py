"""The persons of one report: every mention of a name, an office or a pronoun led to one of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from loaders.extraction.actors import (
    VAGUE,
    Actor,
    best_office,
    code_of,
    compatible,
    contradicts,
    implied_state,
    is_initials,
    without_echo,
)
from loaders.extraction.mention import Mention
from loaders.extraction.office_kinds import (
    BY_WORD,
    GOVERNING,
    HEADS,
    OWN_WORDS,
    bears_style,
    is_of_mission,
    is_of_secretariat,
    is_reigning,
    kind_of,
    same_office,
)
from loaders.extraction.publisher import Publisher
from loaders.extraction.reference import (
    Holder,
    held_before,
    holder_named,
    holder_of,
    is_republic,
    name_tokens,
    state_once_led,
)
from loaders.extraction.sketch import Sketch
from loaders.extraction.values import quickly_made
from ontology.lexicon import lexicon

_NATIONAL = GOVERNING | {
    "legislature", "security-adviser", "military", "envoy", "regional", "company", "party", "other"
}  # fmt: skip


@quickly_made
@dataclass(frozen=True, slots=True)
class Ref:
    """Somebody on one side of a contact.

    Attributes:
        actor: number of the actor; None for an unnamed office holder or a party alone.
        mention: the phrase that put them there.
        name, office, state: as resolved.
    """

    actor: int | None
    mention: Mention
    sketch: Sketch
    name: str | None
    office: str | None
    state: str | None
    assumed: bool = False

    @property
    def identity(self) -> tuple[str, str]:
        """Equal for two references to one person or unnamed party."""
        if self.actor is not None:
            return ("actor", str(self.actor))
        return ("party", f"{self.state}/{_post(self.office) if self.office else ''}")


def _post(office: str) -> str:
    """What tells two unnamed office holders of a state apart: the kind, and of ministers the field of work."""
    kind = kind_of(office)
    fields = (
        sorted(set(re.findall(r"\w+", office.lower())) - _NO_FIELD) if kind == "minister" else []
    )
    return " ".join((kind, *fields))


_NO_FIELD = frozenset({"minister", "secretary", "of", "for", "and", "the", "federal", "state"})
# Offices that are told without their state or organization as of one alone.
OF_ONE = {"secretary of state": "USA", "secretary-general": "UN"}
_ONE_HOLDER = HEADS | {"foreign-minister"}
# Who holds one of these is no namesake of those who hold the posts that the reference data knows.
_BELOW = frozenset({"religious", "envoy", "deputy-minister", "military", "regional", "company"})
_NAMESAKES = 60  # of one report; more who share a part of their names are not told apart


class Cast:
    """All actors of a report, built from its sketches in order."""

    __slots__ = ("_actors", "_by_part", "_day", "_publisher", "_recent", "_resolved")

    def __init__(self, publisher: Publisher, day: date | None) -> None:
        self._actors: list[Actor] = []
        self._by_part: dict[str, list[Actor]] = {}
        self._publisher = publisher
        self._day = day
        self._recent: list[int] = []
        self._resolved: dict[int, tuple[str | None, str | None]] = {}

    @property
    def day(self) -> date | None:
        """The day of the report, by which offices are looked up."""
        return self._day

    def note(self, mention: Mention) -> Actor | None:
        """Lead a named mention to its actor, making one where it is new."""
        if not mention.name or is_initials(mention.name) or _RUN_TOGETHER.search(mention.name):
            return None
        mention = self._by_holder(mention)
        name = without_echo(mention.name or "")
        own = None if mention.inherited else code_of(mention.states)
        actor = self.named(name, own, mention.office)
        if actor is None:
            actor = Actor(len(self._actors))
            self._actors.append(actor)
        actor.add(mention if name == mention.name else replace(mention, name=name))
        for part in name_tokens(name):
            owners = self._by_part.setdefault(part, [])
            if len(owners) < _NAMESAKES and actor not in owners:
                owners.append(actor)
        return actor

    def _by_holder(self, mention: Mention) -> Mention:
        """ "Congo's NAME": of two states of a name the one in which he holds office."""
        holder = holder_named(mention.name or "", self._day) if len(mention.states) > 1 else None
        fits = holder is not None and holder.state in mention.states
        return replace(mention, states=(holder.state,)) if holder is not None and fits else mention

    def adopt(self, roles: Iterable[Mention]) -> None:
        """ "The Prime Minister of Tunisia ... Prime Minister X": one person, in news of no state's own.

        Args:
            roles: mentions of offices with a state and no name.
        """
        if self._publisher.state in lexicon().states:
            return  # whose own officials need no state's name
        told: dict[str, set[str]] = {}
        for role in roles:
            code = code_of(role.states)
            if code and role.office and kind_of(role.office) in _ONE_HOLDER:
                told.setdefault(kind_of(role.office), set()).add(code)
        for kind, codes in told.items():
            holders = [a for a in self._actors if kind_of(best_office(a.offices) or "") == kind]
            homeless = [a for a in holders if self.facts(a)[1] is None]
            if len(codes) == 1 and len(homeless) == len(holders) == 1:
                homeless[0].states.append(min(codes))
                self._resolved.pop(homeless[0].number, None)

    def appoint(self, actor: Actor, office: str, state: str) -> None:
        """Take office and state of somebody from elsewhere in the report."""
        actor.offices.append(office)
        if state not in actor.states:
            actor.states.append(state)
        self._resolved.pop(actor.number, None)

    def lend(self, ref: Ref, state: str) -> None:
        """ "X came with his minister Y": Y is of X's state wherever the report names no other."""
        if ref.actor is not None and ref.state is None:
            actor = self._actors[ref.actor]
            actor.lent.append(state)
            self._resolved.pop(actor.number, None)

    def actor(self, number: int) -> Actor:
        """An actor by number."""
        return self._actors[number]

    def named(self, name: str, state: str | None, office: str | None = None) -> Actor | None:
        """The actor a spelling leads to; None if there is none or the state speaks against it."""
        parts = name_tokens(name)
        pool: list[Actor] = []
        for part in (parts[-1], parts[0]):
            pool += [a for a in self._by_part.get(part, ()) if a not in pool]
        for part in parts[1:-1] if office is not None else ():  # "Secretary Ebrard" of a headline
            pool += [
                a for a in self._by_part.get(part, ()) if a not in pool and _is_called(a, office)
            ]
        fitting = [
            a for a in pool if compatible(a, parts) and not contradicts(a, state, office, parts)
        ]
        whole = [a for a in fitting if a.parts.issuperset(parts)]
        alone = _by_surname(whole, name) if len(parts) == 1 and office is None else []
        chosen = alone or whole or fitting
        if office is not None and len(chosen) > 1:  # "President Faure", beside a minister Faure
            chosen = [a for a in chosen if any(same_office(office, o) for o in a.offices)] or chosen
        return chosen[-1] if chosen else None

    # Resolution ----------------------------------------------------------------------------

    def facts(self, actor: Actor) -> tuple[str | None, str | None]:
        """Office and state of an actor, from the report, else from the reference data."""
        known = self._resolved.get(actor.number)
        if known is None:
            self._resolved[actor.number] = (None, None)  # two may be told as each other's servants
            known = self._facts(actor)
            self._resolved[actor.number] = known
        return known

    def _facts(self, actor: Actor) -> tuple[str | None, str | None]:
        office = best_office(actor.offices)
        state = actor.states[0] if actor.states else implied_state(office)
        state = state or self.state_of(actor.master, actor)
        if (office is None or state is None) and actor.name:
            holder = self._holder(actor, office, state)
            if holder is not None:
                state = state or holder.state
                office = office or (holder.title if holder.state == state else None)
        if state is None and not actor.offices and not actor.lent and actor.name:
            state = state_once_led(actor.name, self._day)
            actor.once = state is not None
        return office, state or next(iter(actor.lent), None)

    def state_of(self, name: str | None, servant: Actor | None = None) -> str | None:
        """The state of somebody told by name alone whom another serves: "Kofi Annan's envoy"."""
        if name is None:
            return None
        actor = self.named(name, None)
        known = self.facts(actor)[1] if actor is not None and actor is not servant else None
        holder = holder_named(name, self._day) if known is None else None
        return known or (holder.state if holder is not None else None)

    def _holder(self, actor: Actor, office: str | None, state: str | None) -> Holder | None:
        found = holder_named(actor.name or "", self._day)
        if found is not None and is_reigning(office or "") and is_republic(found.state, self._day):
            found = None  # "King Juan Carlos" is no president of these names
        if found is None and office is not None and state is None and self._day is not None:
            then = held_before(actor.name or "", self._day)  # "then President X"
            return next((h for h in then if same_office(office, h.title)), None)
        if found is None or actor.body:
            return None
        if state is not None and found.state != state:
            return None
        apart = actor.lent or (office is not None and kind_of(office) in _BELOW)
        known_by_name = state is None and not apart and len(name_tokens(actor.name or "")) > 1
        if (
            office is not None
            and office.lower() not in VAGUE
            and not known_by_name
            and not same_office(office, found.title)
        ):
            return None
        return found

    def styled(self, style: str) -> Actor | None:
        """The first actor whose office bears a style; of the publisher's state before others."""
        fit = [a for a in self._actors if any(bears_style(style, o) for o in a.offices)]
        own = [a for a in fit if self.facts(a)[1] in (self._publisher.state, None)]
        return next(iter(own or fit), None)

    def by_role(
        self, office: str, state: str | None, here: frozenset[int] = frozenset()
    ) -> Actor | None:
        """The actor named with this office (of this state).

        Args:
            here: actors named in the same sentence; "the minister" beside a foreign minister's name
                is the publisher's own.
        """
        choices = [
            a for a in self._actors
            if a.name and not a.spokesperson and self._fits_role(a, office, state)
            and (state is None or self._party_of(a) in (state, None))
        ]  # fmt: skip
        choices = [a for a in choices if office in a.offices] or choices
        if state is None and office.lower().endswith(" of the republic"):  # said of one's own
            choices = [a for a in choices if self._party_of(a) == self._publisher.state]
        if office.lower() == "minister":  # who heads the government is called so by nobody
            choices = [a for a in choices if not self._heads_government(a)] or choices
        choices = choices or self._known_in(office, state, here)
        if state is None and len(choices) > 1 and self._publisher.state:
            own = [a for a in choices if self.facts(a)[1] in (self._publisher.state, None)]
            choices = own or choices
        if state is None:
            home = self._publisher.state
            choices = [
                a
                for a in choices
                if a.number not in here or (home is not None and self.facts(a)[1] == home)
            ]
        return choices[0] if choices else None

    def _known_in(self, office: str, state: str | None, here: frozenset[int]) -> list[Actor]:
        """ "David Cameron flew home. The prime minister ...": the one whom the reference data knows so."""
        kind = kind_of(office)
        if state is not None or kind not in _ONE_HOLDER or office.lower() in BY_WORD:
            return []
        if any(kind_of(o) == kind for a in self._actors for o in a.offices):
            return []
        bare = [a for a in self._actors if a.name and not a.offices and a.number not in here]
        known = [a for a in bare if kind_of(self.facts(a)[0] or "") == kind]
        return known if len(known) == 1 else []

    def _heads_government(self, actor: Actor) -> bool:
        return all(kind_of(o) == "head-of-government" for o in actor.offices)

    def _fits_role(self, actor: Actor, office: str, state: str | None) -> bool:
        """ "the Angolan statesman" is whoever leads Angola; else the office's own words decide."""
        kinds = BY_WORD.get(office.lower())
        known = (*actor.offices, self.facts(actor)[0] or "")
        if kinds is not None and (state is not None or office.lower() in OWN_WORDS):
            return any(kind_of(o) in kinds for o in known)
        offices = actor.offices if actor.offices or state is None else known
        if office.lower() == "chancellor":  # so no premier is called
            offices = tuple(o for o in known if "chancellor" in o.lower())
        return any(same_office(office, one) for o in offices for one in _each(o))

    def _party_of(self, actor: Actor) -> str | None:
        """An actor's state; of one named without a state, the publisher's own."""
        office, state = self.facts(actor)
        return state or self.assumed_state(office)

    def counterpart_of(self, state: str) -> Actor | None:
        """The only one of a state whom the report calls a counterpart, and nothing else."""
        found = [a for a in self._actors if a.counterpart and not a.offices and state in a.states]
        return found[0] if len(found) == 1 else None

    def holder(self, office: str, state: str | None) -> Holder | None:
        """Who held the office on the day by the reference data."""
        kind = kind_of(office)
        low = office.lower()
        if (
            state is None
            or not kind
            or low == "leader"
            or low.startswith(("former", "ex-", "deputy", "vice", "first "))
        ):
            return None
        return holder_of(state, kind, self._day)

    def assumed_state(self, office: str | None) -> str | None:
        """The publisher's state for an office told without one: outlets name their own so."""
        sender = self.of_mission(office)
        if sender is not None:
            return sender
        if self._publisher.inferred and office and office.lower() in OF_ONE:
            return OF_ONE[office.lower()]
        if (
            self._publisher.state in lexicon().organizations
            and office
            and (kind_of(office) == "organization-head" or is_of_secretariat(office))
        ):
            return self._publisher.state
        if self._publisher.state in lexicon().states and office and kind_of(office) in _NATIONAL:
            return None if self._is_foreign_title(office) else self._publisher.state
        return None

    def of_mission(self, office: str | None) -> str | None:
        """The state whose mission wrote a cable, for an office of its own people there."""
        own = self._publisher.sender and office and is_of_mission(office)
        return self._publisher.sender if own else None

    def _is_foreign_title(self, office: str) -> bool:
        """ "the Emir" in a republic's news: the title of another state's head."""
        if not (is_reigning(office) or kind_of(office) == "royal"):
            return False
        return is_republic(self._publisher.state or "", self._day)


def _is_called(actor: Actor, office: str | None) -> bool:
    """ "Foreign Secretary Ebrard", of Marcelo Ebrard Casaubon: a surname alone, with the same office."""
    alone = len(actor.parts) == 1 and office is not None
    return alone and any(same_office(office or "", one) for one in actor.offices)


def _by_surname(actors: list[Actor], name: str) -> list[Actor]:
    """Whom a surname alone means where namesakes are about: who was told so before, or who leads a state."""
    full = [a for a in actors if len(a.parts) > 1]
    told = [a for a in full if name in a.names]
    leaders = [a for a in full if any(kind_of(o) in HEADS for o in a.offices)]
    return told if len(told) == 1 else leaders if len(leaders) == 1 else []


def _each(office: str) -> tuple[str, ...]:
    """ "Special Envoy of the President and Foreign Minister": both together, and the last alone."""
    _, joint, last = office.rpartition(" and ")
    return (office, last) if joint and "inister" in last else (office,)


# "Jon BergPresident of Norway": where a page dropped its line break.
_RUN_TOGETHER = re.compile(r"[a-z](?:President|Prime|Minister|Foreign|Secretary|Chancellor)\b")
