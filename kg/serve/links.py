"""Addresses of the pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from kg import ids
from kg.serve.html import link

# What has a card; a meeting's agenda items and the like, below it, have none.
_WITH_CARD = re.compile(r"(?:meeting|person|state|organization|visit)/[^/#]+|report/[^#]+")


def to_entity(iri: str) -> str:
    """The card of an entity, or else all that the merged graph says of it."""
    short = iri.removeprefix(ids.BASE)
    if short != iri and _WITH_CARD.fullmatch(short):
        return to_card(short)
    return to_triples(iri)


def to_card(what: str) -> str:
    """The card of a name, a code or a short IRI; no address holds a line break."""
    return f"/show/{quote(' '.join(what.split()))}"


def to_triples(iri: str) -> str:
    """Everything that the merged graph says of an IRI."""
    pattern = f"<{iri}> ?property ?value"
    return to_query(f"SELECT ?property ?value WHERE {{ {pattern} }} ORDER BY ?property ?value")


def to_query(text: str) -> str:
    """The answer to a query as a page."""
    return f"/query?{urlencode({'query': text})}"


def to_question(name: str, given: Mapping[str, str] | None = None) -> str:
    """A question of the catalogue with its answer."""
    return f"/ask/{name}{_parameters(given)}"


def example_link(name: str, given: Mapping[str, str]) -> str:
    """A link to a question with values."""
    values = ", ".join(f"{parameter} = {value}" for parameter, value in given.items())
    return link(to_question(name, given), f"Example: {values}")


def to_rows(name: str, given: Mapping[str, str], suffix: str = "") -> str:
    """The same rows for programs."""
    return f"/api/ask/{name}{suffix}{_parameters(given)}"


def _parameters(given: Mapping[str, str] | None) -> str:
    return f"?{urlencode(given)}" if given else ""
