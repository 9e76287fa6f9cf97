"""A graph's directory: one writer, readers beside it, and what survives kill -9 and a full disk."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from facts import ALL, MERGED, REPORTS, TALKS, TOLD, fact, node
from pyoxigraph import Literal

from kg.errors import StoreError
from kg.store import Change, open_store
from kg.store.directory import MARKER
from kg.store.oxigraph import OxigraphStore

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
HOLDER = """
import sys, time
from kg.store import open_store
store = open_store(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""
# Each change writes a pair: whoever finds one half of a pair has found a torn change.
ENDLESS = """
import sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.store import Change, open_store
store = open_store(sys.argv[1])
size, number = int(sys.argv[2]), 0
while True:
    made = [Quad(NamedNode(f"a:{number}/{n}"), NamedNode("a:p"), Literal(n), NamedNode(g))
            for n in range(size) for g in ("a:left", "a:right")]
    store.apply(Change(added=frozenset(made)))
    number += 1
    print(number, flush=True)
"""
FULL_DISK = """
import resource, sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.errors import StoreError
from kg.store import Change, open_store
store = open_store(sys.argv[1])
store.apply(Change(added=frozenset({Quad(NamedNode("a:s"), NamedNode("a:p"), Literal("kept"))})))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
text = "x" * 1000
try:
    for n in range(4000):
        store.apply(Change(added=frozenset(
            Quad(NamedNode(f"a:{n}/{m}"), NamedNode("a:p"), Literal(text)) for m in range(10))))
except StoreError as error:
    print(n, error)
"""


def child(script: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=ENVIRONMENT, stdin=pipe, stdout=pipe, text=True)


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    with OxigraphStore(tmp_path / "graph") as store:
        store.apply(Change(added=ALL))
    return tmp_path / "graph"


class TestLocking:
    def test_a_second_writer_is_told_who_writes(self, filled: Path) -> None:
        process = child(HOLDER, filled)
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with pytest.raises(
            StoreError, match=f"open for writing elsewhere, by process {process.pid}"
        ):
            open_store(filled)
        process.communicate()
        open_store(filled).close()

    def test_a_second_writer_in_the_same_process_is_refused_too(self, filled: Path) -> None:
        store = OxigraphStore(filled)
        with pytest.raises(StoreError, match=f"process {os.getpid()}"):
            OxigraphStore(filled)
        store.close()

    def test_a_killed_writer_leaves_no_lock(self, filled: Path) -> None:
        process = child(HOLDER, filled)
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.communicate()
        open_store(filled).close()

    def test_a_refused_writer_leaves_nothing_behind(self, tmp_path: Path) -> None:
        with OxigraphStore(tmp_path / "graph") as store:
            before = sorted(p.name for p in (tmp_path / "graph").iterdir())
            with pytest.raises(StoreError):
                OxigraphStore(tmp_path / "graph")
            assert sorted(p.name for p in (tmp_path / "graph").iterdir()) == before
            store.apply(Change(added=ALL))


class TestReaders:
    def test_a_reader_sees_the_last_finished_state(self, filled: Path) -> None:
        with OxigraphStore(filled) as writer:
            writer.apply(Change(dropped=frozenset(REPORTS)))
            reader = open_store(filled, read_only=True)
            assert set(reader.quads()) == ALL
            writer.publish()
            assert set(reader.quads()) == ALL
            newer = open_store(filled, read_only=True)
            assert set(newer.quads()) == set(MERGED)
            assert newer.revision() == writer.revision() != reader.revision()
            reader.close()
            newer.close()

    def test_many_read_at_once(self, filled: Path) -> None:
        readers = [open_store(filled, read_only=True) for _ in range(5)]
        assert {len(reader) for reader in readers} == {len(ALL)}
        for reader in readers:
            reader.close()

    def test_a_reader_does_not_hinder_a_writer(self, filled: Path) -> None:
        reader = open_store(filled, read_only=True)
        with OxigraphStore(filled) as writer:
            writer.apply(Change(removed=frozenset(ALL)))
        assert len(reader) == len(ALL)
        reader.close()

    def test_a_reader_cannot_change(self, filled: Path) -> None:
        reader = open_store(filled, read_only=True)
        with pytest.raises(StoreError, match="reading only"):
            reader.apply(Change(added=ALL))
        reader.close()

    def test_old_states_are_deleted_when_nobody_reads_them(self, filled: Path) -> None:
        for number in range(3):
            with OxigraphStore(filled) as writer:
                writer.apply(Change(added=frozenset({fact(TALKS, "order", Literal(number))})))
        kept = [p.name for p in (filled / "snapshots").iterdir() if p.is_dir()]
        assert len(kept) == 1

    def test_after_a_killed_writer_a_reader_sees_all_that_was_finished(self, filled: Path) -> None:
        process = child(ENDLESS, filled, 3)
        done = kill_after(process, 5)
        reader = open_store(filled, read_only=True)
        assert len(reader) >= len(ALL) + 6 * done
        reader.close()


def kill_after(process: subprocess.Popen[str], changes: int) -> int:
    """Kill -9 while it writes; gives how many changes it had told of."""
    assert process.stdout is not None
    for _ in range(changes):
        process.stdout.readline()
    os.kill(process.pid, signal.SIGKILL)
    rest, _ = process.communicate()
    return changes + rest.count("\n")


class TestCrashes:
    @pytest.mark.parametrize(("size", "changes"), [(1, 40), (200, 7), (3000, 2), (15_000, 0)])
    def test_a_writer_killed_in_mid_change_leaves_whole_changes(
        self, tmp_path: Path, size: int, changes: int
    ) -> None:
        process = child(ENDLESS, tmp_path / "graph", size)
        done = kill_after(process, changes)
        if not (tmp_path / "graph" / MARKER).exists():
            return
        with OxigraphStore(tmp_path / "graph") as store:
            left = {q.subject for q in store.quads(graph=named("a:left"))}
            right = {q.subject for q in store.quads(graph=named("a:right"))}
            assert left == right
            assert len(left) % size == 0
            assert len(left) >= done * size

    def test_a_crash_gives_a_revision_never_seen_before(self, filled: Path) -> None:
        with OxigraphStore(filled) as store:
            before = store.revision()
        kill_after(child(ENDLESS, filled, 1), 3)
        with OxigraphStore(filled) as store:
            after = store.revision()
        assert before != after
        with OxigraphStore(filled) as store:
            assert store.revision() == after

    def test_a_full_disk_is_an_error_and_keeps_what_was_there(self, tmp_path: Path) -> None:
        output, _ = child(FULL_DISK, tmp_path / "graph").communicate()
        number = int(output.split()[0])
        assert "the change was not made" in output
        with OxigraphStore(tmp_path / "graph") as store:
            assert len(store) in (1 + 10 * number, 1 + 10 * (number + 1))


def named(iri: str):  # type: ignore[no-untyped-def]
    from pyoxigraph import NamedNode

    return NamedNode(iri)


class TestNotAGraph:
    def test_a_directory_with_other_files_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("mine")
        for read_only in (False, True):
            with pytest.raises(StoreError, match=r"is no graph directory: it holds 'thesis.txt'"):
                open_store(tmp_path, read_only=read_only)
        assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]

    def test_a_file_is_no_directory(self, tmp_path: Path) -> None:
        (tmp_path / "graph").write_text("mine")
        with pytest.raises(StoreError, match="is a file"):
            open_store(tmp_path / "graph")

    def test_nothing_is_made_for_a_reader(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="there is no graph in"):
            open_store(tmp_path / "none", read_only=True)
        assert not (tmp_path / "none").exists()

    def test_an_empty_directory_becomes_a_graph(self, tmp_path: Path) -> None:
        with OxigraphStore(tmp_path) as store:
            assert len(store) == 0
        assert json.loads((tmp_path / MARKER).read_text())["format"] == 1

    @pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format": "x"}', "\x00"])
    def test_a_damaged_marker_is_an_error(self, filled: Path, text: str) -> None:
        (filled / MARKER).write_text(text)
        with pytest.raises(StoreError, match="is damaged; nothing was touched"):
            open_store(filled)

    def test_a_newer_format_is_refused(self, filled: Path) -> None:
        state = json.loads((filled / MARKER).read_text())
        (filled / MARKER).write_text(json.dumps({**state, "format": 99}))
        with pytest.raises(StoreError, match="has format 99, this version knows 1"):
            open_store(filled)

    def test_damaged_data_is_an_error(self, filled: Path) -> None:
        state = json.loads((filled / MARKER).read_text())
        (filled / state["data"] / "CURRENT").write_text("MANIFEST-999999\n")
        with pytest.raises(StoreError, match="cannot open the graph in"):
            open_store(filled)

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may do everything")
    def test_a_directory_without_rights_is_an_error(self, filled: Path) -> None:
        filled.chmod(0)
        try:
            with pytest.raises(StoreError, match="cannot use"):
                open_store(filled)
        finally:
            filled.chmod(0o755)

    def test_a_closed_graph_says_so(self, filled: Path) -> None:
        store = OxigraphStore(filled)
        store.close()
        with pytest.raises(StoreError, match="was closed"):
            len(store)

    def test_a_told_fact_is_there_after_reopening(self, filled: Path) -> None:
        with OxigraphStore(filled) as store:
            assert set(store.quads(graph=REPORTS[0])) == {TOLD[0]}
            assert list(store.quads(node("meeting/none"))) == []
