"""Neo4j's own parser, without a server, finds no error in any Cypher that is shipped or sent."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.property_mapping import property_mapping
from kg.sync import statements as text
from kg.sync.statements import Statements

ROOT = Path(__file__).parents[2]
PARSER = "@neo4j-cypher/language-support"
VERSION = "2.0.0-next.38"
_BLOCK = re.compile(r"^```cypher\n(.*?)^```$", re.M | re.S)


WRONG = [("a", "MATCH (n RETURN n"), ("b", "MATCH (n) RETURN m"), ("c", "RETURN 1 AS one")]


def sent() -> Iterator[tuple[str, str]]:
    """A statement of every shape that a sync can send, and one with every label and type.

    Two statements have the same shape if nothing but labels, types and names of indexes differs.
    """
    mapping = property_mapping()
    labels, types = (
        [rule.label for rule in mapping.nodes],
        sorted({rule.type for rule in mapping.relationships}),
    )
    name = re.compile(rf"\b(?:{'|'.join((*labels, *types))})\b|\bkg_\w+")
    shapes = {name.sub("x", text): (where, text) for where, text in _all_sent()}
    yield from shapes.values()
    yield "labels and types", f"MATCH (n:{'|'.join(labels)})-[r:{'|'.join(types)}]-() RETURN n, r"


def _all_sent() -> Iterator[tuple[str, str]]:
    for name, value in vars(text).items():
        if name.isupper() and isinstance(value, str) and " " in value:
            yield f"statements.{name}", value
    mapping = property_mapping()
    made = Statements(mapping)
    for statement in (*made.constraints([]), *made.indexes([])):
        yield "schema", statement
    for label in made.labels:
        yield f"read {label}", made.read_nodes(label)
        yield f"read what leaves {label}", made.read_leaving(label)
        yield f"read each that leaves {label}", made.read_leaving(label, each=True)
    for rule in mapping.nodes:
        labels = mapping.labels_of(rule.label)
        yield f"put {rule.label}", made.put_nodes(labels)
        yield f"remove {rule.label}", made.remove_nodes(labels[0])
        yield f"relabel {rule.label}", made.relabel("", labels[0])
        yield f"relabel {rule.label} from Report", made.relabel("Report", labels[0])
    for r in mapping.relationships:
        yield f"put {r.type}", made.put_relationships(r.type, "Person", "Meeting")
        yield f"remove {r.type}", made.remove_relationships(r.type, "Person", "")
    yield "remove a type of old", made.remove_relationships("OLD", "Person", "Meeting")


def shipped() -> Iterator[tuple[str, str]]:
    """Every statement in a file."""
    for path in sorted(ROOT.glob("queries/*.cypher")):
        yield path.name, path.read_text(encoding="utf-8")
    for path in sorted(ROOT.glob("docs/**/*.cypher")):
        for n, statement in enumerate(path.read_text(encoding="utf-8").split(";\n")):
            yield f"{path.name}, statement {n + 1}", statement
    for path in sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))):
        for n, block in enumerate(_BLOCK.findall(path.read_text(encoding="utf-8"))):
            yield f"{path.name}, block {n + 1}", block


@pytest.fixture(scope="module")
def parser() -> Path:
    """The folder with the parser, fetched once into the user's cache."""
    cache = Path(os.environ.get("KG_CACHE_DIR") or Path.home() / ".cache/diplomatic-meetings-kg")
    folder = cache / f"cypher-lint-{VERSION}"
    if not folder.is_dir():
        _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            _cannot(f"{program} is not installed")
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix="cypher-lint.", dir=folder.parent))
    wanted = {"private": True, "dependencies": {PARSER: VERSION}}
    (partial / "package.json").write_text(json.dumps(wanted), encoding="utf-8")
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    done = subprocess.run(command, cwd=partial, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(partial)
        said = (done.stderr + done.stdout).strip().splitlines() or ["no reason"]
        _cannot(f"npm could not fetch {PARSER}: {said[0]}")
    if not folder.is_dir():
        partial.rename(folder)
    shutil.rmtree(partial, ignore_errors=True)


def _cannot(reason: str) -> None:
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(f"Cypher is not linted: {reason}")
    pytest.skip(f"Cypher is not linted: {reason}")


@pytest.fixture(scope="module")
def errors(parser: Path) -> list[list[str]]:
    """What is wrong with all of them, and with `WRONG`: one process, since its start is slow."""
    done = subprocess.run(
        ["node", str(Path(__file__).with_name("lint.cjs")), str(parser)],
        input=json.dumps([*sent(), *shipped(), *WRONG]),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[str]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("which", "least"), [(sent, 30), (shipped, 15)])
def test_the_statements_that_are_shipped_or_sent_are_right(
    errors: list[list[str]], which: Callable[[], Iterator[tuple[str, str]]], least: int
) -> None:
    names = {name for name, _ in which()}
    assert len(names) >= least
    assert [(name, why) for name, why in errors if name in names] == []


def test_an_error_would_be_found(errors: list[list[str]]) -> None:
    assert [name for name, _ in errors if len(name) == 1] == ["a", "b"]
