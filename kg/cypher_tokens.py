"""Cypher as tokens, far enough to tell for certain that a query only reads.

A write inside a string, a comment or quoted name is none; one behind an escaped letter is one:
`\\u0053ET` is `SET` to Neo4j, which decodes such escapes before it reads anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from kg.errors import QuerySyntaxError, RefusedQueryError

_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+|//[^\n\r]*|/\*.*?\*/)
  | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<quoted>`(?:[^`]|``)*`)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d\w*)
  | (?P<open>['"`]|/\*)
  | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")

_WRITING = frozenset(
    {
        "CREATE", "MERGE", "INSERT", "SET", "DELETE", "DETACH", "NODETACH", "REMOVE", "FOREACH",
        "LOAD", "DROP", "CALL",
    }
)  # fmt: skip
# Commands of administration: only at the start, since `start` and `stop` are good names elsewhere.
_COMMANDS = frozenset(
    {
        "ALTER", "GRANT", "DENY", "REVOKE", "RENAME", "START", "STOP", "ENABLE", "DISABLE",
        "DEALLOCATE", "REALLOCATE", "DRYRUN", "TERMINATE", "USE", "BEGIN", "COMMIT", "ROLLBACK",
    }
)  # fmt: skip
_PREFIXES = frozenset({"EXPLAIN", "PROFILE", "CYPHER"})
# What stands before a name, and never before a clause (but in FOREACH, which is refused itself).
_BEFORE_NAME = frozenset({".", ":", "$", "&", "!", "|"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word, text, sign ... with where it starts, from 0."""

    kind: str
    text: str
    at: int

    @property
    def word(self) -> str:
        """The word in capitals; "" for anything else."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without space and comments.

    Raises:
        QuerySyntaxError: a text, quoted name or comment has no end.
    """
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup or ""
        if kind == "open":
            raise QuerySyntaxError(f"Cypher: {found[0]} without its end at {place(query, found)}")
        if kind != "space":
            yield Token(kind, found[0], found.start())


def place(query: str, found: re.Match[str] | int) -> str:
    """`line 1, column 5`."""
    at = found if isinstance(found, int) else found.start()
    before = query[:at]
    return f"line {before.count(chr(10)) + 1}, column {at - (before.rfind(chr(10)) + 1) + 1}"


@lru_cache(maxsize=32)
def refuse_writes(query: str) -> None:
    """Pass a query that only reads the graph.

    Raises:
        RefusedQueryError: it would write, call a procedure, read files or administer the server.
        QuerySyntaxError: it is empty, or something in it has no end.
    """
    _refuse(query)
    decoded = _ESCAPE.sub(lambda m: chr(int(m[1], 16)), query)
    if decoded != query:
        _refuse(decoded)


def _refuse(query: str) -> None:
    read = list(tokens(query))
    if not read or read[0].text == ";":
        raise QuerySyntaxError("Cypher: the query is empty")
    for ending, more in pairwise(read):
        if ending.text == ";":
            where = place(query, more.at)
            raise QuerySyntaxError(f"Cypher: one statement at a time; another begins at {where}")
    opening = True
    for n, token in enumerate(read):
        before = read[n - 1].text if n else ""
        after = read[n + 1] if n + 1 < len(read) else Token("sign", "", 0)
        if (opening and token.word in _COMMANDS) or _writes(token, before, after):
            raise RefusedQueryError(
                f"only reading is allowed: {token.text} at {place(query, token.at)}"
                f"{_hint(token, after)}"
            )
        opening = opening and _is_prefix(token, before, after)


def _writes(token: Token, before: str, after: Token) -> bool:
    if token.word not in _WRITING or before in _BEFORE_NAME:
        return False
    if before in ("{", ",") and after.text == ":":
        return False  # key of a map
    # CALL { … } and CALL (x) { … } are subqueries; whatever they would write is seen in them.
    return token.word != "CALL" or after.text not in ("{", "(")


def _is_prefix(token: Token, before: str, after: Token) -> bool:
    """EXPLAIN, PROFILE, and CYPHER with its version and options."""
    if token.word in _PREFIXES or token.kind == "number":
        return True
    return token.text in ("=", ".") or before == "=" or after.text == "="


def _hint(token: Token, after: Token) -> str:
    if token.word == "CALL":
        return "; procedures are not offered"
    return f"; as a name, write it as `{token.text}`" if after.text in (",", ")", "", "=") else ""


# Words that are names of ours after a dot or as a key, and that not every engine takes so.
_CLASHING = frozenset({"END", "WHEN"})
_ADDED_QUOTES = re.compile(f"`({'|'.join(sorted(_CLASHING))})`", re.IGNORECASE)


@lru_cache(maxsize=32)
def portable(query: str) -> str:
    """The same query for engines that know fewer spellings.

    Comments become space, so that positions in error messages stay true; property names that
    are also key words, as in `r.end`, get quotes.
    """
    parts, read = [], list(tokens(query))
    at = 0
    for n, token in enumerate(read):
        parts += [_blank(query[at : token.at]), _quoted(token, read, n)]
        at = token.at + len(token.text)
    return "".join([*parts, _blank(query[at:])])


def as_written(column: str, query: str) -> str:
    """Name of a column as the query has it, without the quotes that `portable` put in."""
    return column if column in query else _ADDED_QUOTES.sub(r"\1", column)


def _blank(text: str) -> str:
    return re.sub(r"[^\s]", " ", text)


def _quoted(token: Token, read: list[Token], n: int) -> str:
    before = read[n - 1].text if n else ""
    after = read[n + 1].text if n + 1 < len(read) else ""
    is_property = before == "." and read[n - 2].text != "."
    is_key = before in ("{", ",") and after == ":"
    return f"`{token.text}`" if token.word in _CLASHING and (is_property or is_key) else token.text
