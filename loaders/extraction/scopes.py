"""Which sentences of a report tell of which of its meetings: topics, papers and figures are read there.

A sentence is of the meeting whose phrase it holds, else of the one told before it; what several
meetings share is of those whose other party it names.
"""

from __future__ import annotations

import re

from kg.ids import fold
from loaders.extraction.content_parties import state_names
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.segment import Segmented


def scopes_of(segmented: Segmented, drafts: list[Draft]) -> tuple[tuple[int, ...], ...]:
    """For each meeting the sentences that tell of it: from its first phrase to the next meeting's."""
    told = [n for n, s in enumerate(segmented.sentences) if s.kind != "furniture"]
    main = [d for d in drafts if d.status != "background"] or drafts
    owners = _owners(segmented, told, drafts)
    if len(main) <= 1:
        other = {n for d in drafts if d not in main and not _mentioned(d) for n in _lines(d)}
        return tuple(
            tuple(n for n in told if n not in other) if d in main else _lines(d) for d in drafts
        )
    return tuple(tuple(n for n in told if k in owners[n]) for k, _ in enumerate(drafts))


def _aside(draft: Draft) -> bool:
    """A plan, or what is only mentioned: the sentence may tell of the meeting held as well."""
    return draft.status == "planned" or (draft.status == "background" and _mentioned(draft))


def _mentioned(draft: Draft) -> bool:
    """Told by a noun alone: "praised the outcome of the talks between A and B", said at another meeting."""
    return all(c.row.nominal for c in draft.contacts)


def _lines(draft: Draft) -> tuple[int, ...]:
    return tuple(sorted({c.sketch.unit.index for c in draft.contacts if c.sketch.unit.index >= 0}))


def _owners(segmented: Segmented, told: list[int], drafts: list[Draft]) -> dict[int, set[int]]:
    """Sentence to meetings: those it tells of, else those the sentence before told of.

    A plan, a denial or a cancellation that is told beside meetings held is left with its paragraph. Of the one
    meeting held until then, what tells of a plan tells as well: at it somebody told of the plan.
    """
    by_line: dict[int, set[int]] = {}
    first = min((d for d in drafts if _lines(d)), key=lambda d: _lines(d)[0], default=None)
    for k, draft in enumerate(drafts):
        passing = set() if draft is first else _in_passing(draft)
        for n in _lines(draft):
            if n not in passing:
                by_line.setdefault(n, set()).add(k)
    everything = {k for k, d in enumerate(drafts) if d.status != "background"}
    held = {k for k, d in enumerate(drafts) if d.status == "held"}
    current = main = everything
    owners: dict[int, set[int]] = {}
    if _JOINT_TEXT.search(segmented.title or "") and held:
        return _of_joint_text(segmented, told, by_line, min(held))
    for n in told:
        if n in by_line:
            current = by_line[n]
            main = current if current & held else main
            alone = len(main & held) == 1 == len(held)
            if (alone or _in_subclause(drafts, current, n)) and all(
                _aside(drafts[k]) for k in current
            ):
                current = current | main
        elif current != main and main & held and _resumes(segmented, n):
            current = main
        shared = n not in by_line and len(current & held) > 1
        owners[n] = _named_alone(segmented, n, current, drafts) if shared else current
    return owners


def _named_alone(
    segmented: Segmented, index: int, shared: set[int], drafts: list[Draft]
) -> set[int]:
    """Of several meetings those whose other party a sentence names: "In Panama she reaffirmed ..."."""
    sentence = segmented.sentences[index]
    words = f" {fold(segmented.text[sentence.start : sentence.end])} "
    states = {k: set(drafts[k].states()) for k in shared}
    common = set.intersection(*states.values())
    named = {
        k
        for k, own in states.items()
        if any(f" {name} " in words for code in own - common for name in state_names(code))
    }
    return named or shared


_JOINT_TEXT = re.compile(r"\b[Jj]oint (?:[\w-]+ )?(?:[Cc]ommuniqu|[Ss]tatement|[Dd]eclaration)")


def _of_joint_text(
    segmented: Segmented, told: list[int], by_line: dict[int, set[int]], main: int
) -> dict[int, set[int]]:
    """A joint text is of the talks that it opens with; of another meeting only the paragraph that names it tells."""
    owners: dict[int, set[int]] = {}
    current = {main}
    for n in told:
        before = segmented.sentences[n - 1].end if n else 0
        if "\n" in segmented.text[before : segmented.sentences[n].start]:
            current = {main}
        current = by_line.get(n, current)
        owners[n] = current
    return owners


def _in_subclause(drafts: list[Draft], owners: set[int], index: int) -> bool:
    """ "raised the entry of X, which is to be decided on Friday, when the four presidents meet"."""
    told = [c for k in owners for c in drafts[k].contacts if c.sketch.unit.index == index]
    return all(_SUBCLAUSE.search(c.sketch.text, 0, c.focus) for c in told)


_SUBCLAUSE = re.compile(r", (?:which|when|where)\b[^.;]*\Z")
_RELATIVE = re.compile(r",? (?:where|who|whom|which)\b[^,;]*\Z")


def _in_passing(draft: Draft) -> set[int]:
    """Sentences that name a meeting in a clause on their subject: "A, who came from X where he had met B, said"."""
    return {
        c.sketch.unit.index
        for c in draft.contacts
        if (c.pluperfect or c.sketch.text.startswith("had ", c.focus))
        and _RELATIVE.search(c.sketch.text, 0, c.focus)
        and _GOES_ON.match(c.sketch.text, c.end)
    }


_GOES_ON = late(
    r"[^,;.]{0,80}, (?:also |then )?(?:[a-z]+ed|said|told|spoke|held|met|thanked|says|tells)\b"
)


def _resumes(segmented: Segmented, index: int) -> bool:
    """True for a new paragraph that tells of no plan: it leaves the plan told before it."""
    start, end = segmented.sentences[index].start, segmented.sentences[index].end
    before = segmented.sentences[index - 1].end if index else 0
    return "\n" in segmented.text[before:start] and " will " not in segmented.text[start:end]
