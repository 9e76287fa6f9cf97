"""A sentence in which every person, party or list of them has become one sign.

On a sketch the grammar of contacts is a matter of short regular expressions: "A, the president
of X, met with his counterpart B" and "A met B" look the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group
from loaders.extraction.mentions import MentionReader
from loaders.extraction.values import quickly_made

_SINGLE, _MANY, _STATE, _STATES, _IGNORED = 0xE000, 0xE800, 0xF000, 0xF400, 0xF800
SINGLE = "\ue000-\ue7ff"
MANY = "\ue800-\uefff"
PERSONS = "\ue000-\uefff"
STATES = "\uf000-\uf7ff"
DOT = "\u2024"  # in the place of an abbreviation's full stop
_CAPACITY = 0x400  # all bases are multiples of it


@quickly_made
@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of text that is read for contacts: the title or one sentence.

    Attributes:
        source: the title, or the report's whole text; offsets count into it.
        index: of the sentence; -1 for the title.
        kind: "title", "narrative", "turn" or "furniture".
        listed: one line of a list of those who were met.
    """

    source: str
    start: int
    end: int
    index: int
    kind: str
    listed: bool = False


@quickly_made
@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """A unit, its groups and its sketch.

    Attributes:
        text: the sketch.
        offsets: for each group its position in the sketch.
    """

    unit: Unit
    groups: tuple[Group, ...]
    text: str

    def group(self, sign: str) -> int:
        """Index of the group that a sign stands for."""
        return (ord(sign) - _SINGLE) % _CAPACITY

    def offset(self, position: int) -> int:
        """The offset in the source of a position in the sketch."""
        at = position
        for group in self.groups:
            if self.unit.start + at <= group.start:
                break
            at += group.end - group.start - 1
        return min(self.unit.start + at, self.unit.end)


def sketch(unit: Unit) -> Sketch:
    """Read the groups of a unit and put a sign in the place of each."""
    groups = MentionReader(unit.source, unit.start, unit.end).groups(unit.kind == "title")[
        : _CAPACITY - 1
    ]
    return redraw(unit, [g for g in groups if not _only_says_who(unit, g)])


# "became the first foreign leader to meet B": what somebody is, and nobody else.
_BEING = re.compile(r"\b(?:became|becomes?|was|is|were|are|be|been)(?: also| only)? \Z")
_ORDER = re.compile(r"the (?:first|second|third|fourth|fifth|sixth|latest|last|only) ")


def _only_says_who(unit: Unit, group: Group) -> bool:
    member = group.members[0]
    if (
        member.name is not None
        or len(group.members) > 1
        or not _ORDER.match(unit.source, group.start)
    ):
        return False
    behind = unit.source.startswith(" to ", group.end)
    return behind and _BEING.search(unit.source, unit.start, group.start) is not None


def redraw(unit: Unit, groups: Sequence[Group]) -> Sketch:
    """The sketch of a unit with these groups, in order."""
    parts: list[str] = []
    at = unit.start
    for number, group in enumerate(groups):
        parts.append(unit.source[at : group.start])
        parts.append(chr(_base(group) + number))
        at = group.end
    parts.append(unit.source[at : unit.end])
    text = _undotted("".join(parts))
    # Headlines Print Verbs Like Names: case tells nothing once the names are signs.
    return Sketch(unit, tuple(groups), _lowered(text) if unit.kind == "title" else text)


def _undotted(text: str) -> str:
    """Full stops inside "Washington, D.C., with" end nothing, so they are no full stops here; nor are its commas."""
    if "." not in text[:-1]:
        return text
    return _DOTTED.sub(lambda found: _MARKS.sub(DOT, found[0]), text[:-1]) + text[-1:]


_MARKS = re.compile("[.,]")
_DOTTED = late(
    r"(?<=Washington), D\.C\.(?:,(?= (?:the|on|with|today)\b))?|\b(?:[A-Za-z]\.){2,}|\b[A-Z](?:\.[A-Z])+$|\b(?:St|Mt|Ft|No|Nos|Dr|Mr|Mrs|Ms|Jr|Sr|Inc|Co|Ltd|Gen|Lt|Col|Rev|Prof|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|approx)\.(?= )|(?<=\d)\.(?=\d)"
)


def _lowered(text: str) -> str:
    """Lower case, character for character: offsets stay what they are."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


def _base(group: Group) -> int:
    members = [m for m in group.members if not m.spokesperson]
    if not members:
        return _IGNORED
    many = len(members) > 1 or members[0].plural
    if all(m.kind == "state" for m in members):
        return _STATES if many else _STATE
    return _MANY if many else _SINGLE
