"""Wherever a sync breaks off, no meeting is left half, and the next sync completes it."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import ServerError
from kg.project import project
from kg.property_graph import PropertyGraph
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync, verify
from tests.neo4j.conftest import Cypher, connected
from tests.neo4j.proxy import through
from tests.neo4j.server_process import Server
from tests.sample import load, sample, told

CUTS = 50
STEP = 25  # rows in a transaction: the sample then takes a dozen of them
Meetings = dict[str, frozenset[tuple[str, str, str]]]


def meetings(graph: PropertyGraph) -> Meetings:
    """What hangs on each meeting."""
    found: dict[str, set[tuple[str, str, str]]] = {
        n.iri: set() for n in graph.nodes if n.label == "Meeting"
    }
    for r in graph.relationships:
        for end in {r.start, r.end} & found.keys():
            found[end].add((r.type, r.start, r.end))
    return {iri: frozenset(said) for iri, said in found.items()}


def meetings_on(server: Cypher) -> Meetings:
    rows = server(
        "MATCH (m:Meeting {_kg: 'default'}) OPTIONAL MATCH (m)-[r]-() WITH m, "
        "[x IN collect(r) | [type(x), startNode(x).iri, endNode(x).iri]] AS found "
        "RETURN m.iri AS iri, found"
    )
    return {str(row["iri"]): frozenset(map(tuple, row["found"])) for row in rows}  # type: ignore[call-overload]


def assert_whole(server: Cypher, old: Meetings, new: Meetings) -> None:
    for iri, found in meetings_on(server).items():
        assert found in (old.get(iri), new.get(iri)), iri


def doubles(server: Cypher) -> list[dict[str, object]]:
    return server(
        "MATCH (a)-[r]->(b) WHERE r._kg = 'default' WITH a, b, type(r) AS t, r.iri AS iri, "
        "count(*) AS n WHERE n > 1 RETURN a.iri, t, b.iri"
    )


@pytest.fixture(scope="module")
def states() -> list[OxigraphStore]:
    """Three states of a graph that have less and less in common."""
    return [sample(told()[:6]), sample(told()[2:6]), sample([])]


@pytest.fixture(scope="module")
def hanging(states: list[OxigraphStore]) -> list[Meetings]:
    """What hangs on each meeting in each of the states."""
    return [meetings(project(state)) for state in states]


@pytest.fixture(scope="module")
def sizes(target: Neo4jTarget, states: list[OxigraphStore]) -> dict[tuple[int, int], int]:
    """How many bytes go over the line between each two states."""
    found = {}
    with connected(target) as run:
        run("MATCH (n) DETACH DELETE n")
    sync(states[2], target)
    for old, new in ((2, 0), (0, 1), (1, 2), (2, 1), (1, 0), (0, 2)):
        with through(target.uri) as proxy:
            sync(states[new], replace(target, uri=proxy.uri), step=STEP)
            found[old, new] = proxy.passed
    return found


@pytest.mark.parametrize("seed", range(CUTS))
def test_a_connection_cut_anywhere_leaves_whole_meetings_and_the_next_run_completes(
    seed: int,
    target: Neo4jTarget,
    server: Cypher,
    states: list[OxigraphStore],
    hanging: list[Meetings],
    sizes: dict[tuple[int, int], int],
) -> None:
    chosen = random.Random(seed)
    old, new = chosen.choice(sorted(sizes))
    sync(states[old], target)
    with through(target.uri, chosen.randrange(sizes[old, new])) as proxy:
        try:
            sync(states[new], replace(target, uri=proxy.uri), step=STEP)
        except ServerError as error:
            assert "\n" not in str(error)
        assert proxy.cuts == 1
    assert_whole(server, hanging[old], hanging[new])
    sync(states[new], target)
    assert verify(states[new], target).equal
    assert doubles(server) == []


@pytest.fixture
def home(tmp_path: Path, server: Cypher) -> Path:
    with OxigraphStore(tmp_path / "graph") as store:
        load(store, told())
    return tmp_path / "graph"


def command(uri: str, target: Neo4jTarget, home: Path) -> subprocess.Popen[str]:
    """`kg sync` as a process of its own."""
    given = {"NEO4J_USERNAME": target.username, "NEO4J_PASSWORD": target.password}
    return subprocess.Popen(
        [sys.executable, "-m", "kg", "sync", "--db", str(home), "--neo4j", uri],
        env={**os.environ, **{k: v for k, v in given.items() if v}},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_killed_client_leaves_no_lock_behind(
    target: Neo4jTarget, server: Cypher, home: Path, share: float
) -> None:
    with OxigraphStore.open_read_only(home) as view:
        with through(target.uri) as proxy:
            sync(view, replace(target, uri=proxy.uri))
        server("MATCH (n) DETACH DELETE n")
        victims: list[subprocess.Popen[str]] = []
        limit = int(proxy.passed * share)
        with through(target.uri, limit, lambda: os.kill(victims[0].pid, signal.SIGKILL)) as deadly:
            victims.append(command(deadly.uri, target, home))
            victims[0].communicate()
            assert victims[0].returncode == -signal.SIGKILL
        assert_whole(server, {}, meetings(project(view)))
        sync(view, target)
        assert verify(view, target).equal


@pytest.fixture
def own(process: Server | None) -> Iterator[Server]:
    """The server, if it is ours to kill; it runs again afterwards."""
    if process is None:
        pytest.skip("the server of KG_TEST_NEO4J_URI is not killed")
    yield process
    process.ensure_running()


def test_a_killed_server_comes_back_with_whole_meetings(
    own: Server,
    target: Neo4jTarget,
    server: Cypher,
    states: list[OxigraphStore],
    hanging: list[Meetings],
) -> None:
    sync(states[1], target)
    with through(own.uri) as proxy:
        sync(states[0], replace(target, uri=proxy.uri), step=STEP)
    sync(states[1], target)
    with through(own.uri, proxy.passed * 2 // 3, own.kill) as deadly:
        with pytest.raises(ServerError) as failed:
            sync(states[0], replace(target, uri=deadly.uri), step=STEP)
        assert "\n" not in str(failed.value)
    own.restart()
    assert_whole(server, *hanging[1::-1])
    with own.read_only(), pytest.raises(ServerError, match="only be read"):
        sync(states[0], target)
    sync(states[0], target)
    assert verify(states[0], target).equal
    assert doubles(server) == []


@pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux limits the files of a running process"
)
def test_a_server_with_no_room_left_is_said_and_completed_when_there_is_room_again(
    own: Server,
    target: Neo4jTarget,
    server: Cypher,
    states: list[OxigraphStore],
    hanging: list[Meetings],
) -> None:
    sync(states[1], target)
    try:
        with own.without_room(), pytest.raises(ServerError) as failed:
            sync(states[0], target, step=STEP)
        assert "\n" not in str(failed.value)
    finally:
        own.restart()
    assert_whole(server, *hanging[1::-1])
    sync(states[0], target)
    assert verify(states[0], target).equal
    assert doubles(server) == []
