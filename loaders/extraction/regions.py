"""Parts of a sentence that tell of one of its meetings alone.

"Met A, and received B, with whom she discussed fish": fish is of B. "With A she discussed fish, and with B
the ferry": the verb is left out the second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.model import AgendaItem, ReportedMeeting, Span
from loaders.extraction.contacts import Contact
from loaders.extraction.content_labels import topic_label
from loaders.extraction.content_objects import noun_items
from loaders.extraction.content_words import read_words
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late

_OWN = frozenset({"with-whom"})


def only_their_own(
    drafts: Sequence[Draft], meetings: Sequence[ReportedMeeting]
) -> tuple[ReportedMeeting, ...]:
    """The meetings without what a relative clause says of another meeting of the same sentence."""
    regions = [
        (n, c.sketch.offset(c.start), c.sketch.unit.end)
        for n, draft in enumerate(drafts)
        for c in draft.contacts
        if c.row.id in _OWN and c.sketch.unit.kind == "narrative"
    ]
    if regions:
        meetings = [
            replace(m, topics=tuple(t for t in m.topics if not _of_other(t, k, regions)))
            for k, m in enumerate(meetings)
        ]
    return tuple(_with_gapped(drafts, meetings))


# What stands between two of "With A she discussed fish, with B the ferry and with C visas".
_AND_WITH = late(r",? (?:and )?with (?:the )?\Z")


def _with_gapped(
    drafts: Sequence[Draft], meetings: Sequence[ReportedMeeting]
) -> list[ReportedMeeting]:
    """The meetings, each with its own topics of such a sentence."""
    told = sorted(
        ((c, n) for n, d in enumerate(drafts) for c in d.contacts if c.row.id in _FRONTED),
        key=lambda one: (one[0].sketch.unit.index, one[0].start, one[0].end),
    )
    made = list(meetings)
    for (first, n), (second, k) in pairwise(told):
        parts = _parts(first, second) if n != k else None
        if parts is None:
            continue
        text, unit = first.sketch.unit.source, first.sketch.unit
        for number, (start, end) in zip((n, k), parts, strict=True):
            own = [t for t in made[number].topics if not _lies_in(t, unit.start, unit.end)]
            words = read_words(text, start, end)
            spans = [words.span(*item) for item in noun_items(words, 0, len(words))]
            items = [
                AgendaItem(topic_label(text[a:b]), text[a:b], "discussed", None, Span(a, b))
                for a, b in spans
            ]
            made[number] = replace(made[number], topics=(*own, *items))
    return made


_FRONTED = frozenset({"with-first", "discussed-with"})


def _parts(first: Contact, second: Contact) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where the topics of either meeting stand; None where the sentence is not of that kind."""
    drawn = first.sketch
    if second.sketch is not drawn or (first.row.id, second.row.id) != (
        "with-first",
        "discussed-with",
    ):
        return None
    if second.b is None or not first.verb.startswith(("discuss", "review", "touch", "explor")):
        return None
    group = drawn.groups[second.b]
    start, source = drawn.offset(first.end), drawn.unit.source
    link = _AND_WITH.search(source, start, group.start)
    if link is None or source[group.end : group.end + 1] != " ":
        return None
    end = drawn.unit.end - (source[drawn.unit.end - 1] in ".;")
    return (start, link.start()), (group.end + 1, end)


def _lies_in(item: AgendaItem, start: int, end: int) -> bool:
    return item.span is not None and start <= item.span.start < end


def _of_other(item: AgendaItem, number: int, regions: list[tuple[int, int, int]]) -> bool:
    span = item.span
    inside = [n for n, start, end in regions if span is not None and start <= span.start < end]
    return bool(inside) and number not in inside
