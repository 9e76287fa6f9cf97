"""The part of Cypher that the embedded engine is tested with against a Neo4j server.

Whatever lies outside is refused before the engine sees it: an answer that a server would not give
is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.cypher_tokens import Token, place, tokens
from kg.errors import RefusedQueryError

FUNCTIONS: Final = frozenset(
    [
        "abs",
        "all",
        "any",
        "atan2",
        "avg",
        "ceil",
        "coalesce",
        "collect",
        "count",
        "date",
        "date.truncate",
        "duration",
        "duration.indays",
        "elementid",
        "endnode",
        "exists",
        "exp",
        "floor",
        "head",
        "id",
        "labels",
        "last",
        "left",
        "length",
        "log",
        "ltrim",
        "max",
        "min",
        "nodes",
        "none",
        "pi",
        "rand",
        "range",
        "reduce",
        "relationships",
        "replace",
        "reverse",
        "right",
        "round",
        "rtrim",
        "shortestpath",
        "sign",
        "single",
        "size",
        "split",
        "sqrt",
        "startnode",
        "substring",
        "sum",
        "tail",
        "toboolean",
        "tofloat",
        "tointeger",
        "tolower",
        "tostring",
        "toupper",
        "trim",
        "type",
    ]
)
"""Functions, in small letters, that a test compares with a server."""
INSTEAD: Final = {
    "keys": "ask for the properties by name, or for the node itself",
    "properties": "ask for the properties by name, or for the node itself",
    "duration.between": "use duration.inDays",
    "datetime": "days are texts (date, endDate) or dates (dateFrom, dateTo)",
    "nullif": "use CASE",
    "isempty": "use size(…) = 0",
    "char_length": "use size",
}
# Words with a bracket after them that are no function.
_WORDS: Final = frozenset(
    [
        "MATCH",
        "WHERE",
        "AND",
        "OR",
        "NOT",
        "XOR",
        "IN",
        "RETURN",
        "WITH",
        "THEN",
        "ELSE",
        "WHEN",
        "CASE",
        "CALL",
        "BY",
        "ON",
        "AS",
        "DISTINCT",
        "UNWIND",
        "LIMIT",
        "SKIP",
        "CONTAINS",
        "IS",
        "UNION",
        "OPTIONAL",
        "EXISTS",
        "COUNT",
        "COLLECT",
        "EXPLAIN",
        "PROFILE",
    ]
)
_HAVE: Final = {
    "title": frozenset({"Report", "Document"}),
    "type": frozenset({"Document"}),
    "id": frozenset[str](),
}
"""Names that the engine gives every node, and the labels that have a property of that name."""


@lru_cache(maxsize=32)
def refuse_untested(query: str) -> None:
    """Pass a query that the embedded engine is tested with.

    Raises:
        RefusedQueryError: with the place, and what to do instead.
    """
    read = list(tokens(query))
    for at, what, instead in _untested(read):
        hint = f"{instead}, or ask a server" if instead else "ask a server"
        raise RefusedQueryError(
            f"Cypher: {what} at {place(query, at)} is not answered by the embedded engine "
            f"as Neo4j answers it; {hint} (--neo4j URI)"
        )


def _untested(read: Sequence[Token]) -> Iterator[tuple[int, str, str]]:
    """Where something untested begins, what it is, and what to write instead."""
    labels = {label.text for sign, label in pairwise(read) if sign.text in (":", "|")}
    nodes = {
        read[n].text
        for n in range(1, len(read))
        if read[n - 1].text == "(" and _text(read, n + 1) in (":", ")", "{")
    }
    for n, token in enumerate(read):
        if token.kind == "word":
            yield from _function(read, n)
            yield from _clause(read, n)
        else:
            if n and read[n - 1].text in nodes:
                yield from _property(read, n, labels)
            yield from _sign(read, n)


def _property(
    read: Sequence[Token], n: int, labels: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """Names that only the engine knows."""
    after = _text(read, n + 1)
    if read[n].text != "." or after not in _HAVE or _text(read, n + 2) == "(":
        return
    if _HAVE[after].isdisjoint(labels):
        instead = f"name a label that has one ({', '.join(sorted(_HAVE[after]))})"
        yield read[n + 1].at, f"the property {after}", instead if _HAVE[after] else "ask for iri"


def _sign(read: Sequence[Token], n: int) -> Iterator[tuple[int, str, str]]:
    text, after = read[n].text, _text(read, n + 1)
    before = "".join(t.text for t in read[max(0, n - 2) : n])
    counted = text == "{" and (
        _is_number(read, n + 1) or (after == "," and _is_number(read, n + 2))
    )
    repeated = text in ("+", "*") and before in ("]-", "->", "--") and after == "("
    if text == "." and before.endswith(("{", ",")) and after == "*":
        yield read[n].at, "the map .* of all properties", "name the properties"
    elif counted or repeated:
        yield read[n].at, "a quantified path", "write [:TYPE*1..3]"
    elif text == "!" and after == "=":
        yield read[n].at, "the sign !=", "write <>"
    elif text in ("!", "&"):
        yield read[n].at, f"{text} between labels", "put the labels into WHERE"


def _text(read: Sequence[Token], n: int) -> str:
    return read[n].text if n < len(read) else ""


def _is_number(read: Sequence[Token], n: int) -> bool:
    return n < len(read) and read[n].kind == "number"


def _function(read: Sequence[Token], n: int) -> Iterator[tuple[int, str, str]]:
    if _text(read, n + 1) != "(":
        return
    first = n
    while first >= 2 and read[first - 1].text == "." and read[first - 2].kind == "word":
        first -= 2
    name = "".join(t.text for t in read[first : n + 1])
    if first == n and (read[n].word in _WORDS or (n and read[n - 1].text in (":", "|"))):
        return
    if name.lower() not in FUNCTIONS:
        yield read[first].at, f"the function {name}", INSTEAD.get(name.lower(), "")


def _clause(read: Sequence[Token], n: int) -> Iterator[tuple[int, str, str]]:
    token, after = read[n], _text(read, n + 1)
    if token.word == "IN" and after.upper() == "TRANSACTIONS":
        yield token.at, "CALL { … } IN TRANSACTIONS", ""
    elif token.word == "COLLECT" and after == "{":
        yield token.at, "COLLECT { … }", "use collect(…)"
    elif token.word == "SHORTEST" and _is_number(read, n + 1):
        yield token.at, "SHORTEST", "use shortestPath(…)"
    elif token.word == "WHERE" and _is_inside_pattern(read, n):
        yield token.at, "WHERE inside a node or relationship", "put it behind the pattern"


def _is_inside_pattern(read: Sequence[Token], n: int) -> bool:
    """Whether nothing but a name, labels and a map stand between this place and the bracket."""
    depth = 0
    for m in range(n - 1, -1, -1):
        text = read[m].text
        if text in ("}", "{"):
            depth += 1 if text == "}" else -1
        if depth < 0 or read[m].word == "IN" or text in (")", "]"):
            return False
        if text in ("(", "["):
            return True
    return False
