"""Equal content, equal bytes: whatever the store, the order of loading, the hash seed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from facts import ALL, AWKWARD, MERGED, REPORTS, TALKS, TOLD, fact, node
from pyoxigraph import Literal, Quad, RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import UsageError
from kg.store import Change, Store
from kg.store.base import DEFAULT_GRAPH
from kg.store.oxigraph import OxigraphStore

ROOT = Path(__file__).resolve().parents[2]
CONTENT = sorted(ALL, key=str) + [
    fact(TALKS, "quote", Literal(text), node("report/agency/words")) for text in AWKWARD
]
DATASETS = [RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.JSON_LD]
GRAPHS = [RdfFormat.TURTLE, RdfFormat.N_TRIPLES]
SCRIPT = """
import hashlib, io, json, sys
from pyoxigraph import Quad, RdfFormat, parse
from kg.store import Change, open_store
store = open_store(None)
store.apply(Change(added=frozenset(parse(sys.stdin.buffer.read(), RdfFormat.N_QUADS))))
output = io.BytesIO()
store.export(output, RdfFormat.TRIG)
sys.stdout.buffer.write(output.getvalue())
"""


def exported(store: Store, rdf_format: RdfFormat, **options: object) -> bytes:
    output = BytesIO()
    store.export(output, rdf_format, **options)  # type: ignore[arg-type]
    return output.getvalue()


def expected(rdf_format: RdfFormat, content: list[Quad] = CONTENT) -> bytes:
    store = OxigraphStore()
    store.apply(Change(added=frozenset(content)))
    return exported(store, rdf_format)


@pytest.mark.parametrize("rdf_format", DATASETS, ids=lambda f: f.file_extension)
def test_every_store_and_order_gives_the_same_bytes(store: Store, rdf_format: RdfFormat) -> None:
    shuffled = random.Random(7).sample(CONTENT, len(CONTENT))
    for start in range(0, len(shuffled), 5):
        store.apply(Change(added=frozenset(shuffled[start : start + 5])))
    store.apply(Change(dropped=frozenset({REPORTS[0]}), added=frozenset({TOLD[0]})))
    assert exported(store, rdf_format) == expected(rdf_format)


@pytest.mark.parametrize("rdf_format", DATASETS, ids=lambda f: f.file_extension)
def test_an_export_loads_back_as_it_was(rdf_format: RdfFormat) -> None:
    engine = Engine()
    engine.load(expected(rdf_format), rdf_format)
    assert set(engine) == set(CONTENT)


@pytest.mark.parametrize("rdf_format", GRAPHS, ids=lambda f: f.file_extension)
def test_one_graph_is_written_alone(store: Store, rdf_format: RdfFormat) -> None:
    store.apply(Change(added=ALL))
    engine = Engine()
    engine.load(exported(store, rdf_format, graph=DEFAULT_GRAPH), rdf_format)
    assert set(engine) == set(MERGED)


def test_a_format_of_triples_needs_to_know_which_graph(store: Store) -> None:
    with pytest.raises(UsageError, match="name the one to write"):
        exported(store, RdfFormat.TURTLE)


def test_nothing_of_the_history_is_in_the_export(store: Store) -> None:
    store.apply(Change(added=ALL))
    store.apply(Change(dropped=frozenset(REPORTS), removed=frozenset(MERGED)))
    assert exported(store, RdfFormat.N_QUADS) == b""
    assert json.loads(exported(store, RdfFormat.JSON_LD)) == []


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_hash_seed_does_not_matter(seed: str) -> None:
    lines = [f"{q.subject} {q.predicate} {q.object} {q.graph_name} .\n" for q in CONTENT]
    text = "".join(line.replace(" DEFAULT .", " .") for line in lines).encode()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT], input=text, env=environment, capture_output=True, check=True
    )
    assert run.stdout == expected(RdfFormat.TRIG)
