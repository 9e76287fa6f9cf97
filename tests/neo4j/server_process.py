"""A real Neo4j for the tests, from Maven Central: no Docker, no installation."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from tests.maven import FetchError, jars
from tests.neo4j.server_program import compiled, from_source

HERE = Path(__file__).parent / "server"
VERSION = "5.26.12"
_QUICK_START = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
_OPTIONS = [
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
        quick_start: Java starts quickly; without, it is as quick later as an installed server.
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
        quick_start: bool = True,
        certificate: Path | None = None,
    ) -> None:
        try:
            folder = other or jars(HERE / "pom.xml", f"neo4j-{VERSION}")
        except FetchError as error:
            raise NoServerError(str(error)) from error
        self._port = free_port()
        plain = other or not quick_start
        self._program = from_source(folder) if plain else compiled(folder)
        options = [*(_QUICK_START if quick_start else ()), *_OPTIONS]
        self._command = [java, *options, *self._program.words]
        self.uri = f"bolt://127.0.0.1:{self._port}"
        self._home = tempfile.mkdtemp(prefix="neo4j-test-")
        self._environment = {**os.environ, "HOME": self._home}
        if password is not None:
            self._environment["KG_TEST_SERVER_PASSWORD"] = password
        if certificate is not None:
            self._environment["KG_TEST_SERVER_CERTIFICATE"] = str(certificate)
        self._start(filled)

    def _start(self, filled: tuple[Path, Sequence[str]] | None = None) -> None:
        folder, options = filled or (None, ())
        main = [self._home, str(self._port), *options]
        self._process = subprocess.Popen(
            [*self._command, *main],
            cwd=folder,
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert self._process.stdout is not None
        self._said = _Said(self._process.stdout)
        if not self._said.wait_for("ready"):
            last = " | ".join(self._said.lines[-3:])
            self.stop()
            raise NoServerError(f"the server did not start: {last or 'silence'}")

    def restart(self) -> None:
        """Start it again on what it left, after killing it as it stands."""
        self.kill()
        self._start()

    def ensure_running(self) -> None:
        """Start it again if it is dead."""
        if self._process.poll() is not None:
            self.restart()

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """Its databases can only be read."""
        self._tell("true")
        try:
            yield
        finally:
            self._tell("false")

    def _tell(self, read_only: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{read_only}\n")
        self._process.stdin.flush()
        assert self._said.wait_for(f"read only: {read_only}"), "the server does not obey"

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
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None
            with suppress(OSError):
                stream.close()

    def stop(self) -> None:
        """Kill it: its home is thrown away, so that a clean end is not worth its ten seconds.

        But for the first one of a machine, which leaves the archive of its classes.
        """
        if self._program.archive and self._process.poll() is None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(60)
                self._program.keep()
        self.kill()
        shutil.rmtree(self._home, ignore_errors=True)


class _Said:
    """What a server has written; read until the end, so that it never waits for a reader."""

    def __init__(self, stream: IO[str]) -> None:
        self._changed = threading.Condition()
        self._ended = False
        self.lines: list[str] = []
        threading.Thread(target=self._read, args=(stream,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        with suppress(ValueError):  # closed, since the server is dead
            for line in stream:
                self._note(line.strip())
        with self._changed:
            self._ended = True
            self._changed.notify_all()

    def _note(self, line: str) -> None:
        with self._changed:
            self.lines.append(line)
            self._changed.notify_all()

    def wait_for(self, line: str) -> bool:
        """Whether that line comes within 90 seconds; what came before it is forgotten."""
        with self._changed:
            came = self._changed.wait_for(lambda: line in self.lines or self._ended, 90)
            found = came and line in self.lines
            if found:
                del self.lines[: self.lines.index(line) + 1]
            return found
