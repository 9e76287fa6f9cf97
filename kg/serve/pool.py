"""The worker processes, the snapshot they answer from, and the time they may take.

A job's time counts only while the server waits for the worker, not while a slow client reads. When
it is over, the worker is killed and another one started.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from types import TracebackType

from kg.serve.frames import DATA, END, FAIL, HEAD, Failure, Head, Job, parse_failure, parse_head
from kg.serve.limits import Limits
from kg.serve.process import WorkerDiedError, WorkerProcess
from kg.serve.source import Source, State


class JobFailedError(Exception):
    """There is no answer, or it broke off; holds status and message."""

    def __init__(self, failure: Failure) -> None:
        self.failure = failure
        super().__init__(failure.message)


class Answer:
    """An answer that a worker is giving; leaving its context frees or kills the worker."""

    def __init__(self, pool: WorkerPool, worker: WorkerProcess, state: State) -> None:
        self._pool, self._worker = pool, worker
        self._left = pool.limits.timeout
        self._ended = False
        self.revision = state.revision
        self.head = Head("", True)

    async def __aenter__(self) -> Answer:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._pool.give_back(self._worker, usable=self._ended)

    async def begin(self, job: Job) -> None:
        """Send the job and wait for the head of the answer."""
        try:
            await self._worker.start()
            await self._worker.send(job)
        except (WorkerDiedError, OSError) as error:
            raise JobFailedError(self._pool.why_died()) from error
        kind, content = await self._next()
        if kind != HEAD:
            raise JobFailedError(Failure(500, "the worker answered out of turn"))
        self.head = parse_head(content)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The content, piece by piece.

        Raises:
            JobFailedError: it broke off: out of time, over a limit, or the worker died.
        """
        while True:
            kind, content = await self._next()
            if kind == END:
                self._ended = True
                return
            if kind == DATA:
                yield content

    async def _next(self) -> tuple[bytes, bytes]:
        clock = asyncio.get_running_loop().time
        began = clock()
        try:
            async with asyncio.timeout(max(self._left, 0.0)):
                kind, content = await self._worker.read()
        except TimeoutError:
            raise JobFailedError(_late(self._pool.limits.timeout)) from None
        except WorkerDiedError as error:
            raise JobFailedError(self._pool.why_died()) from error
        self._left -= clock() - began
        if kind == FAIL:
            self._ended = True
            raise JobFailedError(parse_failure(content))
        return kind, content


class WorkerPool:
    """A number of workers, and the newest state of the graph."""

    def __init__(self, source: Source, limits: Limits, size: int | None = None) -> None:
        self.limits = limits
        self._source = source
        self._workers = [WorkerProcess(limits.memory) for _ in range(size or default_size())]
        self._idle: asyncio.Queue[WorkerProcess] = asyncio.Queue()
        self._looking = asyncio.Lock()
        self._state: State | None = None
        self._used: dict[WorkerProcess, State] = {}
        self._starting: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = False

    @property
    def size(self) -> int:
        """How many answers can be given at once."""
        return len(self._workers)

    @property
    def idle(self) -> int:
        """How many workers wait for a query."""
        return self._idle.qsize()

    async def open(self) -> None:
        """Start the workers."""
        await asyncio.gather(*(worker.start() for worker in self._workers))
        for worker in self._workers:
            self._idle.put_nowait(worker)

    async def close(self) -> None:
        """Kill the workers, break off their answers; nothing is left running or held."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*(worker.kill() for worker in self._workers))
        for state in {id(s): s for s in (*self._used.values(), self._state) if s}.values():
            state.release()
        self._used, self._state = {}, None

    def why_died(self) -> Failure:
        """What to tell a client whose worker ended in the middle."""
        return _stopping() if self._closed else _died()

    async def state(self) -> State:
        """The newest finished state; a new snapshot only if something was written.

        Raises:
            StoreError: it cannot be read.
        """
        async with self._looking:
            known = self._state.revision if self._state else None
            newer = await asyncio.to_thread(self._source.newer_than, known)
            if newer is not None:
                old, self._state = self._state, newer
                self._let_go(old)
            assert self._state is not None
            return self._state

    async def ask(self, job: Job) -> Answer:
        """Begin an answer from the newest state.

        Raises:
            JobFailedError: with the status and message to give to the client.
            StoreError: the graph cannot be read.
        """
        worker = await self._take()
        try:
            state = await self.state()
        except BaseException:
            self._idle.put_nowait(worker)
            raise
        self._use(worker, state)
        answer = Answer(self, worker, state)
        limits = self.limits
        limited = replace(
            job,
            snapshot=str(state.path),
            max_rows=job.max_rows or limits.max_rows,
            max_bytes=job.max_bytes or limits.max_bytes,
        )
        try:
            await answer.begin(limited)
        except BaseException:
            await answer.__aexit__(None, None, None)
            raise
        return answer

    async def _take(self) -> WorkerProcess:
        """A free worker, after waiting for one no longer than a query may take."""
        if self._closed:
            raise JobFailedError(_stopping())
        if self._waiting >= self.limits.waiting:
            raise JobFailedError(_busy())
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.timeout):
                return await self._idle.get()
        except TimeoutError:
            raise JobFailedError(_busy()) from None
        finally:
            self._waiting -= 1

    async def give_back(self, worker: WorkerProcess, *, usable: bool) -> None:
        """Take a worker back; one that is still at work is killed and started again."""
        if usable and worker.running:
            self._idle.put_nowait(worker)
            return
        await asyncio.shield(worker.kill())
        self._use(worker, None)
        if not self._closed:
            task = asyncio.get_running_loop().create_task(self._restart(worker))
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)

    async def _restart(self, worker: WorkerProcess) -> None:
        with contextlib.suppress(OSError):  # else the next job tries again, and tells the client
            await worker.start()
        self._idle.put_nowait(worker)

    def _use(self, worker: WorkerProcess, state: State | None) -> None:
        """Remember what a worker has open, so that it is kept on disk."""
        old = self._used.pop(worker, None)
        if state is not None:
            self._used[worker] = state
        if old is not state:
            self._let_go(old)

    def _let_go(self, state: State | None) -> None:
        if state and state is not self._state and state not in self._used.values():
            state.release()


def default_size() -> int:
    """One worker per processor, at least two: one slow query must not stop all others."""
    return max(2, min(8, os.cpu_count() or 2))


def _late(timeout: float) -> Failure:
    return Failure(504, f"the query took longer than {timeout:g} s and was stopped")


def _died() -> Failure:
    return Failure(500, "the worker process ended; the query may need too much memory")


def _stopping() -> Failure:
    return Failure(503, "the server is stopping")


def _busy() -> Failure:
    return Failure(503, "all workers are busy; try again later")
