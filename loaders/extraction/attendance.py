"""Who accompanied the principals, by the rows of `attendance.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.sketch import PERSONS, Sketch, Unit

_TRIGGER = re.compile(
    r"[Aa]ccompan|travell?ed with|came with|arrived with|flew in with|\b[Ww]ith .{1,60}? (?:was|were)\b|[Ff]lanked|mediat|chair(?:manship)? of|chaired by|auspices|facilitation of|facilitated by|moderat|brokered|presided|presidency of|represented|part of|(?:of|among|in|on) the (?:\w+ )?(?:delegations?|teams?)\b|delegations? (?:also )?(?:inclu|compris|consist)|[Oo]thers? (?:at|in|around|present|attend)|[Aa]lso (?:at|in) the|[Tt]hose (?:at|in|around|present|attend)|\bsat\b|stood|[Ss]eated|[Jj]oined|[Aa]ttend|[Pp]resen[ct]e?\b|took part|[Pp]articipat|[Tt]aking part|assist(?:ed|ing)| side\b"
)

_PERSON = re.compile(rf"[{PERSONS}]")
_ON_SIDE = re.compile(r"\b(?:[Oo]n|[Ff]rom) the ([\w.’' -]{2,30}?) side\b")


@cache
def rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Ids and patterns of the rows."""
    text = files("loaders.extraction").joinpath("attendance.toml").read_text(encoding="utf-8")
    return tuple(
        (
            r["id"],
            re.compile(r["pattern"].replace("{B}", f"(?P<b>[{PERSONS}])").replace("{P}", PERSONS)),
        )
        for r in tomllib.loads(text)["pattern"]
    )


@dataclass(frozen=True, slots=True)
class Company:
    """Those who accompanied, as one phrase tells it.

    Attributes:
        group: index of the group of those who came along.
        beside: index of the group whom they accompanied, if the sentence names it.
        side: code of the state on whose side they were, if the sentence says so.
        at: where the phrase begins, in the sketch.
    """

    group: int
    beside: int | None
    side: str | None
    at: int


def may_attend(unit: Unit) -> bool:
    """True if a word of attendance stands in a unit."""
    return _TRIGGER.search(unit.source, unit.start, unit.end) is not None


def attendees_in(drawn: Sketch) -> list[Company]:
    """Those who accompanied, each group once."""
    if not drawn.groups or drawn.unit.kind != "narrative" or not _TRIGGER.search(drawn.text):
        return []
    found: dict[int, Company] = {}
    for _, pattern in rows():
        for match in pattern.finditer(drawn.text):
            group = drawn.group(_sign(match))
            side = _side(drawn, match.start())
            found.setdefault(group, Company(group, _beside(drawn, match), side, match.start()))
    return list(found.values())


def _sign(match: re.Match[str]) -> str:
    """The sign of those who came along; a row may have two alternatives."""
    groups = match.groupdict()
    return next(sign for name in ("b", "b2", "b3") if (sign := groups.get(name)) is not None)


def _beside(drawn: Sketch, match: re.Match[str]) -> int | None:
    """The person before "was accompanied by", or after "sat with"."""
    signs = [drawn.group(c) for c in _PERSON.findall(drawn.text)]
    own = drawn.group(_sign(match))
    before = [g for g in signs if g < own]
    after = [g for g in signs if g > own]
    return before[0] if before else after[0] if after else None


def _side(drawn: Sketch, at: int) -> str | None:
    """ "On the Qatari side", "Malta was represented by": the code of the state."""
    if drawn.text[:at].rstrip()[-1:] and drawn.text[:at].rstrip()[-1] >= "\uf000":
        before = drawn.groups[drawn.group(drawn.text[:at].rstrip()[-1])].members[-1]
        return before.states[0] if before.kind == "state" and before.states else None
    match = _ON_SIDE.search(drawn.text)
    entry = gazetteer().exact(match[1]) if match else None
    codes = (entry.adjectives or entry.states or entry.organizations) if entry else ()
    return codes[0] if codes else None
