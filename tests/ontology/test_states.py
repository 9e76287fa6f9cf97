"""States: valid codes, dates, lines of succession, capitals."""

from __future__ import annotations

import csv
from collections import Counter
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from tests.ontology.reference import LEXICON, first_day, line, linked

STATES = LEXICON.states
DISSOLVED = sorted(code for code, s in STATES.items() if s.until)
# In general use, reserved for its users by ISO 3166-1.
USER_ASSIGNED = {"XKX": "XK"}


def _iso() -> tuple[dict[str, str], dict[str, str]]:
    """Alpha-3 to alpha-2 of ISO 3166-1, and to the four letters of ISO 3166-3."""
    text = files("ontology").joinpath("iso3166.csv").read_text(encoding="ascii")
    rows = list(csv.DictReader(text.splitlines()))
    present = {r["alpha3"]: r["alpha2"] for r in rows if r["alpha2"]}
    return present, {r["alpha3"]: r["alpha4"] for r in rows if r["alpha4"]}


PRESENT, WITHDRAWN = _iso()


def test_the_iso_table_is_complete() -> None:
    assert (len(PRESENT), len(WITHDRAWN)) == (249, 31)


@pytest.mark.parametrize("code", STATES)
def test_a_code_is_of_iso_3166_or_openly_our_own(code: str) -> None:
    iso2 = STATES[code].iso2
    if code in PRESENT:
        assert (iso2, linked(code, "iso4")) == (PRESENT[code], [])
    elif code in WITHDRAWN:
        assert (iso2, linked(code, "iso4")) == (None, [WITHDRAWN[code]])
        assert STATES[code].until
    elif code in USER_ASSIGNED:
        assert iso2 == USER_ASSIGNED[code]
    else:
        assert (len(code), code[0], iso2) == (4, "X", None)


def test_no_two_states_share_an_iso_code() -> None:
    twos = Counter(s.iso2 for s in STATES.values() if s.iso2)
    assert [code for code, n in twos.items() if n > 1] == []
    assert not STATES.keys() & LEXICON.organizations.keys()


@pytest.mark.parametrize("code", DISSOLVED)
def test_a_dissolved_state_says_from_when_to_when_and_what_became_of_it(code: str) -> None:
    state = STATES[code]
    assert state.from_ and state.until and state.from_ < state.until
    assert state.successors or linked(code, "partOf") or linked(code, "withinBordersOf")


@pytest.mark.parametrize("code", sorted(c for c, s in STATES.items() if s.predecessors))
def test_a_successor_begins_after_its_predecessor_did(code: str) -> None:
    state = STATES[code]
    for other in (STATES[p] for p in state.predecessors):
        assert state.from_ and first_day(other.from_) < first_day(state.from_)
        # One that was left and goes on has no successor: Sudan is not followed by South Sudan.
        assert (code in other.successors) == bool(other.until)


@pytest.mark.parametrize("code", sorted(c for c, s in STATES.items() if s.successors))
def test_a_predecessor_with_successors_is_dissolved(code: str) -> None:
    assert STATES[code].until
    assert all(STATES[other] for other in STATES[code].successors)


@pytest.mark.parametrize("code", STATES)
def test_no_state_follows_itself(code: str) -> None:
    assert not set(line(code, back=True)) & set(line(code, back=False))
    for back in (True, False):
        nearest = STATES[code].predecessors if back else STATES[code].successors
        assert all(code != other and code not in line(other, back=back) for other in nearest)


@pytest.mark.parametrize("code", STATES)
def test_capitals_exist_and_lie_in_their_state(code: str) -> None:
    """Places lie in a state of today: the one that followed, or that a territory belongs to."""
    around = {code, *line(code, back=False)}
    around |= {*linked(code, "partOf"), *linked(code, "withinBordersOf")}
    capitals = STATES[code].capital
    assert {LEXICON.places[slug].state for slug in capitals} <= around
    assert capitals or linked(code, "nonState") == ["true"]


def test_places_lie_in_states_of_today() -> None:
    for place in LEXICON.places.values():
        assert STATES[place.state].until is None, place.slug


def test_links_between_places_stay_inside_a_state() -> None:
    places = LEXICON.places
    for place in places.values():
        for slug in (place.city, place.former_name_of):
            assert slug is None or places[slug].state == place.state, place.slug
        assert place.metonym_of is None or place.metonym_of in STATES, place.slug


def test_seats_and_homes_of_outlets_exist() -> None:
    parties = STATES.keys() | LEXICON.organizations.keys()
    assert all(o.seat in {None, *LEXICON.places} for o in LEXICON.organizations.values())
    assert all(o.state in {None, *parties} for o in LEXICON.outlets.values())


def test_time_zones_are_those_of_the_tz_database() -> None:
    everything = (*STATES.values(), *LEXICON.places.values(), *LEXICON.outlets.values())
    for zone in {e.time_zone for e in everything if e.time_zone}:
        assert ZoneInfo(zone)
