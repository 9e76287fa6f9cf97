"""SPARQL text divided into tokens exactly as the engine divides it.

Whoever decides by the text of a query what it may do must not be fooled by what stands in a
comment, a string or an IRI. The hard case is `<`: it begins an IRI or compares two values, and
only the context tells. So the brackets are followed: inside an expression, after a value, `<`
compares; everywhere else it begins an IRI. What cannot be divided with certainty is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from kg.errors import QuerySyntaxError
from kg.store.prefixes import KNOWN
from kg.store.sparql_words import FUNCTIONS, KEYWORDS

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = f"{_BASE}_0-9\u00b7\u0300-\u036f\u203f-\u2040"
_ESCAPED = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_CODE_POINT = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IN_STRING = rf"\\[tbnrf\\\"']|{_CODE_POINT}"

_IRI = re.compile(rf"<(?:[^<>\"{{}}|^`\\\x00-\x20]|{_CODE_POINT})*>")
_TOKEN = re.compile(
    rf"""
    (?P<gap>(?:[ \t\r\n]+|\#[^\r\n]*)+)
  | (?P<string>'''(?:'{{0,2}}(?:[^'\\]|{_IN_STRING}))*'''
             |\"\"\"(?:\"{{0,2}}(?:[^\"\\]|{_IN_STRING}))*\"\"\"
             |'(?!'')(?:[^'\\\r\n]|{_IN_STRING})*'
             |\"(?!\"\")(?:[^\"\\\r\n]|{_IN_STRING})*\")
  | (?P<variable>[?$][{_BASE}_0-9][{_NAME}]*)
  | (?P<blank>_:[{_BASE}_0-9](?:[{_NAME}.-]*[{_NAME}-])?)
  | (?P<name>(?:[{_BASE}](?:[{_NAME}.-]*[{_NAME}-])?)?:
             (?:(?:[{_BASE}_:0-9]|{_ESCAPED})
                (?:(?:[{_NAME}.:-]|{_ESCAPED})*(?:[{_NAME}:-]|{_ESCAPED}))?)?)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?)
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<sign>\^\^|&&|\|\||!=|>=|[{{}}()\[\];,.=!>+\-*/|^?~])
    """,
    re.VERBOSE,
)
_LESS = re.compile("<=?")
_OPENING = {"{": "}", "(": ")", "[": "]"}
_MERGED_WORDS = re.compile("SERVICE|SILENT|FROM|FILTER", re.IGNORECASE)


class Scope(Enum):
    """What stands between two brackets, as far as it decides on `<` and `(`."""

    CLAUSES = "select clause and solution modifiers"
    PATTERN = "group of patterns"
    TERMS = "list, path or annotation: terms only"
    EXPRESSION = "expression"


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes:
        kind: iri, name, variable, blank, string, language, number, word or sign.
        text: as written; words in upper case.
        start: offset of its first character; `end` is after its last.
        scope: what it stands in.
    """

    kind: str
    text: str
    start: int
    end: int
    scope: Scope


def position(sparql: str, offset: int) -> str:
    """`line 3, column 7` of an offset, both counted from one."""
    before = sparql[:offset]
    line = before.count("\n") + 1
    return f"line {line}, column {offset - (before.rfind(chr(10)) + 1) + 1}"


def tokens(sparql: str) -> list[Token]:
    """All tokens of a query or update, without white space and comments.

    Raises:
        QuerySyntaxError: an unfinished string, a stray character, a bracket that does not match, or
            a word that SPARQL 1.1 does not know; with line and column.
    """
    return list(_Reader(sparql).read())


def _stray(character: str) -> str:
    if character in "'\"":
        return "a string that is not finished, or holds a wrong escape"
    return f"{character!r} cannot stand here"


