"""`kg sync --watch` follows the graph."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, verify
from tests.neo4j.conftest import Cypher
from tests.sample import load, retract, told

BASE = "https://w3id.org/diplomatic-meetings/id/"


def test_every_published_state_reaches_the_server(
    tmp_path: Path, target: Neo4jTarget, server: Cypher
) -> None:
    home = tmp_path / "graph"
    with OxigraphStore(home) as store:
        load(store, told())
    login = {"NEO4J_USERNAME": target.username, "NEO4J_PASSWORD": target.password}
    watching = subprocess.Popen(
        [sys.executable, "-m", "kg", "sync", "--watch", "--db", str(home), "--neo4j", target.uri],
        env={**os.environ, **{k: v for k, v in login.items() if v}},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert watching.stdout is not None
    try:
        assert json.loads(watching.stdout.readline())["nodes"]["added"] > 0
        with OxigraphStore(home) as store:
            retract(store, [BASE + "report/tass.com/3"])
        second = json.loads(watching.stdout.readline())["nodes"]
        assert (second["added"], second["removed"] > 0) == (0, True)
        with OxigraphStore.open_read_only(home) as view:
            assert verify(view, target).equal
    finally:
        watching.send_signal(signal.SIGINT)
        assert watching.wait(30) == 130
