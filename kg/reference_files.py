"""Files with which users add to the reference data, in the form of those that are shipped.

A table of office holders is like `ontology/leaders/*.csv`, a Turtle file like `ontology/states.ttl`
and its neighbours. The graph keeps each file word for word under its name, in a named graph of its
own, so that every later load reads with them, and all that follows from them can be made again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from kg import ids
from kg.errors import UnreadableSourceError
from kg.rdf import GraphWriter
from kg.terms import DM, IDENTIFIER, LABEL, RDF_TYPE
from loaders.csv_rows import rows
from loaders.encoding import decode, read_whole
from ontology.lexicon import Lexicon, from_sections

GRAPH: Final = NamedNode(ids.REFERENCE_FILES_GRAPH)
WIKIDATA: Final = "wikidata"
COLUMNS: Final = ("state", "post", "title", "from", "until", "status", "person", "variants")
NEEDED: Final = ("state", "post", "title", "from", "person")
_NOTES: Final = ("source", "note", WIKIDATA)
_LARGEST: Final = 16 << 20
_KINDS: Final = ("state", "organization", "place", "topic", "office", "outlet")


@dataclass(frozen=True, slots=True, order=True)
class ReferenceFile:
    """One file of a user; `name` is the last part of its path and tells it from the others."""

    name: str
    text: str

    @property
    def node(self) -> NamedNode:
        """Its IRI."""
        return NamedNode(ids.entity("reference-file", self.name))

    def quads(self) -> set[Quad]:
        """Its triples, in the graph of such files."""
        w = GraphWriter(GRAPH)
        w.add(self.node, RDF_TYPE, DM.ReferenceFile)
        w.add(self.node, IDENTIFIER, self.name)
        w.add(self.node, LABEL, self.name)
        w.add(self.node, DM.content, self.text)
        return w.quads


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a file, on which line."""

    file: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file read.

    Attributes:
        rows: the rows of a table as (line, column -> cell); empty for Turtle.
        entities: line of each entity of a Turtle file, by IRI; empty for a table.
        added: all of it as reference data.
        problems: of form; with any of them `added` is empty.
    """

    file: ReferenceFile
    added: Lexicon
    rows: tuple[tuple[int, dict[str, str]], ...] = ()
    entities: tuple[tuple[str, int], ...] = ()
    problems: tuple[Problem, ...] = ()

    def problem(self, line: int | None, reason: str) -> Problem:
        """A problem of this file."""
        return Problem(self.file.name, line, reason)


def read_reference_file(path: Path) -> ReferenceFile:
    """A file from disk; what is in it is not looked at.

    Raises:
        UnreadableSourceError: not there, not readable, no text, of another kind.
    """
    if path.suffix.lower() not in (".csv", ".ttl"):
        reason = "reference data are a .csv of office holders or a .ttl of states, places and so on"
        raise UnreadableSourceError(str(path), reason)
    try:
        with path.open("rb") as stream:
            data = read_whole(stream, str(path), most=_LARGEST)
    except OSError as error:
        raise UnreadableSourceError(str(path), f"it cannot be read ({error.strerror})") from error
    return ReferenceFile(path.name, decode(data, str(path)))


def stored_files(quads: Iterable[Quad]) -> tuple[ReferenceFile, ...]:
    """The files that a graph keeps, by name.

    Args:
        quads: of the graph of such files.
    """
    values: dict[str, dict[NamedNode, str]] = {}
    for quad in quads:
        if isinstance(quad.object, Literal):
            values.setdefault(str(quad.subject), {})[quad.predicate] = quad.object.value
    return tuple(sorted(ReferenceFile(v[IDENTIFIER], v[DM.content]) for v in values.values()))


def digest_of(files: Iterable[ReferenceFile]) -> str:
    """Changes whenever one of the files does; empty without any."""
    words = [word for file in sorted(files) for word in (file.name, file.text)]
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest() if words else ""


def parsed(file: ReferenceFile) -> Parsed:
    """What a file adds, and what is wrong with its form."""
    return _table(file) if file.name.lower().endswith(".csv") else _turtle(file)


_NOTHING: Final = from_sections({})


def _broken(file: ReferenceFile, problems: Iterable[tuple[int | None, str]]) -> Parsed:
    return Parsed(file, _NOTHING, problems=tuple(Problem(file.name, *p) for p in problems))


# Tables -------------------------------------------------------------------------------------------


def _table(file: ReferenceFile) -> Parsed:
    lines = list(rows(file.text, ","))
    header = [" ".join(cell.split()) for cell in lines[0].cells] if lines else []
    if wrong := _wrong_header(header):
        return _broken(file, [(1, wrong)])
    problems: list[tuple[int | None, str]] = []
    read: list[tuple[int, dict[str, str]]] = []
    for row in lines[1:]:
        if row.broken or len(row.cells) != len(header):
            cells = f"{len(row.cells)} cells where the header has {len(header)}"
            problems.append((row.line, row.broken or cells))
            continue
        cells_ = {k: " ".join(v.split()) for k, v in zip(header, row.cells, strict=True)}
        read.append((row.line, dict.fromkeys(COLUMNS, "") | cells_))
    if problems or not read:
        return _broken(file, problems or [(1, "the table has no row")])
    return Parsed(file, _people(r for _, r in read), rows=tuple(read))


def _wrong_header(header: list[str]) -> str | None:
    missing = [name for name in NEEDED if name not in header]
    unknown = [name for name in header if name not in (*COLUMNS, *_NOTES)]
    if missing:
        return f"the column {missing[0]!r} is missing; the columns are {','.join(COLUMNS)}"
    if unknown:
        return f"no column is called {unknown[0]!r}; the columns are {','.join(COLUMNS)}"
    return "a column stands twice" if len(set(header)) < len(header) else None


def _people(read: Iterator[dict[str, str]]) -> Lexicon:
    from ontology.build import people, person_slug

    named = [row for row in read if row["person"]]
    known = {f"person/{person_slug(r['person'])}": r[WIKIDATA] for r in named if r.get(WIKIDATA)}
    return from_sections({**people(named), "wikidata": known})


# Turtle -------------------------------------------------------------------------------------------


def _turtle(file: ReferenceFile) -> Parsed:
    from rdflib import Graph

    from ontology.build import sections

    try:
        triples = list(parse(file.text.encode(), format=RdfFormat.TURTLE))
    except SyntaxError as error:
        return _broken(file, [(error.lineno, f"this is not Turtle: {error.msg}")])
    subjects = sorted({t.subject.value for t in triples if isinstance(t.subject, NamedNode)})
    entities = tuple((iri, _line_of(iri, file.text)) for iri in subjects)
    if any(isinstance(node, BlankNode) for t in triples for node in (t.subject, t.object)):
        return _broken(file, [(None, "it has nodes without a name ([ ] or _:x); name them")])
    foreign = [(line, _foreign(iri)) for iri, line in entities if _kind(iri) not in _KINDS]
    if foreign or not entities:
        return _broken(file, foreign or [(None, "it describes nothing")])
    return Parsed(file, from_sections(sections(Graph().parse(data=file.text, format="turtle"))),
                  entities=entities)  # fmt: skip


def _kind(iri: str) -> str:
    return iri.removeprefix(ids.BASE).partition("/")[0] if iri.startswith(ids.BASE) else ""


def _foreign(iri: str) -> str:
    return f"<{iri}> is no {', '.join(_KINDS[:-1])} or {_KINDS[-1]} under {ids.BASE}"


def _line_of(iri: str, text: str) -> int:
    """The line on which an entity's block begins, written in full or with a prefix."""
    name = re.escape(iri.rpartition("/")[2])
    found = re.search(rf"^[ \t]*(?:<{re.escape(iri)}>|[\w.-]*:{name})(?=[\s;])", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def turtle_quads(file: ReferenceFile, graph: NamedNode) -> Iterator[Quad]:
    """The triples of a Turtle file as quads of a graph; none of a table."""
    if file.name.lower().endswith(".ttl"):
        for t in parse(file.text.encode(), format=RdfFormat.TURTLE):
            yield Quad(t.subject, t.predicate, t.object, graph)
