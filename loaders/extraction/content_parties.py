"""Who a subject is: names, offices, pronouns and "the sides" read against a meeting's participants."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from kg.ids import fold
from kg.model import Participant
from loaders.extraction.content_tables import word_class
from loaders.extraction.content_words import Words
from loaders.extraction.office_kinds import kind_of
from ontology.lexicon import lexicon

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "dame",
        "lord",
        "lady",
        "prof",
        "h.e.",
        "he",
        "hh",
        "hm",
        "shri",
        "sheikh",
        "datuk",
        "seri",
        "prince",
        "princess",
        "king",
        "queen",
        "president",
        "secretary",
        "minister",
        "ambassador",
        "chancellor",
        "premier",
        "prime",
        "foreign",
        "deputy",
        "general",
    ]
)
_LONGEST_ADJECTIVE = 5
_PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "von", "van", "der", "de", "da", "do", "dos", "del", "la", "le"]
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a verb says.

    Attributes:
        by: full name of the one participant, or the words of the report for somebody else.
        joint: True for several participants or "the sides".
        known: True if it is a participant or the sides, not merely a noun before a verb.
    """

    by: str | None
    joint: bool
    known: bool


NOBODY = Subject(None, False, False)
JOINTLY = Subject(None, True, True)


@cache
def state_names(code: str) -> frozenset[str]:
    """Folded names, adjectives and demonyms of a state or organization."""
    data = lexicon()
    if code in data.states:
        s = data.states[code]
        return frozenset(fold(n) for n in (*s.names, *s.weak, *s.adjectives, *s.demonyms, s.label))
    if code in data.organizations:
        o = data.organizations[code]
        return frozenset(fold(n) for n in (*o.names, o.label))
    return frozenset()


class Parties:
    """The participants of one meeting, and who spoke last.

    `last` is the only thing that changes while a text is read: it resolves "he" and "the minister".
    """

    __slots__ = ("_names", "_stranger", "last", "people")

    def __init__(self, participants: tuple[Participant, ...]) -> None:
        self.people = participants
        self.last: int | None = None
        self._stranger = False
        self._names: dict[str, set[int]] = {}
        for index, person in enumerate(participants):
            for word in _name_words(person.name):
                self._names.setdefault(word, set()).add(index)

    def name(self, index: int) -> str | None:
        """The participant's full name, else the words by which the report calls the party."""
        person = self.people[index]
        return person.name or person.as_written or None

    def one(self, index: int) -> Subject:
        """The participant `index` as a subject; the next pronoun means this one."""
        self.last = index
        self._stranger = False
        return Subject(self.name(index), False, True)

    def resolve(self, words: Words, first: int, last: int) -> Subject:
        """Who the words `first` to `last` (exclusive) name."""
        found = self._resolved(words, first, last)
        if not found.known and found.by and _is_person(words, first, last):
            self._stranger = True
        return found

    def _resolved(self, words: Words, first: int, last: int) -> Subject:
        low = words.low[first:last]
        if not low:
            return NOBODY
        if len(low) == 1 and low[0] in word_class("subject", "one_pronouns"):
            return self.pronoun()
        if low[-1] in ("former", "latter") and len(self.people) == 2:
            return self.one(int(low[-1] == "latter"))
        if low[-1] in word_class("subject", "joint_pronouns"):
            return JOINTLY
        if not word_class("subject", "voices").isdisjoint(low):
            return Subject(words.slice(first, last), False, False)
        named = self._named(words, first, last)
        if "and" in low and (len(named) > 1 or self._two_roles(low)):
            return JOINTLY
        if len(named) == 1 and "and" in low and self._joins_other(words, first, last, min(named)):
            return JOINTLY
        if "and" in low and not named and self._several_states(words.slice(first, last)):
            return JOINTLY
        if not named or "counterpart" in low:
            return self._by_role(words, first, last, low)
        return self.one(min(named))

    def by_words(self, written: str) -> Subject:
        """Who a transcript's label or an attribution names, from plain text."""
        hits = [self._names[w] for w in _name_words(written) if w in self._names]
        common = set.intersection(*hits) if hits else set()
        if common:
            return self.one(min(common))
        near = self._with_state(f" {fold(written)} ", set(range(len(self.people))))
        if len(near) == 1:
            return self.one(min(near))
        return Subject(written, False, False)

    def pronoun(self) -> Subject:
        """Whom "he", "her", "him" mean: the one who spoke last, else the first named.

        Nobody of the meeting if a spokesman or another stranger was named since.
        """
        if not self.people or self._stranger:
            return NOBODY
        return self.one(self.last if self.last is not None else 0)

    def _named(self, words: Words, first: int, last: int) -> set[int]:
        """Participants by name; words that several share count only with another hit."""
        hits = [
            self._names[word]
            for i in range(first, last)
            if words.is_capital(i)
            for word in _name_words(words.words[i])
            if word in self._names
        ]
        sure = {next(iter(h)) for h in hits if len(h) == 1}
        if sure or not hits:
            return sure
        return {min(set.intersection(*hits))} if set.intersection(*hits) else set()

    def _by_role(self, words: Words, first: int, last: int, low: list[str]) -> Subject:
        singular = word_class("subject", "singular")
        if _is_plural(low):
            return JOINTLY
        if low[0] in ("a", "an", "another", "one"):
            return Subject(words.slice(first, last), False, False)
        everyone = set(range(len(self.people)))
        if "counterpart" in low and self.last is not None and len(everyone) == 2:
            return self.one(1 - self.last)
        written = words.slice(first, last)
        near = self._with_state(f" {fold(written)} ", everyone)
        if not near and self._foreign_to(f" {fold(written)} "):
            return Subject(written, False, False)
        if not any(w in singular for w in low):
            return self.one(min(near)) if near else Subject(written, False, False)
        if near != everyone and near:
            return self._choose(self._with_office(low, near) or near)
        unknown_name = words.is_capital(last - 1) and low[-1] not in singular and len(low) > 1
        if unknown_name and low[last - first - 2] not in ("of", "the"):
            return Subject(written, False, False)
        fitting = self._with_office(low, everyone)
        return self._choose(fitting) if fitting else Subject(written, False, False)

    def _several_states(self, written: str) -> bool:
        """ "Chile and Peru agreed": two sides by their states."""
        near = self._with_state(f" {fold(written)} ", set(range(len(self.people))))
        return len({self.people[i].state for i in near}) > 1

    def _joins_other(self, words: Words, first: int, last: int, known: int) -> bool:
        """ "The President of Peru and Jon Berg": an office of another participant beside a name."""
        at = words.low.index("and", first, last)
        sides = ((first, at), (at + 1, last))
        other = next((s for s in sides if s[0] < s[1] and not self._named(words, *s)), None)
        if other is None or not _role_of(words.low[other[0] : other[1]]):
            return False
        near = self._with_state(f" {fold(words.slice(*other))} ", set(range(len(self.people))))
        return bool(near) and known not in near

    def _two_roles(self, low: list[str]) -> bool:
        """ "the Minister and the Deputy Secretary": offices of two participants."""
        k = low.index("and")
        left, right = low[:k], low[k + 1 :]
        everyone = set(range(len(self.people)))
        if not (_role_of(left) and _role_of(right)):
            return False
        first, second = self._with_office(left, everyone), self._with_office(right, everyone)
        apart = bool(first and second and not first & second)
        return apart or right[:1] in (["the"], ["his"], ["her"])

    def _foreign_to(self, padded: str) -> bool:
        """True if the words name a state that no participant is of: a third party's office."""
        own = {p.state for p in self.people}
        words, known = padded.split(), _adjectives()
        return any(
            not codes & own
            for size in range(1, _LONGEST_ADJECTIVE + 1)
            for first in range(len(words) - size + 1)
            if (codes := known.get(" ".join(words[first : first + size])))
        )

    def _choose(self, fitting: set[int]) -> Subject:
        """The one who spoke last if he fits, else the first named."""
        return self.one(self.last if self.last in fitting else min(fitting))

    def _with_state(self, padded: str, among: set[int]) -> set[int]:
        """Those whose state is named in the padded folded words; empty if none is."""
        return {
            i
            for i in among
            if (code := self.people[i].state)
            and any(f" {name} " in padded for name in state_names(code))
        }

    def _with_office(self, low: list[str], among: set[int]) -> set[int]:
        """Those whose office has the last role noun of the words; all for "leader" and "side"."""
        if "head" in low and "state" in low[low.index("head") :]:
            heads = {i for i in among if kind_of(self.people[i].office or "") == "head-of-state"}
            return heads or among
        role = _role_of(low)
        if role in word_class("subject", "any_office"):
            return among
        same = _SAME_OFFICE.get(role, {role})
        return {i for i in among if not same.isdisjoint(_office_words(self.people[i].office))}


