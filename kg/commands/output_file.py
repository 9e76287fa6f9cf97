"""A file that a command writes: it takes the place of the old one when it is whole, or not at all.

So a command that fails, or that reads the very file it writes, destroys nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kg.commands.output import say
from kg.errors import UsageError


@contextmanager
def binary_output(name: str) -> Iterator[IO[bytes]]:
    """Standard output for `-`, else the file `name`, replaced at the end.

    Raises:
        UsageError: the file cannot be written.
    """
    if name == "-":
        yield sys.stdout.buffer
        return
    target = Path(name)
    try:
        target = target.resolve()
        direct = target.exists() and not target.is_file()  # a device or a pipe
        part = target if direct else target.with_name(f".{target.name}.part")
        file = part.open("wb")
    except OSError as error:
        raise UsageError(f"{name}: cannot be written: {error.strerror}") from error
    with file:
        try:
            yield file
        except KeyboardInterrupt:
            say(f"kg: what was done so far is in {part}")
            raise
        except BaseException:
            if not direct:
                part.unlink(missing_ok=True)
            raise
    if not direct:
        _replace(part, target, name)


def _replace(part: Path, target: Path, name: str) -> None:
    try:
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UsageError(f"{name}: cannot be written: {error.strerror}") from error
