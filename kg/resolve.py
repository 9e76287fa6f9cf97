"""Who a mention means: state, office and date first, the name second, and no guessing.

A name alone decides wrongly (father and son, two presidents of one family, one surname in two
offices), so the tenures of the reference data are asked first. What they cannot settle gets an
identity of its own, built from state and name, that every other report can share.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from kg import ids
from kg.dates import When
from kg.errors import DateError
from kg.ids import fold
from kg.model import Participant
from ontology.lexicon import Lexicon, Person, Tenure

Basis = Literal["tenure", "name", "own"]

# A readout is often published while the handover is under way, and tenures are known to the month
# at times: a person found this far outside the tenure is still taken for its holder.
_SLACK = timedelta(days=45)
_POSTS_OF_KIND = {
    "head-of-state": ("HOS", "HOS+HOG"),
    "head-of-government": ("HOG", "HOS+HOG"),
    "foreign-minister": ("FM",),
    "royal": ("HOS", "HOS+HOG"),
    "organization-head": ("HEAD",),
}
_HONORIFICS = frozenset(
    "mr mrs ms dr sir dame lord h.e he hh hm hrh sheikh shaikh sayyid gen general".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A participant's identity.

    Attributes:
        iri: of the person; None for a party with nobody named.
        label: preferred name; for an identity of its own, the name as this report writes it.
        basis: "tenure" (post and date), "name" (name of one known person) or "own".
    """

    iri: str | None
    label: str | None
    basis: Basis
    known: bool


@dataclass(frozen=True, slots=True)
class _Candidate:
    person: Person
    tenures: tuple[Tenure, ...]


def name_tokens(name: str) -> tuple[str, ...]:
    """Folded words of a name without honorifics: `H.E. José Ramos-Horta` -> jose, ramos, horta."""
    words = fold(name).replace("-", " ").replace("'", "").replace(",", " ").split()
    return tuple(w.strip(".") for w in words if w.strip(".") not in _HONORIFICS)


def _bounds(tenure: Tenure) -> tuple[date, date]:
    first = _day(tenure.from_, date.min, last=False)
    return first, _day(tenure.until, date.max, last=True)


def _day(text: str | None, default: date, *, last: bool) -> date:
    if not text:
        return default
    try:
        when = When.parse(text)
    except DateError:
        return default
    return when.last if last else when.first


def holds(tenure: Tenure, when: When, slack: timedelta = timedelta(0)) -> bool:
    """True if the tenure covers a day of `when`, give or take `slack`."""
    first, last = _bounds(tenure)
    early = first - slack if first > date.min + slack else first
    late = last + slack if last < date.max - slack else last
    return early <= when.last and when.first <= late


def name_fits(name: str, person: Person) -> Literal["full", "partial", "none"]:
    """How well a written name fits a person.

    "full": a known spelling, in any order of its words. "partial": the surname or a short form
    alone, or the surname with a first name or initial that does not contradict.
    """
    tokens = name_tokens(name)
    if not tokens:
        return "none"
    spellings = _spellings(person)
    if tuple(sorted(tokens)) in spellings.full:
        return "full"
    if len(tokens) == 1 or " ".join(tokens) in spellings.short:
        return "partial" if " ".join(tokens) in spellings.short else "none"
    return "partial" if _same_surname_and_initial(tokens, spellings) else "none"


@dataclass(frozen=True, slots=True)
class _Spellings:
    full: frozenset[tuple[str, ...]]
    short: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@cache
def _spellings(person: Person) -> _Spellings:
    names = [name_tokens(n) for n in (person.label, *person.names)]
    names = [n for n in names if n]
    short = {" ".join(name_tokens(s)) for s in person.short} | {n[-1] for n in names}
    return _Spellings(
        full=frozenset(tuple(sorted(n)) for n in names),
        short=frozenset(short - {""}),
        pairs=frozenset((n[0], s) for n in names if len(n) > 1 for s in short if s),
    )


def _same_surname_and_initial(tokens: tuple[str, ...], spellings: _Spellings) -> bool:
    for first, surname in spellings.pairs:
        parts = surname.split()
        if tokens[-len(parts) :] != tuple(parts) and tokens[: len(parts)] != tuple(parts):
            continue
        rest = tokens[: -len(parts)] if tokens[-len(parts) :] == tuple(parts) else tokens[1:]
        if any(_first_names_agree(r, first) for r in rest):
            return True
    return False


