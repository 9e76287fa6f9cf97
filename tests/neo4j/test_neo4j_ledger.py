"""What nobody changed is not read again, and what changed is all that is sent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.cli import main
from kg.errors import BusyServerError
from kg.project import project
from kg.property_graph import PropertyGraph
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync, verify
from kg.sync.ledger import locked
from kg.sync.plan import Delta, plan
from kg.sync.report import SyncReport
from kg.sync.stored import Page
from kg.sync.target import connect
from tests.neo4j.conftest import Cypher
from tests.sample import load, retract, told

BASE = "https://w3id.org/diplomatic-meetings/id/"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A directory with the sample."""
    with OxigraphStore(tmp_path / "graph") as store:
        load(store, told())
    return tmp_path / "graph"


@pytest.fixture
def synced(home: Path, target: Neo4jTarget, server: Cypher) -> Iterator[Path]:
    """A directory with the sample, which is also on the server."""
    run(home, target)
    yield home


def run(home: Path, target: Neo4jTarget, **options: bool) -> SyncReport:
    with OxigraphStore.open_read_only(home) as view:
        return sync(view, target, **options)


def is_equal(home: Path, target: Neo4jTarget) -> bool:
    with OxigraphStore.open_read_only(home) as view:
        return verify(view, target).equal


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every time that a sync reads back all that the server has."""
    seen: list[str] = []

    def counted(stored: Iterable[Page], graph: PropertyGraph) -> Delta:
        seen.append("all")
        return plan(stored, graph)

    monkeypatch.setattr("kg.sync.run.plan", counted)
    return seen


def test_nothing_is_compared_after_the_first_load_of_a_new_database(
    home: Path, target: Neo4jTarget, bare: Cypher, comparisons: list[str]
) -> None:
    run(home, target)
    assert len(comparisons) == 1
    assert bare("SHOW INDEXES YIELD name WHERE name = 'kg_meeting_iri'")
    assert run(home, target).counters == {}
    assert len(comparisons) == 1


def test_nothing_is_compared_where_nothing_changed(
    synced: Path, target: Neo4jTarget, server: Cypher, comparisons: list[str]
) -> None:
    server("MATCH (n) RETURN count(n)")
    first = run(synced, target, full=True)
    assert len(comparisons) == 1
    again = run(synced, target)
    assert len(comparisons) == 1
    assert again.counters == {}
    for one, other in ((again.nodes, first.nodes), (again.relationships, first.relationships)):
        assert one == other
    assert again.not_representable == first.not_representable


def test_after_one_report_only_its_changes_are_sent(
    synced: Path, target: Neo4jTarget, comparisons: list[str]
) -> None:
    with OxigraphStore(synced) as store:
        (report, extraction), *_ = told()
        load(store, [(replace(report, title="Another headline"), extraction)])
    done = run(synced, target)
    assert comparisons == []
    assert (done.nodes.changed, done.nodes.added, done.nodes.removed) == (1, 0, 0)
    assert "nodes_created" not in done.counters
    assert "relationships_created" not in done.counters
    assert done.counters["properties_set"] < 20  # of the one node
    assert is_equal(synced, target)


def test_a_report_that_goes_and_comes_back_is_followed(
    synced: Path, target: Neo4jTarget, comparisons: list[str]
) -> None:
    with OxigraphStore(synced) as store:
        retract(store, [BASE + "report/tass.com/3"])
    gone = run(synced, target)
    assert gone.counters["nodes_deleted"] == gone.nodes.removed > 0
    assert is_equal(synced, target)
    with OxigraphStore(synced) as store:
        load(store, told())
    back = run(synced, target)
    assert back.counters["nodes_created"] == back.nodes.added == gone.nodes.removed
    assert back.counters["relationships_created"] == back.relationships.added
    assert comparisons == []
    assert is_equal(synced, target)
    with OxigraphStore.open_read_only(synced) as view:
        whole = project(view)
    assert back.not_representable == whole.not_representable
    assert back.nodes.unchanged + back.nodes.added == len(whole.nodes)
    stay = back.relationships.unchanged + back.relationships.changed
    assert stay + back.relationships.added == len(whole.relationships)


def test_an_edit_by_hand_is_found_and_undone(
    synced: Path, target: Neo4jTarget, server: Cypher, comparisons: list[str]
) -> None:
    server("MATCH (s:State {iso3: 'KAZ'}) SET s.name = 'Elsewhere'")
    done = run(synced, target)
    assert (len(comparisons), done.nodes.changed) == (1, 1)
    assert is_equal(synced, target)
    run(synced, target)
    assert len(comparisons) == 1


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"[1]", b'{"run": 1, "token": 2'])
def test_a_memory_that_is_gone_or_damaged_costs_a_comparison_and_no_more(
    synced: Path, target: Neo4jTarget, comparisons: list[str], damage: bytes | None
) -> None:
    (memory,) = (synced / "neo4j").iterdir()
    if damage is None:
        memory.unlink()
    else:
        memory.write_bytes(damage)
    assert not run(synced, target).delta
    assert len(comparisons) == 1
    assert not run(synced, target).delta
    assert len(comparisons) == 1


def test_a_journal_that_is_gone_costs_a_comparison_and_no_more(
    synced: Path, target: Neo4jTarget, comparisons: list[str]
) -> None:
    with OxigraphStore(synced) as store:
        retract(store, [BASE + "report/tass.com/3"])
    (synced / "journal.jsonl").unlink()
    assert run(synced, target).nodes.removed > 0
    assert len(comparisons) == 1
    assert is_equal(synced, target)


def test_a_server_that_was_emptied_is_filled_again(
    synced: Path, target: Neo4jTarget, server: Cypher
) -> None:
    server("MATCH (n) DETACH DELETE n")
    assert run(synced, target).nodes.added > 0
    assert is_equal(synced, target)


def test_a_dry_run_says_what_the_sync_then_does(synced: Path, target: Neo4jTarget) -> None:
    with OxigraphStore(synced) as store:
        retract(store, [BASE + "report/tass.com/3"])
    would, done = run(synced, target, dry_run=True), run(synced, target)
    assert list(would.delta.lines()) == list(done.delta.lines()) != []
    assert would.counters == {}


def test_a_dry_run_tells_changes_by_label_and_type_with_examples(
    synced: Path,
    target: Neo4jTarget,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with OxigraphStore(synced) as store:
        retract(store, [BASE + "report/tass.com/3"])
    for name, value in (("USERNAME", target.username), ("PASSWORD", target.password)):
        monkeypatch.setenv(f"NEO4J_{name}", value or "")
    assert main(["sync", "--db", str(synced), "--neo4j", target.uri, "--dry-run"]) == 0
    said = json.loads(capsys.readouterr().out)
    told_of = {(c["what"], c.get("node") or c["relationship"]): c for c in said["changes"]}
    report = told_of["remove", "Report"]
    assert (report["count"], report["examples"]) == (1, [BASE + "report/tass.com/3"])
    assert (
        sum(c["count"] for c in said["changes"] if "node" in c and c["what"] == "remove")
        == (said["nodes"]["removed"])
    )
    assert told_of["remove", "ATTENDED"]["count"] == 2


def test_of_two_commands_at_once_one_syncs_and_the_other_says_so_or_finds_it_done(
    home: Path, target: Neo4jTarget, server: Cypher
) -> None:
    login = {"NEO4J_USERNAME": target.username, "NEO4J_PASSWORD": target.password}
    commands = [
        subprocess.Popen(
            [sys.executable, "-m", "kg", "sync", "--db", str(home), "--neo4j", target.uri],
            env={**os.environ, **{k: v for k, v in login.items() if v}},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    ended = [(*c.communicate(timeout=120), c.returncode) for c in commands]
    for out, error, code in ended:
        assert code == 0 or (code == 1 and "another sync" in error), error
        assert (not out) == (code == 1)
    sent = [json.loads(out)["nodes"]["added"] for out, _, code in ended if code == 0]
    assert sorted(sent)[-1] > 0
    assert len([n for n in sent if n]) == 1, "the same nodes were added twice"
    assert is_equal(home, target)


def test_two_syncs_at_once_are_refused_until_the_first_ends(
    home: Path, target: Neo4jTarget, server: Cypher
) -> None:
    with connect(target) as connection, locked(connection, "default"):
        with pytest.raises(BusyServerError, match="another sync") as refused:
            run(home, target)
        assert refused.value.exit_code == 1
        with OxigraphStore.open_read_only(home) as view:
            assert sync(view, target, graph="other").nodes.added > 0
    assert run(home, target).nodes.added > 0
