"""Who of those whom only reports know is somebody that other reports name more fully.

"J. Lee", "Lee" and "Jane Lee" are one person if they are told in the same post of the same state,
at most five years apart, if their names go together, and if nobody else of that post goes with them
too. A pure function of the names of one family: of what was written, in which post, in which year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from kg import ids
from kg.spelling import given_names_agree, name_tokens
from kg.word_order import FAMILY_FIRST

Apart = Callable[[str, str], bool]
_PERSON: Final = ids.entity("person", "")
_NAME: Final = ids.entity("name", "")
_YEARS: Final = 5
_FILLING: Final = frozenset("of the for and in on to at a an its his her affairs".split())  # noqa: SIM905
# Ranks that several persons of a state hold at a time: what they are in charge of must be told too.
_RANKS: Final = frozenset(
    "deputy vice first second third assistant under senior junior minister ministers secretary state "  # noqa: SIM905
    "parliamentary permanent special presidential personal representative ambassador envoy plenipotentiary "
    "extraordinary commissioner high official adviser advisor aide general director head chief chairman "
    "chairwoman chairperson chair member delegate delegation negotiator lawmaker senator deputies leader acting "
    "interim governor mayor colonel admiral commander spokesman spokeswoman spokesperson diplomat executive "
    "professor counsellor counselor former ex elect designate minister-counsellor".split()
)
_SPELT: Final = {"defense": "defence", "economic": "economy", "economics": "economy", "advisor": "adviser"}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Written:
    """A name in a post in a year, as some report has it.

    Attributes:
        person: IRI of the identity that state and name give.
        words: folded words of the name, in the order written.
        office: words of the post, in the order of the alphabet.
    """

    person: str
    words: tuple[str, ...]
    office: tuple[str, ...]
    year: int

    @property
    def iri(self) -> str:
        """IRI under which the graph keeps it."""
        parts = ("_".join(self.words), "_".join(self.office), str(self.year))
        return ids.entity("name", "--".join((self.person.removeprefix(_PERSON), *parts)))

    @property
    def tells_post(self) -> bool:
        """True if it says enough of the post and the day."""
        return self.year > 0 and bool(set(self.office) - _RANKS)

    @property
    def families(self) -> tuple[str, ...]:
        """A key for each family that the name can be of."""
        return families(self.person, self.words)

    @property
    def keys(self) -> tuple[str, ...]:
        """Those of its families, and that of the identity itself."""
        return (*self.families, person_key(self.person))


def person_key(person: str) -> str:
    """Key of the names of one identity."""
    return person.removeprefix(_PERSON)


def families(person: str, words: Sequence[str]) -> tuple[str, ...]:
    """A key for each family that a name (as words) can be of."""
    state = _state(person)
    return tuple(f"{state} {word}" for word in sorted(_families(words, state)))


def name_words(name: str) -> tuple[str, ...]:
    """Folded words of a name, in Latin letters where it is Cyrillic."""
    return tuple(w for t in name_tokens(name) if (w := ids.slug(t).replace("-", "")))


def written(person: str, name: str, office: str | None, year: int | None) -> Written | None:
    """What a report has of somebody whom only reports know; None for a name without a word."""
    words = name_words(name)
    return Written(person, words, post_words(office or ""), year or 0) if words else None


def read_back(iri: str) -> Written:
    """What the IRI of a kept name says."""
    key, words, office, year = unquote(iri.removeprefix(_NAME)).rsplit("--", 3)
    post = tuple(office.split("_")) if office else ()
    return Written(_PERSON + key, tuple(words.split("_")), post, int(year))


@lru_cache(maxsize=4096)
def post_words(office: str) -> tuple[str, ...]:
    """The words that tell a post: "Deputy Minister of Foreign Affairs" -> deputy, foreign, minister."""
    words = ids.slug(office).split("-") if office else []
    return tuple(sorted({_SPELT.get(w, w) for w in words} - _FILLING))


def one_of(names: Iterable[Written], apart: Apart) -> Mapping[str, str | None]:
    """The person that an identity stands for, by its IRI; None where several could be meant.

    Who stands for nobody but themselves is left out.

    Args:
        names: all of one family.
        apart: says of two identities that they must stay two.
    """
    told: dict[str, list[Written]] = {}
    for name in sorted(set(names)):
        told.setdefault(name.person, []).append(name)
    found: dict[str, str | None] = {}
    groups: list[list[str]] = []
    for person in sorted(told, key=lambda p: _fullness(told[p])):
        near = [g for g in groups if any(_meet(told[person], told[o]) for o in g)]
        fitting = [g for g in near if all(_go_together(told[person], told[o]) for o in g)]
        if len(fitting) == 1 and not any(apart(person, o) for o in fitting[0]):
            found[person] = fitting[0][0]
            fitting[0].append(person)
            continue
        if len(fitting) > 1:
            found[person] = None
        else:
            groups.append([person])
    return found


def _fullness(names: Sequence[Written]) -> tuple[int, int, str]:
    """Orders identities, the fullest name first."""
    words = max((n.words for n in names), key=lambda w: (_whole(w), len("".join(w))))
    return -_whole(words), -len("".join(words)), names[0].person


def _whole(words: Sequence[str]) -> int:
    """How many words are more than an initial."""
    return sum(len(w) > 1 for w in words)


def _meet(a: Sequence[Written], b: Sequence[Written]) -> bool:
    """True if both were told in one post, a few years apart at most, under names that go together."""
    return any(
        x.tells_post
        and x.office == y.office
        and y.year
        and abs(x.year - y.year) <= _YEARS
        and _names_agree(x, y)
        for x in a
        for y in b
    )


def _go_together(a: Sequence[Written], b: Sequence[Written]) -> bool:
    return any(_names_agree(x, y) for x in a for y in b)


def _names_agree(a: Written, b: Written) -> bool:
    """True if the family's name is one, and no given name or initial contradicts."""
    state = _state(a.person)
    if state != _state(b.person):
        return False
    shared = _families(a.words, state) & _families(b.words, state)
    return any(_agree(_given(a.words, f), _given(b.words, f)) for f in sorted(shared))


def _agree(a: Sequence[str], b: Sequence[str]) -> bool:
    return all(given_names_agree(x, y) for x, y in zip(a, b, strict=False))


def _given(words: Sequence[str], family: str) -> tuple[str, ...]:
    """The names beside the family's."""
    at = len(words) - 1 if words[-1] == family else 0
    return (*words[:at], *words[at + 1 :])


def _families(words: Sequence[str], state: str) -> set[str]:
    ends = {words[0], words[-1]} if state in FAMILY_FIRST else {words[-1]}
    return {w for w in ends if len(w) > 1}


def _state(person: str) -> str:
    return person.removeprefix(_PERSON).partition("-")[0]
