"""How far a sync is shows on a terminal, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from kg.project import project
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync, verify
from tests.neo4j.conftest import Cypher
from tests.sample import load, sample, told


@pytest.mark.parametrize("step", [25, 100_000])
def test_what_is_told_on_the_way_adds_up(target: Neo4jTarget, server: Cypher, step: int) -> None:
    store, sent, compared = sample(), list[int](), list[int]()
    graph = project(store)
    whole = len(graph.nodes) + len(graph.relationships)
    sync(store, target, step=step, progress=sent.append)
    assert sum(sent) == whole
    assert (len(sent) > 1) == (step < whole)
    assert verify(store, target, progress=compared.append).equal
    assert sum(compared) == whole


@pytest.mark.parametrize("more", [[], ["--verify"]])
def test_a_bar_is_drawn_on_a_terminal_only(
    target: Neo4jTarget, server: Cypher, tmp_path: Path, more: list[str]
) -> None:
    with OxigraphStore(tmp_path) as store:
        load(store, told())
        sync(store, target)
    command = [sys.executable, "-m", "kg", "sync", "--db", str(tmp_path), "--neo4j", target.uri]
    main, other = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "NEO4J_DATABASE": target.database or ""}
    on_terminal = subprocess.run(
        [*command, *more], stdout=subprocess.PIPE, stderr=other, env=environment, check=False
    )
    os.close(other)
    drawn = os.read(main, 100_000).decode()
    os.close(main)
    elsewhere = subprocess.run([*command, *more], capture_output=True, env=environment, check=False)
    assert "nodes and relationships" in drawn
    assert on_terminal.stdout[:1] == elsewhere.stdout[:1] == b"{"
    assert elsewhere.stderr == b""
