"""Runs the command line in this process, as its script does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.cli import main
from kg.store import open_store
from tests.sample import load, told


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`kg("load", "x.txt")`, in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_DB", raising=False)

    def run(*arguments: str) -> Done:
        capsys.readouterr()
        try:
            code = main(list(arguments))
        except SystemExit as stop:
            code = int(stop.code or 0)
        got = capsys.readouterr()
        return Done(code, got.out, got.err)

    return run


@pytest.fixture(scope="session")
def sample_db(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A graph on disk with the hand-made sample."""
    path = tmp_path_factory.mktemp("graph") / "db"
    store = open_store(path)
    load(store, told())
    store.close()
    return str(path)
