"""One worker process as the server sees it: start, one job at a time, kill."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from kg.serve.frames import CHUNK, PREFIX, Job

_PACKAGES = Path(__file__).resolve().parents[2]


class WorkerDiedError(Exception):
    """The process ended before its answer did."""


class WorkerProcess:
    """A worker that can be killed at any moment and started again."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._process: Process | None = None
        self._reading = asyncio.Lock()

    @property
    def pid(self) -> int | None:
        """Its process id, while it runs."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether it can take a job."""
        return self._process is not None and self._process.returncode is None

    async def start(self) -> None:
        """Start it, unless it runs."""
        if self.running:
            return
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.worker", str(os.getpid()), str(self._memory)),
            stdin=PIPE,
            stdout=PIPE,
            limit=4 * CHUNK,
            env=_environment(),
            start_new_session=True,
        )

    async def send(self, job: Job) -> None:
        """Give it a job.

        Raises:
            WorkerDiedError: it does not run any more.
        """
        process = self._process
        if process is None or process.stdin is None:
            raise WorkerDiedError("the process was killed")
        try:
            process.stdin.write(job.to_line())
            await process.stdin.drain()
        except OSError as error:
            raise WorkerDiedError(str(error)) from error

    async def read(self) -> tuple[bytes, bytes]:
        """The next frame: kind and content.

        Raises:
            WorkerDiedError: it ended in the middle.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise WorkerDiedError("the process was killed")
        try:
            async with self._reading:
                kind, size = PREFIX.unpack(await process.stdout.readexactly(PREFIX.size))
                return kind, await process.stdout.readexactly(size)
        except asyncio.IncompleteReadError as error:
            raise WorkerDiedError("the process ended") from error

    async def kill(self) -> None:
        """End it at once and wait until it is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        async with self._reading:  # whoever reads at this moment meets the end of the pipe
            await process.communicate()  # an answer left in it would keep `wait` waiting


def _environment() -> dict[str, str]:
    """Where `kg` is, also if it is not installed but only on the path."""
    known = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([str(_PACKAGES), *([known] if known else [])])
    return {**os.environ, "PYTHONPATH": path}
