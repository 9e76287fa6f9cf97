"""Short names of namespaces: those that written files carry, and those a query need not declare."""

from __future__ import annotations

from typing import Final

PREFIXES: Final = {
    "dm": "https://w3id.org/diplomatic-meetings/ns#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The short names that written files and example queries use."""

KNOWN: Final = {
    **PREFIXES,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "time": "http://www.w3.org/2006/time#",
}
"""What a query may use without a declaration; its own declaration of such a name goes first."""
