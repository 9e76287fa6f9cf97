"""Files of the bulk path, taken in by Neo4j's own import, are the graph that a sync would have sent."""

from __future__ import annotations

import csv
import json
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.cli import main
from kg.errors import UsageError
from kg.project import project
from kg.property_graph import Node, PropertyGraph, Value
from kg.property_mapping import property_mapping
from kg.store.base import Change
from kg.store.oxigraph import OxigraphStore
from kg.sync import Neo4jTarget, sync, verify
from kg.sync.bulk import BulkReport, write_bulk
from kg.sync.compare import compare
from kg.sync.readback import pages
from kg.sync.statements import Statements
from kg.sync.target import connect
from kg.terms import ALT_LABEL
from tests.neo4j.conftest import started
from tests.sample import NASTY, load, sample, told

ODD: list[dict[str, Value]] = [
    {"name": NASTY + "\0 nul\r\n\\ , ; |", "generic": True, "names": ("", "a\x1cb", 'q"r', "\n")},
    {"name": "x" * 1_000_001, "generic": "perhaps", "names": (" left", "right ", "")},
    {"name": "", "day": date(1, 1, 1), "many": 2**63 - 1, "share": float("inf")},
    {"name": "  ", "day": "0001", "many": -(2**63), "share": -0.0},
    {"many": 1.5, "share": 5e-324, "generic": False},
]


# Somebody whose only other name is an empty text.
AIDE = NamedNode("https://w3id.org/diplomatic-meetings/id/person/KAZ-jane-aide")
NAMELESS = Change(added=frozenset({Quad(AIDE, ALT_LABEL, Literal(""))}))


def odd() -> PropertyGraph:
    """The sample, and things that a careless writer of tables breaks."""
    store = sample()
    store.apply(NAMELESS)
    graph = project(store)
    more = [Node(f'urn:odd:{n} "\n', ("Topic",), values) for n, values in enumerate(ODD)]
    return replace(graph, nodes=tuple(sorted((*graph.nodes, *more), key=lambda n: n.iri)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> BulkReport:
    return write_bulk(odd(), tmp_path_factory.mktemp("bulk"))


@pytest.fixture(scope="module")
def imported(written: BulkReport) -> Iterator[Neo4jTarget]:
    """A server that the printed command has filled."""
    words = shlex.split(written.command)
    assert words[:4] == ["neo4j-admin", "database", "import", "full"]
    modest = ["--threads=2", "--max-off-heap-memory=100m"]
    server = started(filled=(written.folder, [*words[4:], *modest]))
    try:
        yield Neo4jTarget(server.uri, database="neo4j")
    finally:
        server.stop()


def test_what_is_imported_is_the_graph_and_the_next_sync_sends_nothing(
    imported: Neo4jTarget, tmp_path: Path
) -> None:
    with connect(imported) as connection:
        statements = Statements(property_mapping())
        found = compare(odd(), pages(connection, "default", statements))
    # The one value that the import drops; the sync sends it.
    lost = {"what": "different", "node": "Person", "iri": AIDE.value, "property": "aliases"}
    assert found.as_json()["examples"] == [{**lost, "graph": [""], "server": None}]
    with OxigraphStore(tmp_path / "graph") as store:
        load(store, told())
        store.apply(NAMELESS)
    with OxigraphStore.open_read_only(tmp_path / "graph") as view:
        first = sync(view, imported)
        assert first.nodes.removed == len(ODD)
        assert first.counters["nodes_deleted"] == len(ODD)
        assert (first.nodes.added, first.nodes.changed) == (0, 1)
        assert not first.relationships.added + first.relationships.changed
        assert not sync(view, imported).delta
        assert verify(view, imported).equal


def test_every_table_has_the_rows_and_columns_that_it_should(written: BulkReport) -> None:
    csv.field_size_limit(2_000_000)
    rows = {"nodes": 0, "relationships": 0}
    for file in written.files:
        with (written.folder / file).open(encoding="utf-8", newline="") as stream:
            header, *found = csv.reader(stream)
        assert {len(row) for row in found} == {len(header)}, file
        assert "_kg:string" in header
        assert all(row[header.index("_kg:string")] == "default" for row in found)
        rows[file.partition("-")[0]] += len(found)
    assert rows == {"nodes": written.nodes, "relationships": written.relationships}
    assert sorted(p.name for p in written.folder.glob("*.csv")) == sorted(written.files)


def test_a_property_of_several_types_gets_a_table_for_each(written: BulkReport) -> None:
    headers = [
        (written.folder / f).read_text(encoding="utf-8").splitlines()[0]
        for f in written.files
        if f.startswith("nodes-Topic")
    ]
    assert {h.count("many:") for h in headers} <= {0, 1}
    assert {"many:long", "many:double", "day:date", "day:string"} <= {
        column for header in headers for column in header.split(",")
    }


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"mine\.txt"):
        write_bulk(odd(), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    with pytest.raises(UsageError, match="cannot be written"):
        write_bulk(odd(), tmp_path / "mine.txt" / "below")


def test_the_command_needs_no_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with OxigraphStore(tmp_path / "graph") as store:
        load(store, told())
    folder = tmp_path / "files"
    call = ["sync", "--db", str(tmp_path / "graph"), "--bulk", str(folder), "--graph", 'a "name"']
    assert main(call) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["command"].startswith("neo4j-admin database import full neo4j --nodes=")
    assert said["nodes"] == len(project(sample()).nodes)
    assert '"a ""name"""' in (folder / "nodes-State.csv").read_text(encoding="utf-8")
