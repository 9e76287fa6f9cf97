"""A real Neo4j for the tests, from Maven Central: no Docker, no installation."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.maven import FetchError, jars

HERE = Path(__file__).parent / "server"
VERSION = "5.26.12"
_OPTIONS = [
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
    "-Xmx512m",
    *(
        f"--add-opens=java.base/{package}=ALL-UNNAMED"
        for package in ("java.nio", "java.io", "sun.nio.ch")
    ),
]


class NoServerError(Exception):
    """This machine cannot start a Neo4j; the text says why."""


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running server; `stop` kills it and removes its home.

    Args:
        password: of the user `neo4j`; None for a server that asks for none.
        other: folder with the jars of another version than the one that the tests take.
        java: program that runs them.
        certificate: folder with `private.key` and `public.crt`; only encrypted connections then.
        filled: folder and options with which `neo4j-admin database import full` fills it first.

    Raises:
        NoServerError: it cannot be started here, or is not ready within 90 seconds.
    """

    def __init__(
        self,
        password: str | None = None,
        *,
        filled: tuple[Path, Sequence[str]] | None = None,
        other: Path | None = None,
        java: str = "java",
        certificate: Path | None = None,
    ) -> None:
        try:
            folder = other or jars(HERE / "pom.xml", f"neo4j-{VERSION}")
        except FetchError as error:
            raise NoServerError(str(error)) from error
        self._jars, self._port, self._java = folder, free_port(), java
        self._read_only = False
        self.uri = f"bolt://127.0.0.1:{self._port}"
        self._home = tempfile.mkdtemp(prefix="neo4j-test-")
        self._environment = {**os.environ, "HOME": self._home}
        if password is not None:
            self._environment["KG_TEST_SERVER_PASSWORD"] = password
        if certificate is not None:
            self._environment["KG_TEST_SERVER_CERTIFICATE"] = str(certificate)
        self._start({}, filled)

    def _start(
        self, more: Mapping[str, str], filled: tuple[Path, Sequence[str]] | None = None
    ) -> None:
        folder, options = filled or (None, ())
        main = [str(HERE / "Main.java"), self._home, str(self._port), *options]
        self._process = subprocess.Popen(
            [self._java, *_OPTIONS, "-cp", f"{self._jars}/*", *main],
            cwd=folder,
            env={**self._environment, **more},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._await_ready()

    def restart(self, *, read_only: bool = False) -> None:
        """Start it again on what it left, after killing it as it stands."""
        self.kill()
        self._read_only = read_only
        self._start({"KG_TEST_SERVER_READ_ONLY": "1"} if read_only else {})

    def ensure_running(self) -> None:
        """Start it again if it is dead or can only be read."""
        if self._read_only or self._process.poll() is not None:
            self.restart()

    def _await_ready(self) -> None:
        assert self._process.stdout is not None
        ready, said = threading.Event(), list[str]()
        reader = threading.Thread(target=_read, args=(self._process.stdout, ready, said))
        reader.daemon = True
        reader.start()
        ready.wait(90)
        if "ready" not in said:
            self.stop()
            raise NoServerError(f"the server did not start: {' | '.join(said[-3:]) or 'silence'}")

    @contextmanager
    def without_room(self) -> Iterator[None]:
        """No file of the server can grow, as on a full disk."""
        import resource

        pid, kind = self._process.pid, resource.RLIMIT_FSIZE
        before = resource.prlimit(pid, kind)
        resource.prlimit(pid, kind, (1, before[1]))
        try:
            yield
        finally:
            resource.prlimit(pid, kind, before)

    def kill(self) -> None:
        """Kill -9, as a power cut would."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def stop(self) -> None:
        """Kill it: its home is thrown away, so that a clean end is not worth its ten seconds."""
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)


def _read(stream: IO[str], ready: threading.Event, said: list[str]) -> None:
    """Read on until the end, so that the server never waits for a reader."""
    for line in stream:
        said.append(line.strip())
        if said[-1] == "ready":
            ready.set()
        del said[:-50]
        if ready.is_set() and "ready" not in said:
            said.insert(0, "ready")
    ready.set()
