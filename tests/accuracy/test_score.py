"""What each row counts, on meetings small enough to count by hand."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.accuracy.outcome import Outcome
from benchmarks.accuracy.reading import amount_of, annotation, format_of, period_of, treatment_of
from benchmarks.accuracy.rows import GOLD_ROWS, SILVER_ROWS
from benchmarks.accuracy.score import score
from benchmarks.accuracy.silver import label_of, score_title

Record = dict[str, Any]
NOVAK = {"name": "Adela Novak", "office": "President", "state": "HRV", "role": "principal"}
BERG = {"name": "Jon Berg", "office": "Prime Minister", "state": "NOR", "role": "principal"}
KOS = {"name": "Ana Kos", "office": "Foreign Minister", "state": "MLT", "role": "principal"}


def meeting(*participants: Record, **more: Any) -> Record:
    said = {"status": "held", "format": "phone", "date": "2020-05-02", "place": None}
    return {**said, "participants": list(participants), **more}


def scored(wanted: list[Record], found: list[Record], **more: Any) -> Outcome:
    gold = annotation({"id": "r", "meetings": wanted, **more})
    return score(gold, annotation({"id": "r", "meetings": found}).meetings)


def test_a_meeting_is_found_by_one_principal_but_its_counterpart_needs_both() -> None:
    counts = scored([meeting(NOVAK, BERG)], [meeting(NOVAK, KOS)]).counts
    assert counts["held"] == (1, 0, 0)
    assert counts["held-counterpart"] == (0, 1, 1)
    assert counts["participants"] == (1, 1, 1)


def test_a_shared_attendee_makes_no_meeting() -> None:
    attending = {**NOVAK, "role": "attendee"}
    counts = scored([meeting(BERG, attending)], [meeting(KOS, attending)]).counts
    assert counts["held"] == (0, 1, 1)


def test_a_missed_meeting_costs_its_participants_and_topics_end_to_end_only() -> None:
    topic = {"text": "fisheries", "treatment": "discussed"}
    counts = scored([meeting(NOVAK, BERG, topics=[topic])], []).counts
    assert counts["participants"] == (0, 0, 2)
    assert counts["topics"] == (0, 0, 1)
    assert "participants-within" not in counts
    assert "topics-within" not in counts


def test_of_two_meetings_each_is_paired_with_its_own() -> None:
    first, second = meeting(NOVAK, BERG), meeting(NOVAK, KOS, date="2020-05-03")
    counts = scored([first, second], [second, first]).counts
    assert counts["participants"] == (4, 0, 0)
    assert counts["date"] == (2, 2)


def test_an_optional_meeting_is_neither_asked_nor_wrong() -> None:
    optional = meeting(NOVAK, BERG, optional=True)
    assert "held" not in scored([optional], []).counts
    assert "held" not in scored([optional], [meeting(NOVAK, BERG)]).counts
    assert scored([optional], [meeting(NOVAK, KOS)]).counts["held"] == (0, 1, 0)


@pytest.mark.parametrize(
    ("annotated", "row"),
    [([], "false-held-empty"), ([meeting(NOVAK, BERG, status="planned")], "false-held-plans")],
)
def test_a_report_without_a_held_meeting_is_wronged_once(annotated: list[Record], row: str) -> None:
    counts = scored(annotated, [meeting(NOVAK, BERG), meeting(NOVAK, KOS)]).counts
    assert counts[row] == counts["false-held"] == (1, 1)


@pytest.mark.parametrize("status", ["planned", "cancelled", "denied", "background"])
def test_other_meetings_must_have_their_status(status: str) -> None:
    wanted = [meeting(NOVAK, BERG, status=status)]
    assert scored(wanted, wanted).counts[status] == (1, 0, 0)
    assert scored(wanted, []).counts[status] == (0, 0, 1)
    assert scored(wanted, [meeting(NOVAK, BERG)]).counts[status] == (0, 0, 1)
    assert scored([], wanted).counts[status] == (0, 1, 0)


@pytest.mark.parametrize(
    ("wanted", "said", "exact", "near"),
    [
        ("2020-05-02", "2020-05-02", 1, 1),
        ("2020-05-02", "2020-05-03", 0, 1),
        ("2020-05-02", "2020-05-04", 0, 0),
        ("2020-05", "2020-05-17", 1, 1),
        ("2020-05-17", "2020-05", 0, 0),
        ("2020-05-02", "2020-05-03/2020-05-06", 0, 1),
        ("2020-05-02/2020-05-04", "2020-05-02/2020-05-04", 1, 1),
        ("2020-05-02", "2020-02-31", 0, 0),
        ("2020-05-02", None, 0, 0),
    ],
)
def test_dates(wanted: str, said: str | None, exact: int, near: int) -> None:
    counts = scored([meeting(NOVAK, BERG, date=wanted)], [meeting(NOVAK, BERG, date=said)]).counts
    assert (counts["date"], counts["date-near"]) == ((exact, 1), (near, 1))


@pytest.mark.parametrize(
    ("wanted", "said", "row", "expected"),
    [
        ({"name": "Astana", "state": "KAZ"}, {"name": "the city of Astana", "state": "KAZ"}, "place", (1, 1)),
        ({"name": "Astana", "state": "KAZ"}, None, "place", (0, 1)),
        ({"name": "Astana", "state": "KAZ"}, {"name": "Almaty", "state": "KAZ"}, "place-state", (1, 1)),
        ({"name": "Astana", "state": "KAZ", "inferred": True}, None, "place", None),
        ({"name": "Astana", "state": "KAZ", "inferred": True}, {"name": "Almaty", "state": "KAZ"}, "place", (1, 1)),
        (None, {"name": "Oslo", "state": "NOR"}, "no-place", (0, 1)),
    ],
)  # fmt: skip
def test_places(wanted: Record | None, said: Record | None, row: str, expected: Any) -> None:
    counts = scored([meeting(NOVAK, BERG, place=wanted)], [meeting(NOVAK, BERG, place=said)]).counts
    assert counts.get(row) == expected


def test_other_accepted_values_are_right() -> None:
    wanted = meeting(
        NOVAK, {**BERG, "state_alt": ["SJM"]}, format_alt=["video"], date_alt=["2020-05-09"]
    )
    found = meeting(NOVAK, {**BERG, "state": "SJM"}, format="video", date="2020-05-09")
    counts = scored([wanted], [found]).counts
    assert counts["format"] == counts["date"] == (1, 1)
    assert counts["participants"] == (2, 0, 0)


def test_a_plan_found_where_remarks_precede_the_meeting_is_accepted_in_its_own_row() -> None:
    wanted = [meeting(NOVAK, BERG, status_alt=["planned"])]
    counts = scored(wanted, [meeting(NOVAK, BERG, status="planned")]).counts
    assert counts["held"] == (0, 0, 1)
    assert "held-remarks" not in counts


def test_somebody_who_was_not_there_is_counted_where_given() -> None:
    found = [meeting(NOVAK, BERG, {"name": "Ana Kos", "state": "MLT"})]
    counts = scored([meeting(NOVAK, BERG)], found, not_participants=["Kos", "Ola Lund"]).counts
    assert counts["not-participants"] == (1, 2)


def topics(*pairs: tuple[str, str], **more: Any) -> Record:
    return meeting(NOVAK, BERG, topics=[{"text": t, "treatment": how, **more} for t, how in pairs])


def test_topics_and_their_treatment() -> None:
    wanted = topics(("rail freight", "agreed"), ("fisheries", "discussed"), ("visas", "raised"))
    found = topics(("the rail freight", "agreed"), ("fisheries", "agreed"), ("tea", "other"))
    counts = scored([wanted], [found]).counts
    assert counts["topics"] == (2, 1, 1)
    assert counts["treatment"] == counts["agreed-or-not"] == (1, 2)
    assert counts["agreed"] == (1, 1, 0)


def test_an_optional_topic_may_be_found() -> None:
    wanted = topics(("the hospitality", "thanked"), optional=True)
    assert "topics" not in scored([wanted], [topics(("hospitality", "thanked"))]).counts
    assert "topics" not in scored([wanted], [meeting(NOVAK, BERG)]).counts


def test_documents_and_figures_told_of_two_meetings_count_once() -> None:
    paper = {"title": "memorandum on seed exports", "status": "signed"}
    trade = {"indicator": "trade", "value": 2_000_000, "unit": "USD", "period": "2019"}
    pair = [
        meeting(NOVAK, BERG, documents=[paper], figures=[trade]),
        meeting(NOVAK, KOS, documents=[paper], figures=[{**trade, "value": 2_010_000}]),
    ]
    counts = scored(pair, pair).counts
    assert counts["documents"] == counts["figures"] == (1, 0, 0)
    assert counts["document-status"] == (1, 1)


def test_an_older_document_does_not_count() -> None:
    paper = {"title": "treaty of friendship", "status": "referred-to"}
    wanted = [meeting(NOVAK, BERG, documents=[paper])]
    assert "documents" not in scored(wanted, wanted).counts
    assert "documents" not in scored(wanted, [meeting(NOVAK, BERG)]).counts


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [(900, "mln USD", 9e8), ("1,200", "", 1200), ("1.5 bn", "USD", 1.5e9), ("many", "", None), (None, "", None)],
)  # fmt: skip
def test_amounts(value: object, unit: str, amount: float | None) -> None:
    assert amount_of(value, unit) == amount


@pytest.mark.parametrize(
    ("said", "period"),
    [("2022-Q1", ("2022", "1")), ("third quarter", ("third quarter", "")), ("3rd quarter of 2021", ("2021", "3")),
     ("January-March 2020", ("2020", "1")), (2018, ("2018", "")), (None, None), ("null", None)],
)  # fmt: skip
def test_periods(said: object, period: tuple[str, str] | None) -> None:
    assert period_of(said) == period


def test_the_spellings_of_other_extractors_are_read() -> None:
    assert [format_of(x) for x in ("Telephone", "in person", "video conference", None, "fax")] == [
        "phone", "in-person", "video", "unspecified", "fax"
    ]  # fmt: skip
    assert [treatment_of(x) for x in ("Called for", "exchanged views", "praised", "")] == [
        "called-for", "discussed", "other", "missing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "said",
    [
        {"meetings": None}, {"meetings": "x"}, {"meetings": [None, 3]},
        {"meetings": [{"participants": 7, "topics": {}, "place": "Oslo", "date": 2020, "confidence": "high"}]},
        {"meetings": [{"participants": [{"name": 5, "office": 6, "state": 7, "span": "0"}, {}],
                       "topics": [{"text": 1, "treatment": 2}], "documents": [{"title": 3, "status": 4}],
                       "figures": [{"value": [], "unit": 5, "period": {}}], "status": 9, "format": 8}]},
    ],
)  # fmt: skip
def test_whatever_an_extractor_writes_is_scored(said: Record) -> None:
    found = annotation({"id": "r", **said}).meetings
    wanted = annotation({"id": "r", "meetings": [meeting(NOVAK, BERG)]})
    counts = score(wanted, found).counts
    assert counts["held"][0] == 0
    assert counts["held"][2] == 1


def title(kind: str, **more: Any) -> Record:
    gold = {"kind": kind, "official": "Jon Berg", "counterparts": [{"surname": "Novak"}], **more}
    return {"title": "Call with President Novak", "source": "regjeringen.no", "gold": gold}


def by_title(record: Record, *found: Record) -> Outcome:
    label = label_of(record)
    assert label is not None
    return score_title("r", label, annotation({"id": "r", "meetings": list(found)}).meetings)


def test_a_title_knows_the_counterpart_the_day_and_the_format() -> None:
    counts = by_title(title("call", contact_date="2020-05-02"), meeting(NOVAK, BERG, KOS)).counts
    for row in ("found", "found-call", "counterpart", "format", "date", "surname-recall"):
        assert counts[row] == (1, 1)
    assert counts["surname-precision"] == (1, 2)


@pytest.mark.parametrize("kind", ["announcement", "travel", "domestic"])
def test_plans_and_domestic_meetings_must_not_be_held(kind: str) -> None:
    assert by_title(title(kind), meeting(NOVAK, BERG)).counts[f"false-held-{kind}"] == (1, 1)
    planned = by_title(title(kind), meeting(NOVAK, BERG, status="planned"))
    assert planned.counts["false-held"] == (0, 1)


def test_remarks_may_be_a_plan_but_that_is_not_held() -> None:
    counts = by_title(title("remarks_at_meeting"), meeting(NOVAK, BERG, status="planned")).counts
    assert (counts["found"], counts["remarks"]) == ((0, 1), (1, 1))


def test_titles_that_tell_nothing_are_left_out() -> None:
    assert label_of({"title": "x", "gold": None}) is None
    assert label_of(title("letter")) is None
    assert label_of({**title("domestic"), "title": "Telephone conversation with X"}) is None


def test_rows_have_names_of_their_own() -> None:
    for rows in (GOLD_ROWS, SILVER_ROWS):
        assert len({row.key for row in rows}) == len(rows)
        assert all(row.meaning for row in rows)
