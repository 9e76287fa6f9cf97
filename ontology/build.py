"""Make `vocabulary.py` and `lexicon.json` from the Turtle and CSV files beside them.

    python -m ontology.build            write both
    python -m ontology.build --check    exit 1 if either is not what the sources give

Nothing in the output depends on time, directory order or hash seed.
"""

from __future__ import annotations

import csv
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF, SKOS

DM = Namespace("https://w3id.org/diplomatic-meetings/ns#")
HERE = Path(__file__).parent
_VOCABULARY = '''"""Generated from meetings.ttl by `python -m ontology.build`: do not edit."""

from __future__ import annotations

from typing import Final

NAMESPACE: Final = "{namespace}"

TERMS: Final = frozenset(
    {{
{terms}
    }}
)
'''


def vocabulary_source() -> str:
    """The text of `vocabulary.py`: every dm: term that meetings.ttl defines."""
    parsed = Graph().parse(HERE / "meetings.ttl")
    names = {str(s).removeprefix(DM) for s in parsed.subjects() if str(s).startswith(DM)}
    listed = "\n".join(f'        "{name}",' for name in sorted(names))
    return _VOCABULARY.format(namespace=DM, terms=listed)


class _Reader:
    """One graph, asked for literals by language and for local names of linked entities."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def subjects(self, kind: str) -> list[URIRef]:
        return sorted(s for s in self.graph.subjects(RDF.type, DM[kind]) if isinstance(s, URIRef))

    def texts(self, subject: URIRef, *properties: URIRef, lang: str | None = "en") -> list[str]:
        found = {
            str(value)
            for p in properties
            for value in self.graph.objects(subject, p)
            if isinstance(value, Literal) and (lang is None or value.language == lang)
        }
        return sorted(found)

    def text(self, subject: URIRef, name: str) -> str | None:
        values = self.texts(subject, DM[name], lang=None)
        return values[0] if values else None

    def links(self, subject: URIRef, prop: URIRef) -> list[str]:
        return sorted(local(o) for o in self.graph.objects(subject, prop))

    def link(self, subject: URIRef, prop: URIRef) -> str | None:
        values = self.links(subject, prop)
        return values[0] if values else None

    def label(self, subject: URIRef) -> str:
        """Empty if there is none, which only an addition to an entity may leave out."""
        return next(iter(self.texts(subject, SKOS.prefLabel)), "")


def local(iri: Any) -> str:
    """Last segment of an entity's IRI: the code or slug."""
    return str(iri).rsplit("/", 1)[1]


def _states(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.prefLabel, SKOS.altLabel),
            "weak": r.texts(s, DM.weakName),
            "adjectives": r.texts(s, DM.adjective),
            "demonyms": r.texts(s, DM.demonym),
            "ru_names": r.texts(s, SKOS.prefLabel, SKOS.altLabel, lang="ru"),
            "ru_adjectives": r.texts(s, DM.adjective, DM.demonym, lang="ru"),
            "iso2": r.text(s, "iso2"),
            "capital": r.links(s, DM.capital),
            "time_zone": r.text(s, "timeZone"),
            "domain": r.text(s, "internetDomain"),
            "from_": r.text(s, "from"),
            "until": r.text(s, "until"),
            "predecessors": r.links(s, DM.predecessor),
            "successors": r.links(s, DM.successor),
            "slugs": r.texts(s, DM.slug, lang=None),
        }
        for s in r.subjects("State")
    }


def _organizations(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.prefLabel, SKOS.altLabel),
            "weak": r.texts(s, DM.weakName),
            "ru": r.texts(s, SKOS.prefLabel, SKOS.altLabel, lang="ru"),
            "seat": r.link(s, DM.seat),
            "forum": r.text(s, "forum") == "true",
        }
        for s in r.subjects("Organization")
    }


def _places(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.prefLabel, SKOS.altLabel),
            "weak": r.texts(s, DM.weakName),
            "ru": r.texts(s, SKOS.prefLabel, SKOS.altLabel, lang="ru"),
            "state": r.link(s, DM.inState),
            "kind": r.text(s, "placeKind"),
            "city": r.link(s, DM.inCity),
            "from_": r.text(s, "from"),
            "until": r.text(s, "until"),
            "former_name_of": r.link(s, DM.formerNameOf),
            "metonym_of": r.link(s, DM.metonymOf),
            "time_zone": r.text(s, "timeZone"),
        }
        for s in r.subjects("Place")
    }


def _topics(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.altLabel),
            "ru": r.texts(s, SKOS.prefLabel, SKOS.altLabel, lang="ru"),
            "broader": r.link(s, SKOS.broader),
            "generic": r.text(s, "generic") == "true",
        }
        for s in r.subjects("Topic")
    }


