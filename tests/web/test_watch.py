"""`kg watch`: what is new comes into the graph, and a server is never asked more than it must be."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.cli import main
from kg.ledger import Ledger
from kg.pipeline import LoadSummary, Pipeline
from kg.store import open_store
from kg.store.oxigraph import OxigraphStore
from kg.watch import Watch
from loaders.web.fetch import Fetcher
from tests.web.conftest import Site

pytestmark = pytest.mark.network
HEAD = '<rss version="2.0"><channel><title>T</title><link>https://agency.example/</link>'
ITEM = (
    "<item><guid>%s</guid><title>Talks</title><pubDate>Sat, 26 Oct 2019 09:00:00 +0200</pubDate>"
    "<description>President Aleksandr Lukashenko met President Kassym-Jomart Tokayev.</description></item>"
)


_TESTS = itertools.count()
Feed = Callable[..., str]


@pytest.fixture
def feed() -> Feed:
    """A feed with entries of these numbers, whose ids no other test has."""
    test = next(_TESTS)

    def made(*numbers: int) -> str:
        return HEAD + "".join(ITEM % f"{test}/{n}" for n in numbers) + "</channel></rss>"

    return made


@dataclass
class Clock:
    now: float = 1_000_000.0

    def __call__(self) -> float:
        return self.now


Watching = Callable[[], Watch]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watching(
    tmp_path: Path, fetcher: Fetcher, clock: Clock, shared_store: OxigraphStore
) -> Watching:
    """A new watch over the same ledger and graph, as after a restart."""

    def take(outcomes: Any) -> LoadSummary:
        return Pipeline(shared_store).take(outcomes)

    return lambda: Watch(Ledger(tmp_path / "watched"), fetcher, take, 600.0, clock)


def test_what_was_added_to_a_feed_is_new_and_the_rest_is_not(
    site: Site, feed: Feed, watching: Watching, clock: Clock
) -> None:
    address = site.put("/feed", feed(1, 2))
    first = watching().look(address)
    site.put("/feed", feed(3, 1, 2))
    second = watching().look(address)
    assert first.summary and second.summary
    assert (first.outcome, first.summary.new) == ("loaded", 2)
    assert (second.summary.new, second.summary.unchanged) == (1, 2)


def test_after_a_restart_nothing_is_fetched_that_is_not_due(
    site: Site, feed: Feed, watching: Watching, clock: Clock
) -> None:
    address = site.put("/feed", feed(1))
    watching().look(address)
    assert watching().wait(address) == 600
    clock.now += 599
    assert watching().wait(address) == 1
    clock.now += 1
    assert watching().wait(address) == 0


def test_a_feed_is_asked_whether_it_changed(site: Site, feed: Feed, watching: Watching) -> None:
    headers = {"ETag": '"v1"', "Last_Modified": "Sat, 26 Oct 2019 09:00:00 GMT"}
    address = site.put("/feed", feed(1), **headers)
    watching().look(address)
    site.put("/feed", "", 304)
    assert watching().look(address).outcome == "unchanged"
    site.put("/feed", feed(1, 2), ETag='"v2"')
    assert watching().look(address).outcome == "loaded"
    asked = [h.get("if-none-match") for path, h in site.asked if path == "/feed"]
    assert asked == [None, '"v1"', '"v1"']


def test_a_feed_that_is_sent_again_unchanged_is_not_loaded_again(
    site: Site, feed: Feed, watching: Watching
) -> None:
    address = site.put("/feed", feed(1))
    watching().look(address)
    look = watching().look(address)
    assert (look.outcome, look.summary) == ("unchanged", None)


def test_each_failure_in_a_row_doubles_the_pause_up_to_a_day(
    site: Site, feed: Feed, watching: Watching, clock: Clock
) -> None:
    address = site.put("/feed", "", 500)
    waits = []
    for _ in range(9):
        watching().look(address)
        waits.append(watching().wait(address))
    assert waits[:3] == [1200, 2400, 4800]
    assert waits[-1] == 24 * 3600
    site.put("/feed", feed(1))
    watching().look(address)
    assert watching().wait(address) == 600


def test_a_server_that_asks_for_a_longer_pause_gets_it(site: Site, watching: Watching) -> None:
    address = site.put("/feed", "", 429, Retry_After="7200")
    assert watching().look(address).outcome == "failed"
    assert watching().wait(address) == 7200


def test_a_feed_that_is_gone_for_good_is_not_asked_again(site: Site, watching: Watching) -> None:
    address = site.put("/feed", "", 410)
    watching().look(address)
    assert watching().wait(address) is None


def test_a_failure_keeps_what_is_known(site: Site, feed: Feed, watching: Watching) -> None:
    address = site.put("/feed", feed(1), ETag='"v1"')
    watching().look(address)
    site.put("/feed", "", 503)
    watching().look(address)
    site.put("/feed", "", 304)
    assert watching().look(address).outcome == "unchanged"
    assert site.asked[-1][1]["if-none-match"] == '"v1"'


def test_what_could_not_be_loaded_is_fetched_again(
    site: Site, feed: Feed, watching: Watching, clock: Clock, tmp_path: Path, fetcher: Fetcher
) -> None:
    """The disk is full, or somebody else writes: nothing is noted before the graph has it."""
    from kg.errors import StoreError

    def full(_: Any) -> LoadSummary:
        raise StoreError("no space")

    address = site.put("/feed", feed(1))
    with pytest.raises(StoreError):
        Watch(Ledger(tmp_path / "watched"), fetcher, full, 600.0, clock).look(address)
    assert watching().wait(address) == 0
    assert watching().look(address).outcome == "loaded"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"address": "x"}', '{"due": "soon"}'])
def test_a_note_that_is_damaged_is_as_none(
    site: Site, feed: Feed, watching: Watching, tmp_path: Path, text: str
) -> None:
    address = site.put("/feed", feed(1))
    watching().look(address)
    (note,) = (tmp_path / "watched").iterdir()
    note.write_text(text)
    assert watching().wait(address) == 0


def test_a_clock_that_was_put_back_does_not_stop_the_watch(
    site: Site, feed: Feed, watching: Watching, clock: Clock
) -> None:
    address = site.put("/feed", feed(1))
    watching().look(address)
    clock.now -= 10**9
    wait = watching().wait(address)
    assert wait is not None
    assert wait <= 7 * 24 * 3600


def watch_once(capsys: pytest.CaptureFixture[str], db: Path, *more: str) -> tuple[int, Any, str]:
    code = main(["watch", *more, "--db", str(db), "--once"])
    done = capsys.readouterr()
    return code, [json.loads(line) for line in done.out.splitlines()], done.err


def test_once_looks_at_what_is_due_and_ends(
    site: Site, feed: Feed, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = [site.put("/feed", feed(1, 2)), site.url + "/none"]
    code, rows, err = watch_once(capsys, db, *addresses, "--allow-private")
    assert code == 1
    assert [(r["outcome"], r.get("new")) for r in rows] == [("loaded", 2), ("failed", None)]
    assert "no such page" in err
    code, rows, err = watch_once(capsys, db, *addresses, "--allow-private")
    assert (code, rows, err.count("not due")) == (0, [], 2)
    assert site.paths() == ["/feed", "/none"]
    assert main(["stats", "--db", str(db)]) == 0
    assert json.loads(capsys.readouterr().out)["reports"] == 2


def test_nothing_private_is_watched_unless_that_is_said(
    site: Site, feed: Feed, db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, rows, _ = watch_once(capsys, db, site.put("/feed", feed(1)))
    assert (code, [row["outcome"] for row in rows]) == (1, ["failed"])
    assert site.asked == []


def test_the_notes_lie_in_the_graphs_directory_and_do_not_disturb_it(
    site: Site, feed: Feed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "db"
    watch_once(capsys, db, site.put("/feed", feed(1)), "--allow-private")
    assert len(list((db / "watched").iterdir())) == 1
    store = open_store(db)
    store.close()
    assert len(list((db / "watched").iterdir())) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("feed.xml",), ("ftp://host.example/feed",), ("http://user:pw@host.example/",),
        ("https://host.example/", "--interval", "5s"), ("https://host.example/", "--interval", "x"),
        ("https://host.example/", "--db", "https://store.example/sparql"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_one_line(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    try:
        code = main(["watch", *arguments, "--once"])
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
