"""`/api` says what the commands say."""

from __future__ import annotations

import contextlib
import io
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from kg.cli import main
from queries import catalogue
from tests.serve.client import ID, SILENT, Server, serving

pytestmark = pytest.mark.network

ASKED = [
    ("who-met-whom", {}),
    ("who-met-whom", {"person": "Lukashenko", "with": "KAZ", "since": "2019", "agreed": "true"}),
    ("who-met-whom", {"format": "phone", "status": "all"}),
    ("pair-history", {"a": "BLR", "b": "Tokayev"}),
    ("what-was-agreed", {"party": "KAZ", "topic": "trade"}),
    ("topics-of-pair", {"a": "Belarus", "b": "Kazakhstan"}),
    ("calls", {}),
    ("visits", {"person": "Barack Obama"}),
    ("who-met-both", {"a": "Sarkozy", "b": "Tokayev"}),
    ("where-reports-disagree", {"about": "place"}),
]


def command(db: Path, *arguments: str) -> str:
    """What `kg` prints."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main([*arguments, "--db", str(db)]) == 0
    return out.getvalue()


def test_every_question_of_the_catalogue_is_asked_here() -> None:
    assert {name for name, _ in ASKED} == set(catalogue())


@pytest.mark.parametrize(("name", "given"), ASKED)
def test_a_question_has_the_rows_of_kg_ask(
    server: Server, db: Path, name: str, given: dict[str, str]
) -> None:
    reply = server.get(f"/api/ask/{name}?{urlencode(given)}")
    assert (reply.status, reply.kind) == (200, "application/json")
    # On the command line `--format` is the form of the output.
    options = [f"--{'format-of' if k == 'format' else k}={v}" for k, v in given.items()]
    assert reply.text == command(db, "ask", name, *options, "--format", "json")


def test_csv_by_name_or_by_accept(server: Server, db: Path) -> None:
    expected = command(db, "ask", "who-met-whom", "--status=all", "--format", "csv")
    by_name = server.get("/api/ask/who-met-whom.csv?status=all")
    by_accept = server.get("/api/ask/who-met-whom?status=all", accept="text/csv")
    assert by_name.text == by_accept.text == expected
    assert by_name.kind == "text/csv"
    assert server.get("/api/ask/calls.json", accept="text/csv").kind == "application/json"
    assert server.get("/api/ask/calls", accept="image/png").status == 406


def test_the_catalogue_is_that_of_kg_ask_list(server: Server, db: Path) -> None:
    assert server.get("/api/questions").json() == json.loads(
        command(db, "ask", "--list", "--format", "json")
    )


@pytest.mark.parametrize(
    "what",
    ["Lukashenko", "BLR", "state/BLR", f"{ID}state/BLR", "UN", "1", "report/tass.com/3",
     "person/nicolas-sarkozy", "Élysée/6"],
)  # fmt: skip
def test_a_card_is_that_of_kg_show(server: Server, db: Path, what: str) -> None:
    if what == "Élysée/6":
        what = f"{ID}report/elysee/6"
    expected = command(db, "show", what)
    assert server.get("/api/show/" + quote(what)).text == expected
    assert server.get("/api/show/" + quote(what, safe="")).text == expected


def test_a_meeting_has_the_words_that_it_rests_on(server: Server) -> None:
    row = server.get("/api/ask/who-met-whom?person=Tokayev&with=Lukashenko").json()[0]
    card = server.get("/api/show/" + quote(row["meeting"], safe="")).json()
    assert card["meeting"] == row["meeting"]
    assert {e["report"] for e in card["evidence"]} == {
        f"{ID}report/kazinform/1",
        f"{ID}report/belta/2",
    }
    for item in card["evidence"]:
        assert len(item["text"]) == item["end"] - item["start"]


def test_the_counts_are_those_of_kg_stats(server: Server, db: Path) -> None:
    assert server.get("/api/stats").text == command(db, "stats")


def test_a_sentence_is_read_as_a_question(server: Server) -> None:
    reply = server.get("/api/read?" + urlencode({"q": "Who met Tokayev on trade since 2019?"}))
    assert reply.json() == {
        "question": "who-met-whom",
        "parameters": {"person": "Tokayev", "topic": "trade", "since": "2019"},
    }


@pytest.mark.parametrize(
    ("target", "status", "complaint", "nearest"),
    [
        ("/api/ask/who-met-who", 404, "no question is known as 'who-met-who'", "who-met-whom"),
        ("/api/ask/calls?party=Kazakhstn", 400, "is known as 'Kazakhstn'", "Kazakhstan"),
        ("/api/ask/calls?colour=red", 400, "calls has no parameter 'colour'", None),
        ("/api/ask/pair-history?a=BLR", 400, "pair-history needs b, for example b=KAZ", None),
        ("/api/ask/pair-history?a=BLR&b=", 400, "pair-history needs b", None),
        ("/api/ask/calls?since=tomorrow", 400, "tomorrow", None),
        ("/api/ask/calls?party=BLR&party=KAZ", 400, "a parameter is given once", None),
        ("/api/ask/who-met-whom?agreed=perhaps", 400, "agreed is true or false", None),
        ("/api/ask/who-met-whom?format=letter", 400, "format is one of in-person", None),
        ("/api/show/Lukashenk", 404, "is known as 'Lukashenk'", "Lukashenko"),
        ("/api/show/meeting/none", 404, "is known as 'meeting/none'", None),
        ("/api/show/state/BL%7CR", 404, "/state/BL|R'", None),
        ("/api/read?q=what+is+love", 400, "in no form that is understood", None),
        ("/api/read", 400, "give a sentence", None),
        ("/api/nowhere", 404, "there is no /api/nowhere; there are /api/questions", None),
    ],
)
def test_an_error_is_json_with_what_was_perhaps_meant(
    server: Server, target: str, status: int, complaint: str, nearest: str | None
) -> None:
    reply = server.get(target)
    assert (reply.status, reply.kind) == (status, "application/json")
    assert complaint in reply.json()["error"]
    found = reply.json()["nearest"]
    assert isinstance(found, list)
    assert nearest is None or any(nearest in name for name in found)


@pytest.mark.parametrize("word", ["false", "no", "0", "off", ""])
def test_a_switch_can_be_off(server: Server, word: str) -> None:
    everything = server.get("/api/ask/who-met-whom").json()
    assert server.get(f"/api/ask/who-met-whom?agreed={word}").json() == everything
    assert len(server.get("/api/ask/who-met-whom?agreed=yes").json()) < len(everything)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_is_written(server: Server, method: str) -> None:
    for target in ("/api/ask/calls", "/api/show/BLR", "/api/stats", "/api/questions"):
        assert server.send(method, target).status == 405


def test_an_answer_has_a_tag_and_a_head(server: Server) -> None:
    target = "/api/ask/who-met-whom"
    tag = server.get(target).headers["etag"]
    assert server.get(target, if_none_match=tag).status == 304
    head = server.send("HEAD", target)
    assert (head.status, head.headers["etag"], head.body) == (200, tag, b"")
    assert server.get(target + ".csv").headers["etag"] != tag


def test_a_question_takes_a_worker_like_a_query(db: Path) -> None:
    """So it is bound by the same limits, and cannot hold up the server itself."""
    with serving(db, "--timeout", "2", "--workers", "1") as running:
        with ThreadPoolExecutor(1) as threads:
            slow = threads.submit(running.query, SILENT)
            while running.get("/health").json()["workers"]["idle"]:
                pass
            answer = running.get("/api/ask/calls")
            assert slow.result().status == 504
        assert answer.status in (200, 503)
        assert running.get("/api/ask/calls").status == 200
    with serving(db, "--max-rows", "2") as running:
        reply = running.get("/api/ask/who-met-whom")
        assert reply.status == 400
        assert reply.json()["error"].startswith("the answer has more than 2 rows")
