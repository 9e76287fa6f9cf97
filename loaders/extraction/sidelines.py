"""The event on whose sidelines somebody met: "on the margins of the UN General Assembly"."""

from __future__ import annotations

from loaders.extraction.late_pattern import late

_SIDELINES = late(
    r"\b(?:on the|at the|in the) (?:sidelines?|margins?|fringes?|side-?lines|edges?) of "
    r"(?P<what>(?:the |an? |this (?:year's )?|their )?[^,.;:()\"“”]{2,110})"
)
_WHAT_ENDS = late(
    r"\s(?:in|at|on|today|yesterday|and(?! [A-Z][\w-]*(?: [A-Z][\w-]*){0,2} (?:Forum|Summit|Conference|Dialogue|Meeting|Initiative|Assembly|Congress)\b)|to|where|which|that|with|here|held|this (?:week|morning|afternoon)|during|discuss\w*|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b"
)


def sidelines_in(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Where the words on the sidelines begin in `text[start:end]`, and the event they name."""
    found = _SIDELINES.search(text, start, end)
    return (found.start(), _event_name(found["what"])) if found else None


def _event_name(words: str) -> str:
    cut = _WHAT_ENDS.search(words)
    return words[: cut.start()].strip() if cut else words.strip()
