"""Who accompanied the principals, by the rows of `attendance.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from loaders.extraction.alternation import by_first_letter
from loaders.extraction.gazetteer import gazetteer
from loaders.extraction.late_pattern import late
from loaders.extraction.needs import Sieve, ways_of
from loaders.extraction.sketch import PERSONS, STATES, Sketch, Unit
from ontology.lexicon import lexicon

_WORDS = r"(?:led|head(?:ed|s)?|leads?|chair(?:ed|s)?) (?:by|the)\b|[Aa]ccompan|travell?ed with|flew in with|\b[Ww]ith .{1,60}? (?:was|were|came)\b|[Ff]lanked|entourage|retinue|mediat|chair(?:manship)? of|chaired by|auspices|facilitation of|facilitated by|moderat|brokered|presided|presidency of|represented|part of|(?:of|among|in|on) the (?:\w+ )?(?:delegations?|teams?)\b|(?:delegations?|side|team|party|entourage|suite|retinue)\b[^.;]{0,40}? (?:inclu|compris|consist|made up|composed)|[Oo]thers? (?:at|in|around|present|attend)|[Aa]lso (?:at|in) the|[Tt]hose (?:at|in|around|present|attend)|\bsat\b|stood|[Ss]eated|[Jj]oin|mediated|looked on|around the table|with (?:only|just)\b|(?:came|travelled|traveled|arrived) with|[Ff]lanking|[Aa]longside|lunched|dined|breakfasted|[Aa]ttend|[Pp]resen[ct]e?\b|took part|[Pp]articip|and (?:also )?(?:includ|compris)ing|[Tt]aking part|assist(?:ed|ing)| side\b|(?:was|were) (?:also )?(?:(?:at|in|around) the|there|on hand|with|alongside|beside|associated)\b|acted as|(?:called|brought|invited|ushered) in\b|among the|with (?:him|her|them)\b|(?:[Tt]ogether|along|jointly) with\b"

_TRIGGER = late(by_first_letter(_WORDS))
_PERSON = late(rf"[{PERSONS}]")
# "on the Qatari side were A", "the Qatari delegation included A"; states are signs where they are names.
_WHOSE = rf"(?:the ([\w.’' -]{{2,30}}?)|([{STATES}])(?:['’]s?)?)"
_SIDES = r"(?:side|part|delegation|team)\b"
_BEFORE_LIST = late(
    rf".*(?:{_WHOSE} {_SIDES}|\bdelegation (?:of|from) (?:the )?([\w.’' -]{{2,30}}?)(?= (?:also )?(?:includ|compris|consist)))"
    rf"[^{PERSONS}]{{0,60}}\Z",
    re.IGNORECASE | re.DOTALL,
)
_BEHIND_LIST = late(
    rf" (?:on|from|for) {_WHOSE} {_SIDES}"
    rf"|(?: (?:also )?(?:took part|attended|participated|(?:was|were) present)) for (?P<for>[{STATES}])"
)
_NEAR_LIST = 100


@cache
def rows() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Ids and patterns of the rows."""
    text = files("loaders.extraction").joinpath("attendance.toml").read_text(encoding="utf-8")
    return tuple(
        (
            r["id"],
            late(_spelled_out(r["pattern"])),
        )
        for r in tomllib.loads(text)["pattern"]
    )


@cache
def _sieve() -> Sieve:
    return Sieve([(frozenset(), ways_of(pattern.pattern, {})) for _, pattern in rows()])


# What stands between those who came along and the verb: "who was in town as well".
_ASIDE = rf"(?:, (?:who|which|whose)\b[^{PERSONS}.;,]{{1,80}},|[^{PERSONS}.;]{{0,20}}?)"
_OCCASION = (
    r"(?:[\w-]+ ){0,3}?(?:meetings?|talks|negotiations|conversations?|discussions?|audience|sessions?|lunch|dinner|breakfast|"
    r"consultations|encounter|exchange|gathering|briefing|call)\b"
)


