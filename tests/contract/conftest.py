"""The stores that the contract is asked of: memory, directory, and two real servers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Store as Engine

sys.path.insert(0, str(Path(__file__).parent))

from servers import Addresses, fuseki_server, oxigraph_server

from kg.store import Store
from kg.store.http import Credentials, Request, read_all, send
from kg.store.oxigraph import OxigraphStore
from kg.store.remote import RemoteStore


@dataclass(frozen=True, slots=True)
class Bench:
    """One kind of store: how to make an empty one, and how to open the same one again."""

    kind: str
    new: Callable[[], Store]
    again: Callable[[], Store]


@pytest.fixture(scope="session")
def oxigraph_addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def fuseki_addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with fuseki_server(tmp_path_factory.mktemp("fuseki")) as addresses:
        yield addresses


def _memory() -> Bench:
    made: list[Store] = []

    def new() -> Store:
        made.append(OxigraphStore())
        return made[-1]

    return Bench("memory", new, lambda: made[-1])


def _directory(folder: Path) -> Bench:
    made: list[OxigraphStore] = []

    def new() -> Store:
        made.append(OxigraphStore(folder / f"graph-{len(made)}"))
        return made[-1]

    def again() -> Store:
        path = made[-1].path
        made[-1].close()
        return OxigraphStore(path)

    return Bench("directory", new, again)


def _server(kind: str, addresses: Addresses) -> Bench:
    def again() -> Store:
        return RemoteStore(
            addresses.query,
            update_url=addresses.update,
            graph_store_url=addresses.graph_store if kind == "fuseki" else None,
        )

    def new() -> Store:
        headers = {"Content-Type": "application/sparql-update"}
        request = Request(addresses.update, b"DROP ALL", headers=headers)
        read_all(send(request, Credentials(), 60), addresses.update, 60)
        return again()

    return Bench(kind, new, again)


@pytest.fixture(params=["memory", "directory", "oxigraph", "fuseki"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Bench:
    if request.param == "memory":
        return _memory()
    if request.param == "directory":
        return _directory(tmp_path)
    return _server(request.param, request.getfixturevalue(f"{request.param}_addresses"))


@pytest.fixture
def store(bench: Bench) -> Iterator[Store]:
    made = bench.new()
    yield made
    made.close()


@pytest.fixture
def engine() -> Engine:
    return Engine()
