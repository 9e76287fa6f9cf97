"""What the documents say is so: every command, question and source is told of, examples run."""

from __future__ import annotations

import ast
import importlib
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.cli import COMMANDS, main
from kg.commands.options import Parser
from loaders import LOADERS
from queries import catalogue

ROOT = Path(__file__).parent.parent
DOCS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"),
               *ROOT.glob("benchmarks/**/*.md")])  # fmt: skip
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Commands that wait for a server, the web or a signal: their examples are parsed, not run.
_WAITING = {"serve", "sync", "import-neo4j", "mcp", "watch"}
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(text: str, language: str) -> list[str]:
    return [body for kind, body in _FENCE.findall(text) if kind == language]


# Commands and their options


def parser_of(command: str) -> Parser:
    module = importlib.import_module(f"kg.commands.{COMMANDS[command]}")
    parser = Parser(prog=f"kg {command}")
    module.configure(parser)
    return parser


def described(command: str) -> str:
    """The row of `docs/commands.md` for a command, and what is said there of all."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith(f"| `kg {command}")]
    assert len(rows) == 1, f"docs/commands.md has {len(rows)} rows for kg {command}"
    return rows[0] + text.partition("\n## ")[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_documented(command: str) -> None:
    row = described(command)
    options = set(parser_of(command).known_options) - {"-h", "--help"}
    assert {o for o in options if not re.search(rf"(?<![\w-]){o}(?![\w-])", row)} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_documented_that_a_command_does_not_have(command: str) -> None:
    told = set(re.findall(r"`(--?[a-z][\w-]*)", described(command).partition("\n")[0]))
    known = set(parser_of(command).known_options)
    assert {o for o in told - known if o != "--name"} == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_the_values_of_closed_lists_are_documented(command: str) -> None:
    row = described(command)
    for action in parser_of(command)._actions:
        values = re.findall(r"[a-z-]+", str(action.metavar or ""))
        if "|" in str(action.metavar or "") and str(action.metavar).islower():
            assert [v for v in values if not re.search(rf"\b{v}\b", row)] == []


# Questions and sources


def section(name: str) -> str:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(name)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"docs/questions.md has no section {name}"
    return found[1]


@pytest.mark.parametrize("name", catalogue())
def test_every_question_is_documented_with_parameters_and_columns(name: str) -> None:
    question, text = catalogue()[name], section(name)
    for column in question.columns:
        assert f"`{column.name}`" in text
    for parameter in question.parameters:
        mark = f"`{parameter.name}`\\*" if parameter.required else f"`{parameter.name}`"
        assert mark in text
    assert f"`{name}`" in README


def test_no_question_is_documented_that_there_is_not() -> None:
    text = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", text, re.M) == list(catalogue())


@pytest.mark.parametrize("loader", LOADERS, ids=lambda one: one.name)
def test_every_kind_of_file_is_documented(loader: object) -> None:
    text = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    suffixes = loader.suffixes  # type: ignore[attr-defined]
    assert [s for s in suffixes if f"`{s}`" not in text] == []
    assert any(f"`{s}`" in README for s in suffixes)


# Links


def anchors(text: str) -> set[str]:
    """Names of the headings of a page, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(_FENCE, "", text), re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", DOCS, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in _LINK.findall(re.sub(_FENCE, "", text)):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{link}: no such file"
        assert path.is_relative_to(ROOT), f"{link}: outside the project"
        if anchor:
            assert anchor in anchors(path.read_text(encoding="utf-8")), f"{link}: no such heading"


def mentioned_pages() -> Iterator[tuple[str, str]]:
    """Pages under docs/ that code, data and the build speak of."""
    sources = [
        p for kind in ("py", "toml", "ttl", "cypher", "rq") for p in ROOT.glob(f"*/**/*.{kind}")
    ]
    for path in [*sources, ROOT / "Makefile", ROOT / "pyproject.toml"]:
        if not any(part.startswith(".") for part in path.relative_to(ROOT).parts):
            for page in re.findall(r"docs/[\w/.-]+\.md", path.read_text(encoding="utf-8")):
                yield name_of(path), page


def test_the_pages_that_code_speaks_of_exist() -> None:
    found = list(mentioned_pages())
    assert found
    assert [(who, page) for who, page in found if not (ROOT / page).exists()] == []


def test_the_targets_of_make_that_are_spoken_of_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.M))
    for page in DOCS:
        for code in re.findall(r"`make ([a-z]+)`|^\$ make ([a-z]+)", page.read_text("utf-8"), re.M):
            assert "".join(code) in targets, name_of(page)


