"""A synced database gives back the triples that it was made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kg.cli import main
from kg.errors import UsageError
from kg.project import project
from kg.property_mapping import property_mapping
from kg.store.base import DEFAULT_GRAPH, View
from kg.sync import Neo4jTarget, import_graph, sync
from kg.sync.restore import one_way, restore
from tests.neo4j.conftest import Cypher
from tests.sample import sample, told


def merged(view: View) -> list[Quad]:
    """All triples of the merged graph but those that `not_representable` counts."""
    lost, every = property_mapping().unmapped, list(view.quads(graph=DEFAULT_GRAPH))
    kept = [q for q in every if q.predicate.value not in lost]
    assert len(every) - len(kept) == sum(x.count for x in project(view).not_representable)
    return sorted(kept, key=str)


def test_a_synced_database_gives_back_every_triple(target: Neo4jTarget, server: Cypher) -> None:
    store = sample()
    server("CREATE (:Meeting {iri: 'urn:theirs', name: 'of somebody else'})")
    sync(store, target)
    sync(sample(told()[:2]), target, graph="second")
    assert import_graph(target) == merged(store)
    assert import_graph(target, graph="second") == merged(sample(told()[:2]))
    with pytest.raises(UsageError, match="no graph 'third'; it has 'default', 'second'"):
        import_graph(target, graph="third")


@pytest.mark.parametrize("n", range(len(told())))
def test_each_report_alone_comes_back(n: int) -> None:
    store = sample([told()[n]])
    assert restore(project(store)) == merged(store)


def test_what_cannot_come_back_by_itself_is_said() -> None:
    declared = {p.name for rule in property_mapping().nodes for p in rule.properties if p.as_date}
    assert {"dateFrom", "dateTo"} == declared
    listed = {loss.what for loss in one_way()}
    assert {"(Meeting dateFrom)", "(AgendaItem by)", "[PARTY_TO]"} <= listed
    assert "(Meeting when)" not in listed


def test_the_command_writes_triples(
    target: Neo4jTarget,
    server: Cypher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store = sample()
    sync(store, target)
    for name, value in (("USERNAME", target.username), ("PASSWORD", target.password)):
        monkeypatch.setenv(f"NEO4J_{name}", value or "")
    file = tmp_path / "back.nt"
    assert main(["import-neo4j", "--neo4j", target.uri, "-o", str(file)]) == 0
    said = json.loads(capsys.readouterr().out)
    back = list(parse(file.read_bytes(), format=RdfFormat.N_TRIPLES))
    assert said["triples"] == len(back) == len(merged(store))
    assert said["one_way"]
    with pytest.raises(UsageError, match="cannot be written"):
        from kg.commands.import_neo4j import _write

        _write(tmp_path, b"")
