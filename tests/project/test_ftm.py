"""followthemoney: what goes out is valid there, and comes back as the same meetings."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.export import export
from kg.ftm import ftm_id
from kg.ids import entity
from kg.pipeline import Pipeline
from kg.store import open_store
from kg.store.base import Store, View
from kg.store.oxigraph import OxigraphStore
from loaders.ftm_codes import code_of_country, country_of
from ontology import lexicon
from queries import who_met_whom
from tests.sample import sample, told

# The properties that version 4 of the model allows for each schema we write, and their types.
_THING = {"name": "name", "alias": "name", "country": "country", "summary": "text",
          "notes": "text", "sourceUrl": "url", "publisher": "string", "keywords": "string",
          "topics": "topic", "wikidataId": "identifier"}  # fmt: skip
_DOCUMENT = _THING | {"fileName": "string", "title": "string", "publishedAt": "date"}
SCHEMATA = {
    "Person": _THING | {"position": "string"},
    "PublicBody": _THING,
    "Organization": _THING,
    "Event": _THING | {"date": "date", "startDate": "date", "endDate": "date",
                       "location": "address", "involved": "entity"},
    "Article": _DOCUMENT,
    "Document": _DOCUMENT,
    "Documentation": {"document": "entity", "entity": "entity", "role": "string"},
}  # fmt: skip
REQUIRED = {"Event": "name", "Person": "name", "PublicBody": "name", "Organization": "name",
            "Article": "fileName", "Document": "fileName", "Documentation": "document"}  # fmt: skip
ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?\Z")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?)?)?)?\Z")


def exported(view: View) -> bytes:
    output = io.BytesIO()
    export(view, "ftm", output)
    return output.getvalue()


ROWS: list[dict[str, Any]] = [json.loads(line) for line in exported(sample()).splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_every_entity_is_one_of_the_model(row: dict[str, Any]) -> None:
    types = SCHEMATA[row["schema"]]
    assert row["properties"].keys() <= types.keys()
    assert row["properties"].get(REQUIRED[row["schema"]])
    assert ID.match(row["id"])
    for name, values in row["properties"].items():
        assert values == sorted(set(values))
        assert types[name] != "date" or all(map(DATE.match, values))


def test_every_entity_that_is_pointed_at_is_there() -> None:
    there = {row["id"] for row in ROWS}
    assert len(there) == len(ROWS)
    for row in ROWS:
        for name, kind in SCHEMATA[row["schema"]].items():
            assert kind != "entity" or set(row["properties"].get(name, [])) <= there


def test_followthemoney_itself_takes_every_entity() -> None:
    ftm = pytest.importorskip("followthemoney")
    for row in ROWS:
        ftm.model.get(row["schema"]).validate(row)
        proxy = ftm.model.get_proxy(row, cleaned=False)
        kept = {
            name
            for name, values in row["properties"].items()
            if len(proxy.get(name)) == len(values)
        }
        assert row["properties"].keys() - kept <= {"alias"}  # "U.S." and "US" are one name to it


def test_the_same_graph_gives_the_same_bytes_whatever_the_order_of_loading() -> None:
    assert exported(sample(reversed(told()))) == exported(sample())


@pytest.mark.parametrize("code", sorted(lexicon().states))
def test_a_state_keeps_its_country_there_and_back(code: str) -> None:
    country = country_of(code)
    assert country is None or code_of_country(country) == code


def test_followthemoney_knows_every_country_that_we_write() -> None:
    registry = pytest.importorskip("followthemoney.types").registry
    written = [c for code in (*lexicon().states, "EU") if (c := country_of(code))]
    assert [c for c in written if registry.country.clean(c) != c] == []


@pytest.mark.parametrize("name", ["person/Ähnlich", "report/x/a%20b", "person/a_b", "meeting/-"])
def test_an_id_is_one_that_the_model_allows(name: str) -> None:
    assert ID.match(ftm_id(entity(*name.split("/"))))


def loaded(paths: list[Path], at: Path) -> Store:
    store = open_store(at)
    summary = Pipeline(store).load(paths)
    assert summary.refused == []
    return store


def told_rows(view: View) -> set[tuple[object, ...]]:
    """What both sides can hold of every meeting with two sides."""
    return {
        (r["date"], r["who"], r["who_state"], r["whom"], r["whom_state"], r["place"], r["format"],
         r["status"], tuple(r["topics"]))
        for r in who_met_whom(view, status="all").as_dicts()
    }  # fmt: skip


def test_meetings_come_back_as_they_went_out(tmp_path: Path) -> None:
    table = tmp_path / "meetings.csv"
    table.write_text(
        "id,who,office,state,whom,whom_office,whom_state,date,until,place,place_state,topic,format,status\n"
        "1,Angela Merkel,Chancellor,DEU,Emmanuel Macron,President,FRA,2018-06-19,,Meseberg,DEU,trade,in-person,held\n"
        "2,,,JPN,Emmanuel Macron,President,FRA,2019-04,,,,,phone,planned\n"
        "3,Ban Ki-moon,Secretary-General,UN,Nicolas Sarkozy,President,FRA,2008-01-28,2008-01-29,Paris,FRA,,in-person,held\n"
        "4,,,SUN,,,DDR,1986-04-17,,,,,unspecified,held\n"
    )
    first = loaded([table], tmp_path / "first")
    (tmp_path / "out.ftm").write_bytes(exported(first))
    second = loaded([tmp_path / "out.ftm"], tmp_path / "second")
    assert told_rows(second) == told_rows(first)
    assert len(told_rows(first)) == 4


def test_an_event_that_names_its_source_comes_back_from_there(tmp_path: Path) -> None:
    (tmp_path / "out.ftm").write_bytes(exported(sample()))
    store = open_store(tmp_path / "db")
    summary = Pipeline(store).load([tmp_path / "out.ftm"])
    assert isinstance(store, OxigraphStore)
    assert summary.new > 3