def _office_words(office: str | None) -> list[str]:
    """The folded words of an office; a "Head of State" without another title is called president too."""
    words = fold(office or "").split()
    return [*words, "president"] if words == ["head", "of", "state"] else words


_SAME_OFFICE = {
    "premier": {"premier", "prime", "chancellor", "taoiseach"},
    "pm": {"premier", "prime"},
    "monarch": {"king", "queen", "emir", "amir", "sultan", "emperor"},
    "majesty": {"king", "queen", "sultan", "emperor"},
    "fm": {"foreign"},
}


def _role_of(low: list[str]) -> str:
    """The last noun of an office in the words; "" if there is none."""
    return next((w for w in reversed(low) if w in word_class("subject", "singular")), "")


@cache
def _adjectives() -> dict[str, frozenset[str]]:
    """Folded adjectives of states, each with the codes it may stand for."""
    found: dict[str, set[str]] = {}
    for code, state in lexicon().states.items():
        for name in state.adjectives:
            found.setdefault(fold(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in sorted(found.items())}


def _is_plural(low: list[str]) -> bool:
    """True for "the two ministers", "heads of state"; not for "United States" or "of Ministers"."""
    plural = word_class("subject", "plural")
    if low[0] in _OUTSIDERS:
        return False  # "Officials said ...": nobody knows whose
    head = low[: low.index("of")] if "of" in low[1:] else low
    if head[-1] == "authorities":
        return head[0] in ("both", "two")
    return any(w in plural and (i == 0 or head[i - 1] != "united") for i, w in enumerate(head))


_OUTSIDERS = frozenset(
    {"diplomats", "officials", "analysts", "sources", "politicians", "observers"}
)


def _is_person(words: Words, first: int, last: int) -> bool:
    """True for "spokesman Dmitry Orlov": an office and a name."""
    offices = word_class("subject", "singular") | word_class("subject", "voices")
    return words.is_capital(last - 1) and any(w in offices for w in words.low[first : last - 1])


def _past_particle(word: str) -> str:
    """ "sisi" for "el-sisi", whom a report calls both."""
    particle, hyphen, rest = word.partition("-")
    return rest if hyphen and particle in _PARTICLES else word


@lru_cache(maxsize=4096)
def _name_words(name: str | None) -> tuple[str, ...]:
    """Folded words of a name that can tell people apart."""
    found = fold(name or "").replace("'", "").split()
    return tuple(
        w
        for part in found
        for w in [_past_particle(part.strip(".,"))]
        if len(w) > 1 and w not in _TITLES and w not in _PARTICLES
    )
