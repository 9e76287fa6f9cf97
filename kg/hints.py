"""Names in a query that the graph cannot have: a misspelt one is told, not answered by silence.

A query language answers a misspelt class, label or property with no rows, which reads like "there
are none". The names of this project come from the ontology alone, so they can be checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from itertools import pairwise
from typing import Final

from kg import cypher_tokens
from kg.property_mapping import RESERVED, names, property_mapping
from kg.store import sparql_tokens
from kg.store.prefixes import KNOWN
from ontology.vocabulary import NAMESPACE, TERMS

# Parts of dates, times and points, which Cypher writes as properties.
_PARTS: Final = frozenset(
    {
        "year", "quarter", "month", "week", "weekYear", "dayOfQuarter", "quarterDay", "day",
        "ordinalDay", "dayOfWeek", "weekDay", "hour", "minute", "second", "millisecond", "x", "y",
        "years", "quarters", "months", "weeks", "days", "hours", "minutes", "seconds", "epochMillis",
        "epochSeconds", "longitude", "latitude", "timezone", "offset",
    }
)  # fmt: skip


def of_sparql(query: str) -> list[str]:
    """One line for each term of our namespace that the vocabulary does not have, as written.

    Raises:
        QuerySyntaxError: the query cannot be divided into tokens.
    """
    found = sparql_tokens.tokens(query)
    ours = {name for name, iri in KNOWN.items() if iri == NAMESPACE}
    for prefix, iri in pairwise(found):
        if iri.kind == "iri" and prefix.kind == "name" and prefix.text.endswith(":"):
            ours.discard(prefix.text[:-1])
            ours |= {prefix.text[:-1]} if iri.text == f"<{NAMESPACE}>" else set()
    return _told(_sparql_terms(found, ours), TERMS, "the vocabulary has no term")


def _sparql_terms(found: Sequence[sparql_tokens.Token], ours: Collection[str]) -> Iterator[str]:
    for token in found:
        prefix, colon, local = token.text.partition(":")
        if token.kind == "name" and colon and local and prefix in ours:
            yield local
        elif token.kind == "iri" and token.text.startswith(f"<{NAMESPACE}"):
            yield token.text[len(NAMESPACE) + 1 : -1]


def of_cypher(query: str) -> list[str]:
    """One line for each label, type and property that no node or relationship of ours can have.

    Names that the query gives itself (keys of its maps, columns) are no properties of ours.

    Raises:
        QuerySyntaxError: something in the query has no end.
    """
    found = list(cypher_tokens.tokens(query))
    mapping = property_mapping()
    classes = {*mapping.node_properties(), *(r.type for r in mapping.relationships)}
    properties = {*RESERVED, *_PARTS, *_own(found)}
    for rules in (
        *(node.properties for node in mapping.nodes),
        *(relationship.properties for relationship in mapping.relationships),
    ):
        properties |= set(names(rules))
    return [
        *_told(_classes(found), classes, "the graph has no label or type"),
        *_told(_properties(found), properties, "the graph has no property"),
    ]


def _classes(found: Sequence[cypher_tokens.Token]) -> Iterator[str]:
    """What stands in `(n:Label|Other)`, `[:TYPE]` and `WHERE n:Label`."""
    brackets = [""]
    expected = after = False
    for token in found:
        if expected and token.kind in ("word", "quoted"):
            yield token.text.strip("`")
            expected, after = False, True
            continue
        joins = after and token.text in ("|", "&") and brackets[-1] != "list"
        begins = token.text == ":" and brackets[-1] != "{"
        expected = begins or joins or (expected and token.text in ("!", "("))
        after = False
        _follow(token, brackets)


def _follow(token: cypher_tokens.Token, brackets: list[str]) -> None:
    """Keep the open brackets; in a `list` comprehension, `|` begins a value."""
    if token.text in ("(", "[", "{"):
        brackets.append(token.text)
    elif token.text in (")", "]", "}") and len(brackets) > 1:
        brackets.pop()
    elif brackets[-1] == "[" and token.word in ("IN", "WHERE"):
        brackets[-1] = "list"


def _properties(found: Sequence[cypher_tokens.Token]) -> Iterator[str]:
    for before, dot, name in zip(found, found[1:], found[2:], strict=False):
        called = before.kind == "word" and before.at + len(before.text) == dot.at
        if dot.text == "." and called and name.kind in ("word", "quoted"):
            yield name.text.strip("`")


def _own(found: Sequence[cypher_tokens.Token]) -> Iterator[str]:
    """Keys of maps, columns, and functions with a dot, such as `date.truncate(…)`."""
    for name, after in pairwise(found):
        if after.text in (":", "("):
            yield name.text.strip("`")
        elif name.word == "AS":
            yield after.text.strip("`")


def _told(given: Iterator[str], known: Collection[str], what: str) -> list[str]:
    unknown = dict.fromkeys(name for name in given if name and name not in known)
    return [f"{what} {name}{_nearest(name, known)}" for name in unknown]


def _nearest(name: str, known: Collection[str]) -> str:
    by_small = {k.casefold(): k for k in sorted(known)}
    near = get_close_matches(name.casefold(), list(by_small), n=1, cutoff=0.6)
    return f"; did you mean {by_small[near[0]]}?" if near else ""
