"""The vocabulary as pyoxigraph nodes; a misspelt term is an error, not an empty answer."""

from __future__ import annotations

from functools import cache

from pyoxigraph import NamedNode

from ontology.vocabulary import NAMESPACE, TERMS


class _Vocabulary:
    """`DM.Meeting`, `DM["from"]`: checked against the ontology."""

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__"):
            raise AttributeError(name)
        return _term(name)

    def __getitem__(self, name: str) -> NamedNode:
        return _term(name)


@cache
def _term(name: str) -> NamedNode:
    if name not in TERMS:
        raise AttributeError(f"the vocabulary has no term dm:{name}")
    return NamedNode(NAMESPACE + name)


DM = _Vocabulary()

RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREF_LABEL = NamedNode(SKOS + "prefLabel")
ALT_LABEL = NamedNode(SKOS + "altLabel")
BROADER = NamedNode(SKOS + "broader")
DCTERMS = "http://purl.org/dc/terms/"
TITLE = NamedNode(DCTERMS + "title")
IDENTIFIER = NamedNode(DCTERMS + "identifier")
LANGUAGE = NamedNode(DCTERMS + "language")
IS_REPLACED_BY = NamedNode(DCTERMS + "isReplacedBy")
SAME_AS = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
WIKIDATA = "http://www.wikidata.org/entity/"
VERSION_INFO = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
URL = NamedNode("https://schema.org/url")
XSD = "http://www.w3.org/2001/XMLSchema#"
XSD_DATE = NamedNode(XSD + "date")
XSD_INTEGER = NamedNode(XSD + "integer")
XSD_DECIMAL = NamedNode(XSD + "decimal")
XSD_BOOLEAN = NamedNode(XSD + "boolean")
