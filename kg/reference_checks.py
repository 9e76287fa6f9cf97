"""What must hold of reference data that users add, and is told by file and line where it does not.

The rules are those that the shipped data keep (tests/ontology): one holder of a post at a time,
tenures in the life of their state, codes that exist, no state that follows itself, a name of one
party that means one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Final

from kg import ids
from kg.dates import When
from kg.errors import DateError
from kg.ids import fold
from kg.reference_files import WIKIDATA, Parsed, Problem
from ontology.build import person_slug
from ontology.lexicon import Lexicon, Organization, State, Tenure, extended, iso_codes

POSTS: Final = ("HOS", "HOG", "HOS+HOG", "FM", "HEAD", "OTHER")
STATUSES: Final = ("acting", "interim", "elect", "shared")
_FOREVER: Final = "9999"
_WIKIDATA_ID: Final = re.compile(r"Q[1-9][0-9]*")


def problems(base: Lexicon, files: Sequence[Parsed]) -> list[Problem]:
    """All that is wrong in files that are to be added to `base` together.

    Rows are compared with each other only when each is sound by itself.
    """
    whole = base
    for file in files:
        whole = extended(whole, file.added)
    found = [p for file in files for p in file.problems]
    for file in files:
        found += _wrong_entities(file, base, whole)
        found += _wrong_cells(file, whole)
    if found:
        return found
    places = {_tenure(r): f"{f.file.name}:{line}" for f in files for line, r in f.rows}
    posts = _Posts(places, whole)
    return [p for file in files for p in _wrong_tenures(file, posts, whole)]


# Tables of office holders -------------------------------------------------------------------------


def _wrong_cells(file: Parsed, whole: Lexicon) -> Iterator[Problem]:
    for line, row in file.rows:
        if wrong := _wrong_cell(row, whole):
            yield file.problem(line, wrong)


def _wrong_tenures(file: Parsed, posts: _Posts, whole: Lexicon) -> Iterator[Problem]:
    for line, row in file.rows:
        tenure = _tenure(row)
        wrong = _outside(tenure, whole) or posts.together(tenure) or posts.namesake(tenure)
        if wrong:
            yield file.problem(line, wrong)


def _tenure(row: Mapping[str, str]) -> Tenure:
    return Tenure(
        person_slug(row["person"]), row["state"], row["post"], row["title"], row["from"],
        row["until"] or None, row["status"] or None,
    )  # fmt: skip


def _wrong_cell(row: Mapping[str, str], whole: Lexicon) -> str | None:
    for name in ("state", "post", "title", "from", "person"):
        if not row[name]:
            return f"the column {name!r} is empty"
    if row["state"] not in whole.states and row["state"] not in whole.organizations:
        return unknown_code(row["state"], whole)
    if row["post"] not in POSTS:
        return f"the post {row['post']!r} is none of {', '.join(POSTS)}"
    if row["status"] and row["status"] not in STATUSES:
        return f"the status {row['status']!r} is none of {', '.join(STATUSES)}, nor empty"
    return _wrong_dates(row["from"], row["until"]) or _wrong_wikidata(row, whole)


def _wrong_wikidata(row: Mapping[str, str], whole: Lexicon) -> str | None:
    """Says so if a cell is no id of Wikidata, or that of somebody else."""
    written = row.get(WIKIDATA)
    if not written:
        return None
    if not _WIKIDATA_ID.fullmatch(written):
        return f"{written!r} is no id of Wikidata, which is a Q and digits: Q2866"
    who = f"person/{person_slug(row['person'])}"
    others = [e for e, known in whole.wikidata.items() if known == written and e != who]
    if others:
        return f"{written} is the id of {others[0]} as well"
    known = whole.wikidata.get(who)
    return f"{row['person']} has the id {known} elsewhere" if known != written else None


def unknown_code(written: str, whole: Lexicon) -> str:
    """Says that a code is none, and which was probably meant."""
    parties = _parties(whole)
    named = [c for c, p in parties.items() if fold(written) in map(fold, (p.label, *p.names))]
    near = named or get_close_matches(written.upper(), [*whole.states], 1, 0.6)
    hint = f"; did you mean {near[0]} ({parties[near[0]].label})?" if near else ""
    return f"{written!r} is no code of a state (ISO 3166-1 alpha-3) or organization{hint}"


def _parties(whole: Lexicon) -> dict[str, State | Organization]:
    return {**whole.states, **whole.organizations}


def _wrong_dates(first: str, until: str) -> str | None:
    try:
        begin, end = When.parse(first), When.parse(until or _FOREVER)
    except DateError as error:
        return str(error)
    if "/" in first + until:
        return "a date is a day, a month or a year, not an interval"
    return f"it ends ({until}) before it begins ({first})" if end.last < begin.first else None


def _certain(tenure: Tenure) -> tuple[date, date]:
    """The days on which the holder was surely in office: dates may be known to the month only."""
    return When.parse(tenure.from_).last, When.parse(tenure.until or _FOREVER).first


def _outside(tenure: Tenure, whole: Lexicon) -> str | None:
    """Says so if a tenure lies outside the life of its state and of those around it."""
    if tenure.state not in whole.states:
        return None
    around = (tenure.state, *_line(tenure.state, whole, back=True), *_line(tenure.state, whole))
    lives = [_life(whole.states[code]) for code in around if code in whole.states]
    for day in _certain(tenure):
        if not any(first <= day <= last for first, last in lives):
            name = whole.states[tenure.state].label
            return f"{name} did not exist on {day.isoformat()}, a day of this tenure"
    return None


def _life(state: State) -> tuple[date, date]:
    first = When.parse(state.from_).first if state.from_ else date.min
    return first, When.parse(state.until or _FOREVER).first if state.until else date.max


@dataclass(frozen=True, slots=True)
class _Posts:
    """Asks who else held a post, or bears a name.

    Attributes:
        places: file and line of each tenure that is added.
    """

    places: Mapping[Tenure, str]
    whole: Lexicon

    def together(self, tenure: Tenure) -> str | None:
        """Says so if two persons surely held one post on one day, neither of them marked."""
        if tenure.post == "OTHER" or tenure.status:
            return None
        a = _certain(tenure)
        for other in self.whole.tenures:
            key = (other.state, other.post, other.status)
            if key != (tenure.state, tenure.post, None) or other.person == tenure.person:
                continue
            b = _certain(other)
            if max(a[0], b[0]) < min(a[1], b[1]):
                return self._overlap(other)
        return None

    def _overlap(self, other: Tenure) -> str:
        name = self.whole.persons[other.person].label
        where = self.places.get(other, "in the shipped data")
        return (
            f"{name} holds this post at the same time ({other.from_} to {other.until or 'now'}, "
            f"{where}); end that tenure by a row with its person, post and first day and an "
            "'until', or mark one as acting, interim or elect"
        )

    def namesake(self, tenure: Tenure) -> str | None:
        """Says so if a full name means somebody else of the same party and days too."""
        person = self.whole.persons[tenure.person]
        names = {fold(n) for n in (person.label, *person.names)}
        a = _certain(tenure)
        for other in self.whole.tenures:
            if other.state != tenure.state or other.person == tenure.person:
                continue
            known, b = self.whole.persons[other.person], _certain(other)
            shared = sorted(n for n in (known.label, *known.names) if fold(n) in names)
            if shared and max(a[0], b[0]) < min(a[1], b[1]):
                return (
                    f"{shared[0]!r} also means {known.label}, {other.title} then; leave the "
                    "variant out, or tell the two apart as in 'Name (born 1950)'"
                )
        return None


# Turtle -------------------------------------------------------------------------------------------


def _wrong_entities(file: Parsed, base: Lexicon, whole: Lexicon) -> Iterator[Problem]:
    lines = dict(file.entities)
    for iri, line in file.entities:
        kind, _, key = iri.removeprefix(ids.BASE).partition("/")
        table = getattr(file.added, f"{kind}s")
        wrong = "it has no class of the vocabulary (dm:State, dm:Place ...)"
        if key in table:
            one = getattr(whole, f"{kind}s")[key]
            wrong = "" if one.label else "it has no skos:prefLabel in English"
        if wrong:
            yield file.problem(line, f"{key}: {wrong}")
    for code in file.added.states:
        for wrong in _wrong_state(code, base, whole):
            yield file.problem(lines.get(ids.state(code)), f"{code}: {wrong}")
    for slug, place in file.added.places.items():
        if place.state not in whole.states:
            wrong = unknown_code(place.state or "", whole)
            yield file.problem(lines.get(ids.entity("place", slug)), f"{slug}: {wrong}")


def _wrong_state(code: str, base: Lexicon, whole: Lexicon) -> Iterator[str]:
    state = whole.states[code]
    if code not in base.states and code not in iso_codes() and not _is_own_code(code):
        yield "this is no code of ISO 3166; an own one has four letters, of which the first is X"
    wrong = next(filter(None, map(_wrong_day, (state.from_, state.until))), None)
    if wrong:
        yield wrong
    elif state.from_ and state.until and state.until <= state.from_:
        yield f"it ends ({state.until}) before it begins ({state.from_})"
    for other in (*state.predecessors, *state.successors):
        if other not in whole.states:
            yield f"its predecessor or successor {other} is not known"
    yield from _circles(code, whole)
    yield from _shared_names(code, base, whole)
    for slug in state.capital:
        if slug not in whole.places:
            yield f"its capital {slug} is not known; add it as a dm:Place"


def _is_own_code(code: str) -> bool:
    return len(code) == 4 and code[0] == "X" and code.isascii() and code.isupper()


def _wrong_day(text: str | None) -> str | None:
    try:
        When.parse(text or _FOREVER)
    except DateError as error:
        return str(error)
    return None


def _line(code: str, whole: Lexicon, *, back: bool = False) -> list[str]:
    """The states before a state, or those after it, near ones first; ends also in a circle."""
    line: list[str] = []
    waiting = [code]
    while waiting:
        state = whole.states.get(waiting.pop(0))
        for other in (state.predecessors if back else state.successors) if state else ():
            if other not in line:
                line.append(other)
                waiting.append(other)
    return line


def _circles(code: str, whole: Lexicon) -> Iterator[str]:
    for back, word in ((True, "predecessors"), (False, "successors")):
        line = _line(code, whole, back=back)
        if code in line:
            yield f"its {word} lead back to itself: {' -> '.join((code, *line))}"
    both = {*_line(code, whole, back=True)} & {*_line(code, whole)} - {code}
    if both:
        yield f"{min(both)} is both before and after it"


def _shared_names(code: str, base: Lexicon, whole: Lexicon) -> Iterator[str]:
    """A certain name means one party."""
    state, old = whole.states[code], base.states.get(code)
    new = {fold(n) for n in (state.label, *state.names)} - _folded(old.names if old else ())
    for other, party in sorted(_parties(whole).items()):
        shared = sorted(n for n in {party.label, *party.names} if fold(n) in new)
        if shared and other != code:
            yield f"the name {shared[0]!r} also means {other}; make it a dm:weakName"


def _folded(names: Iterable[str]) -> set[str]:
    return {fold(name) for name in names}