def _spelled_out(pattern: str) -> str:
    """A row's pattern with its abbreviations; see the head of `attendance.toml`."""
    for short, full in (("{B}", f"(?P<b>[{PERSONS}])"), ("{P}", PERSONS), ("{S}", STATES), ("{ASIDE}", _ASIDE), ("{OCCASION}", _OCCASION)):  # fmt: skip
        pattern = pattern.replace(short, full)
    return pattern


@dataclass(frozen=True, slots=True)
class Company:
    """Those who accompanied, as one phrase tells it.

    Attributes:
        group: index of the group of those who came along.
        beside: index of the group whom they accompanied, if the sentence names it.
        side: code of the state on whose side they were, if the sentence says so.
        at: where the phrase begins, in the sketch.
        leads: they led or represented that side.
    """

    group: int
    beside: int | None
    side: str | None
    at: int
    leads: bool = False


def may_attend(unit: Unit) -> bool:
    """True if a word of attendance stands in a unit."""
    return _TRIGGER.search(unit.source, unit.start, unit.end) is not None


def attendees_in(drawn: Sketch) -> list[Company]:
    """Those who accompanied, each group once."""
    if not drawn.groups or drawn.unit.kind != "narrative":
        return []
    leaders = _leaders(drawn)
    worth_trying = _sieve().passing(drawn.text.lower())
    if not worth_trying or not _TRIGGER.search(drawn.text):
        return leaders
    found: dict[int, Company] = {c.group: c for c in leaders}
    for row, pattern in map(rows().__getitem__, worth_trying):
        for match in pattern.finditer(drawn.text):
            sign = _sign(match)
            at = drawn.text.index(sign)
            if _ABSENT.search(drawn.text, 0, at) or _OF_ANOTHER.search(drawn.text, 0, at):
                continue
            group = drawn.group(sign)
            leads = row in _LEADING
            side = _side(drawn, sign) or _of_side(drawn, sign)
            # "In the presence of the ambassador": either side has one.
            some = row == "in-presence-of" and drawn.groups[group].members[0].name is None
            beside = None if some else _beside(drawn, match)
            found.setdefault(group, Company(group, beside, side, match.start(), leads))
    return list(found.values())


def _leaders(drawn: Sketch) -> list[Company]:
    """ "The Maltese delegation was led by A": read as one with its leader, the whole sentence or the end of it."""
    found = []
    for n, group in enumerate(drawn.groups):
        first = group.members[0]
        words = drawn.unit.source[first.start : first.end] if first.states and first.name else ""
        if _WAS_LED.search(words):
            at = [i for i, ch in enumerate(drawn.text) if "\ue000" <= ch <= "\uf8ff"][n]
            found.append(Company(n, None, first.states[0], at, True))
    return found


_WAS_LED = late(
    r"(?:delegation|side|team|one)\b[^.;]{0,40}? (?:was|were|is|will be|being) (?:also )?(?:led|headed|chaired|represented) by "
)


# "Neither A nor B was present".
_ABSENT = re.compile(r"\b(?:[Nn]either|nor|[Nn]ot|[Ww]ithout) (?:the )?\Z")
# "reviewed the project, for which they signed a pact in Lima in the presence of C": not at this meeting.
_OF_ANOTHER = re.compile(r", (?:for|to|on|under|by) which\b[^.;]*\Z")


def _sign(match: re.Match[str]) -> str:
    """The sign of those who came along; a row may have two alternatives."""
    groups = match.groupdict()
    return next(sign for name in ("b", "b2", "b3") if (sign := groups.get(name)) is not None)


