"""Random graphs, random statements of the shapes that are shipped, and what they must answer.

The oracle tries every relationship for every row, in the order of the text; it shares nothing with
any engine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

from kg.property_graph import Node, PropertyGraph, Relationship, Value

Row: TypeAlias = dict[str, Any]
"""Variables of a statement and what they are bound to; None for nothing."""

KINDS = {
    "ATTENDED": ("Person", "Meeting"),
    "PARTY_TO": ("State", "Meeting"),
    "DISCUSSED": ("Meeting", "Topic"),
    "AGREED_ON": ("Meeting", "Topic"),
    "BROADER": ("Topic", "Topic"),
    "HELD_IN": ("Meeting", "Place"),
    "IN_STATE": ("Place", "State"),
    "REPORTED_IN": ("Meeting", "Report"),
}
KEYED = {"ATTENDED", "DISCUSSED", "AGREED_ON"}
SIZES = {"Person": 5, "Meeting": 7, "State": 3, "Topic": 5, "Place": 3, "Report": 4}
VALUES: dict[str, list[Value]] = {
    "name": ["A", "B", "O'Hara `", "ü"],
    "date": ["2015-01-01", "2016-05-01", "2019-10-25"],
    "role": ["principal", "attendee"],
    "rank": [1, 2, 3],
}
OWN = {"Meeting": ("date", "rank"), "ATTENDED": ("role",), "DISCUSSED": ("role", "rank")}


def random_graph(chance: Random) -> PropertyGraph:
    """A small graph, dense enough for chains to close, with values missing here and there."""
    nodes = [
        Node(f"urn:{label}:{n}", (label,), _values(chance, OWN.get(label, ("name",))))
        for label, size in SIZES.items()
        for n in range(size)
    ]
    relationships: dict[tuple[str, str, str, str], Relationship] = {}
    for kind, (start, end) in KINDS.items():
        for number in range(chance.randrange(3, 14)):
            a, b = chance.randrange(SIZES[start]), chance.randrange(SIZES[end])
            if kind == "BROADER" and a <= b:
                continue  # a tree of topics has no circle
            key = f"urn:{kind}:{number}" if kind in KEYED else ""
            values = _values(chance, OWN.get(kind, ()))
            r = Relationship(kind, f"urn:{start}:{a}", f"urn:{end}:{b}", key, values)
            relationships[r.identity] = r
    return PropertyGraph(
        tuple(sorted(nodes, key=lambda n: (n.labels, n.iri))),
        tuple(sorted(relationships.values(), key=lambda r: r.identity)),
    )


def _values(chance: Random, names: tuple[str, ...]) -> dict[str, Value]:
    return {name: chance.choice(VALUES[name]) for name in names if chance.random() < 0.8}


@dataclass
class Statement:
    """A statement while it is made, and the rows that it has to answer."""

    chance: Random
    graph: PropertyGraph
    lines: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=lambda: [{}])
    labels: dict[str, str] = field(default_factory=dict)
    arrows: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    # Steps

    def start(self) -> None:
        """MATCH two ends of one relationship, or two relationships that meet."""
        kind = self.chance.choice([k for k in KINDS if k != "BROADER"])
        if self.chance.random() < 0.4:
            self._pair(kind)
        else:
            self._hop(kind, forward=self.chance.random() < 0.5, bound=None)

    def more(self) -> None:
        """WITH, and a further chain from something that is known."""
        self.lines.append(f"WITH {', '.join([*self.labels, *self.arrows])}")
        places = [
            (variable, kind, forward)
            for variable, label in self.labels.items()
            for kind, ends in KINDS.items()
            for forward in (True, False)
            if ends[not forward] == label
        ]
        variable, kind, forward = self.chance.choice(places)
        optional = self.chance.random() < 0.4
        self._hop(kind, forward=forward, bound=variable, optional=optional)

    def _pair(self, kind: str) -> None:
        """(a)-[x]->(m)<-[y]-(b): the two relationships are never the same one."""
        a, m, b, x, y = self._new("n", 3) + self._new("r", 2)
        start, end = KINDS[kind]
        pattern = f"({a}:{start})-[{x}:{kind}]->({m}:{end})<-[{y}:{kind}]-({b}:{start})"
        self.labels |= {a: start, m: end, b: start}
        self.arrows |= {x: kind, y: kind}
        of_kind = [r for r in self.graph.relationships if r.type == kind]
        self.rows = [
            row | {a: self._node(r.start), m: self._node(r.end), b: self._node(s.start), x: r, y: s}
            for row in self.rows
            for r in of_kind
            for s in of_kind
            if r is not s and r.end == s.end
        ]
        self.lines.append(f"MATCH {pattern}")
        self._where(optional=False)

    def _hop(self, kind: str, *, forward: bool, bound: str | None, optional: bool = False) -> None:
        ends = KINDS[kind] if forward else KINDS[kind][::-1]
        here = bound or self._new("n", 1)[0]
        (there,), (r,) = self._new("n", 1, skip=here), self._new("r", 1)
        many = kind == "BROADER" and self.chance.random() < 0.6
        arrow = f"[:{kind}*0..3]" if many else f"[{r}:{kind}]"
        known = f"({here}:{ends[0]})" if bound is None else f"({here})"
        left, right = ("-", "->") if forward else ("<-", "-")
        self.lines.append(
            f"{'OPTIONAL ' if optional else ''}MATCH {known}{left}{arrow}{right}({there}:{ends[1]})"
        )
        before = self.rows if bound else [{here: n} for n in self._members(ends[0])]
        self.labels |= {here: ends[0], there: ends[1]}
        self.arrows |= {} if many else {r: kind}
        new: dict[str, Any] = {there: None} | ({} if many else {r: None})
        found = [
            (row, [row | {there: node} | ({} if many else {r: arrow}) for node, arrow in reached])
            for row in before
            for reached in [list(self._reached(row[here], kind, forward, 3 if many else 1))]
        ]
        condition = self._condition(only=[there]) if self.chance.random() < 0.5 else None
        if condition:
            self.lines.append(f"WHERE {condition[0]}")
            found = [(row, [x for x in after if condition[1](x)]) for row, after in found]
        if not optional:
            self.rows = [x for _, after in found for x in after]
        else:
            self.rows = [x for row, after in found for x in after or [row | new]]

    def _where(self, *, optional: bool) -> None:
        condition = self._condition(only=list(self.labels))
        if condition and not optional:
            self.lines.append(f"WHERE {condition[0]}")
            self.rows = [row for row in self.rows if condition[1](row)]

    def _condition(self, only: list[str]) -> tuple[str, Any] | None:
        """A condition as text, and as what says whether a row fulfils it (null is no)."""
        variable = self.chance.choice(only)
        names = OWN.get(self.labels[variable], ("name",))
        name = self.chance.choice(names)
        parameter = f"p{len(self.values)}"
        wanted: Any = self.chance.choice(VALUES[name])

        def value(row: Row) -> Any:
            return row[variable].properties.get(name) if row[variable] else None

        same = [v for v in self.labels if v != variable and self.labels[v] == self.labels[variable]]
        if same and self.chance.random() < 0.5:
            other = self.chance.choice(same)
            return (
                f"{variable}.iri <> {other}.iri",
                lambda row: (
                    bool(row[variable] and row[other]) and row[variable].iri != row[other].iri
                ),
            )
        match self.chance.randrange(6):
            case 0:
                self.values[parameter] = wanted
                return f"{variable}.{name} = ${parameter}", lambda row: value(row) == wanted
            case 1:
                self.values[parameter] = wanted
                return (
                    f"{variable}.{name} >= ${parameter}",
                    lambda row: value(row) is not None and value(row) >= wanted,
                )
            case 2:
                return f"{variable}.{name} IS NULL", lambda row: value(row) is None
            case 3:
                self.values[parameter] = wanted
                return (
                    f"coalesce({variable}.{name}, ${parameter}) <> ${parameter}",
                    lambda row: value(row) not in (None, wanted),
                )
            case 4:
                return self._one_of_several(variable, parameter)
        kind, forward = self._from(variable)
        return (
            f"NOT ({variable}){_arrow(kind, forward)}()",
            lambda row: (
                row[variable] is not None
                and not list(self._reached(row[variable], kind, forward, 1, least=1))
            ),
        )

    def _from(self, variable: str) -> tuple[str, bool]:
        """A type of relationship that such a node can have, and whether it leaves there."""
        label = self.labels[variable]
        return self.chance.choice(
            [(k, f) for k, ends in KINDS.items() for f in (True, False) if ends[not f] == label]
        )

    def _one_of_several(self, variable: str, parameter: str) -> tuple[str, Any]:
        kind, forward = self._from(variable)
        label = KINDS[kind][forward]
        some = [n.iri for n in self._members(label) if self.chance.random() < 0.4]
        self.values[parameter] = tuple(some)
        return (
            f"EXISTS {{ MATCH ({variable}){_arrow(kind, forward)}(e:{label}) "
            f"WHERE e.iri IN ${parameter} }}",
            lambda row: any(
                n.iri in some for n, _ in self._reached(row[variable], kind, forward, 1)
            ),
        )

    def finish(self) -> None:
        """RETURN values, counts by values, or lists beside values."""
        if self.chance.random() < 0.25:
            self._listed()
            return
        shown = [(v, "iri") for v in self.labels] + [
            (r, name) for r, kind in self.arrows.items() for name in OWN.get(kind, ())
        ]
        self.chance.shuffle(shown)
        if self.chance.random() < 0.5:
            self._counted(shown)
            return
        distinct = self.chance.random() < 0.3
        columns = ", ".join(f"{v}.{name} AS c{n}" for n, (v, name) in enumerate(shown))
        self.lines.append(f"RETURN {'DISTINCT ' if distinct else ''}{columns}")
        rows = [{f"c{n}": _of(row[v], p) for n, (v, p) in enumerate(shown)} for row in self.rows]
        self.rows = _distinct(rows) if distinct else rows

    def _counted(self, shown: list[tuple[str, str]]) -> None:
        (by, name), (counted, other) = shown[0], shown[-1]
        what = counted if other == "iri" else f"{counted}.{other}"
        self.lines.append(
            f"RETURN {by}.{name} AS c0, count(*) AS n, count({what}) AS some, "
            f"count(DISTINCT {what}) AS many"
        )
        groups: dict[Any, list[Any]] = {}
        for row in self.rows:
            groups.setdefault(_of(row[by], name), []).append(_of(row[counted], other))
        self.rows = [
            {"c0": key, "n": len(found), "some": len(there), "many": len(set(there))}
            for key, found in groups.items()
            for there in [[x for x in found if x is not None]]
        ]

    def _listed(self) -> None:
        """What a node that is surely there leads to, each once, and how many relationships."""
        variable = next(iter(self.labels))
        kind, forward = self._from(variable)
        label = KINDS[kind][forward]
        name = self.chance.choice(OWN.get(label, ("name",)))
        arrow = _arrow(kind, forward)
        self.lines.append(
            f"WITH {variable}, [({variable}){arrow}(e:{label}) WHERE e.{name} IS NOT NULL | e.{name}]"
            f" AS told\nRETURN {variable}.iri AS c0, COUNT {{ ({variable}){arrow}() }} AS many, "
            "reduce(found = [], x IN told | CASE WHEN x IN found THEN found ELSE found + [x] END) AS c1"
        )
        self.rows = [
            {"c0": row[variable].iri, "many": len(reached), "c1": sorted(set(told))}
            for row in self.rows
            for reached in [list(self._reached(row[variable], kind, forward, 1))]
            for told in [[n.properties[name] for n, _ in reached if name in n.properties]]
        ]

    # The graph, by looking at all of it

    def _new(self, letter: str, count: int, skip: str = "") -> list[str]:
        taken = {*self.labels, *self.arrows, skip}
        return [v for v in (f"{letter}{n}" for n in range(99)) if v not in taken][:count]

    def _node(self, iri: str) -> Node:
        return next(n for n in self.graph.nodes if n.iri == iri)

    def _members(self, label: str) -> list[Node]:
        return [n for n in self.graph.nodes if n.label == label]

    def _reached(
        self, node: Node | None, kind: str, forward: bool, most: int, least: int | None = None
    ) -> Iterator[tuple[Node, Relationship | None]]:
        """Where one relationship, or a trail of at most so many, leads."""
        if node is None:
            return
        if most == 1:
            for r in self.graph.relationships:
                if r.type == kind and (r.start if forward else r.end) == node.iri:
                    yield self._node(r.end if forward else r.start), r
            return
        yield node, None
        for r in self.graph.relationships:
            if r.type == kind and (r.start if forward else r.end) == node.iri and most:
                onward = self._node(r.end if forward else r.start)
                yield from self._trail(onward, kind, forward, most - 1)

    def _trail(
        self, node: Node, kind: str, forward: bool, most: int
    ) -> Iterator[tuple[Node, None]]:
        yield node, None
        if most:
            for onward, _ in self._reached(node, kind, forward, 1):
                yield from self._trail(onward, kind, forward, most - 1)


def _arrow(kind: str, forward: bool) -> str:
    return f"-[:{kind}]->" if forward else f"<-[:{kind}]-"


def _of(thing: Node | Relationship | None, name: str) -> Any:
    if thing is None:
        return None
    return thing.iri if name == "iri" and isinstance(thing, Node) else thing.properties.get(name)


def _distinct(rows: list[Row]) -> list[Row]:
    return list({repr(sorted(row.items(), key=str)): row for row in rows}.values())


def random_statement(chance: Random, graph: PropertyGraph) -> Statement:
    """One to three chains, each with its condition beside it."""
    made = Statement(chance, graph)
    made.start()
    for _ in range(chance.randrange(3)):
        if len(made.rows) < 300:
            made.more()
    made.finish()
    return made


def in_order(rows: Any) -> list[str]:
    """Rows as text, sorted: a statement without ORDER BY may answer in any order, lists too."""
    return sorted(repr([(k, _sorted(v)) for k, v in sorted(row.items())]) for row in rows)


def _sorted(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value
