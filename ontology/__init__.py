"""The vocabulary and the reference data: data first, code only to read it.

`lexicon()` gives states, organizations, places, topics, offices, persons and tenures as frozen
values without parsing RDF; `graph()` gives the Turtle itself as an rdflib graph; `DM` is the
namespace, in which a misspelt term raises.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from ontology.lexicon import Lexicon, lexicon
from ontology.vocabulary import NAMESPACE, TERMS

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.namespace import ClosedNamespace

    DM: ClosedNamespace

__all__ = ["DM", "NAMESPACE", "TERMS", "TURTLE_FILES", "Lexicon", "fingerprint", "graph", "lexicon",
           "turtle"]  # fmt: skip

TURTLE_FILES = (
    "meetings.ttl", "states.ttl", "organizations.ttl", "places.ttl", "offices.ttl", "topics.ttl",
    "outlets.ttl",
)  # fmt: skip


def turtle(name: str) -> bytes:
    """The bytes of one Turtle file of this package, e.g. `turtle("states.ttl")`.

    Raises:
        FileNotFoundError: there is no such file.
    """
    return files(__name__).joinpath(name).read_bytes()


def fingerprint() -> str:
    """SHA-256 over all reference data: changes whenever anything in them does."""
    whole = hashlib.sha256()
    for name in (*TURTLE_FILES, "lexicon.json"):
        whole.update(turtle(name))
    return whole.hexdigest()


def graph(*names: str) -> Graph:
    """The named Turtle files (all of `TURTLE_FILES` if none) parsed into one rdflib graph."""
    from rdflib import Graph

    parsed = Graph()
    for name in names or TURTLE_FILES:
        parsed.parse(data=turtle(name), format="turtle")
    return parsed


def __getattr__(name: str) -> object:
    """`DM` is made on first use: rdflib takes a quarter of a second to import."""
    if name != "DM":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from rdflib.namespace import ClosedNamespace

    return ClosedNamespace(NAMESPACE, sorted(TERMS))
