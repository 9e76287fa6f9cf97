"""Reading a server page by page gives everything of ours once, whatever else is there."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.property_mapping import property_mapping
from kg.sync import Neo4jTarget, readback, sync, verify
from kg.sync.beside import beside
from kg.sync.statements import Statements
from kg.sync.target import connect
from tests.neo4j.conftest import Cypher
from tests.sample import sample

# Things with our mark that no sync makes, beside things of others.
ODD = [
    "CREATE (:Topic {_kg: 'default'}), (:Topic {_kg: 'default', iri: 7}), (:Topic {iri: ''})",
    "CREATE (:Note {_kg: 'default', iri: 'urn:note'})-[:ABOUT {_kg: 'default'}]->(:Topic)",
    "CREATE (:Note)-[:ABOUT {_kg: 'default'}]->(:Note), (:Note)-[:ABOUT]->(:Note)",
    "MATCH (s:State {iso3: 'KAZ'}), (p:Place) CREATE (s)-[:LIKES {_kg: 'default'}]->(p)",
    "MATCH (s:State {iso3: 'BLR'}) SET s:Topic",
    "UNWIND range(1, 5) AS n CREATE (t:Topic {_kg: 'default', iri: 'urn:twice', n: n})"
    "-[:IS {_kg: 'default'}]->(t)",
    "MATCH (s:State {iso3: 'FRA'}) SET s._kg = 'another'",
]


def found(target: Neo4jTarget) -> tuple[Counter[str], Counter[str]]:
    with connect(target) as connection:
        read = list(readback.pages(connection, "default", Statements(property_mapping())))
    nodes = Counter(str(n.iri) for page in read for n in page.nodes)
    arrows = ((*r.id[:3], r.whole) for page in read for r in page.relationships)
    return nodes, Counter(map(str, arrows))


def there(server: Cypher) -> tuple[Counter[str], Counter[str]]:
    nodes = server("MATCH (n) WHERE n._kg = 'default' RETURN n.iri AS iri")
    arrows = server(
        "MATCH (a)-[r]->(b) WHERE r._kg = 'default' RETURN type(r) AS t, a.iri AS a, b.iri AS b, "
        "coalesce(a._kg = 'default' AND b._kg = 'default', false) AS whole"
    )
    return Counter(str(n["iri"]) for n in nodes), Counter(str((*r.values(),)) for r in arrows)


def test_pages_of_any_size_have_everything_once(
    target: Neo4jTarget, bare: Cypher, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sizes = sample(), (1, 2, 7, 1000)

    def assert_read() -> tuple[Counter[str], Counter[str]]:
        whole = there(bare)
        for size in sizes:
            monkeypatch.setattr(readback, "NODES", size)
            monkeypatch.setattr(readback, "RELATIONSHIPS", size)
            assert found(target) == whole, f"in pages of {size}"
        return whole

    sync(store, target)
    assert_read()
    assert verify(store, target).equal
    for row in bare("SHOW CONSTRAINTS YIELD name"):
        bare(f"DROP CONSTRAINT {row['name']}")
    for statement in ODD:
        bare(statement)
    nodes, arrows = assert_read()
    assert nodes["urn:twice"] == 5
    assert sum(n for a, n in arrows.items() if "urn:twice" in a) == 5
    assert not verify(store, target).equal


def test_what_goes_wrong_beside_is_raised_where_it_is_asked_for() -> None:
    def broken() -> object:
        yield from (1, 2)
        raise OSError("gone")

    with beside(broken()) as items:  # type: ignore[arg-type]
        assert [next(items), next(items)] == [1, 2]
        with pytest.raises(OSError, match="gone"):
            next(items)
