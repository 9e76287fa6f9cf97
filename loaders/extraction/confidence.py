"""How far a reported meeting can be trusted: a product of a few plain reasons for doubt."""

from __future__ import annotations

from kg.model import Participant
from loaders.extraction.drafts import Draft
from loaders.extraction.timing import Dated

_TITLE_AND_TEXT, _TEXT_ONLY, _TITLE_ONLY, _WEAK = 0.98, 0.93, 0.85, 0.6
_ASSUMED_STATE, _NO_NAME, _NO_STATE, _PUBLICATION_DAY = 0.9, 0.95, 0.85, 0.98


def confidence_of(draft: Draft, participants: tuple[Participant, ...], dated: Dated) -> float:
    """Between 0 and 1: where the meeting stands, and what had to be assumed about it."""
    in_text = any(c.sketch.unit.kind != "title" for c in draft.contacts)
    value = (
        _TITLE_AND_TEXT if draft.in_title and in_text else _TEXT_ONLY if in_text else _TITLE_ONLY
    )
    if not draft.strong:
        value *= _WEAK
    main = [p for p in participants if p.role != "attendee"]
    value *= _ASSUMED_STATE if any(r.assumed for r in draft.refs.values()) else 1
    value *= _NO_NAME if any(p.name is None for p in main) else 1
    value *= _NO_STATE if any(p.state is None for p in main) else 1
    value *= _PUBLICATION_DAY if dated.basis in ("publication", None) else 1
    return round(value, 3)
