"""A pattern that may begin with any few words, searched in linear time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

_LEAD = re.compile(r"\(\?P<lead>\[\^(.)-(.)\]\{0,(\d+)\}\?\)")


class LedPattern:
    """A regular expression; one that opens with `(?P<lead>[^x-y]{0,60}?)` is looked for by the rest.

    Tried at every letter, such a pattern would look through its few words again and again. The
    matches are those of the expression as it stands. It is compiled when it is first needed: most
    runs need few of many.
    """

    def __init__(self, source: str) -> None:
        lead = _LEAD.match(source)
        self._source = source
        self._rest = source[lead.end() :] if lead else source
        self._first, self._last = (lead[1], lead[2]) if lead else ("", "")
        self._reach = int(lead[3]) if lead else 0

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression as it stands."""
        return re.compile(self._source)

    @cached_property
    def _core(self) -> re.Pattern[str]:
        return re.compile(self._rest)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches from left to right, without overlap."""
        return self._led(text) if self._reach else self.pattern.finditer(text)

    def _led(self, text: str) -> Iterator[re.Match[str]]:
        at = 0
        while (core := self._core.search(text, at)) is not None:
            first = max(at, core.start() - self._reach)
            match = self.pattern.match(text, self._after_sign(text, first, core.start()))
            if match is None or match.end() == at:
                return
            yield match
            at = match.end()

    def _after_sign(self, text: str, first: int, last: int) -> int:
        """Where the letters from `first` to `last` begin that may stand in the lead."""
        for at in range(last - 1, first - 1, -1):
            if self._first <= text[at] <= self._last:
                return at + 1
        return first