def _offices(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.altLabel),
            "ru": r.texts(s, SKOS.prefLabel, SKOS.altLabel, lang="ru"),
            "kind": r.text(s, "officeKind"),
        }
        for s in r.subjects("Office")
    }


def _outlets(r: _Reader) -> dict[str, Any]:
    return {
        local(s): {
            "label": r.label(s),
            "names": r.texts(s, SKOS.prefLabel, SKOS.altLabel),
            "state": r.link(s, DM.inState),
            "time_zone": r.text(s, "timeZone"),
        }
        for s in r.subjects("Outlet")
    }


def person_slug(name: str) -> str:
    """The IRI segment of a person of the reference data: ASCII words joined by hyphens."""
    plain = name.translate(str.maketrans("łøđıß", "lodis"))
    bare = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", bare.replace("'", "")).strip("-")


def leader_rows() -> Iterator[dict[str, str]]:
    """The rows of `leaders/*.csv`, files in name order."""
    for path in sorted((HERE / "leaders").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as handle:
            yield from csv.DictReader(handle)


def wikidata_ids() -> dict[str, str]:
    """Wikidata's ids of `wikidata.csv`, by kind and key of the entity."""
    with (HERE / "wikidata.csv").open(encoding="ascii", newline="") as handle:
        return {row["entity"]: row["wikidata"] for row in csv.DictReader(handle)}


def people(rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """The sections `persons` and `tenures` that rows of leaders give."""
    names: dict[str, set[str]] = {}
    short: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    tenures: set[tuple[str, ...]] = set()
    for row in rows:
        key = person_slug(row["person"])
        labels.setdefault(key, re.sub(r" \(born \d{4}\)\Z", "", row["person"]))
        variants = [v.strip() for v in (row["variants"] or "").split("|") if v.strip()]
        names.setdefault(key, set()).update(v for v in variants if not v.startswith("~"))
        short.setdefault(key, set()).update(v[1:] for v in variants if v.startswith("~"))
        columns = ("state", "post", "title", "from", "until", "status")
        tenures.add((key, *(row[c] or "" for c in columns)))
    persons = {
        key: {
            "label": labels[key],
            "names": sorted(names[key] - {labels[key]}),
            "short": sorted(short[key]),
        }
        for key in sorted(labels)
    }
    ordered = sorted(tenures, key=lambda t: (t[1], t[2], t[4], t[0]))
    return {
        "persons": persons,
        "tenures": [[*t[:5], t[5] or None, t[6] or None] for t in ordered],
    }


_SECTIONS: dict[str, tuple[str, Callable[[_Reader], dict[str, Any]]]] = {
    "State": ("states", _states),
    "Organization": ("organizations", _organizations),
    "Place": ("places", _places),
    "Topic": ("topics", _topics),
    "Office": ("offices", _offices),
    "Outlet": ("outlets", _outlets),
}
CLASSES = tuple(_SECTIONS)
"""Local names of the classes whose entities are reference data."""


def sections(graph: Graph) -> dict[str, Any]:
    """All sections but those of people, from one graph."""
    reader = _Reader(graph)
    return {name: made(reader) for name, made in _SECTIONS.values()}


def lexicon_source() -> str:
    """The text of `lexicon.json`, one entity a line so that changes can be reviewed."""
    made = {
        name: one(_Reader(Graph().parse(HERE / f"{name}.ttl"))) for name, one in _SECTIONS.values()
    }
    made |= people(leader_rows())
    made["wikidata"] = wikidata_ids()
    return "{\n" + ",\n".join(f'"{k}": {_lines(v)}' for k, v in sorted(made.items())) + "\n}\n"


def _lines(section: Any) -> str:
    if isinstance(section, list):
        rows = [_compact(row) for row in section]
        return "[\n" + ",\n".join(rows) + "\n]"
    rows = [f"{_compact(k)}: {_compact(v)}" for k, v in sorted(section.items())]
    return "{\n" + ",\n".join(rows) + "\n}"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def stale() -> list[str]:
    """Names of the generated files that are not what the sources give."""
    made = {"vocabulary.py": vocabulary_source(), "lexicon.json": lexicon_source()}
    return [n for n, text in made.items() if (HERE / n).read_text(encoding="utf-8") != text]


def main(arguments: list[str]) -> int:
    """Write the generated files, or with `--check` compare them."""
    if arguments == ["--check"]:
        found = stale()
        for name in found:
            sys.stderr.write(f"ontology/{name} is stale: run python -m ontology.build\n")
        return 1 if found else 0
    (HERE / "vocabulary.py").write_text(vocabulary_source(), encoding="utf-8")
    (HERE / "lexicon.json").write_text(lexicon_source(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
