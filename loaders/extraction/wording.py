"""What the words of a mention say of it: whose it is, whether it is somebody new."""

from __future__ import annotations

import re

from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.sketch import Sketch

_NAMED = frozenset({"person", "role", "counterpart"})
# "After a meeting with", "Following his talks in X with": what stands before the subject of a sentence.
_OPENING = late(
    r"\W*(?:(?:On|In|At|Here|Earlier|Later) [^,;:]{1,30}, )?(?:after|following|during|before|After|Following|During|Before|Upon|Ahead of|Prior to|As well as|In|At|On)\b[^,;:]{0,80} with (?:the )?\Z"
)


_FRONTED = re.compile(r"With (?:the )?\Z")  # "With B he discussed": he is not B


def same_word(drawn: Sketch, one: Mention, other: Mention) -> bool:
    """True for "he" and "he" again."""
    words = (drawn.unit.source[m.start : m.end].lower() for m in (one, other))
    return len(set(words)) == 1


def theirs(drawn: Sketch, mention: Mention) -> bool:
    """ "their officials", "his minister": told by whose they are."""
    words = drawn.unit.source[mention.start : mention.end].lower()
    return words.startswith(("their ", "his ", "her ", "its ", "our "))


def is_some(drawn: Sketch, mention: Mention) -> bool:
    """ "a minister": nobody who was spoken of."""
    return mention.name is None and drawn.unit.source.startswith(("a ", "an ", "A "), mention.start)


def only_opens(drawn: Sketch, group: Group, mention: Mention) -> bool:
    """ "After talks with B, A flew to X, where he": of B only the opening tells, if A follows."""
    if _FRONTED.match(drawn.unit.source, drawn.unit.start, group.start):
        return True
    later = any(
        g.start > group.end and g.end <= mention.start and g.members[0].kind in _NAMED
        for g in drawn.groups
    )
    start = drawn.unit.start
    behind = mention.kind == "pronoun" and drawn.unit.source.endswith(", ", 0, mention.start)
    return (later or behind) and (_OPENING.match(drawn.unit.source, start, group.start) is not None)
