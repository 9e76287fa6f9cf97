"""A certain name means one thing; what may mean several is marked as weak, or told by its state."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

from kg.ids import fold
from tests.ontology.reference import LEXICON, linked, stated

SHAPE_OF_CODE = "https://w3id.org/diplomatic-meetings/shapes#code"

# One adjective for two states: the context or the capital decides between them.
SHARED_ADJECTIVES = {"congolese": {"COD", "COG"}}


def shared(named: Iterable[tuple[str, Iterable[str]]]) -> dict[str, set[str]]:
    """Names (without case and accents) that several of the given entities bear."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, names in named:
        for name in names:
            owners[fold(name)].add(key)
    return {name: keys for name, keys in owners.items() if len(keys) > 1}


def test_a_certain_name_means_one_party() -> None:
    states = [(c, (s.label, *s.names, *s.ru_names)) for c, s in LEXICON.states.items()]
    bodies = [(c, (o.label, *o.names, *o.ru)) for c, o in LEXICON.organizations.items()]
    assert shared([*states, *bodies]) == {}


def test_an_adjective_means_one_state() -> None:
    found = shared((c, (*s.adjectives, *s.demonyms)) for c, s in LEXICON.states.items())
    assert found == SHARED_ADJECTIVES


def test_a_name_is_certain_or_weak_and_never_both() -> None:
    for kind in (LEXICON.states, LEXICON.organizations):
        for key, entity in kind.items():
            assert not set(entity.names) & set(entity.weak) - {entity.label}, key


@pytest.mark.parametrize("kind", ["offices", "outlets"])
def test_an_office_or_outlet_is_told_by_its_name(kind: str) -> None:
    entities = getattr(LEXICON, kind)
    assert (
        shared((k, (e.label, *e.names, *getattr(e, "ru", ()))) for k, e in entities.items()) == {}
    )


def test_places_of_one_name_lie_in_different_states() -> None:
    places = LEXICON.places
    found = shared((slug, (p.label, *p.names, *p.ru)) for slug, p in places.items())
    for name, slugs in found.items():
        states = [places[slug].state for slug in slugs]
        assert len(states) == len(set(states)), name


def test_codes_of_parties_are_those_that_the_shapes_allow() -> None:
    (pattern,) = stated("shapes.ttl")[SHAPE_OF_CODE]["http://www.w3.org/ns/shacl#pattern"]
    for code in (*LEXICON.states, *LEXICON.organizations):
        assert re.search(pattern, code), code


def test_a_part_of_a_state_names_the_state_it_belongs_to() -> None:
    for code in LEXICON.states:
        for link in ("partOf", "associatedWith", "withinBordersOf"):
            assert set(linked(code, link)) <= LEXICON.states.keys() - {code}
