"""Wikidata's ids: of known entities, in their form, each once. A wrong id is worse than none."""

from __future__ import annotations

import csv
import re

import pytest
from pyoxigraph import NamedNode

from kg import ids
from kg.entities import Entities
from kg.terms import SAME_AS, WIKIDATA
from ontology import lexicon
from ontology.build import HERE

with (HERE / "wikidata.csv").open(encoding="ascii", newline="") as _handle:
    ROWS = [(row["entity"], row["wikidata"]) for row in csv.DictReader(_handle)]
TABLES = {
    "state": lexicon().states,
    "organization": lexicon().organizations,
    "person": lexicon().persons,
}


@pytest.mark.parametrize(("entity", "known"), ROWS)
def test_an_id_is_one_and_of_an_entity_that_exists(entity: str, known: str) -> None:
    kind, _, key = entity.partition("/")
    assert key in TABLES[kind]
    assert re.fullmatch(r"Q[1-9]\d{0,8}", known)


def test_no_entity_and_no_id_stands_twice() -> None:
    assert len({entity for entity, _ in ROWS}) == len({known for _, known in ROWS}) == len(ROWS)


def test_rows_are_in_order() -> None:
    assert sorted(ROWS) == ROWS


@pytest.mark.parametrize(
    ("entity", "known"),
    [("state/KAZ", "Q232"), ("organization/UN", "Q1065"), ("person/angela-merkel", "Q567")],
)
def test_an_entity_says_which_it_is(entity: str, known: str) -> None:
    description = Entities(lexicon()).describe(ids.BASE + entity)
    assert description
    said = [q.object for q in description.quads if q.predicate == SAME_AS]
    assert said == [NamedNode(WIKIDATA + known)]


def test_what_has_no_id_says_none() -> None:
    description = Entities(lexicon()).describe(ids.BASE + "topic/trade")
    assert description
    assert all(q.predicate != SAME_AS for q in description.quads)