class _Reader:
    """Goes through the text once, with the brackets that are open."""

    def __init__(self, sparql: str) -> None:
        self._text = sparql
        self._open: list[tuple[str, Scope]] = []
        self._previous: list[Token] = []
        self._prefixes: set[str] = set()

    def read(self) -> Iterator[Token]:
        offset = 0
        while offset < len(self._text):
            kind, end = self._divide(offset)
            if kind != "gap":
                token = self._token(kind, offset, end)
                self._follow(token)
                self._previous = [*self._previous[-1:], token]
                yield token
            offset = end
        if self._open:
            raise self._error(f"'{self._open[-1][0]}' is missing", offset)

    def _scope(self) -> Scope:
        return self._open[-1][1] if self._open else Scope.CLAUSES

    def _before(self, back: int = 1) -> str:
        """The token before, for comparing: its text, or `:` for any IRI or prefixed name."""
        if len(self._previous) < back:
            return ""
        token = self._previous[-back]
        return ":" if token.kind in ("iri", "name") else token.text

    def _divide(self, offset: int) -> tuple[str, int]:
        if self._text[offset] == "<":
            return self._less_or_iri(offset)
        match = _TOKEN.match(self._text, offset)
        if not match or match.end() == offset or match.lastgroup is None:
            raise self._error(_stray(self._text[offset]), offset)
        return match.lastgroup, match.end()

    def _less_or_iri(self, offset: int) -> tuple[str, int]:
        if self._scope() is Scope.EXPRESSION and self._after_value():
            match = _LESS.match(self._text, offset)
        elif self._text.startswith("<<", offset):
            raise self._error("'<<': triples inside triples are not used in this graph", offset)
        else:
            match = _IRI.match(self._text, offset)
        if not match:
            raise self._error("'<' does not begin an IRI", offset)
        return ("sign" if match.group()[-1] != ">" else "iri"), match.end()

    def _after_value(self) -> bool:
        if not self._previous:
            return False
        last = self._previous[-1]
        if last.kind in ("sign", "word"):
            return last.text in (")", "}", "]", "TRUE", "FALSE")
        return True

    def _token(self, kind: str, start: int, end: int) -> Token:
        text = self._text[start:end]
        if kind == "word":
            text = text.upper()
            if text not in KEYWORDS and text not in FUNCTIONS:
                raise self._error(f"{self._text[start:end]!r} is not a word of SPARQL", start)
        elif kind == "name":
            self._check_prefix(text.partition(":")[0], start)
        return Token(kind, text, start, end, self._scope())

    def _check_prefix(self, prefix: str, start: int) -> None:
        if self._before() == "PREFIX":
            if _MERGED_WORDS.search(prefix):
                why = f"the prefix '{prefix}:' contains a keyword; give it another name"
                raise self._error(why, start)
            self._prefixes.add(prefix)
        elif prefix not in self._prefixes and prefix not in KNOWN:
            why = f"the prefix '{prefix}:' is not declared; begin with PREFIX {prefix}: <…>"
            raise self._error(why, start)

    def _follow(self, token: Token) -> None:
        if token.kind == "word" and token.text == "SELECT" and self._before() == "{":
            self._open[-1] = (self._open[-1][0], Scope.CLAUSES)
        elif token.kind == "sign" and token.text in _OPENING:
            self._open.append((_OPENING[token.text], self._inside(token.text)))
        elif token.kind == "sign" and token.text in "})]":
            if not self._open or self._open[-1][0] != token.text:
                raise self._error(f"'{token.text}' closes nothing", token.start)
            self._open.pop()

    def _inside(self, bracket: str) -> Scope:
        if bracket == "{":
            return Scope.PATTERN
        if bracket == "[":
            return Scope.TERMS
        scope = self._scope()
        if scope is Scope.TERMS or self._before() == "VALUES":
            return Scope.TERMS
        if scope is Scope.PATTERN and not self._calls():
            return Scope.TERMS
        return Scope.EXPRESSION

    def _calls(self) -> bool:
        """Among patterns, `(` opens an expression only after FILTER, BIND or a function."""
        last = self._previous[-1] if self._previous else None
        if last is not None and last.kind == "word":
            return last.text in ("FILTER", "BIND") or last.text in FUNCTIONS
        return self._before() == ":" and self._before(2) == "FILTER"

    def _error(self, why: str, offset: int) -> QuerySyntaxError:
        return QuerySyntaxError(f"{position(self._text, offset)}: {why}")
