"""The same property graph as networkx and as GraphML."""

from __future__ import annotations

import io
import json

import networkx

from kg.project import project, to_graphml, to_networkx
from kg.property_graph import Node, PropertyGraph
from tests.sample import NASTY, sample, told

GRAPH = project(sample())


def test_networkx_has_every_node_and_relationship() -> None:
    graph = to_networkx(GRAPH)
    assert graph.number_of_nodes() == len(GRAPH.nodes)
    assert graph.number_of_edges() == len(GRAPH.relationships)
    assert {t for _, _, t in graph.edges(data="type")} == {r.type for r in GRAPH.relationships}


def test_graphml_reads_back_as_the_same_graph() -> None:
    read = networkx.read_graphml(io.BytesIO(to_graphml(GRAPH)), force_multigraph=True)
    assert set(read.nodes) == {n.iri for n in GRAPH.nodes}
    assert read.number_of_edges() == len(GRAPH.relationships)
    title = next(n for n in GRAPH.nodes if n.properties.get("title") == NASTY)
    assert read.nodes[title.iri]["title"] == NASTY
    leader = next(n for n in GRAPH.nodes if n.labels == ("Person", "Leader"))
    assert read.nodes[leader.iri]["labels"] == "Person:Leader"
    state = next(n for n in GRAPH.nodes if n.properties.get("iso3") == "BLR")
    assert json.loads(read.nodes[state.iri]["names"]) == ["Belarus", "Беларусь"]


def test_graphml_is_the_same_whatever_the_order_of_loading() -> None:
    backwards = project(sample(reversed(told())))
    assert to_graphml(backwards) == to_graphml(GRAPH)


def test_characters_that_xml_cannot_hold_do_not_break_the_file() -> None:
    strange = Node("https://example.org/\x00", ("Person",), {"name": "a\x00\x0b\ud800b\r"})
    text = to_graphml(PropertyGraph((strange,), ()))
    read = networkx.read_graphml(io.BytesIO(text))
    assert read.nodes["https://example.org/\ufffd"]["name"] == "a\ufffd\ufffd\ufffdb\ufffd"
