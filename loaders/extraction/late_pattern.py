"""A regular expression that is compiled when it is first needed: most runs need few of many rows."""

from __future__ import annotations

import re
from functools import cached_property


class LatePattern:
    """What is asked of a compiled expression here: where it matches, and its own words.

    Attributes:
        pattern: the expression as written.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self._flags)

    def match(self, text: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """The match that begins at `start`, or None."""
        return self._compiled.match(text, start, len(text) if end is None else end)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, or None."""
        return self._compiled.search(text)
