"""Each row of a language's pack does what it says on its example, and nothing on its counterexample."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.extraction.languages.contact import Contact
from loaders.extraction.languages.contacts import contacts_of
from loaders.extraction.languages.content import Contents
from loaders.extraction.languages.engine import engine
from loaders.extraction.languages.pack import PACKS, pack
from loaders.extraction.languages.sentences import Line
from loaders.extraction.languages.words import words_of

Row = tuple[str, dict[str, Any]]


def rows(file: str, table: str) -> list[Row]:
    return [(code, row) for code in PACKS for row in getattr(pack(code), file)[table]]


def named(row: Row) -> str:
    return f"{row[0]}-{row[1].get('id') or row[1].get('indicator') or row[1].get('type')}"


def line(code: str, text: str) -> Line:
    own = engine(code)
    made = Line(text, 0, len(text), 0, 0, "body", words_of(text, 0, len(text), own.pack))
    made.mentions = own.mentions.read(made.words)
    return made


def contacts(code: str, text: str) -> list[Contact]:
    return contacts_of(line(code, text), engine(code).phrases)


def by_row(row: Row, text: str) -> bool:
    """True if a contact of a party with somebody is told by the row."""
    code, table = row
    return any(
        c.row.id == table["id"] and len([m for m in (*c.first, *c.second) if m.states]) > 1
        for c in contacts(code, text)
    )


@pytest.mark.parametrize("row", rows("contacts", "contact"), ids=named)
def test_a_contact_row_matches_its_example_only(row: Row) -> None:
    assert row[1]["meaning"]
    assert by_row(row, row[1]["example"])
    assert not by_row(row, row[1]["counterexample"])


@pytest.mark.parametrize("row", rows("contacts", "status"), ids=named)
def test_a_status_row_decides_what_became_of_its_example_only(row: Row) -> None:
    code, table = row
    assert {c.status for c in contacts(code, table["example"])} == {table["id"]}
    assert table["id"] not in {c.status for c in contacts(code, table["counterexample"])}


def cues(code: str, text: str) -> list[tuple[str, str]]:
    """Treatment and words of all that a sentence puts on the table."""
    own: Contents = engine(code).contents
    return [(found.cue.treatment, text) for found in own._found(line(code, text))]


@pytest.mark.parametrize("row", rows("content", "cue"), ids=named)
def test_a_cue_puts_the_subject_of_its_example_on_the_table(row: Row) -> None:
    code, table = row
    assert table["treatment"] in {t for t, _ in cues(code, table["example"])}
    assert not cues(code, table["counterexample"])


@pytest.mark.parametrize("row", rows("content", "act"), ids=named)
def test_an_act_gives_the_paper_of_its_example_its_status(row: Row) -> None:
    code, table = row
    papers = engine(code).contents._papers
    assert [d.status for d in papers.of(line(code, table["example"]), "held")] == [table["status"]]
    assert not list(papers.of(line(code, table["counterexample"]), "held"))


@pytest.mark.parametrize("row", rows("content", "figure"), ids=named)
def test_a_sum_is_of_what_its_row_says(row: Row) -> None:
    code, table = row
    sums = engine(code).contents._sums
    found = list(sums.of(line(code, table["example"])))
    assert [(f.indicator, f.value, f.unit) for f in found] == [(table["indicator"], 3e9, "USD")]
    assert not list(sums.of(line(code, table["counterexample"])))


@pytest.mark.parametrize("row", rows("content", "document"), ids=named)
def test_every_type_of_paper_has_its_nouns(row: Row) -> None:
    assert row[1]["type"] and row[1]["nouns"].split()
