"""A real web server on the loopback interface that answers what a test tells it to."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.pipeline import Pipeline
from kg.store import open_store
from kg.store.oxigraph import OxigraphStore
from loaders.web.fetch import Fetcher
from loaders.web.hosts import any_address
from loaders.web.request import Limits

Page = Callable[["Handler"], None]


@dataclass
class Site:
    """What the server answers, and what it was asked.

    Attributes:
        pages: path -> what answers it; anything else is not found.
        asked: path and headers of each request, in order.
    """

    url: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def put(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        """Answer a path; a header's name is written with underscores. Gives the address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda handler: handler.answer(status, data, headers)
        return self.url + path

    def paths(self) -> list[str]:
        """The paths asked for, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


class Handler(BaseHTTPRequestHandler):
    """Hands every request to the page of its path."""

    site: Site
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        page = self.site.pages.get(self.path)
        self.close_connection = True
        try:
            page(self) if page else self.answer(404, b"", {})
        except (ConnectionError, TimeoutError):
            return

    def answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[Site]:
    """The server, while the test runs."""
    found = Site()
    handler = type("SiteHandler", (Handler,), {"site": found})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> Fetcher:
    """One that may fetch from the test's server, without pauses."""
    return Fetcher(any_address, Limits(pause=0))


@pytest.fixture(scope="session")
def empty_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph on disk with the reference data, which take seconds to load, and nothing else."""
    path = tmp_path_factory.mktemp("graph") / "db"
    store = open_store(path)
    Pipeline(store).take(())
    store.close()
    return path


@pytest.fixture
def db(empty_graph: Path, tmp_path: Path) -> Path:
    """A graph on disk of the test's own."""
    return Path(shutil.copytree(empty_graph, tmp_path / "db"))


@pytest.fixture(scope="session")
def shared_store() -> Iterator[OxigraphStore]:
    """A graph in memory that the tests share: their reports have ids of their own."""
    store = OxigraphStore(None)
    yield store
    store.close()
