"""Real SPARQL servers for tests: started on a free loopback port, stopped when the session ends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from tests.maven import FetchError, jars

HERE = Path(__file__).parent
FUSEKI = "fuseki-5.6.0"
START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Addresses:
    query: str
    update: str
    graph_store: str


def missing(what: str) -> NoReturn:
    """Skip with the reason; with KG_REQUIRE_ALL=1 a missing server is a failure."""
    if os.environ.get("KG_REQUIRE_ALL") == "1":
        pytest.fail(what)
    pytest.skip(what)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], ready: str, log: Path) -> Iterator[None]:
    """The process runs and answers at `ready`; afterwards it is gone."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
    try:
        _wait(process, ready, log)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], ready: str, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(ready, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
    missing(f"{Path(process.args[0]).name} did not start: {log.read_text()[-500:]}")


@contextmanager
def oxigraph_server(folder: Path) -> Iterator[Addresses]:
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        missing("no oxigraph server: pip install oxigraph")
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [str(program), "serve", "--location", str(folder / "data")]
    command += ["--bind", f"127.0.0.1:{port}"]
    with running(command, f"{base}/", folder / "log"):
        yield Addresses(f"{base}/query", f"{base}/update", f"{base}/store")


@contextmanager
def fuseki_server(folder: Path) -> Iterator[Addresses]:
    try:
        library = jars(HERE / "fuseki.xml", FUSEKI)
    except FetchError as reason:
        missing(f"no Fuseki for the tests: {reason}")
    port = free_port()
    command = ["java", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp", f"{library}/*"]
    command += ["org.apache.jena.fuseki.main.cmds.FusekiMainCmd", "--localhost", "--update"]
    command += ["--port", str(port), "--mem", "/ds"]
    base = f"http://127.0.0.1:{port}"
    with running(command, f"{base}/ds/query?query=ASK%20%7B%7D", folder / "log"):
        yield Addresses(f"{base}/ds/query", f"{base}/ds/update", f"{base}/ds/data")
