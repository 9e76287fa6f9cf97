"""Persons whom only reports know: whom "J. Lee" stands for in a meeting of their own."""

from __future__ import annotations

import io
import json
from itertools import permutations
from pathlib import Path

import pytest
from pyoxigraph import Literal, RdfFormat

from kg import ids
from kg.namesakes import Written, name_words, one_of, post_words, read_back, written
from kg.pipeline import Pipeline
from kg.store.base import DEFAULT_GRAPH
from kg.store.oxigraph import OxigraphStore
from kg.terms import DM, RDF_TYPE
from kg.validate import check_pure
from queries import who_met_whom

TRADE, FISH = "Deputy Minister of Trade", "Deputy Minister of Fisheries"


def name(
    text: str, office: str | None = TRADE, year: int | None = 2016, state: str = "CAN"
) -> Written:
    found = written(ids.person(text, state), text, office, year)
    assert found is not None
    return found


def persons(*names: Written) -> int:
    """How many persons stand behind the names."""
    stands = one_of(names, lambda a, b: False)
    return len({stands.get(n.person) or n.person for n in names})


ONE = {
    "an initial": (name("J. Mallory"), name("Jane Mallory")),
    "a surname alone": (name("Mallory"), name("Jane Mallory")),
    "a middle initial": (name("Jane Mallory"), name("Jane A. Mallory")),
    "a short form": (name("Bill Mallory"), name("William Mallory")),
    "a post in other words": (name("J. Mallory", "Deputy Trade Minister"), name("Jane Mallory")),
    "three spellings": (name("Mallory"), name("J. Mallory"), name("Jane Mallory")),
    "five years on": (name("J. Mallory", year=2011), name("Jane Mallory")),
    "the family's name first": (name("Park J.", state="KOR"), name("Park Jin", state="KOR")),
    "a post held alone": (name("Mallory", "Vice President"), name("Jane Mallory", "Vice President")),
}  # fmt: skip
APART = {
    "another initial": (name("K. Mallory"), name("Jane Mallory")),
    "another middle initial": (name("Jane B. Mallory"), name("Jane A. Mallory")),
    "another portfolio": (name("J. Mallory", FISH), name("Jane Mallory")),
    "another rank": (name("J. Mallory", "Minister of Trade"), name("Jane Mallory")),
    "another state": (name("J. Mallory", state="AUS"), name("Jane Mallory")),
    "six years on": (name("J. Mallory", year=2010), name("Jane Mallory")),
    "no year": (name("J. Mallory", year=None), name("Jane Mallory")),
    "no post": (name("J. Mallory", None), name("Jane Mallory")),
    "a rank that many hold": (name("J. Mallory", "Ambassador"), name("Jane Mallory", "Ambassador")),
    "two full names": (name("John Mallory"), name("Jane Mallory")),
    "two whom it can mean": (name("J. Mallory"), name("Jane Mallory"), name("John Mallory")),
}


@pytest.mark.parametrize("names", ONE.values(), ids=list(ONE))
def test_names_of_one_person(names: tuple[Written, ...]) -> None:
    assert all(persons(*order) == 1 for order in permutations(names))


@pytest.mark.parametrize("names", APART.values(), ids=list(APART))
def test_names_that_stay_apart(names: tuple[Written, ...]) -> None:
    assert all(persons(*order) == len(names) for order in permutations(names))


def test_who_could_be_two_is_said_to_be_unclear() -> None:
    names = (name("J. Mallory"), name("Jane Mallory"), name("John Mallory"))
    assert one_of(names, lambda a, b: False) == {ids.BASE + "person/CAN-j-mallory": None}


def test_whom_people_told_apart_stay_apart() -> None:
    assert one_of((name("J. Mallory"), name("Jane Mallory")), lambda a, b: True) == {}


@pytest.mark.parametrize("text", ["José Núñez-Ibáñez", "Анна Ковалёва", "田中 誠"])
def test_a_kept_name_is_read_back_as_it_was(text: str) -> None:
    kept = name(text, "Deputy Minister for Trade", state="MEX")
    assert read_back(kept.iri) == kept
    assert read_back(name(text, None, None, "MEX").iri).tells_post is False


