"""Leaders: tenures follow one another, in states that existed, under names that tell them apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from itertools import combinations, product

import pytest

from kg.ids import fold
from ontology.build import leader_rows
from ontology.lexicon import Tenure
from tests.ontology.reference import LEXICON, certain, first_day, last_day, line, linked

TENURES: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
for _tenure in LEXICON.tenures:
    TENURES[_tenure.state, _tenure.post].append(_tenure)
HELD_BY_ONE = [key for key in sorted(TENURES) if key[1] != "OTHER"]
POSTS = {"HOS", "HOG", "HOS+HOG", "FM", "HEAD", "OTHER"}
STATUSES = {None, "acting", "interim", "elect", "shared"}


def test_every_row_is_of_the_closed_lists() -> None:
    assert {t.post for t in LEXICON.tenures} <= POSTS
    assert {t.status for t in LEXICON.tenures} <= STATUSES
    assert all(t.title and t.from_ for t in LEXICON.tenures)


def test_every_party_of_a_tenure_exists() -> None:
    assert {t.state for t in LEXICON.tenures} <= {*LEXICON.states, *LEXICON.organizations}


@pytest.mark.parametrize("code", sorted(LEXICON.states))
def test_a_state_that_governs_itself_has_leaders(code: str) -> None:
    governed = linked(code, "partOf") or linked(code, "nonState") or LEXICON.states[code].until
    assert governed or any(t.state == code for t in LEXICON.tenures)


def test_every_person_has_a_tenure() -> None:
    assert {t.person for t in LEXICON.tenures} == LEXICON.persons.keys()


def test_no_row_stands_twice() -> None:
    keys = ("state", "post", "title", "from", "until", "person")
    rows = [tuple(row[k] for k in keys) for row in leader_rows()]
    assert sorted(rows) == sorted(set(rows))


def test_every_tenure_ends_after_it_begins() -> None:
    wrong = [t for t in LEXICON.tenures if last_day(t.until) < first_day(t.from_)]
    assert wrong == []


def _surely_together(a: Tenure, b: Tenure) -> bool:
    """True if both were in office on one day, however their dates are rounded."""
    return max(certain(a)[0], certain(b)[0]) < min(certain(a)[1], certain(b)[1])


@pytest.mark.parametrize(("party", "post"), HELD_BY_ONE)
def test_one_post_has_one_holder_at_a_time(party: str, post: str) -> None:
    """Unless a tenure is marked: a deputy acts while the holder is away, a winner is only elected."""
    full = [t for t in TENURES[party, post] if t.status is None]
    for a, b in combinations(full, 2):
        assert not _surely_together(a, b), f"{a.person} and {b.person}"


def _exists(code: str) -> list[tuple[date, date]]:
    """When a state existed, or one that it came from or turned into."""
    codes = (code, *line(code, back=True), *line(code, back=False))
    states = [LEXICON.states[c] for c in codes]
    return [(first_day(s.from_), first_day(s.until or "9999")) for s in states]


@pytest.mark.parametrize("party", sorted({t.state for t in LEXICON.tenures} & {*LEXICON.states}))
def test_tenures_lie_in_the_life_of_their_state(party: str) -> None:
    """The head of a constituent republic may have begun under the state that it left."""
    lives = _exists(party)
    for (state, _), tenures in TENURES.items():
        for tenure in tenures if state == party else ():
            first, last = last_day(tenure.from_), first_day(tenure.until or "9999")
            assert any(a <= first <= b for a, b in lives), tenure
            assert any(a <= last <= b for a, b in lives), tenure


def test_a_full_name_tells_persons_of_one_party_and_day_apart() -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for person in LEXICON.persons.values():
        for name in (person.label, *person.names):
            bearers[fold(name)].add(person.slug)
    held: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in LEXICON.tenures:
        held[tenure.person].append(tenure)
    shared = {name: sorted(slugs) for name, slugs in bearers.items() if len(slugs) > 1}
    assert shared  # Gerhard Schröder, the chancellor and the minister
    for name, slugs in shared.items():
        for one, other in combinations(slugs, 2):
            for a, b in product(held[one], held[other]):
                assert a.state != b.state or not _surely_together(a, b), name
