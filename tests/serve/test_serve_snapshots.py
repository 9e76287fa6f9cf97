"""What is loaded while the server runs is seen by the next query, and never half of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import open_store
from tests.sample import load, retract, told
from tests.serve.client import DM, ID, ROOT, Server, environment, serving
from tests.serve.conftest import make_db

pytestmark = pytest.mark.network

COUNT = f"SELECT (COUNT(DISTINCT ?m) AS ?n) {{ ?m a <{DM}Meeting> }}"
REPORT = """Prime Minister Ada Example of Norway met President Bo Muster of Finland in Oslo on
3 March 2023. They discussed trade.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A graph that the test may change."""
    return make_db(tmp_path / "db")


@pytest.fixture
def following(own: Path) -> Iterator[Server]:
    with serving(own) as running:
        yield running


def meetings(server: Server) -> int:
    return int(server.query(COUNT).rows[0]["n"])


def test_the_command_that_loads_is_seen_by_the_next_query(
    own: Path, following: Server, tmp_path: Path
) -> None:
    assert meetings(following) == 7
    report = tmp_path / "oslo.txt"
    report.write_text("Norway and Finland speak of trade\n\n" + REPORT)
    command = [sys.executable, "-m", "kg", "load", str(report), "--db", str(own)]
    subprocess.run(command, check=True, cwd=ROOT, env=environment(), capture_output=True)
    assert meetings(following) == 8
    listed = following.query("ASK { ?r ?p 'Norway and Finland speak of trade' }")
    assert listed.json()["boolean"]


def test_what_is_retracted_is_gone_with_the_next_query(own: Path, following: Server) -> None:
    assert meetings(following) == 7
    with open_store(own) as store:
        retract(store, [f"{ID}report/tass.com/3"])
    assert meetings(following) == 6


def test_every_worker_sees_the_newest_state(own: Path, following: Server) -> None:
    for _ in range(4):
        assert meetings(following) == 7
    with open_store(own) as store:
        retract(store, [f"{ID}report/tass.com/3"])
    assert {meetings(following) for _ in range(6)} == {6}


def test_old_snapshots_do_not_pile_up(own: Path, following: Server) -> None:
    for _ in range(5):
        with open_store(own) as store:
            retract(store, [f"{ID}report/tass.com/3"])
        with open_store(own) as store:
            load(store, told())
        for _ in range(4):
            assert meetings(following) == 7
    folders = [p for p in (own / "snapshots").iterdir() if p.is_dir()]
    assert len(folders) <= 1 + len(following.workers())


def test_while_another_process_writes_the_finished_state_is_served(
    own: Path, following: Server
) -> None:
    with open_store(own) as store:
        retract(store, [f"{ID}report/tass.com/3"])
        assert meetings(following) == 7
    assert meetings(following) == 6


class TestValidators:
    @pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv"])
    def test_the_same_state_is_304_without_asking_again(
        self, following: Server, accept: str
    ) -> None:
        target = "/sparql?query=ASK%20%7B%7D" if "json" in accept else "/sparql?query=SELECT*%7B%7D"
        first = following.get(target, accept=accept)
        tag = first.headers["etag"]
        for known in (tag, f'"other", {tag}'):
            again = following.get(target, accept=accept, if_none_match=known)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert following.get(target, accept=accept, if_none_match='"other"').status == 200

    def test_a_new_state_has_a_new_tag(self, own: Path, following: Server) -> None:
        target = "/sparql?query=ASK%20%7B%7D"
        tag = following.get(target).headers["etag"]
        with open_store(own) as store:
            retract(store, [f"{ID}report/tass.com/3"])
        again = following.get(target, if_none_match=tag)
        assert again.status == 200
        assert again.headers["etag"] != tag

    def test_formats_have_tags_of_their_own(self, server: Server) -> None:
        target = "/sparql?query=SELECT*%7B%7D"
        tags = {
            server.get(target, accept=accept).headers["etag"]
            for accept in ("text/csv", "application/sparql-results+json", "application/json")
        }
        assert len(tags) == 3

    def test_an_answer_to_a_post_has_none(self, server: Server) -> None:
        assert "etag" not in server.post("ASK {}").headers

    def test_what_is_asked_of_chance_or_the_clock_is_never_unchanged(self, server: Server) -> None:
        for text in (
            "SELECT (RAND() AS ?x) {}",
            "SELECT (now() AS ?x) {}",
            "SELECT (UUID() AS ?x) {}",
        ):
            assert "etag" not in server.query(text).headers
        assert "etag" in server.query("SELECT ('a brand is known' AS ?random) {}").headers

    def test_a_wrong_query_is_not_unchanged(self, server: Server) -> None:
        assert server.get("/sparql?query=ASK%20%7B", if_none_match='"x"').status == 400


def test_a_directory_that_disappears_is_503_and_not_the_end(own: Path, following: Server) -> None:
    assert meetings(following) == 7
    own.rename(own.with_name("moved"))
    reply = following.query(COUNT)
    assert reply.status == 503
    assert "no graph in" in reply.text
    assert following.get("/health").status == 503
    assert following.get("/").status == 503
    own.with_name("moved").rename(own)
    assert meetings(following) == 7
