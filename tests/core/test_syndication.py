"""Copies, light rewrites and chains of attribution are one independent source."""

from __future__ import annotations

import re
from itertools import permutations
from typing import Any

import pytest

from kg.model import Report, Source
from kg.outlets import Outlets
from kg.rdf import report_node
from kg.syndication import Syndication, rows, table
from ontology import lexicon

OUTLETS = Outlets(lexicon())
AGENCY = (
    "The foreign ministers of Norway and Zambia, Ingrid Solvang and Joseph Mumba, met in Lusaka on "
    "Tuesday. They discussed hydropower, seed exports and the training of engineers. Solvang said "
    "that her country would lend 40 million dollars for two dams on the Kafue. Mumba thanked her and "
    "called for more scholarships. A memorandum on grid maintenance was signed by the energy "
    "companies of both countries in the presence of the ministers."
)
REWRITE = (
    "Norway's foreign minister Ingrid Solvang and her Zambian colleague Joseph Mumba met in Lusaka on "
    "Tuesday, it was reported. They discussed hydropower, seed exports and the training of engineers. "
    "Solvang said her country would lend 40 million dollars for two dams on the Kafue. Mumba thanked "
    "her and asked for more scholarships. A memorandum on grid maintenance was signed by the energy "
    "companies of the two countries while the ministers looked on."
)
OWN_WORDS = (
    "Lusaka received Oslo's top diplomat this week. Joseph Mumba and Ingrid Solvang spent two hours "
    "over maps of the Kafue, where Norwegian money is to pay for a pair of dams; forty million dollars "
    "were named. The hosts would also like to see more of their students in Trondheim. Power companies "
    "used the occasion to put their names to a paper on how to look after the grid."
)
SHARED_QUOTE = (
    "The finance committee in Lusaka looks at the Norwegian loan with some doubt. “A memorandum on "
    "grid maintenance was signed by the energy companies of both countries,” one member recalled, and "
    "asked who would pay for the crews, the lorries, the spare parts and the years of training that "
    "such a paper silently assumes, when the utility has not balanced its books since the drought."
)


def _report(id: str, text: str, outlet: str | None = None) -> Report:
    return Report(id, text, Source("made up"), outlet)


def _groups(*reports: Report) -> list[list[str]]:
    name = {report_node(r).value: r.id for r in reports}
    return [sorted(name[iri] for iri in s.reports) for s in Syndication(OUTLETS).sources(reports)]


def _independent(*reports: Report) -> int:
    return len(_groups(*reports))


def test_equal_texts_under_two_ids_are_one_source() -> None:
    assert _independent(_report("a", AGENCY, "Daily A"), _report("b", AGENCY, "Daily B")) == 1


def test_a_light_rewrite_is_the_same_source() -> None:
    assert _independent(_report("a", AGENCY, "Daily A"), _report("b", REWRITE, "Daily B")) == 1


def test_an_agency_text_with_a_paragraph_added_is_the_same_source() -> None:
    longer = _report("b", f"{AGENCY} {OWN_WORDS}", "Daily B")
    assert _independent(_report("a", AGENCY, "Daily A"), longer) == 1


def test_the_same_news_in_own_words_is_another_source() -> None:
    assert _independent(_report("a", AGENCY, "Daily A"), _report("b", OWN_WORDS, "Daily B")) == 2


def test_a_shared_sentence_does_not_make_one_source() -> None:
    assert _independent(_report("a", AGENCY, "Daily A"), _report("b", SHARED_QUOTE, "Daily B")) == 2


def test_short_texts_are_one_source_only_if_nearly_equal() -> None:
    first = _report("a", "Norway's and Zambia's foreign ministers met in Lusaka on Tuesday.", "A")
    same = _report("b", "NORWAY'S AND ZAMBIA'S FOREIGN MINISTERS MET IN LUSAKA ON TUESDAY", "B")
    other = _report("c", "Norway's and Zambia's foreign ministers met to talk of dams.", "C")
    assert _groups(first, same, other) == [["a", "b"], ["c"]]


def test_who_cites_another_report_is_no_further_source() -> None:
    citing = _report("b", f"{OWN_WORDS} This was reported by Daily A.", "Daily B")
    (source,) = Syndication(OUTLETS).sources([_report("a", AGENCY, "Daily A"), citing])
    assert (source.because, source.origin) == (("attribution",), "Daily A")


def test_reports_that_cite_one_absent_agency_are_one_source() -> None:
    one = _report("a", f"LUSAKA, 4 May (Reuters) - {AGENCY}", "Daily A")
    other = _report("b", f"{OWN_WORDS} The talks lasted two hours, Reuters reports.", "Daily B")
    (source,) = Syndication(OUTLETS).sources([one, other])
    assert (source.because, source.origin) == (("attribution",), "Reuters")


def test_one_outlet_is_one_source() -> None:
    assert _independent(_report("a", AGENCY, "Daily A"), _report("b", OWN_WORDS, "Daily A")) == 1


def test_reports_without_an_outlet_are_told_apart_by_their_words() -> None:
    assert _independent(_report("a", AGENCY), _report("b", OWN_WORDS), _report("c", AGENCY)) == 2


def test_an_outlet_that_signs_its_own_dateline_cites_nobody() -> None:
    one = _report("a", f"LUSAKA, 4 May (Reuters) - {AGENCY}", "Reuters")
    assert _independent(one, _report("b", OWN_WORDS, "Daily B")) == 2


@pytest.mark.parametrize("words", ["According to the White House,", "According to NATO,"])
def test_a_speaker_is_not_taken_for_an_agency(words: str) -> None:
    one = _report("a", f"{words} it went well. {AGENCY}", "Daily A")
    other = _report("b", f"{words} it went well. {OWN_WORDS}", "Daily B")
    assert _independent(one, other) == 2


def test_the_order_of_reports_does_not_matter() -> None:
    reports = [
        _report("a", AGENCY, "Daily A"),
        _report("b", REWRITE, "Daily B"),
        _report("c", OWN_WORDS, "Daily C"),
        _report("d", f"{SHARED_QUOTE} Source: Daily C", "Daily D"),
    ]
    found = {tuple(map(tuple, _groups(*order))) for order in permutations(reports)}
    assert found == {(("a", "b"), ("c", "d"))}


@pytest.mark.parametrize("row", table()["row"], ids=[r["id"] for r in table()["row"]])
def test_a_row_names_the_outlet_in_its_example_only(row: dict[str, Any]) -> None:
    assert row["meaning"]
    pattern = re.compile(row["pattern"])
    assert any(OUTLETS.named(_first(m["source"])) for m in pattern.finditer(row["example"]))
    assert not any(
        OUTLETS.named(_first(m["source"])) for m in pattern.finditer(row["counterexample"])
    )


def _first(words: str) -> str:
    return words.split()[0].strip(' .,“”"')


def test_ids_of_rows_are_unique() -> None:
    assert len({r.id for r in rows()}) == len(rows())
