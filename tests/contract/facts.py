"""A small graph for the contract: one meeting, told by three reports."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Quad

from kg.store.base import DEFAULT_GRAPH, GraphName, Object

NS = "https://w3id.org/diplomatic-meetings/ns#"
ID = "https://w3id.org/diplomatic-meetings/id/"
XSD = "http://www.w3.org/2001/XMLSchema#"
PREFIXES = f"PREFIX dm: <{NS}> PREFIX id: <{ID}> PREFIX xsd: <{XSD}> "


def dm(name: str) -> NamedNode:
    return NamedNode(NS + name)


def node(path: str) -> NamedNode:
    return NamedNode(ID + path)


def day(text: str) -> Literal:
    return Literal(text, datatype=NamedNode(XSD + "date"))


def fact(
    subject: NamedNode, predicate: str, value: Object, graph: GraphName = DEFAULT_GRAPH
) -> Quad:
    return Quad(subject, dm(predicate), value, graph)


TALKS, CALL = node("meeting/talks"), node("meeting/call")
REPORTS = tuple(node(f"report/agency/{number}") for number in range(3))
MERGED = (
    fact(TALKS, "date", day("2019-10-25")),
    fact(TALKS, "participant", node("person/a")),
    fact(TALKS, "participant", node("person/b")),
    fact(TALKS, "format", Literal("in-person")),
    fact(CALL, "date", day("2020-03-01")),
    fact(CALL, "participant", node("person/a")),
    fact(CALL, "format", Literal("phone")),
)
TOLD = tuple(fact(TALKS, "participant", node("person/a"), report) for report in REPORTS)
ALL = frozenset(MERGED + TOLD)

AWKWARD = (
    "",
    'quotes " and \' and """ and \\ at the end\\',
    "lines\nand\rreturns\tand tabs",
    "\\u0041 is not the letter, \\\\u0041 neither",
    "} ; DROP ALL ; INSERT DATA { <a:a> <a:a> <a:a> }",
    "a zero-width\u200d joiner, a separator \u2028, an astral 𝄞, and é or e\u0301",
    "\u0001 control \u007f characters \u0085",
    "?person $person BOUND(?person) # no comment",
)
