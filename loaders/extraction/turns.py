"""Whose words a transcript prints: of the talks of two states, those who then speak for both are who met.

Only where every state of the title has a speaker who governs it; a state without one stays a party alone.
"""

from __future__ import annotations

from loaders.extraction.cast import Ref
from loaders.extraction.drafts import Draft
from loaders.extraction.office_kinds import GOVERNING, kind_of
from loaders.extraction.reading import Reading
from loaders.extraction.units import labels_of


def give_speakers(reading: Reading) -> None:
    """Name the parties of talks that only the title tells of, as "Peruvian-Chilean talks", by who speaks."""
    for draft in reading.drafts:
        if _of_states_alone(draft):
            found = _speakers(reading, draft.states())
            if len(found) == len(draft.refs):
                draft.refs = {ref.identity: ref for ref in found}


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
