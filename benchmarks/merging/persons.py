"""Is each leader one node, and is whoever the registers name one of the reference data?

    PYTHONPATH=. python benchmarks/merging/persons.py registers --db DIR     rows of the registers, and why not
    PYTHONPATH=. python benchmarks/merging/persons.py sample --db DIR        200 persons to look at, with namesakes
    PYTHONPATH=. python benchmarks/merging/persons.py twins --db DIR         all pairs that could be one person
    PYTHONPATH=. python benchmarks/merging/persons.py score                  what was found in the sample

The sample is drawn by the digest of a word and the IRI, so that it is the same for the same graph;
give another word with `--draw` once rules or data were changed after looking. What a reader found
in the latest one is kept in `persons.csv`: the person, and for a mistake what it is.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from pyoxigraph import NamedNode

import kg
from kg import ids
from kg.candidates import holds
from kg.dates import When
from kg.rdf_read import read_report
from kg.rebuild import reference_of
from kg.resolve import Resolver
from kg.spelling import name_tokens, names_agree
from kg.store.base import DEFAULT_GRAPH, View
from kg.terms import DM, LABEL, RDF_TYPE

HERE = Path(__file__).parent
SAMPLE = 200
_REGISTERS = ("visits/", "president-travels/", "secretary-travels/")


def registers(view: View) -> Iterator[str]:
    """Shares of the registers' rows whose state and person are known, and the rest by reason."""
    resolver = Resolver(reference_of(view).lexicon)
    found: Counter[str] = Counter()
    rest: Counter[str] = Counter()
    for iri in sorted(
        q.subject.value for q in view.quads(None, RDF_TYPE, DM.Report, DEFAULT_GRAPH)
    ):
        read = read_report(view.quads(graph=NamedNode(iri)))
        if not read.report.id.startswith(_REGISTERS):
            continue
        found["rows"] += 1
        for _, visit in read.visits:
            found["visits"] += 1
            states = resolver.lexicon.states.keys() | resolver.lexicon.organizations.keys()
            found["state known"] += visit.visited in states and visit.visitor.state in states
            known = resolver.resolve(visit.visitor, visit.when)
            found["person known"] += known.known
            if not known.known:
                rest[_reason(resolver, visit.visitor.name, visit.visitor.state, visit.when)] += 1
    yield f"rows {found['rows']}, with a visit {found['visits']}"
    for what in ("state known", "person known"):
        yield f"{what}: {found[what] / found['visits']:.3f} ({found[what]}/{found['visits']})"
    yield from (f"  not known, {reason}: {n}" for reason, n in rest.most_common())


def _reason(resolver: Resolver, name: str | None, state: str | None, when: When) -> str:
    if not name:
        return "nobody is named"
    held = [t for t in resolver.lexicon.tenures if t.state == state]
    if not held:
        return "no leader of the state is listed"
    if not any(holds(t, when) for t in held):
        return "nobody of the state is listed for that day"
    decade = when.first.year // 10 * 10
    return (
        f"not among the listed of that day, {decade}s"
        if decade < 1990
        else "not listed, since 1990"
    )


def persons(view: View) -> dict[str, tuple[str, Counter[str], set[str]]]:
    """Label, parties with how often, and dates of every person at a meeting or on a visit."""
    found: dict[str, tuple[str, Counter[str], set[str]]] = {}
    for kind, link in ((DM.participation, DM.person), (DM.visitor, None)):
        for quad in view.quads(None, kind, None, DEFAULT_GRAPH):
            node = quad.object
            who = node if link is None else _one(view, node, DM.person)
            if not isinstance(who, NamedNode):
                continue
            label = _one(view, who, LABEL)
            entry = found.setdefault(who.value, (label.value if label else "", Counter(), set()))
            party = None if link is None else _one(view, node, DM.onBehalfOf)
            if party:
                entry[1][party.value.rsplit("/", 1)[1]] += 1
            day = _one(view, quad.subject, DM.date) or _one(view, quad.subject, DM["from"])
            entry[2].add(day.value if day else "")
    return found


def _one(view: View, node, predicate):  # type: ignore[no-untyped-def]
    return next((q.object for q in view.quads(node, predicate, None, DEFAULT_GRAPH)), None)


def sample(view: View, draw: str) -> Iterator[str]:
    """The persons to look at, each with others of its states whose surname it shares."""
    known = persons(view)
    chosen = sorted(known, key=lambda iri: ids.digest(draw, iri))[:SAMPLE]
    near = _by_party_and_surname(known)
    for iri in sorted(chosen):
        label, parties, days = known[iri]
        span = f"{min(days)[:4]}-{max(days)[:4]}" if days else ""
        others = sorted({o for p in parties for o in near[p, _surname(label)] if o != iri})
        names = "; ".join(
            f"{known[o][0]} [{min(known[o][2])[:4]}-{max(known[o][2])[:4]}]" for o in others
        )
        codes = " ".join(f"{p}:{n}" for p, n in parties.most_common(4))
        yield f"{iri.removeprefix(ids.BASE)}\t{label}\t{codes}\t{span}\t{names}"


def _surname(label: str) -> str:
    return (name_tokens(label) or ("",))[-1]


def _by_party_and_surname(
    known: dict[str, tuple[str, Counter[str], set[str]]],
) -> dict[tuple[str, str], list[str]]:
    near: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, (label, parties, _) in sorted(known.items()):
        for party in parties:
            for word in set(name_tokens(label)):
                near[party, word].append(iri)
    return near


def twins(view: View) -> Iterator[str]:
    """Pairs of one party whose names agree, and whose years touch: one person twice, perhaps."""
    known = persons(view)
    near = _by_party_and_surname(known)
    seen: set[tuple[str, str]] = set()
    for (party, _), members in sorted(near.items()):
        for n, a in enumerate(members):
            for b in members[n + 1 :]:
                if (a, b) not in seen and _may_be_one(known[a], known[b]):
                    seen.add((a, b))
                    yield f"{party}\t{known[a][0]} {_years(known[a])}\t{known[b][0]} {_years(known[b])}\t{a.removeprefix(ids.BASE)}\t{b.removeprefix(ids.BASE)}"


def _may_be_one(
    a: tuple[str, Counter[str], set[str]], b: tuple[str, Counter[str], set[str]]
) -> bool:
    first, last = (max(min(x[2]) for x in (a, b)), min(max(x[2]) for x in (a, b)))
    apart = int(first[:4] or 0) - int(last[:4] or 0)
    return apart <= 8 and names_agree(name_tokens(a[0]), name_tokens(b[0]))


def _years(one: tuple[str, Counter[str], set[str]]) -> str:
    return f"[{min(one[2])[:4]}-{max(one[2])[:4]}]"


def score() -> Iterator[str]:
    """Share of the sample that is wrong."""
    with (HERE / "persons.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    wrong = [row for row in rows if row["mistake"]]
    yield from (f"{row['person']}: {row['mistake']}" for row in wrong)
    yield f"wrong: {len(wrong) / len(rows):.3f} ({len(wrong)}/{len(rows)})"


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("what", choices=("registers", "sample", "twins", "score"))
    parser.add_argument("--db", type=Path)
    parser.add_argument("--draw", default="fifth")
    given = parser.parse_args()
    if given.what == "score":
        print(*score(), sep="\n")
        return
    draw = partial(sample, draw=given.draw)
    asked = {"registers": registers, "sample": draw, "twins": twins}[given.what]
    with kg.open(given.db, read_only=True) as graph:
        print(*asked(graph.view), sep="\n")


if __name__ == "__main__":
    main()
