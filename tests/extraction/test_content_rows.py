"""Each row of the content tables finds its own example and not its counterexample."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kg.model import Participant, Report, Source
from loaders.extraction.amounts import amounts, settled_unit
from loaders.extraction.content_parties import Parties
from loaders.extraction.content_tables import table
from loaders.extraction.content_words import Words, read_words
from loaders.extraction.document_lists import NamedDocument
from loaders.extraction.documents import sentence_documents
from loaders.extraction.figures import NamedFigure, sentence_figures
from loaders.extraction.segment import segment
from loaders.extraction.statements import Listener, Said

DOCUMENTS = table("documents")
FIGURES = table("figures")
STATEMENTS = [*table("statements")["verb"], *table("statements")["phrase"]]


def named(text: str) -> list[NamedDocument]:
    return sentence_documents(read_words(text, 0, len(text)))


@pytest.mark.parametrize("row", DOCUMENTS["kind"], ids=[r["id"] for r in DOCUMENTS["kind"]])
def test_a_kind_of_document_is_found_by_its_name(row: dict[str, Any]) -> None:
    assert row["meaning"]
    example = row["example"]
    assert (row["type"], row["gives"]) in [
        (d.type, example[d.start : d.end]) for d in named(example)
    ]
    assert row["type"] not in [d.type for d in named(row["counterexample"])]


@pytest.mark.parametrize("row", DOCUMENTS["act"], ids=[r["id"] for r in DOCUMENTS["act"]])
def test_an_act_gives_a_document_its_status(row: dict[str, Any]) -> None:
    assert row["meaning"]
    example = row["example"]
    assert (row["status"], row["gives"]) in [
        (d.status, example[d.start : d.end]) for d in named(example)
    ]
    assert row["status"] not in [d.status for d in named(row["counterexample"])]


@pytest.mark.parametrize("row", DOCUMENTS["tail"], ids=[r["id"] for r in DOCUMENTS["tail"]])
def test_what_stands_behind_a_document_tells_that_it_is_still_to_come(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert [d.status for d in named(row["example"])] == ["planned"]
    assert "planned" not in [d.status for d in named(row["counterexample"])]


@pytest.mark.parametrize("row", DOCUMENTS["lead"], ids=[r["id"] for r in DOCUMENTS["lead"]])
def test_what_stands_before_a_signing_gives_its_status(row: dict[str, Any]) -> None:
    def is_earlier(document: NamedDocument) -> bool:
        return document.status == "referred-to" or document.earlier

    if row["status"] == "referred-to":
        assert all(is_earlier(d) for d in named(row["example"]))
        assert not any(is_earlier(d) for d in named(row["counterexample"]))
        return
    assert [d.status for d in named(row["example"])] == [row["status"]]
    assert row["status"] not in [d.status for d in named(row["counterexample"])]


def test_ids_of_rows_are_unique() -> None:
    for rows in (*DOCUMENTS.values(), *FIGURES.values(), STATEMENTS):
        ids = [r.get("id", r.get("code")) for r in rows]
        assert len(ids) == len(set(ids))


# Figures ---------------------------------------------------------------------------------------------


def figures(text: str) -> list[NamedFigure]:
    return sentence_figures(text, 0, len(text), date(2020, 6, 15), lambda: None)


@pytest.mark.parametrize("row", FIGURES["currency"], ids=[r["code"] for r in FIGURES["currency"]])
def test_a_currency_is_read_on_either_side_of_the_number(row: dict[str, Any]) -> None:
    assert row["meaning"]
    found = [f"{a.value:.0f} {a.unit}" for a in amounts(row["example"], 0, len(row["example"]))]
    assert found == [row["gives"]]
    other = row["counterexample"]
    assert row["code"] not in [a.unit for a in amounts(other, 0, len(other))]


@pytest.mark.parametrize("row", FIGURES["shared"], ids=[r["id"] for r in FIGURES["shared"]])
def test_a_shared_name_is_the_currency_of_the_one_state_that_has_it(row: dict[str, Any]) -> None:
    assert row["meaning"]
    (amount,) = amounts(row["example"], 0, len(row["example"]))
    both = {pair.partition("=")[0] for pair in row["holders"].split()}
    settled = settled_unit(amount.unit, frozenset({row["state"], "USA"}))
    assert f"{amount.value:.0f} {settled}" == row["gives"]
    assert settled_unit(amount.unit, frozenset(both)) == row["default"]
    (other,) = amounts(row["counterexample"], 0, len(row["counterexample"]))
    assert other.unit != row["id"]


@pytest.mark.parametrize("row", FIGURES["unit"], ids=[r["code"] for r in FIGURES["unit"]])
def test_a_unit_is_read_behind_the_number(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert row["gives"] in [f"{f.value:.0f} {f.unit}" for f in figures(row["example"])]
    assert row["code"] not in [f.unit for f in figures(row["counterexample"])]


@pytest.mark.parametrize("row", FIGURES["indicator"], ids=[r["id"] for r in FIGURES["indicator"]])
def test_an_indicator_says_what_a_number_measures(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert row["label"] in [f.indicator for f in figures(row["example"])]
    assert row["label"] not in [f.indicator for f in figures(row["counterexample"])]


@pytest.mark.parametrize("row", FIGURES["growth"], ids=[r["id"] for r in FIGURES["growth"]])
def test_a_percentage_is_a_growth_or_a_decline(row: dict[str, Any]) -> None:
    def grown(text: str) -> list[tuple[str, float]]:
        return [(f.indicator, f.value) for f in figures(text)]

    assert row["meaning"]
    (one,) = grown(row["example"])
    assert one[0].endswith(row.get("suffix", "growth"))
    assert "times" not in row or one[1] == row["times"]
    assert one not in grown(row["counterexample"])


@pytest.mark.parametrize("row", FIGURES["modality"], ids=[r["id"] for r in FIGURES["modality"]])
def test_the_words_around_a_number_say_how_sure_it_is(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert [f.modality for f in figures(row["example"])] == [row["modality"]]
    assert row["modality"] not in [f.modality for f in figures(row["counterexample"])]


@pytest.mark.parametrize("row", FIGURES["comparator"], ids=[r["id"] for r in FIGURES["comparator"]])
def test_the_words_before_a_number_say_how_exact_it_is(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert [f.comparator for f in figures(row["example"])] == [row["id"]]
    assert [f.comparator for f in figures(row["counterexample"])] == [None]


@pytest.mark.parametrize("row", FIGURES["trap"], ids=[r["id"] for r in FIGURES["trap"]])
def test_a_number_in_a_trap_is_no_figure(row: dict[str, Any]) -> None:
    assert row["meaning"]
    assert not figures(row["example"])
    assert figures(row["counterexample"])


# Statements ------------------------------------------------------------------------------------------


def statements(text: str) -> list[Said]:
    segmented = segment(Report("r", text, Source("test")))
    parties = Parties((Participant("Rosa Paz", "Minister Paz", "Minister", "PER"),))
    sentences = range(len(segmented.sentences))

    def words(index: int) -> Words:
        return read_words(text, segmented.sentences[index].start, segmented.sentences[index].end)

    return list(Listener(segmented, parties, words).said(tuple(sentences)))


@pytest.mark.parametrize("row", STATEMENTS, ids=[r["id"] for r in STATEMENTS])
def test_a_verb_or_phrase_gives_words_to_a_speaker(row: dict[str, Any]) -> None:
    assert row["meaning"]
    (one,) = statements(row["example"])
    assert one.speaker.by == "Rosa Paz"
    assert "ferry will sail again in May" in row["example"][one.start : one.end]
    assert not statements(row["counterexample"])