def _first_names_agree(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    return a == b or (min(len(a), len(b)) >= 3 and a[:3] == b[:3])


class Resolver:
    """Resolves participants against one set of reference data; the same input, the same answer."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        by_person: dict[tuple[str, str], list[Tenure]] = {}
        for tenure in lexicon.tenures:
            by_person.setdefault((tenure.state, tenure.person), []).append(tenure)
        self._by_state: dict[str, list[_Candidate]] = {}
        for (state, slug), tenures in sorted(by_person.items()):
            candidate = _Candidate(lexicon.persons[slug], tuple(tenures))
            self._by_state.setdefault(state, []).append(candidate)
        self._kinds = _office_kinds(lexicon)
        self._memo: dict[tuple[str | None, str | None, str | None, str], Resolved] = {}

    def office_kind(self, office: str | None) -> str | None:
        """Kind of an office as written, e.g. "head-of-state"; None where it is not known."""
        if not office:
            return None
        return self._kinds.get(fold(office))

    def resolve(self, participant: Participant, when: When | None) -> Resolved:
        """Identity of a participant of a meeting on `when`."""
        p = participant
        key = (p.name, p.office, p.state, when.edtf if when else "")
        if key not in self._memo:
            self._memo[key] = self._resolve(p, when)
        return self._memo[key]

    def _resolve(self, p: Participant, when: When | None) -> Resolved:
        if p.name is None:
            return self._by_post(p, when)
        found = self._by_name(p.name, p.state, when)
        if found:
            return found
        return Resolved(ids.person(p.name, p.state or "XX"), p.name, "own", False)

    def _by_post(self, p: Participant, when: When | None) -> Resolved:
        posts = _POSTS_OF_KIND.get(self.office_kind(p.office) or "", ())
        if when is None or not when.is_day or not p.state or not posts:
            return Resolved(None, None, "own", False)
        holders = {
            c.person.slug: c.person
            for c in self._by_state.get(p.state, ())
            for t in c.tenures
            if t.post in posts and holds(t, when) and _titles_agree(p.office, t.title, self)
        }
        if len(holders) != 1:
            return Resolved(None, None, "own", False)
        return _known(next(iter(holders.values())), "tenure")

    def _by_name(self, name: str, state: str | None, when: When | None) -> Resolved | None:
        fits = [(c, name_fits(name, c.person)) for c in self._candidates(state)]
        in_office = [c for c, fit in fits if fit != "none" and when and _in_office(c, when)]
        if len(in_office) == 1:
            return _known(in_office[0].person, "tenure")
        full = _distinct(c for c, fit in fits if fit == "full")
        if len(full) == 1:
            return _known(full[0].person, "name")
        if len(in_office) > 1 and when:
            return self._narrowed(in_office, when)
        return None

    def _narrowed(self, candidates: list[_Candidate], when: When) -> Resolved | None:
        exact = [c for c in candidates if any(holds(t, when) for t in c.tenures)]
        return _known(exact[0].person, "tenure") if len(exact) == 1 else None

    def _candidates(self, state: str | None) -> Iterable[_Candidate]:
        if state is None:
            return ()
        known = self._lexicon.states.get(state)
        related = (*known.predecessors, *known.successors) if known else ()
        return [c for code in (state, *related) for c in self._by_state.get(code, ())]


def _in_office(candidate: _Candidate, when: When) -> bool:
    return any(holds(t, when, _SLACK) for t in candidate.tenures)


def _distinct(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    return list({c.person.slug: c for c in candidates}.values())


def _titles_agree(office: str | None, title: str, resolver: Resolver) -> bool:
    return resolver.office_kind(office) == resolver.office_kind(title) or not office


def _known(person: Person, basis: Basis) -> Resolved:
    return Resolved(ids.entity("person", person.slug), person.label, basis, True)


def _office_kinds(lexicon: Lexicon) -> Mapping[str, str]:
    return {
        fold(name): office.kind
        for office in lexicon.offices.values()
        for name in (office.label, *office.names)
    }
