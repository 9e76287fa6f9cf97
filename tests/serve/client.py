"""A server as users start it, and a client that shows every byte of what it answers."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
JSON = "application/sparql-results+json"
DM = "https://w3id.org/diplomatic-meetings/ns#"
ID = "https://w3id.org/diplomatic-meetings/id/"

# Goes on far longer than any test waits, without a row before the end; and with rows from the start.
SILENT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@dataclass(frozen=True)
class Reply:
    """What came back; `whole` is False if the connection ended before the answer did."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    whole: bool = True

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Rows of a SELECT as texts."""
        found = self.json()["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in found]

    @property
    def kind(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True)
class Server:
    """A running `kg serve`."""

    address: str
    process: subprocess.Popen[str]
    said: list[str]

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    @property
    def endpoint(self) -> str:
        return self.address + "sparql"

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def connect_raw(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def send(
        self,
        method: str,
        target: str,
        body: bytes | str | None = None,
        **headers: str,
    ) -> Reply:
        """One request on a connection of its own; `content_type` is `Content-Type`."""
        connection = self.connect()
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            payload = body.encode() if isinstance(body, str) else body
            connection.request(method, target, payload, named)
            response = connection.getresponse()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                key = name.lower()
                found[key] = f"{found[key]}, {value}" if key in found else value
            try:
                return Reply(response.status, found, response.read())
            except http.client.IncompleteRead as cut:
                return Reply(response.status, found, cut.partial, whole=False)
        finally:
            connection.close()

    def get(self, target: str, **headers: str) -> Reply:
        return self.send("GET", target, **headers)

    def query(self, text: str, accept: str = JSON, **parameters: str) -> Reply:
        """A query by GET."""
        asked = urlencode({"query": text, **parameters})
        return self.get(f"/sparql?{asked}", accept=accept)

    def post(self, text: str, accept: str = JSON, target: str = "/sparql") -> Reply:
        """A query in the body, undisguised."""
        kind = "application/sparql-query"
        return self.send("POST", target, text, content_type=kind, accept=accept)

    def workers(self) -> list[int]:
        """Process ids of the server's children that still run."""
        return children(self.process.pid)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to stop and give its exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)


def children(parent: int) -> list[int]:
    """Process ids of the children that run."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, ppid = path.read_text().rpartition(") ")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found.append(int(path.parent.name))
    return found


def runs(pid: int) -> bool:
    """Whether the process still runs."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[0] != "Z"
    except OSError:
        return False


@contextmanager
def serving(db: str | Path, *options: str) -> Iterator[Server]:
    """`kg serve` on a free port, stopped afterwards."""
    yield from _running(
        [sys.executable, "-m", "kg", "serve", "--db", str(db), "--port", "0", *options]
    )


@contextmanager
def serving_limited(db: str | Path, **limits: float) -> Iterator[Server]:
    """A server with limits that the command line has no options for."""
    script = (
        "import sys; from kg.serve import Limits, run\n"
        f"run(sys.argv[1], port=0, limits=Limits(**{limits!r}), workers=2,"
        " on_ready=lambda a: print('at', a, ';', file=sys.stderr, flush=True))"
    )
    yield from _running([sys.executable, "-c", script, str(db)])


def _running(command: list[str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=environment()
    )
    said: list[str] = []
    ready = threading.Event()
    listener = threading.Thread(target=_listen, args=(process, said, ready), daemon=True)
    listener.start()
    try:
        assert ready.wait(START_SECONDS), "no word from the server"
        address = [line for line in said if " at http" in line or line.startswith("at http")]
        assert address, "".join(said)
        yield Server(address[0].partition("at ")[2].split()[0], process, said)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        listener.join(5)


def _listen(process: subprocess.Popen[str], said: list[str], ready: threading.Event) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if "at http" in line:
            ready.set()
    ready.set()
    process.stderr.close()


def environment() -> dict[str, str]:
    """The tests' own, without what would lead a server elsewhere."""
    return {k: v for k, v in os.environ.items() if k not in ("KG_DB", "PYTHONPATH")}