# Decisions


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("*")), ids=name_of)
def test_a_decision_says_what_and_why_and_what_was_turned_down(page: Path) -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\d-[a-z0-9-]+\.md", page.name)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert re.search(r"turned down", text, re.I), "what was turned down?"
    assert re.search(r"\b(because|since|so that|why|otherwise|would)\b", text, re.I), "why?"
    assert 80 <= len(text.split()) <= 900, "about half a page"


# Examples


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a reader of the README has it: a graph, reports of their own."""
    folder = tmp_path_factory.mktemp("reader")
    reports = folder / "reports"
    shutil.copytree(ROOT / "examples" / "reports", reports)
    item = (reports / "01-nur-sultan-agency.txt").read_text(encoding="utf-8")
    (reports / "item.txt").write_text(item + "\nMore is to follow.\n", encoding="utf-8")
    rows = (ROOT / "examples/facts/visits-and-trips.csv").read_text(encoding="utf-8").splitlines()
    some = [row for row in rows[1:] if ",FRA,2009-" in row]
    (reports / "some-visits.csv").write_text("\n".join([rows[0], *some]) + "\n", encoding="utf-8")
    assert main(["load", str(reports), "--db", str(folder / "kg-data"), "--format", "text"]) == 0
    return folder


def example_lines(text: str) -> Iterator[str]:
    """The lines after a prompt in console blocks."""
    for body in blocks(text, "console"):
        for line in body.splitlines():
            if line.startswith("$ "):
                yield line[2:]


def call(line: str) -> list[str] | None:
    """Arguments of `kg` in a line that a reader types; None if it calls something else."""
    words = shlex.split(line, comments=True)
    while words and re.match(r"[A-Z0-9_]+=", words[0]):
        words.pop(0)
    return words[1:] if words and words[0] in ("kg", ".venv/bin/kg") else None


def typed() -> Iterator[tuple[str, str]]:
    """Examples in blocks with prompts: they are run."""
    for page in DOCS:
        for line in example_lines(page.read_text(encoding="utf-8")):
            if call(line):
                yield name_of(page), line


def test_there_are_examples() -> None:
    assert {page for page, _ in typed()} >= {"README.md", "docs/questions.md"}


@pytest.mark.parametrize(("page", "line"), sorted(set(typed())))
def test_an_example_with_a_prompt_runs(
    page: str, line: str, place: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    arguments = call(line)
    assert arguments
    if arguments[0] in _WAITING:
        parser_of(arguments[0]).parse_args(arguments[1:])
        return
    if arguments[0] == "cypher":
        pytest.importorskip("kglite")
    monkeypatch.chdir(place)
    monkeypatch.delenv("KG_DB", raising=False)
    assert main(arguments) == 0
    answer = capsys.readouterr().out
    assert answer.strip() not in ("", "[]", "{}"), "the example gives nothing"
    if page == "docs/questions.md":
        assert json.loads(answer)


def plain_calls() -> Iterator[tuple[str, str]]:
    """Calls of `kg` in indented and plain blocks: their options are looked at."""
    for page in DOCS:
        text = page.read_text(encoding="utf-8")
        bodies = [
            *blocks(text, ""),
            *blocks(text, "bash"),
            *re.findall(r"(?:^    .*\n)+", text, re.M),
        ]
        for line in (part.strip() for body in bodies for part in body.splitlines()):
            if line.startswith("kg ") and not line.endswith("\\"):
                yield name_of(page), line


@pytest.mark.parametrize(("page", "line"), sorted(set(plain_calls())))
def test_the_options_of_an_example_without_a_prompt_exist(page: str, line: str) -> None:
    arguments = call(re.split(r" [|>] ", line)[0])
    assert arguments and arguments[0] in COMMANDS
    parser_of(arguments[0]).parse_known_args(arguments[1:])
    options = {a.partition("=")[0] for a in arguments[1:] if a.startswith("--")}
    if arguments[0] != "ask":
        assert options <= set(parser_of(arguments[0]).known_options)


def test_the_example_in_python_runs(
    place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(place)
    (body,) = blocks(README, "python")
    exec(compile(body, "README.md", "exec"), {"__name__": "example"})
    assert "Tokayev" in capsys.readouterr().out


PYTHON = [(name_of(p), body) for p in DOCS for body in blocks(p.read_text("utf-8"), "python")]


@pytest.mark.parametrize(("page", "body"), PYTHON, ids=lambda value: value.partition("\n")[0])
def test_what_examples_in_python_import_is_there(page: str, body: str) -> None:
    """Those that need a server are not run."""
    imports = [n for n in ast.walk(ast.parse(body)) if isinstance(n, ast.Import | ast.ImportFrom)]
    ours = [n for n in imports if not isinstance(n, ast.ImportFrom) or (n.module or "")[:2] == "kg"]
    exec(compile(ast.Module(list(ours), []), page, "exec"), {})
