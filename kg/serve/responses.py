"""Answers over HTTP: streamed, and cut off visibly if they cannot be finished."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Mapping
from tempfile import SpooledTemporaryFile

from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from kg.serve.frames import Failure
from kg.serve.pool import Answer, JobFailedError

LOG = logging.getLogger("kg.serve")
_IN_MEMORY = 1 << 20


def problem(failure: Failure, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal as one line of text."""
    extra = dict(headers or {})
    if failure.status == 503:
        extra["Retry-After"] = "5"
    return PlainTextResponse(failure.message + "\n", failure.status, extra)


class _ClientGoneError(Exception):
    """Nobody reads any more."""


class StreamedResponse(Response):
    """Sends an answer while the worker makes it.

    A short answer has a Content-Length. A long one goes out in chunks; if it breaks off, the
    connection is closed without the last chunk, which no client can take for a whole answer.
    HTTP/1.0 has no chunks: there the whole answer is collected first.
    """

    def __init__(self, answer: Answer, headers: Mapping[str, str], *, stall: float) -> None:
        super().__init__(None, 200, dict(headers), _content_type(answer.head.media_type))
        del self.headers["content-length"]
        self._answer, self._stall = answer, stall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._answer as answer:
            if scope["method"] == "HEAD":
                if answer.head.complete:
                    _ = [chunk async for chunk in answer.chunks()]
                await self._start(send)
                await send({"type": "http.response.body", "body": b""})
            elif answer.head.complete or scope["http_version"] == "1.0":
                await self._send_collected(scope, receive, send)
            else:
                await self._send_chunks(receive, send)

    async def _send_collected(self, scope: Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(_IN_MEMORY) as body:
            try:
                async for chunk in self._answer.chunks():
                    body.write(chunk)
            except JobFailedError as error:
                await problem(error.failure)(scope, receive, send)
                return
            self.headers["Content-Length"] = str(body.tell())
            body.seek(0)
            await self._start(send)
            while piece := body.read(_IN_MEMORY):
                await self._send(send, piece)
            await self._send(send, b"", more=False)

    async def _send_chunks(self, receive: Receive, send: Send) -> None:
        await self._start(send)
        try:
            async with _watching(receive) as gone:
                async for chunk in _until(self._answer.chunks(), gone):
                    await self._send(send, chunk)
        except (_ClientGoneError, TimeoutError):
            LOG.info("a client stopped reading its answer")
            return
        except JobFailedError as error:
            LOG.warning("an answer was broken off: %s", error.failure.message)
            return
        await self._send(send, b"", more=False)

    async def _start(self, send: Send) -> None:
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(head)

    async def _send(self, send: Send, body: bytes, *, more: bool = True) -> None:
        message = {"type": "http.response.body", "body": body, "more_body": more}
        async with asyncio.timeout(self._stall):
            await send(message)


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


@contextlib.asynccontextmanager
async def _watching(receive: Receive) -> AsyncIterator[asyncio.Task[None]]:
    """A task that ends when the client goes."""
    task = asyncio.create_task(_client_gone(receive))
    try:
        yield task
    finally:
        task.cancel()


async def _client_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _until(chunks: AsyncIterator[bytes], gone: asyncio.Task[None]) -> AsyncIterator[bytes]:
    """The chunks, as long as somebody is there to read them."""
    while True:
        coming = asyncio.ensure_future(anext(chunks, None))
        await asyncio.wait({coming, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not coming.done():
            coming.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await coming
            raise _ClientGoneError
        chunk = coming.result()
        if chunk is None:
            return
        yield chunk


async def while_connected(receive: Receive, work: asyncio.Task[Answer]) -> Answer | None:
    """Wait for the head of an answer; None, and the work undone, if the client went away."""
    gone = asyncio.create_task(_client_gone(receive))
    try:
        await asyncio.wait({work, gone}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            return work.result()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError, JobFailedError):
            async with await work:
                pass
        return None
    finally:
        gone.cancel()
        work.cancel()
