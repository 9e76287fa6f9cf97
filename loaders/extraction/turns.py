"""Who stands for a party that is told by its state alone: who speaks for it, or led its delegation.

Of talks that only a title tells, as "Peruvian-Chilean talks", the speakers of the transcript name the
parties, if every state has a speaker who governs it. A state without a name keeps its place alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from loaders.extraction.cast import Ref
from loaders.extraction.drafts import Draft
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import GOVERNING, is_minor, kind_of
from loaders.extraction.reading import Reading
from loaders.extraction.sketch import PERSONS
from loaders.extraction.units import labels_of

_HEADED = late(
    rf"(?P<a>[{PERSONS}]),?(?: (?:also|then))? (?:led|headed|represented) [^{PERSONS}.;]{{0,60}}?\b(?:delegation|side|team)\b"
    rf"|\b(?:delegation|side|team),? (?:was |were )?(?:led|headed|represented) by (?:the )?(?P<b>[{PERSONS}])"
)
_NEAR = 8  # sentences behind the talks in which the head of a delegation is told


def give_names(reading: Reading) -> None:
    """Name the parties of the drafts that are told by their states alone."""
    for draft in reading.drafts:
        if _of_states_alone(draft):
            found = _speakers(reading, draft.states())
            if len(found) == len(draft.refs):
                draft.refs = {ref.identity: ref for ref in found}
        elif not draft.only_titled and draft.strong:
            _give_heads(reading, draft)


def _of_states_alone(draft: Draft) -> bool:
    states = all(r.mention.kind == "state" for r in draft.refs.values())
    return draft.status == "held" and draft.only_titled and states and len(draft.refs) > 1


def _speakers(reading: Reading, states: list[str]) -> list[Ref]:
    """For each state the first who speaks for it."""
    labels = labels_of(reading.segmented)
    refs = [r for one in labels for g in one.groups for r in reading.scene.refs(one, g)]
    named = [r for r in refs if r.name and kind_of(r.office or "") in GOVERNING]
    found = (next((r for r in named if reading.scene.party(r) == s), None) for s in states)
    return [ref for ref in found if ref is not None]


def _give_heads(reading: Reading, draft: Draft) -> None:
    """ "A hosted the Peruvian-Chilean talks. B led the Chilean delegation": with B."""
    bare = {i: r for i, r in draft.refs.items() if r.name is None and r.state and _tells_side(r)}
    heads = list(_heads_near(reading, draft)) if bare else []
    for identity, ref in bare.items():
        head = next((h for h in heads if h.name and reading.scene.party(h) == ref.state), None)
        if head is not None and head.identity not in draft.refs:
            draft.refs = {
                (head.identity if i == identity else i): (head if i == identity else r)
                for i, r in draft.refs.items()
            }


def _tells_side(ref: Ref) -> bool:
    """True for "Chile" and for "Chilean officials": a side, not an office."""
    return ref.mention.kind == "state" or is_minor(ref.office)


def _heads_near(reading: Reading, draft: Draft) -> Iterator[Ref]:
    """Who is told to have led a delegation in the sentences of a meeting and just behind them."""
    told = max(c.sketch.unit.index for c in draft.contacts)
    for drawn in reading.sketches:
        if drawn.unit.kind != "narrative" or not told <= drawn.unit.index <= told + _NEAR:
            continue
        for match in _HEADED.finditer(drawn.text):
            group = drawn.groups[drawn.group(match["a"] or match["b"])]
            yield from reading.scene.refs(drawn, group)