def test_words_of_a_post_have_one_order_and_one_spelling() -> None:
    assert post_words("Deputy Minister of Defense") == post_words("deputy defence minister")
    assert name_words("Dr. J.A. Mallory") == ("j", "a", "mallory")


TEXTS = {
    "1": "Norwegian Foreign Minister Ine Soreide met Canadian Deputy Minister of Trade J. Mallory in Oslo on 3 May 2019.",
    "2": "Norwegian Foreign Minister Ine Soreide received Canadian Deputy Trade Minister Jane Mallory in Bergen on 9 June 2019.",
    "3": "Finnish Foreign Minister Timo Soini met Canadian Deputy Minister of Trade Mallory in Helsinki on 4 March 2019.",
    "4": "Swedish Foreign Minister Margot Wallstrom met Canadian Deputy Minister of Trade John Mallory in Stockholm on 2 April 2019.",
}  # fmt: skip

PUBLISHED = {"1": "2019-05-04", "2": "2019-06-10", "3": "2019-03-05", "4": "2019-04-03"}


def files(folder: Path) -> dict[str, Path]:
    paths = {}
    for key, text in TEXTS.items():
        paths[key] = folder / f"{key}.jsonl"
        record = {"id": key, "outlet": f"O{key}", "published": PUBLISHED[key], "text": text}
        paths[key].write_text(json.dumps(record), encoding="utf-8")
    return paths


def export(store: OxigraphStore) -> bytes:
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    return output.getvalue()


def mallories(store: OxigraphStore) -> set[str]:
    people = (q.subject for q in store.quads(None, RDF_TYPE, DM.Person, DEFAULT_GRAPH))
    return {str(p).rsplit("/", 1)[1].strip(">") for p in people if "mallory" in str(p)}


def reasons(store: OxigraphStore) -> list[str]:
    quads = store.quads(None, DM.reason, None, DEFAULT_GRAPH)
    found = (q.object.value for q in quads if isinstance(q.object, Literal))
    return sorted({r for r in found if r in ("same-post", "unclear")})


def test_later_evidence_joins_and_a_second_one_parts(tmp_path: Path) -> None:
    paths, store = files(tmp_path), OxigraphStore()
    pipeline = Pipeline(store)
    pipeline.load([paths["1"]])
    assert mallories(store) == {"CAN-j-mallory"}
    pipeline.load([paths["2"], paths["3"]])
    assert mallories(store) == {"CAN-jane-mallory"}
    assert reasons(store) == ["same-post"]
    assert len(who_met_whom(store, person="Jane Mallory")) == 3
    two = export(store)
    pipeline.load([paths["4"]])
    assert mallories(store) == {
        "CAN-j-mallory", "CAN-jane-mallory", "CAN-john-mallory", "CAN-mallory"
    }  # fmt: skip
    assert reasons(store) == ["unclear"]
    assert check_pure(store) == []
    pipeline.retract("4")
    assert export(store) == two
    pipeline.retract("2")
    assert mallories(store) == {"CAN-j-mallory"}
    assert check_pure(store) == []


def test_the_order_of_loading_does_not_matter(tmp_path: Path) -> None:
    paths = files(tmp_path)
    wanted = OxigraphStore()
    Pipeline(wanted).load(list(paths.values()))
    for order in (("4", "3", "2", "1"), ("2", "4", "1", "3")):
        store = OxigraphStore()
        for key in order:
            Pipeline(store).load([paths[key]])
        assert export(store) == export(wanted)


def test_people_part_whom_the_rule_joined(tmp_path: Path) -> None:
    paths, store = files(tmp_path), OxigraphStore()
    pipeline = Pipeline(store)
    pipeline.load([paths["1"], paths["2"]])
    joined = export(store)
    pipeline.judging.judge("different", "person/CAN-j-mallory", "person/CAN-jane-mallory")
    assert mallories(store) == {"CAN-j-mallory", "CAN-jane-mallory"}
    assert check_pure(store) == []
    pipeline.judging.undo(1)
    assert export(store) == joined
