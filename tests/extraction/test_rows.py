"""Each row of the pattern files matches its own example and not its counterexample."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from loaders.extraction.attendance import rows as attendance_rows
from loaders.extraction.contacts import contacts_of
from loaders.extraction.sketch import Sketch, Unit, sketch


def table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("loaders.extraction").joinpath(name).read_text(encoding="utf-8"))


CONTACTS = table("contacts.toml")["pattern"]
MODALITY = table("modality.toml")["rule"]
ATTENDANCE = table("attendance.toml")["pattern"]


def drawn(text: str, kind: str, listed: bool = False) -> Sketch:
    return sketch(Unit(text, 0, len(text), 0, kind, listed))


def fired(row: dict[str, Any], text: str) -> bool:
    kind = "title" if row.get("headline") else "narrative"
    return row["id"] in {c.row.id for c in contacts_of(drawn(text, kind, row.get("listed", False)))}


@pytest.mark.parametrize("row", CONTACTS, ids=[r["id"] for r in CONTACTS])
def test_a_contact_row_matches_its_example_only(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert fired(row, row["example"])
    assert not fired(row, row["counterexample"])


@pytest.mark.parametrize("rule", MODALITY, ids=[r["id"] for r in MODALITY])
def test_a_modality_rule_matches_its_example_only(rule: dict[str, Any]) -> None:
    assert rule["status"] in {"held", "planned", "cancelled", "denied", "background", "none"}
    assert re.search(rule["pattern"], rule["example"])
    assert not re.search(rule["pattern"], rule["counterexample"])


@pytest.mark.parametrize("row", ATTENDANCE, ids=[r["id"] for r in ATTENDANCE])
def test_an_attendance_row_matches_its_example_only(row: dict[str, Any]) -> None:
    pattern = dict(attendance_rows())[row["id"]]
    assert pattern.search(drawn(row["example"], "narrative").text)
    assert not pattern.search(drawn(row["counterexample"], "narrative").text)


def test_ids_of_rows_are_unique() -> None:
    for rows in (CONTACTS, MODALITY, ATTENDANCE):
        ids = [r["id"] for r in rows]
        assert len(ids) == len(set(ids))
