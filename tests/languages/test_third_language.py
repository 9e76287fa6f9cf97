"""A language is a folder of data: the engine reads one that it has never seen."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from loaders.extraction import languages
from loaders.extraction.languages import read_with
from loaders.extraction.languages.engine import Engine
from loaders.extraction.languages.pack import Pack
from tests.languages.conftest import report

SPANISH = Engine(Pack(Path(__file__).parent / "spanish"))
ENGINE = sorted(Path(languages.__file__).parent.glob("*.py"))
TEXT = (
    "El Presidente de Perú Pedro Quispe se reunió el 3 de mayo de 2021 en Lima con el Presidente de Chile Juan Soto. "
    "Trataron el comercio."
)


def test_a_report_is_read_with_nothing_but_data() -> None:
    (meeting,) = read_with(SPANISH, report(TEXT)).meetings
    assert [(p.name, p.office, p.state) for p in meeting.participants] == [
        ("Pedro Quispe", "Presidente", "PER"),
        ("Juan Soto", "Presidente", "CHL"),
    ]
    assert meeting.when is not None and meeting.when.edtf == "2021-05-03"
    assert meeting.place is not None and (meeting.place.name, meeting.place.state) == (
        "Lima",
        "PER",
    )
    assert [(t.topic, t.text) for t in meeting.topics] == [("trade", "comercio")]


@pytest.mark.parametrize(
    ("change", "status"),
    [(("se reunió", "se reunirá"), "planned"), (("se reunió", "no se reunió"), "denied")],
)
def test_a_plan_and_a_denial_are_told_by_the_same_data(
    change: tuple[str, str], status: str
) -> None:
    (meeting,) = read_with(SPANISH, report(TEXT.replace(*change))).meetings
    assert meeting.status == status


@pytest.mark.parametrize("path", ENGINE, ids=lambda p: p.name)
def test_no_module_of_the_engine_knows_a_word_of_a_language(path: Path) -> None:
    """Docstrings may show examples; what is compared with a text stands in the packs."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in docs
    ]
    assert [s for s in strings if re.search("[\u0400-\u04ff]", s)] == []
