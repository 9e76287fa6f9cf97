"""Triples as they stand in a store, one subject after the other, in plain values.

Equal triples give equal runs, whether they come as objects or as lines of N-Triples; every name and
text is made once, however often it occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.terms import XSD


class Text(NamedTuple):
    """A literal: a text, number, date ..., with the IRI of its datatype."""

    value: str
    language: str | None
    datatype: str


# An IRI is a str; the rest is never followed.
Thing: TypeAlias = str | Text | BlankNode | Triple
Run: TypeAlias = tuple[str, list[str], list[Thing]]
"""A subject, and predicates and objects of some of its triples, in step."""

STRING: Final = XSD + "string"
_LANGUAGE_STRING: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_LITERAL: Final = re.compile(
    r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<([^>\\]*)>)? \.', re.DOTALL
)
_IRI: Final = re.compile(r"<([^<>\\]*)> \.")
_OFTEN: Final = 60
"""Literals that are written with fewer characters may well come again: so many are kept."""
_KEPT: Final = 50_000
_ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_LETTERS: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def runs_of_quads(quads: Iterable[Quad]) -> Iterator[Run]:
    """Runs of quads of one graph."""
    names: dict[str, str] = {}
    texts: dict[Text, Text] = {}
    last: object = None
    subject, predicates, values = "", list[str](), list[Thing]()
    for s, p, o, _ in quads:
        if s != last:
            if values:
                yield subject, predicates, values
            last, subject, predicates, values = s, name_of(s), [], []
            subject = names.setdefault(subject, subject)
        predicate, value = p.value, thing_of(o)
        predicates.append(names.setdefault(predicate, predicate))
        if type(value) is str:
            value = names.setdefault(value, value)
        elif type(value) is Text:
            value = texts.setdefault(value, value)
        values.append(value)
    if values:
        yield subject, predicates, values


def runs_of_lines(blocks: Iterable[bytes]) -> Iterator[Run]:
    """Runs of N-Triples as Oxigraph writes them: one triple a line, one space between the terms.

    Args:
        blocks: the lines, cut anywhere.
    """
    names: dict[str, str] = {}
    texts: dict[str, Thing] = {}
    last, subject = "", ""
    predicates, values = list[str](), list[Thing]()
    for line in _lines(blocks):
        s, p, o = line.split(" ", 2)
        if s != last:
            if values:
                yield subject, predicates, values
            last, predicates, values = s, [], []
            subject = s[1:-1] if s.startswith("<") else s
            subject = names.setdefault(subject, subject)
        predicates.append(names.get(p) or names.setdefault(p, p[1:-1]))
        if o.startswith("<http") and "\\" not in o:
            iri = o[1:-3]
            value: Thing = names.setdefault(iri, iri)
        elif (known := texts.get(o)) is not None:
            value = known
        else:
            value = _read(line, o, names)
            if len(o) < _OFTEN:
                if len(texts) == _KEPT:
                    texts.clear()
                texts[o] = value
        values.append(value)
    if values:
        yield subject, predicates, values


def _lines(blocks: Iterable[bytes]) -> Iterator[str]:
    rest = b""
    for block in blocks:
        whole, end, rest = (rest + block).rpartition(b"\n")
        if end:
            yield from whole.decode().split("\n")


def _read(line: str, written: str, names: dict[str, str]) -> Thing:
    if found := _IRI.fullmatch(written):
        return names.setdefault(found[1], found[1])
    if found := _LITERAL.fullmatch(written):
        text, language, datatype = found.groups()
        if "\\" in text:
            text = _ESCAPED.sub(_unescaped, text)
        datatype = datatype or (_LANGUAGE_STRING if language else STRING)
        return Text(text, language, names.setdefault(datatype, datatype))
    # Whatever is rare: the engine's own parser knows it.
    (triple,) = parse(line, RdfFormat.N_TRIPLES)
    return thing_of(triple.object)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else _LETTERS.get(found[3], found[3])


def name_of(term: object) -> str:
    """A subject as a text: its IRI, or the name of a blank node."""
    return term.value if isinstance(term, NamedNode) else str(term)


def thing_of(term: object) -> Thing:
    """An object as a thing."""
    if isinstance(term, NamedNode):
        return term.value
    if isinstance(term, Literal):
        return Text(term.value, term.language, term.datatype.value)
    return term  # type: ignore[return-value]
