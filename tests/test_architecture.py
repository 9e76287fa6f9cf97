"""The arrows: who may import whom, read from the source with `ast`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("kg", "ontology", "loaders", "queries")
# Low to high; a module imports only from its own rank or below. The longest prefix decides.
RANKS = {
    "ontology": 0,
    "kg": 5,
    "kg.version": 0, "kg.errors": 1, "kg.dates": 1, "kg.ids": 1, "kg.letters": 1, "kg.word_order": 1, "kg.model": 1, "kg.terms": 1,
    "loaders": 2, "kg.rdf": 2, "kg.rdf_read": 2, "kg.resolve": 2, "kg.resolved": 2, "kg.joined": 2, "kg.candidates": 2, "kg.unusual_names": 2, "kg.spelling": 2, "kg.merge": 2,
    "kg.blocks": 2, "kg.clusters": 2, "kg.identity": 2, "kg.judgements": 2, "kg.kin": 2, "kg.outlets": 2,
    "kg.plans": 2, "kg.hours": 2, "kg.another": 2, "kg.namesakes": 2, "kg.fuller_names": 2, "kg.surroundings": 2, "kg.syndication": 2, "kg.united": 2,
    "kg.choose": 2, "kg.entities": 2, "kg.instance": 2, "kg.instance_parts": 2, "kg.visits": 2,
    "kg.extract_json": 2, "kg.extracting": 2, "kg.reference": 2, "kg.reference_files": 2, "kg.reference_checks": 2, "kg.reference_upkeep": 2, "kg.reference_change": 3,
    "kg.store": 3, "kg.affected": 3, "kg.kept_names": 3, "kg.told": 3, "kg.touched": 3, "kg.draft": 3, "kg.names": 3, "kg.entity_upkeep": 3, "kg.update": 4, "kg.rebuild": 4,
    "kg.project": 4, "kg.projection": 3, "kg.reproject": 4, "kg.property_graph": 3, "kg.property_mapping": 3, "kg.property_values": 3,
    "kg.fact_index": 3, "kg.fact_runs": 3, "kg.graphml": 4, "kg.ftm": 4, "kg.sparql_output": 3,
    "kg.cypher": 4, "kg.cypher_tokens": 4, "kg.cypher_subset": 4, "kg.cypher_values": 4, "kg.sync": 4, "kg.validate": 4,
    "queries": 4, "kg.export": 5,
    "kg.commands": 6, "kg.cli": 6, "kg.__main__": 6, "kg.siblings": 6,
}  # fmt: skip


def modules() -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(modules())


def rank(module: str) -> int:
    parts = module.split(".")
    return next(RANKS[p] for n in range(len(parts), 0, -1) if (p := ".".join(parts[:n])) in RANKS)


def imports(path: Path) -> Iterator[ast.Import | ast.ImportFrom]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in imports(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module for name in inner}
    return {name for name in found if name.split(".")[0] in PACKAGES}


@pytest.mark.parametrize("module", MODULES)
def test_imports_point_down(module: str) -> None:
    above = {i for i in imported(MODULES[module]) if rank(i) > rank(module) and i != "kg"}
    assert not above


@pytest.mark.parametrize("module", MODULES)
def test_imports_are_absolute(module: str) -> None:
    assert not any(isinstance(n, ast.ImportFrom) and n.level for n in imports(MODULES[module]))


@pytest.mark.parametrize("module", [m for m in MODULES if m.startswith("loaders")])
def test_loaders_see_no_store_and_no_query(module: str) -> None:
    assert not {i for i in imported(MODULES[module]) if i.startswith(("kg.store", "queries"))}


@pytest.mark.parametrize("module", [m for m in MODULES if not m.startswith("kg.commands")])
def test_the_library_never_prints(module: str) -> None:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    calls = (n.func for n in ast.walk(tree) if isinstance(n, ast.Call))
    assert not any(isinstance(f, ast.Name) and f.id == "print" for f in calls)
