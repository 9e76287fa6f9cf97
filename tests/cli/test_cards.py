"""What a person reads at a terminal, or with `--format text`, is what the JSON card holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.store import open_store
from tests.cli.conftest import Run
from tests.sample import load, told

ROOT = Path(__file__).parent.parent.parent
TALKS = "01-nur-sultan-agency.txt", "02-nur-sultan-belarus-side.txt"


def plain(text: str) -> str:
    """Text without line breaks and indents."""
    return " ".join(text.split())


def talks(kg: Run) -> str:
    """IRI of the talks of 25 October 2019, as the bundled reports tell of them."""
    for name in TALKS:
        kg("load", str(ROOT / "examples" / "reports" / name))
    rows = json.loads(kg("who-met-whom", "--person", "Tokayev", "--with", "BLR").out)
    return str(rows[0]["meeting"])


def test_the_card_of_the_talks_says_who_met_when_where_and_on_what(kg: Run) -> None:
    shown = plain(kg("show", talks(kg), "--format", "text").out)
    for words in (
        "Aleksandr Lukashenko, President, BLR", "Kassym-Jomart Tokayev, President, KAZ",
        "2019-10-25", "Nur-Sultan (KAZ)", "discussed: trade", "agreed: bilateral relations",
        "bilateral trade, 2018: about 900,000,000 USD (actual)", "Steppe Wire", "Dvina Dispatch",
        "“The heads of state discussed trade, industrial cooperation and joint companies.”",
    ):  # fmt: skip
        assert words in shown


def test_a_card_is_json_unless_text_is_wanted(kg: Run, sample_db: str) -> None:
    by_default = kg("show", "KAZ", "--db", sample_db).out
    assert json.loads(by_default) == json.loads(
        kg("show", "KAZ", "--format", "json", "--db", sample_db).out
    )
    assert kg("show", "KAZ", "--format", "text", "--db", sample_db).out.startswith("Kazakhstan\n")


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("cards") / "db"
    store = open_store(path)
    load(store, told())
    store.close()
    return str(path)


def every_text(value: object) -> list[str]:
    """Names, words and numbers of a card; addresses of ours lose what is the same in all."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in every_text(item)]
    if isinstance(value, list):
        return [text for item in value for text in every_text(item)]
    if value is None or isinstance(value, bool | float):
        return []
    text = str(value).removeprefix("https://w3id.org/diplomatic-meetings/id/")
    return [] if re.fullmatch(r"\d+", text) else [plain(text)]


_SILENT = {"principal", "held", "tenure", "name", "own", "holder", "explicit"}


@pytest.mark.parametrize("what", ["meeting", "KAZ", "Kassym-Jomart Tokayev", "1", "UN", "visit"])
def test_a_card_for_reading_leaves_nothing_out(kg: Run, cards: str, what: str) -> None:
    if what == "meeting":
        rows = json.loads(kg("who-met-whom", "--state", "BLR", "--db", cards).out)
        what = rows[0]["meeting"]
    if what == "visit":
        what = "visit/" + json.loads(
            kg("sparql", "SELECT ?v { ?v a <https://w3id.org/diplomatic-meetings/ns#Visit> }",
               "--db", cards).out
        )["results"]["bindings"][0]["v"]["value"].rsplit("/", 1)[1]  # fmt: skip
    card = json.loads(kg("show", what, "--format", "json", "--db", cards).out)
    shown = plain(kg("show", what, "--format", "text", "--db", cards).out)
    for person in card.get("participants", []):
        del person["person"], person["resolved_by"]
    missing = [t for t in every_text(card) if t not in shown and t not in _SILENT]
    assert missing == []


def test_a_report_that_tells_of_nothing_says_why(kg: Run, sample_db: str) -> None:
    assert json.loads(kg("show", "7", "--db", sample_db).out)["skipped"] == "letter"
    assert "skipped: letter" in kg("show", "7", "--format", "text", "--db", sample_db).out


def test_numbers_and_summaries_have_a_text_too(kg: Run, sample_db: str, tmp_path: Path) -> None:
    assert f"reports: {len(told())}\n" in kg("stats", "--format", "text", "--db", sample_db).out
    assert "conforms: True\n" in kg("validate", "--format", "text", "--db", sample_db).out
    (tmp_path / "r.txt").write_text("Title: T\nDate: 2020-01-01\n\nNothing was told.\n")
    assert kg("load", "r.txt", "--format", "text").out.startswith("reports read: 1, of these 1 new")
