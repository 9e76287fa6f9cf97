"""Capitalised words that look like names, until nothing in the report makes them a person or party."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from loaders.extraction.cast import Cast
from loaders.extraction.contact_rows import Row
from loaders.extraction.contacts import contacts_of
from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.sketch import Sketch, redraw


def without_strangers(drawn: Sketch, cast: Cast) -> Sketch:
    """A sketch without capitalised words that nothing in the report makes a person or party."""
    groups = [
        g
        for g in drawn.groups
        if any(_is_somebody(m, cast) for m in g.members) or _is_company(drawn, g)
    ]
    return drawn if len(groups) == len(drawn.groups) else redraw(drawn.unit, groups)


def _is_company(drawn: Sketch, group: Group) -> bool:
    """ "Present there were A, B and C": a list of full names of those who came along."""
    source = drawn.unit.source
    full = all(_is_bare(m) and " " in (m.name or "") for m in group.members)
    before = source[max(drawn.unit.start, group.start - _OPENING) : group.start]
    return len(group.members) > 1 and full and _PRESENT.search(before) is not None


_OPENING = 40  # characters before a list
_PRESENT = late(
    r"\b(?:[Pp]resent (?:(?:there|at the \w+|on (?:the|this) occasion) )?were|[Aa]ttending (?:the \w+ )?were|[Oo]n hand were"
    r"|[Aa]ccompanied by|attended by|joined by|in attendance were) \Z"
)


def may_tell_without_strangers(drawn: Sketch, rows: Sequence[Row]) -> bool:
    """True if a sketch that tells of no contact may do so once some of its bare names prove to be nobody's."""
    bare = [g for g in drawn.groups if all(map(_is_bare, g.members)) and not _is_company(drawn, g)]
    if len(bare) > _FEW_NAMES:
        return True
    most = len(drawn.groups) - min((row.sides for row in rows), default=0)
    left_out = (some for n in range(1, min(len(bare), most) + 1) for some in combinations(bare, n))
    return any(
        contacts_of(redraw(drawn.unit, [g for g in drawn.groups if g not in some]), rows)
        for some in left_out
    )


_FEW_NAMES = 4  # beyond which it is quicker to find out who they are


def _is_bare(mention: Mention) -> bool:
    told = mention.office or mention.states or mention.honorific
    return mention.kind == "person" and mention.name is not None and not told


def _is_somebody(mention: Mention, cast: Cast) -> bool:
    if not _is_bare(mention):
        return True
    assert mention.name is not None
    actor = cast.named(mention.name, None)
    return actor is not None and (actor.titled or any(cast.facts(actor)))
