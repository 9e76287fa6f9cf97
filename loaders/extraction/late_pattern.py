"""A regular expression that is compiled when it is first needed: most runs need few of many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

_ASKED = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub")


class LatePattern:
    """What is asked of a compiled expression, which is made when it is first asked.

    From then on its own methods stand here, so that waiting costs nothing afterwards.

    Attributes:
        pattern: the expression as written.
    """

    if TYPE_CHECKING:
        match = search = re.compile("").search

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a copy of this may be asked before it has an expression
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for asked in _ASKED:
            setattr(self, asked, getattr(compiled, asked))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, for an expression that few reports need."""
    return cast("re.Pattern[str]", LatePattern(pattern, flags))
