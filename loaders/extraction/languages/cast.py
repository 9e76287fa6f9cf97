"""Who a report speaks of: the names, offices and short references of one person brought together.

A name is looked up among the persons that the report itself presents with an office or a state,
then among the leaders of the reference data who were in office at the time. A capitalised word
that is neither is nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.mention import Mention
from loaders.extraction.languages.pack import Pack
from loaders.extraction.languages.people import Known, People
from loaders.extraction.languages.sentences import Line
from loaders.extraction.publisher import Publisher
from ontology.lexicon import Tenure, lexicon

_LEADERS = frozenset({"head-of-state", "head-of-government", "foreign-minister", "royal"})
_OWN = _LEADERS | {"minister", "deputy-head", "deputy-minister", "legislature"}
_LEADING = frozenset({"HOS", "HOG", "HOS+HOG"})
_POSTS = {
    "head-of-state": ("HOS", "HOS+HOG"),
    "head-of-government": ("HOG", "HOS+HOG"),
    "foreign-minister": ("FM",),
}
_PROPER = re.compile(r"[^\W\d_][\w'’ʼ‑-]+(?!\.)\b")
_INITIAL = re.compile(r"(?:\A|\s)([^\W\d_])\.")
_NEW = 1945  # a report without a day is taken to be of our time


@dataclass(slots=True)
class Actor:
    """One person of a report.

    Attributes:
        key: the words of the name as they are compared, surname last.
        kind: of the office.
        spokesperson: speaks for somebody else.
        assumed: nothing but the publisher says which state.
    """

    name: str
    key: tuple[str, ...]
    office: str | None = None
    kind: str | None = None
    state: str | None = None
    spokesperson: bool = False
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Ref:
    """A side of a contact: an actor, or a party or post that nobody is named for."""

    mention: Mention
    line: Line
    actor: Actor | None = None
    office: str | None = None
    kind: str | None = None
    state: str | None = None
    assumed: bool = False

    @property
    def name(self) -> str | None:
        """The fullest name that the report gives."""
        return self.actor.name if self.actor else None

    @property
    def identity(self) -> tuple[str, str]:
        """What tells it from the other sides of its meeting."""
        if self.actor is not None:
            return "actor", " ".join(self.actor.key)
        return self.state or "", self.kind or ""


class Cast:
    """The persons of one report."""

    def __init__(self, own: Pack, names: Lexis, people: People, publisher: Publisher) -> None:
        self._pack, self._lexis, self._people = own, names, people
        self._state, self.day = publisher.state, publisher.day
        self._spokes = own.words("mentions", "spokesperson")
        self._with = own.words("words", "with") | own.words("words", "between")
        self._to, self._about = own.words("words", "to"), own.words("words", "about")
        self._prepositions = own.words("words", "prepositions")
        self.actors: list[Actor] = []
        self.author: Actor | None = None
        self._seen: set[str] = set()

    def meet(self, lines: Sequence[Line], talk_nouns: frozenset[str]) -> None:
        """Learn every name of the report; those with an office or a state first."""
        named = [(line, n) for line in lines for n, m in enumerate(line.mentions) if m.written]
        for line, n in named:
            self._see(line.mentions[n])
        for titled in (True, False):
            for line, n in named:
                mention = line.mentions[n]
                if titled == bool(mention.office or mention.states or mention.titled):
                    cases = mention.cases or self._cases(line, mention, talk_nouns)
                    name = self._people.nominative(mention.written or "", cases, self._seen)
                    line.mentions[n] = replace(mention, name=name)
                    self._note(line.mentions[n], titled)
        for line in lines:
            line.mentions[:] = [m for m in line.mentions if self._is_somebody(m)]

    def _is_somebody(self, mention: Mention) -> bool:
        """False for a capitalised word that nothing in the report makes a person."""
        if mention.name is None or mention.office or mention.states or mention.titled:
            return True
        return self.named(self.key_of(mention.name)) is not None

    def _see(self, mention: Mention) -> None:
        """A name beside an office in the nominative, or at the head of a sentence, is in it."""
        if ("n" in mention.cases) or (not mention.cases and mention.before in ("", ".", "«", '"')):
            self._seen.update(self._pack.low(w) for w in (mention.written or "").split())

    def _cases(self, line: Line, mention: Mention, talk_nouns: frozenset[str]) -> str:
        before = mention.before
        if before in self._with:
            return "i"
        if before in self._to:
            return "d"
        if before in self._about:
            return "p"
        if before in self._prepositions:
            return "gdp"
        if any(f.word in talk_nouns for f in self._lexis.readings(before)):
            return "g"
        return ""

    def _note(self, mention: Mention, titled: bool) -> None:
        key = self.key_of(mention.name or "")
        actor = self.named(key)
        self._seen.update(key)
        if actor is None:
            if not titled and self._known(key, mention.name or "") is None:
                return
            actor = Actor(mention.name or "", key)
            self.actors.append(actor)
        if len(key) > len(actor.key) or (len(key) == len(actor.key) and "." in actor.name):
            actor.name = max(actor.name, mention.name or "", key=len)
            actor.key = key
        self._tell(actor, mention)

    def _tell(self, actor: Actor, mention: Mention) -> None:
        if actor.office is None and mention.office is not None:
            actor.office, actor.kind = mention.office, mention.kind
            first = self._pack.low(mention.office).split()[0]
            actor.spokesperson = first in self._spokes and mention.kind != "envoy"
        if mention.states and (actor.state is None or actor.assumed):
            actor.state, actor.assumed = mention.states[0], False
        if actor.state is None:
            actor.state = self._known(actor.key, actor.name)
        if actor.state is None and actor.kind in _OWN:
            actor.state, actor.assumed = self._state, True

    def key_of(self, name: str) -> tuple[str, ...]:
        """A name as it is compared: words without initials, in their order."""
        lows = (self._pack.low(w) for w in _PROPER.findall(name))
        return tuple(w for w in lows if w not in self._people.particles)

    def named(self, key: tuple[str, ...]) -> Actor | None:
        """The actor with this surname whose given name, where there is one, is not another."""
        for actor in self.actors:
            if not key or not actor.key or key[-1] != actor.key[-1]:
                continue
            if len(key) == 1 or len(actor.key) == 1 or key[0] == actor.key[0]:
                return actor
        one = [a for a in self.actors if len(key) == 1 and key[0] in a.key[:1] and len(a.key) > 1]
        return one[0] if len(one) == 1 and len(key) == 1 else None

    def _known(self, key: tuple[str, ...], name: str) -> str | None:
        """The state of the one known leader in office with this name."""
        if not key:
            return None
        initial = _INITIAL.search(name)
        same = [
            k
            for k in self._people.by_last.get(key[-1], ())
            if initial is None or self._pack.low(initial[1]) == k.words[0][0]
        ]
        found = {s for k in same for s in self._states(k, key)}
        if len(key) == 1 and initial is None and found != {self._state}:
            leading = {s for k in same for s in self._states(k, key, _LEADING)}
            found = found & {self._state} or leading
        return found.pop() if len(found) == 1 else None

    def _states(
        self, known: Known, key: tuple[str, ...], posts: frozenset[str] | None = None
    ) -> set[str]:
        if len(key) > 1 and key[0] != known.words[0]:
            return set()
        tenures = _tenures().get(known.slug, ())
        wanted = (t for t in tenures if posts is None or t.post in posts)
        states = {t.state for t in wanted if holds(t, self.day)}
        return states & set(lexicon().states)

    # References ------------------------------------------------------------------------------

    def refs(self, line: Line, mention: Mention, other: Ref | None) -> list[Ref]:
        """Whom a mention means; nobody where that is not certain.

        Args:
            other: the other side of the contact, for "his colleague".
        """
        if mention.name is not None:
            actor = self.named(self.key_of(mention.name))
            if actor is None or actor.spokesperson:
                return []
            ref = self._ref(line, mention, actor)
            alike = mention.role == "counterpart" and ref.office is None and other is not None
            return [replace(ref, office=other.office, kind=other.kind) if alike and other else ref]
        if mention.role == "guest":
            others = [a for a in self.actors if a.state not in (None, self._state)]
            return [self._ref(line, mention, others[0])] if len(others) == 1 else []
        if mention.role == "counterpart":
            return self._counterpart(line, mention, other)
        if mention.role == "party":
            return [Ref(mention, line, state=s) for s in mention.states]
        if mention.office is not None:
            return self._post(line, mention)
        return []

    def _ref(self, line: Line, mention: Mention, actor: Actor) -> Ref:
        office = mention.office or actor.office
        kind = mention.kind or actor.kind
        return Ref(mention, line, actor, office, kind, actor.state, actor.assumed)

    def _counterpart(self, line: Line, mention: Mention, other: Ref | None) -> list[Ref]:
        state = mention.states[0] if mention.states else None
        kind = other.kind if other else None
        if state is None:
            return []
        holder = self.holder(kind, state)
        office = other.office if other else None
        return [Ref(mention, line, holder, office, kind, state)]

    def _post(self, line: Line, mention: Mention) -> list[Ref]:
        """An office without a name: its holder in the report, else the post itself."""
        first = self._pack.low(mention.office or "").split()[0]
        if first in self._spokes and mention.kind != "envoy":
            return []
        if mention.plural and len(mention.states) < 2 and mention.states != ():
            return [Ref(mention, line, None, None, None, mention.states[0])]
        if mention.plural:
            return []
        state = mention.states[0] if mention.states else None
        holder = self.holder(mention.kind, state)
        if holder is None and state is None and mention.kind == "minister":
            heads = [
                a for a in self.actors if a.office and self._pack.low(a.office).startswith(first)
            ]
            holder = heads[-1] if len(heads) == 1 else None
        if holder is not None:
            return [self._ref(line, mention, holder)]
        assumed = state is None
        state = state or (self._state if mention.kind in _OWN else None)
        if state is None:
            return []
        return [Ref(mention, line, None, mention.office, mention.kind, state, assumed)]

    def holder(self, kind: str | None, state: str | None) -> Actor | None:
        """The one person of the report who holds a post of this kind, of the publisher's state if
        none is given."""
        wanted = state or self._state
        found = [a for a in self.actors if a.state == wanted and not a.spokesperson]
        exact = [a for a in found if a.kind == kind and kind not in (None, "other")]
        if len(exact) == 1:
            return exact[0]
        leading = [a for a in found if a.kind is None and self._led(a, kind)]
        return leading[0] if len(leading) == 1 and not exact else None

    def _led(self, actor: Actor, kind: str | None) -> bool:
        """True if the reference data know the person in a post of this kind at the time."""
        posts = _POSTS.get(kind or "", ())
        for known in self._people.by_last.get(actor.key[-1], ()):
            for tenure in _tenures().get(known.slug, ()):
                if tenure.post in posts and holds(tenure, self.day) and tenure.state == actor.state:
                    return True
        return False


def holds(tenure: Tenure, day: date | None) -> bool:
    """True if a tenure covers a day, give or take what its dates leave open."""
    if day is None:
        return tenure.from_[:4] >= str(_NEW)
    text = day.isoformat()
    first, last = tenure.from_, tenure.until or "9999"
    return first <= text[: len(first)] and text[: len(last)] <= last


@cache
def _tenures() -> dict[str, list[Tenure]]:
    found: dict[str, list[Tenure]] = {}
    for tenure in lexicon().tenures:
        found.setdefault(tenure.person, []).append(tenure)
    return found
