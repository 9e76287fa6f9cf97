"""One server on the hand-made sample for all tests that only read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import open_store
from tests.sample import load, told
from tests.serve.client import Server, serving


def make_db(path: Path) -> Path:
    """A graph on disk with the hand-made sample."""
    with open_store(path) as store:
        load(store, told())
    return path


@pytest.fixture(scope="session")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph that no test changes."""
    return make_db(tmp_path_factory.mktemp("serve") / "db")


@pytest.fixture(scope="session")
def server(db: Path) -> Iterator[Server]:
    """`kg serve` on it, as started from a shell."""
    with serving(db) as running:
        yield running
