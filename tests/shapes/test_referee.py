"""`kg validate` finds what pySHACL finds: on the sample graph, and on it broken in every way.

Each constraint of `shapes.ttl` is broken by itself: one value of one node of its class is taken
away, doubled or replaced. A new shape needs no new test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize
from rdflib.namespace import RDF, SH

from kg.store.base import DEFAULT_GRAPH, Change
from kg.store.oxigraph import OxigraphStore
from kg.terms import RDF_TYPE, XSD
from kg.validate import validate
from ontology import turtle
from tests.sample import sample

pyshacl = pytest.importorskip("pyshacl", reason="pySHACL is not installed")

Found = set[tuple[str, str, str]]


@dataclass(frozen=True)
class Constraint:
    """One constraint of one property shape, for the nodes of one class."""

    target: str
    path: str
    kind: str
    value: str

    def __str__(self) -> str:
        return "-".join(part.rsplit("#")[-1] for part in (self.target, self.path, self.kind))


@cache
def shapes(*, ordered: bool = True) -> rdflib.Graph:
    graph = rdflib.Graph().parse(data=turtle("shapes.ttl"), format="turtle")
    if not ordered:
        graph.remove((None, SH.lessThanOrEquals, None))
    return graph


def constraints() -> Iterator[Constraint]:
    graph = shapes()
    kinds = (SH.minCount, SH.maxCount, SH.datatype, SH["class"], SH.nodeKind, SH["in"],
             SH.pattern, SH.lessThanOrEquals)  # fmt: skip
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape)):
        target = graph.value(shape, SH.targetClass)
        for prop in sorted(graph.objects(shape, SH.property)):
            for kind in kinds:
                if (value := graph.value(prop, kind)) is not None:
                    path = str(graph.value(prop, SH.path))
                    yield Constraint(str(target), path, str(kind), str(value))


CONSTRAINTS = sorted(constraints(), key=str)


@cache
def whole() -> frozenset[Quad]:
    """The merged layer of the sample."""
    return frozenset(sample().quads(graph=DEFAULT_GRAPH))


def ours(quads: Iterable[Quad]) -> Found:
    store = OxigraphStore()
    store.apply(Change(added=frozenset(quads)))
    return {(v.focus, v.path or "", v.constraint) for v in validate(store)}


def referees(quads: Iterable[Quad], *, ordered: bool = True) -> Found:
    text = serialize((q.triple for q in quads), format=RdfFormat.N_TRIPLES)
    assert text is not None
    data = rdflib.Graph().parse(data=text, format="nt")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes(ordered=ordered), inference="none")
    return {
        (
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultPath)),
            _constraint(str(report.value(result, SH.sourceConstraintComponent))),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def _constraint(component: str) -> str:
    name = component.removeprefix(str(SH)).removesuffix("ConstraintComponent")
    return name[0].lower() + name[1:]


def focus_of(c: Constraint) -> NamedNode:
    """A node of the class, one that has a value of the property if any has."""
    cls, path = NamedNode(c.target), NamedNode(c.path)
    nodes = {q.subject for q in whole() if q.predicate == RDF_TYPE and q.object == cls}
    having = {q.subject for q in whole() if q.predicate == path} & nodes
    focus = min(having or nodes, key=str)
    assert isinstance(focus, NamedNode)
    return focus


WRONG = {
    "datatype": [Literal("2019-10-25")],
    "class": [NamedNode("https://example.org/of-no-class"), Literal("a text")],
    "nodeKind": [Literal("a text")],
    "in": [Literal("none of them"), Literal("held", language="en")],
    "pattern": [Literal("???"), Literal("")],
    "lessThanOrEquals": [
        Literal("9999-12-31", datatype=NamedNode(XSD + "date")),
        Literal("not comparable"),
    ],
}


def broken(c: Constraint) -> Iterator[set[Quad]]:
    """The sample with this constraint violated, in one way or several."""
    focus, path = focus_of(c), NamedNode(c.path)
    values = {q for q in whole() if q.subject == focus and q.predicate == path}
    rest = set(whole() - values)
    kind = c.kind.removeprefix(str(SH))
    if kind == "minCount":
        yield rest
    elif kind == "maxCount":
        (value,) = (q.object for q in values)
        assert isinstance(value, Literal | NamedNode)
        alike = Literal(value.value, language="xx")
        for other in (Literal("another"), alike):
            yield rest | values | {Quad(focus, path, other, DEFAULT_GRAPH)}
    else:
        for wrong in WRONG[kind]:
            yield rest | {Quad(focus, path, wrong, DEFAULT_GRAPH)}


def without_order(found: Found) -> Found:
    return {f for f in found if f[2] != "lessThanOrEquals"}


@pytest.mark.parametrize(
    "constraint", [c for c in CONSTRAINTS if c.kind == str(SH.datatype)], ids=str
)
def test_both_find_what_cannot_be_read_as_its_datatype(constraint: Constraint) -> None:
    """The order of dates is left out: pySHACL gives up when it compares what is no date."""
    focus, path = focus_of(constraint), NamedNode(constraint.path)
    wrong = Literal("soon", datatype=NamedNode(constraint.value))
    quads = {q for q in whole() if (q.subject, q.predicate) != (focus, path)}
    quads.add(Quad(focus, path, wrong, DEFAULT_GRAPH))
    found = without_order(ours(quads))
    assert (focus.value, path.value, "datatype") in found
    assert found == referees(quads, ordered=False)


def test_every_shape_is_tried() -> None:
    assert len(CONSTRAINTS) == len(set(CONSTRAINTS)) > 60


def test_the_sample_conforms_to_both() -> None:
    assert ours(whole()) == referees(whole()) == set()


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=str)
def test_both_find_the_same_nodes_wrong(constraint: Constraint) -> None:
    focus = focus_of(constraint).value
    for quads in broken(constraint):
        found = ours(quads)
        assert found == referees(quads)
        assert (focus, constraint.path, constraint.kind.removeprefix(str(SH))) in found
