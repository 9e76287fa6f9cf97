"""Chromium without a window, driven over a pair of pipes: no driver, no further package.

It speaks the browser's own protocol (`--remote-debugging-pipe`): JSON messages, each ended by a
zero byte, read from descriptor 3 and written to descriptor 4.
"""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 60
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --remote-debugging-pipe about:blank"
)


class Browser:
    """One tab, and everything that it complained of or asked the network for."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._out, self._in = to_browser, from_browser
        self._numbers = itertools.count(1)
        self._buffer = b""
        self._session: str | None = None
        self.complaints: list[str] = []
        self.requested: list[str] = []
        self._loaded = False
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One command and its result."""
        number = next(self._numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self) -> dict[str, Any]:
        deadline = time.monotonic() + SECONDS
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0.0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            piece = os.read(self._in, 1 << 16)
            assert piece, "the browser is gone"
            self._buffer += piece
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._notice(message.get("method", ""), message.get("params", {}))
        return message

    def _notice(self, method: str, given: dict[str, Any]) -> None:
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Network.requestWillBeSent":
            self.requested.append(given["request"]["url"])
        elif method == "Log.entryAdded":
            self.complaints.append(f"{given['entry']['level']}: {given['entry']['text']}")
        elif method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown"):
            self.complaints.append(f"{method}: {json.dumps(given)[:300]}")
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append(f"dialog: {given['message']}")
            raise AssertionError(f"the page opened a dialog: {given['message']}")

    def open(self, url: str) -> None:
        """Go to an address and wait until everything is there."""
        self._loaded = False
        assert "errorText" not in self.send("Page.navigate", url=url)
        self._wait()

    def _wait(self) -> None:
        while not self._loaded:
            self._next()

    def value(self, expression: str) -> Any:
        """What an expression says about the page; the test looks in from outside its policy."""
        found = self.send("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def type(self, selector: str, text: str) -> None:
        """Put the cursor into a field, select what is there, and type over it."""
        self.value(f"(e => {{ e.focus(); e.select() }})(document.querySelector({selector!r}))")
        self.send("Input.insertText", text=text)

    def click(self, selector: str) -> None:
        """Press the mouse on something that leads to another page."""
        self.value(f"document.querySelector({selector!r}).scrollIntoView({{block: 'center'}})")
        box = self.value(
            f"(b => [b.x + b.width / 2, b.y + b.height / 2])"
            f"(document.querySelector({selector!r}).getClientRects()[0])"
        )
        self._loaded = False
        for kind in ("mousePressed", "mouseReleased"):
            at = {"x": box[0], "y": box[1], "button": "left", "clickCount": 1}
            self.send("Input.dispatchMouseEvent", type=kind, **at)
        self._wait()

    def resize(self, width: int, height: int, *, dark: bool = False) -> None:
        """The size of the window, and whether its owner likes dark pages."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 700}
        self.send("Emulation.setDeviceMetricsOverride", **size)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.send("Emulation.setEmulatedMedia", features=scheme)

    @property
    def text(self) -> str:
        """What a person reads."""
        return " ".join(str(self.value("document.body.innerText")).split())

    @property
    def address(self) -> str:
        return str(self.value("location.href"))

    def picture(self, path: Path) -> None:
        """The whole page as a PNG file."""
        data = self.send("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))


def find_chromium() -> str | None:
    """The program, by whichever of its names it is there."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def browsing(program: str, profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, gone afterwards with all its processes."""
    read_3, to_browser = os.pipe()
    from_browser, write_4 = os.pipe()
    # The shell moves the pipes to the two descriptors that the browser looks at.
    script = f'exec "$@" 3<&{read_3} 4>&{write_4}'
    process = subprocess.Popen(
        ["bash", "-c", script, "bash", program, f"--user-data-dir={profile}", *FLAGS.split()],
        pass_fds=(read_3, write_4),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(read_3)
    os.close(write_4)
    try:
        yield Browser(to_browser, from_browser)
    finally:
        os.close(to_browser)  # the end of the pipe is the end of the browser
        os.close(from_browser)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
