"""Groups of reports by what makes them hard: from the annotation, its class, and the words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from benchmarks.accuracy.cases import Case
from benchmarks.accuracy.facts import Annotation, Meeting

_DATED: Final = ("weekday", "relative day", "day and month")
_STANCES: Final = ("raised", "called-for", "reaffirmed", "thanked", "other")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of `phenomena.toml`."""

    id: str
    meaning: str
    pattern: str
    example: str
    counterexample: str

    def stands_in(self, text: str) -> bool:
        """True if the words occur."""
        return re.search(self.pattern, text, re.IGNORECASE) is not None


PHRASES: Final[tuple[Phrase, ...]] = tuple(
    Phrase(**row)
    for row in tomllib.loads(
        files(__package__).joinpath("phenomena.toml").read_text(encoding="utf-8")
    )["phenomenon"]
)


def _held(annotation: Annotation) -> list[Meeting]:
    return [m for m in annotation.meetings if m.held and not m.optional]


def _any_held(test: Callable[[Meeting], bool]) -> Callable[[Annotation], bool]:
    return lambda annotation: any(test(m) for m in _held(annotation))


def _principals(meeting: Meeting) -> int:
    return sum(not p.attendee for p in meeting.parties)


def _treated(*treatments: str) -> Callable[[Annotation], bool]:
    return _any_held(lambda m: any(t.treatment in treatments for t in m.topics))


ANNOTATED: Final[Mapping[str, Callable[[Annotation], bool]]] = MappingProxyType({
    "in-person": _any_held(lambda m: "in-person" in m.formats),
    "call": _any_held(lambda m: "phone" in m.formats),
    "video": _any_held(lambda m: "video" in m.formats),
    "several meetings": lambda a: len(_held(a)) > 1,
    "three or more principals": _any_held(lambda m: _principals(m) > 2),
    "attendees": _any_held(lambda m: any(p.attendee for p in m.parties)),
    "unnamed party": _any_held(lambda m: any(not p.name for p in m.parties)),
    "no held meeting": lambda a: not _held(a),
    "plan": lambda a: any(m.status == "planned" for m in a.meetings),
    "cancelled or denied": lambda a: any(m.status in ("cancelled", "denied") for m in a.meetings),
    "background": lambda a: any(m.status == "background" for m in a.meetings),
    "somebody not there": lambda a: bool(a.not_participants),
    "agreement": _treated("agreed"),
    "stance": _treated(*_STANCES),
    "document": _any_held(lambda m: bool(m.documents)),
    "figure": _any_held(lambda m: bool(m.figures)),
})  # fmt: skip


def groups_of(case: Case) -> Iterator[str]:
    """The names of the groups that an annotated report belongs to."""
    known = case.known
    if not isinstance(known, Annotation):
        return
    if known.kind:
        yield f"class {known.kind}"
    yield from (name for name, test in ANNOTATED.items() if test(known))
    text = f"{case.report.title or ''}\n{case.report.text}"
    found = [phrase.id for phrase in PHRASES if phrase.stands_in(text)]
    yield from found
    if not any(name in found for name in _DATED):
        yield "no date in the text"
