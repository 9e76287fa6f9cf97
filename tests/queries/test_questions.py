"""What the questions promise, and what they refuse."""

from __future__ import annotations

import pytest

import queries
from kg.errors import UnknownNameError, UsageError
from kg.store.base import View
from queries.english import Form, forms, read_question
from queries.english_dates import dates_in


def test_a_pair_is_one_row_ordered_by_code(view: View) -> None:
    rows = queries.who_met_whom(view, state="BLR", with_="KAZ")
    assert [(r.who_state, r.whom_state) for r in rows] == [("BLR", "KAZ")]
    undirected = queries.who_met_whom(view, since="2019-10-25", until="2019-10-25", with_="BLR")
    assert {(r.who_state, r.whom_state) for r in undirected} == {("BLR", "KAZ")}


def test_a_meeting_told_by_two_reports_is_one_row_with_both_counted(view: View) -> None:
    (row,) = queries.who_met_whom(view, state="BLR")
    assert (row.date, row.reports) == ("2019-10-25", 2)
    assert "trade" in row.topics
    assert "the price of yak wool" in row.topics
    assert row.agreed == ("trade",)


def test_a_meeting_did_not_produce_what_its_reports_only_cite(view: View) -> None:
    (row,) = queries.who_met_whom(view, state="BLR")
    assert [title.startswith("Memorandum") for title in row.documents] == [True]


def test_an_attendee_makes_no_row(view: View) -> None:
    assert not any("Aide" in (r.who or "") for r in queries.who_met_whom(view, status="all"))


def test_a_party_with_nobody_named_gives_null_and_its_state(view: View) -> None:
    (row,) = queries.who_met_whom(view, state="UZB")
    assert (row.who, row.who_state, row.date) == (None, "UZB", "2016-05")


def test_newest_come_first_and_undated_last(view: View) -> None:
    dates = [r.date for r in queries.who_met_whom(view, status="all")]
    assert dates[-1] is None
    assert dates[:-1] == sorted(dates[:-1], reverse=True)


def test_a_topic_finds_what_is_narrower(view: View) -> None:
    assert len(queries.who_met_whom(view, topic="economy")) == len(
        queries.who_met_whom(view, topic="trade")
    )


@pytest.mark.parametrize("name", ["Lukashenka Aleksandr Nobody", "Tokaev Jr", "Atlantis"])
def test_an_unknown_name_is_refused_with_exit_code_2(view: View, name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        queries.who_met_whom(view, person=name)
    assert error.value.exit_code == 2


def test_the_nearest_names_are_suggested(view: View) -> None:
    with pytest.raises(UnknownNameError, match="Tokayev"):
        queries.who_met_whom(view, person="Tokayew")


def test_no_match_is_an_empty_answer_with_its_columns(view: View) -> None:
    rows = queries.who_met_whom(view, state="BLR", since="2030")
    assert len(rows) == 0
    assert list(rows.to_pandas().columns) == list(rows.columns)


@pytest.mark.parametrize(
    "given",
    [{"since": "yesterday"}, {"format": "fax"}, {"status": "maybe"}, {"nonsense": "1"}],
)
def test_a_wrong_value_is_refused(view: View, given: dict[str, str]) -> None:
    with pytest.raises((UsageError, ValueError)):
        queries.run("who-met-whom", view, **given)


def test_a_missing_required_parameter_names_an_example(view: View) -> None:
    with pytest.raises(UsageError, match="b=KAZ"):
        queries.run("pair-history", view, a="BLR")


def test_rows_become_a_frame_a_network_and_a_page(view: View) -> None:
    rows = queries.who_met_whom(view)
    assert len(rows.to_pandas()) == len(rows)
    assert rows.to_networkx().number_of_edges() == len(rows)
    assert "<script" not in rows._repr_html_()
    assert "<table>" in rows._repr_html_()


def test_a_frame_of_topics_is_no_network(view: View) -> None:
    with pytest.raises(UsageError):
        queries.topics_of_pair(view, "BLR", "KAZ").to_networkx()


def test_the_network_counts_meetings_not_rows(view: View) -> None:
    network = queries.meeting_network(view, of="states")
    assert network["BLR"]["KAZ"]["weight"] == 1
    central = queries.most_central(view, of="states", top=1)[0]
    assert central.name == "FRA"
    assert central.partners == network.degree("FRA")


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.example)
def test_each_english_form_matches_its_own_example_first(form: Form) -> None:
    text = dates_in(form.example)[1]
    assert next(f for f in forms() if f.pattern.match(text)) == form


def test_english_is_read_as_a_question_of_the_catalogue(view: View) -> None:
    assert read_question(view, "Who met Tokayev on trade since 2019?") == (
        "who-met-whom",
        {"person": "Tokayev", "topic": "trade", "since": "2019"},
    )


@pytest.mark.parametrize(
    ("sentence", "question", "given"),
    [
        ("When did Lukashenko and Tokayev last meet?", "pair-history", "a=Lukashenko b=Tokayev"),
        (
            "all meetings between Belarus and Kazakhstan in October 2019",
            "who-met-whom",
            "state=Belarus with=Kazakhstan since=2019-10 until=2019-10",
        ),
        (
            "What was agreed between Belarus and Kazakhstan",
            "who-met-whom",
            "state=Belarus with=Kazakhstan agreed=true",
        ),
        (
            "What did Lukashenko and Tokayev agree on from 1 March 2019 to May 4, 2020?",
            "who-met-whom",
            "person=Lukashenko with=Tokayev agreed=true since=2019-03-01 until=2020-05-04",
        ),
        (
            "which meetings were cancelled before 2020",
            "who-met-whom",
            "status=cancelled until=2020",
        ),
        ("Who called Kazakhstan?", "calls", "party=Kazakhstan"),
    ],
)
def test_what_people_type_is_understood(
    view: View, sentence: str, question: str, given: str
) -> None:
    name, read = read_question(view, sentence)
    assert (name, " ".join(f"{k}={v}" for k, v in read.items())) == (question, given)


def test_dates_are_never_dropped_in_silence(view: View) -> None:
    with pytest.raises(UsageError, match="takes no dates"):
        read_question(view, "What did Belarus and Kazakhstan discuss in 2019?")


def test_a_sentence_that_is_no_question_of_ours_is_refused(view: View) -> None:
    with pytest.raises(UsageError, match=r"nearest are .* kg ask --list"):
        read_question(view, "What is the weather in Minsk?")
