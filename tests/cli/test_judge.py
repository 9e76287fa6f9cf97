"""`kg judge`: decisions of people, listed, taken back, and the same in whatever order."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from kg.dates import When
from kg.ids import BASE
from kg.model import Extraction, Participant, Report, ReportedMeeting, Source, Span
from kg.store import open_store
from tests.cli.conftest import Run
from tests.sample import Told, load

_BLR = Participant("Aleksandr Lukashenko", "Lukashenko", "President", "BLR", span=Span(0, 9))
_KAZ = Participant("Kassym-Jomart Tokayev", "Tokayev", "President", "KAZ", span=Span(0, 9))
_AIDE = Participant("Jane Aide", "Aide", "Minister of Trade", "KAZ", span=Span(0, 9))
_DAYS = {"one": "2019-10-21", "two": "2019-10-25", "two-more": "2019-10-25", "three": "2019-10-29"}


def _told(name: str, *meetings: tuple[str, Participant]) -> Told:
    told = tuple(
        ReportedMeeting(
            "held", "in-person", When.parse(day), "explicit", (_BLR, other), span=Span(0, 9)
        )
        for day, other in meetings
    )
    text = f"Text of report {name}, long enough for its spans."
    report = Report(name, text, Source("made up"), f"Outlet {name}", name, "2019-11-01")
    return report, Extraction(told)


@pytest.fixture
def db(tmp_path: Path) -> str:
    """Three meetings of one pair, one of them told twice; a fourth report tells of two."""
    path = tmp_path / "db"
    store = open_store(path)
    load(store, [_told(name, (day, _KAZ)) for name, day in _DAYS.items()])
    load(store, [_told("both", ("2020-01-01", _KAZ), ("2020-01-01", _AIDE))])
    store.close()
    return str(path)


def export(kg: Run, db: str) -> str:
    return kg("export", "--to", "nq", "--db", db).out


def meeting_of(kg: Run, db: str, report: str) -> str:
    (told,) = json.loads(kg("show", report, "--db", db).out)["tells_of"]
    return str(told["iri"])


def meetings(kg: Run, db: str) -> int:
    return int(json.loads(kg("stats", "--db", db).out)["meetings"])


def test_two_meetings_judged_the_same_are_one_until_it_is_taken_back(kg: Run, db: str) -> None:
    before = export(kg, db)
    one, two = meeting_of(kg, db, "one"), meeting_of(kg, db, "two")
    done = json.loads(kg("judge", "same", one, two, "--db", db).out)
    assert (done["verdict"], done["new"], done["meetings"]) == ("same", True, 4)
    assert meeting_of(kg, db, "one") == meeting_of(kg, db, "two-more")
    shown = {json.loads(kg("show", iri, "--db", db).out)["meeting"] for iri in (one, two)}
    assert shown == {meeting_of(kg, db, "one")}
    (listed,) = json.loads(kg("judge", "list", "--db", db).out)["judgements"]
    assert (listed["n"], listed["judgement"]) == (1, done["judgement"])
    assert json.loads(kg("judge", "undo", "1", "--db", db).out)["meetings"] == 5
    assert export(kg, db) == before


def test_one_meeting_is_parted_by_naming_its_reports(kg: Run, db: str) -> None:
    kg("judge", "different", "two", "two-more", "--db", db)
    assert meeting_of(kg, db, "two") != meeting_of(kg, db, "two-more")
    assert meetings(kg, db) == 6


def test_a_mention_is_taken_out_of_its_meeting(kg: Run, db: str) -> None:
    listed = kg(
        "judge", "different", meeting_of(kg, db, "two"), meeting_of(kg, db, "two"), "--db", db
    )
    assert listed.code == 2
    mention = listed.err.split("name what to part: ")[1].split(", ")[0].strip()
    done = kg("judge", "different", mention, meeting_of(kg, db, "two"), "--db", db)
    assert json.loads(done.out)["meetings"] == 6


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_judgements_does_not_matter(
    kg: Run, db: str, tmp_path: Path, order: tuple[int, ...]
) -> None:
    one, two, three = (meeting_of(kg, db, r) for r in ("one", "two", "three"))
    aide = json.loads(kg("show", "both", "--db", db).out)["tells_of"][0]["iri"]
    calls = [("same", one, two), ("same", two, three), ("different", aide, three)]
    for n in order:
        assert kg("judge", *calls[n], "--db", db).code == 0
    assert meetings(kg, db) == 3
    straight = str(tmp_path / "straight")
    store = open_store(straight)
    load(store, [_told(name, (day, _KAZ)) for name, day in _DAYS.items()])
    load(store, [_told("both", ("2020-01-01", _KAZ), ("2020-01-01", _AIDE))])
    store.close()
    for call in calls:
        kg("judge", *call, "--db", straight)
    assert export(kg, db) == export(kg, straight)


def test_judging_twice_is_judging_once(kg: Run, db: str) -> None:
    kg("judge", "same", "one", "two", "--db", db)
    before = export(kg, db)
    again = json.loads(kg("judge", "same", "two", "one", "--db", db).out)
    assert (again["new"], export(kg, db)) == (False, before)


def test_a_contradiction_is_one_message_that_says_what_to_undo(kg: Run, db: str) -> None:
    kg("judge", "same", "one", "two", "--db", db)
    before = export(kg, db)
    done = kg("judge", "different", "two", "one", "--db", db)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert "contradicts judgement 1" in done.err
    assert "kg judge undo 1" in done.err
    assert export(kg, db) == before


def test_persons_are_judged_too(kg: Run, db: str) -> None:
    store = open_store(db)
    load(store, [_told("four", (_DAYS["one"], _AIDE))])
    store.close()
    before = export(kg, db)
    assert meeting_of(kg, db, "four") != meeting_of(kg, db, "one")
    kg("judge", "same", "Jane Aide", "Tokayev", "--db", db)
    aide = json.loads(kg("show", "person/KAZ-jane-aide", "--db", db).out)
    assert aide["person"] == BASE + "person/kassym-jomart-tokayev"
    assert meeting_of(kg, db, "four") == meeting_of(kg, db, "one")
    kg("judge", "undo", "1", "--db", db)
    assert export(kg, db) == before


def test_the_fuller_name_stands_for_persons_judged_one(kg: Run, db: str) -> None:
    store = open_store(db)
    load(
        store, [_told("four", ("2020-02-01", replace(_AIDE, name="J. Aide", office="Ambassador")))]
    )
    store.close()
    done = json.loads(kg("judge", "same", "J. Aide", "Jane Aide", "--db", db).out)
    assert {(done[side]["iri"], done[side]["label"]) for side in ("one", "other")} == {
        (BASE + "person/KAZ-jane-aide", "Jane Aide")
    }


def test_a_judgement_outlives_the_report_it_is_about(kg: Run, db: str) -> None:
    kg("judge", "same", "one", "two", "--db", db)
    before = export(kg, db)
    kg("retract", "one", "--db", db)
    (listed,) = json.loads(kg("judge", "list", "--db", db).out)["judgements"]
    assert None in (listed["one"]["iri"], listed["other"]["iri"])
    store = open_store(db)
    load(store, [_told("one", (_DAYS["one"], _KAZ))])
    store.close()
    assert export(kg, db) == before


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("same", "one"), "takes 2 names, not 1"),
        (("list", "one"), "takes 0 names, not 1"),
        (("undo", "7"), "there are none"),
        (("undo", "first"), "takes the number"),
        (("same", "one", "nowhere"), "'nowhere'"),
        (("same", "one", "Tokayev"), "cannot be compared"),
        (("same", "two", "two"), "one already"),
        (("same", "one", "both"), "tells of 2 meetings"),
        (("same", "one", "meeting/2019-10-25-BLR-KAZ-00000000"), "no meeting is known"),
        (("same", "one", "meeting/not an iri>"), "no meeting is known"),
        (("same", "one", "report/outlet-two/two#meeting-0"), "no mention of a meeting"),
        (("similar", "one", "two"), "did you mean same?"),
    ],
)
def test_a_wrong_call_is_one_clear_line(
    kg: Run, db: str, arguments: tuple[str, ...], reason: str
) -> None:
    before = export(kg, db)
    done = kg("judge", *arguments, "--db", db)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1)
    assert reason in done.err
    assert export(kg, db) == before


def test_a_graph_that_is_not_there_is_not_made(kg: Run, tmp_path: Path) -> None:
    done = kg("judge", "same", "a", "b", "--db", str(tmp_path / "none"))
    assert done.code == 2
    assert not (tmp_path / "none").exists()
