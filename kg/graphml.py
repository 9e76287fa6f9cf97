"""The property graph as GraphML, the same bytes for the same graph.

Written here and not by networkx, whose output depends on whether lxml is installed. GraphML has
neither lists nor dates: lists are JSON text, dates ISO text. Characters that XML cannot hold
become U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.property_graph import Properties, PropertyGraph, Value

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES = {bool: "boolean", int: "long", float: "double"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns"
         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
         xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def to_graphml(graph: PropertyGraph) -> bytes:
    """The whole document; nodes have `labels` (`Person:Leader`), edges `type`."""
    return "".join(_document(graph)).encode()


def _document(graph: PropertyGraph) -> Iterator[str]:
    nodes: list[tuple[str, Properties]] = [
        (n.iri, {"labels": ":".join(n.labels), **n.properties}) for n in graph.nodes
    ]
    edges = [(r, _edge(r.key, r.type, r.properties)) for r in graph.relationships]
    node_keys = _keys("node", (values for _, values in nodes))
    edge_keys = _keys("edge", (values for _, values in edges))
    yield _HEAD
    for (name, kind), key in [*node_keys.items(), *edge_keys.items()]:
        domain = "node" if key.startswith("n") else "edge"
        yield f'  <key id="{key}" for="{domain}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '  <graph edgedefault="directed">\n'
    for iri, values in nodes:
        yield f"    <node id={_quoted(iri)}>\n{_data(values, node_keys)}    </node>\n"
    for n, (r, values) in enumerate(edges):
        ends = f"source={_quoted(r.start)} target={_quoted(r.end)}"
        yield f'    <edge id="e{n}" {ends}>\n{_data(values, edge_keys)}    </edge>\n'
    yield "  </graph>\n</graphml>\n"


def _edge(key: str, kind: str, properties: Properties) -> Properties:
    return {**properties, **({"iri": key} if key else {}), "type": kind}


def _keys(domain: str, tables: Iterable[Properties]) -> dict[tuple[str, str], str]:
    """Ids of the attributes in use: one per name and type."""
    used = {(name, _kind(value)) for values in tables for name, value in values.items()}
    return {pair: f"{domain[0]}{n}" for n, pair in enumerate(sorted(used))}


def _kind(value: Value) -> str:
    return _TYPES.get(type(value), "string")


def _data(values: Properties, keys: dict[tuple[str, str], str]) -> str:
    return "".join(
        f'      <data key="{keys[name, _kind(value)]}">{escape(_clean(_text(value)))}</data>\n'
        for name, value in sorted(values.items())
    )


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text).replace("\r", "\ufffd")


def _quoted(text: str) -> str:
    return quoteattr(_clean(text))