def _beside(drawn: Sketch, match: re.Match[str]) -> int | None:
    """The person before "was accompanied by", or after "sat with"."""
    signs = [drawn.group(c) for c in _PERSON.findall(drawn.text)]
    own = drawn.group(_sign(match))
    before = [g for g in signs if g < own]
    relative = _WHO_WAS.search(drawn.text, 0, match.start())
    if relative is not None:
        return drawn.group(relative[1])
    if _PERSON.match(match[0]) and drawn.group(match[0][0]) != own:
        return drawn.group(match[0][0])
    if match.start() == drawn.text.index(
        _sign(match)
    ):  # "A met B, and C was present": with neither
        before = [g for g in before if drawn.groups[g].members[-1].possessive]
    after = [drawn.group(c) for c in _PERSON.findall(match[0])]
    after = [g for g in after if g > own]
    return before[0] if before else after[0] if after else None


# "A met B, who was accompanied by C": C came with B.
_WHO_WAS = late(rf"([{PERSONS}]),? who (?:was|were|is|are|came|had been) (?:also )?\Z")


def _side(drawn: Sketch, listed: str) -> str | None:
    """ "On the Qatari side were A", "A from the Qatari side": the code of the state."""
    at = drawn.text.index(listed)
    found = _BEHIND_LIST.match(drawn.text, at + 1)
    before = drawn.text[max(0, at - _NEAR_LIST) : at]
    for sign in _PERSON.findall(before):  # "On the Saudi side, they were attended by A"
        pronoun = drawn.groups[drawn.group(sign)].members[0].kind in ("pronoun", "nominal")
        before = before.replace(sign, "they") if pronoun else before
    found = found or _BEFORE_LIST.match(before)
    if found is None:
        return None
    sign = found[2] or found.groupdict().get("for")
    if sign:
        return _code(drawn, sign)
    entry = gazetteer().exact(found[1] or found[found.lastindex or 1])
    codes = (entry.adjectives or entry.states or entry.organizations) if entry else ()
    return codes[0] if codes else _only_state(entry.places) if entry else None


def _only_state(places: tuple[str, ...]) -> str | None:
    """ "The delegation from Bratislava": the state of the town, if only one has a town of this name."""
    states = {lexicon().places[slug].state for slug in places}
    return states.pop() if len(states) == 1 else None


def _of_side(drawn: Sketch, listed: str) -> str | None:
    """ "Malta was represented by A", "A headed the Maltese delegation": the code of the state."""
    at = drawn.text.index(listed)
    before = _REPRESENTED.search(drawn.text, max(0, at - _NEAR_LIST), at)
    if before is not None:
        return _code(drawn, before[1])
    listed_behind = _LISTED.search(drawn.text, max(0, at - _NEAR_LIST), at)
    if listed_behind is not None:
        return _code(drawn, listed_behind[1])
    behind = _HEADED.match(drawn.text, at + 1)
    if behind is None:
        return None
    entry = gazetteer().exact(behind[1]) if behind[1] else None
    codes = (entry.adjectives or entry.states or entry.organizations) if entry else ()
    return _code(drawn, behind[2]) if behind[2] else next(iter(codes), None)


# Rows that tell who led a side, and not only who came along.
_LEADING = frozenset({"represented-by", "represented-by-too", "headed-a-side", "side-headed-by"})
_REPRESENTED = late(
    rf"([{STATES}]),? (?:(?:was|were|is|are|will be|is to be|are to be|would be) )?(?:also )?(?:represented )?(?:at [^.;,]{{1,40}} )?by (?:its |the |their )?\Z"
)
_LISTED = re.compile(rf"([{PERSONS}]) by (?:its |the |their )?\Z")
_HEADED = late(
    rf",? (?:[a-z]+ ){{0,3}}?(?:led?|leads|head(?:ed|s)?|represent(?:ed|s)?|chair(?:ed|s)?) {_WHOSE} {_SIDES}"
)


def _code(drawn: Sketch, sign: str) -> str | None:
    member = drawn.groups[drawn.group(sign)].members[-1]
    return member.states[0] if member.kind == "state" and member.states else None
