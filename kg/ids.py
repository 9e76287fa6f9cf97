"""IRIs of everything in the graph, built from stable fields and from nothing else.

No IRI depends on load order, on a random number or on a clock: the same facts have the same
names in every graph that anybody builds.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote

from kg.letters import romanized
from kg.word_order import FAMILY_FIRST, in_one_order

BASE = "https://w3id.org/diplomatic-meetings/id/"
GRAPH_MARKER = "diplomatic-meetings-kg.json"
"""The file by which the directory of a graph is known: what lies beside it is no report."""
REFERENCE_GRAPH = BASE + "graph/reference"
REFERENCE_FILES_GRAPH = BASE + "graph/reference-files"
JUDGEMENT_GRAPH = BASE + "graph/judgements"

LONGEST = 200
"""Characters of a segment made of a name: no index of a store holds an IRI of any length."""

# What percent-encoding leaves as it is, for the most part.
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")

# Letters that Unicode does not decompose, but that every transliteration folds.
_UNDECOMPOSED = str.maketrans(
    {
        "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D",
        "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "þ": "th", "Þ": "Th", "ə": "a",
        "Ə": "A", "ŋ": "n", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "`": "'", "´": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-",
    }
)  # fmt: skip


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Case, accents and typographic variants removed: two spellings of one name compare equal."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def slug(text: str) -> str:
    """A readable IRI segment: folded, letters and digits, the rest as hyphens.

    Cyrillic letters become Latin ones, so that a name has one IRI in both scripts; letters of
    other scripts stay. Of more than `LONGEST` characters the first are kept, and a digest of all.
    """
    bare = re.sub(r"[^\w]+|_", "-", fold(romanized(text)).replace("'", "")).strip("-") or "x"
    return _bounded(bare)


def _bounded(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 40]}-{digest(text)}"


def digest(*parts: str, length: int = 12) -> str:
    """First `length` hex digits of the SHA-256 of the parts, kept apart by a unit separator."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def entity(kind: str, *segments: str) -> str:
    """IRI of an entity, e.g. `entity("state", "BLR")`; segments are percent-encoded as needed."""
    return BASE + kind + "/" + "/".join(map(_segment, segments))


def _segment(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else quote(text, safe="-._~:@!$'()*+,;=")


def state(code: str) -> str:
    """IRI of a state by its ISO 3166-1 alpha-3 (or 3166-3, or own) code."""
    return entity("state", code)


def organization(code: str) -> str:
    """IRI of an organization by its usual code, e.g. `UN`."""
    return entity("organization", code)


def person(name: str, state_code: str | None = None) -> str:
    """IRI of a person: by slug alone for the reference data, else by state and name, in whichever
    order the name's words are written (`kg.word_order`)."""
    if not state_code:
        return entity("person", slug(name))
    words = fold(romanized(name)).replace("'", "").split()
    if state_code in FAMILY_FIRST:  # "Kyu-duk" is written in two words as often
        words = slug(name).split("-")
    return entity("person", f"{state_code}-{slug(' '.join(in_one_order(words, state_code)))}")


def outlet(name: str) -> str:
    """IRI of an outlet by its name or domain."""
    return entity("outlet", slug(name) if "." not in name else _bounded(name.casefold()))


def report(outlet_name: str | None, report_id: str) -> str:
    """IRI of a report, which is also the name of its graph: outlet, then the outlet's own id."""
    where = "unknown" if outlet_name is None else outlet(outlet_name).rsplit("/", 1)[1]
    return BASE + "report/" + where + "/" + _segment(report_id)
