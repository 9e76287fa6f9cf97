"""States as of the day of a report: "the Russian side" of 1974 is the Soviet one.

Only where a state did not exist yet and its one predecessor of that day had the same capital.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from loaders.extraction.mention import Group
from loaders.extraction.sketch import Sketch
from ontology.lexicon import State, lexicon


def of_its_time(drawn: Sketch, day: date | None) -> Sketch:
    """A sketch whose mentions have the codes of the states that existed on a day."""
    codes = _elders(day.isoformat()) if day is not None else {}
    if not codes or not any(s in codes for g in drawn.groups for m in g.members for s in m.states):
        return drawn
    return replace(drawn, groups=tuple(_aged(group, codes) for group in drawn.groups))


def code_at(code: str | None, day: date | None) -> str | None:
    """The code of the state that a name of today meant on a day."""
    if code is None or day is None:
        return code
    return _elders(day.isoformat()).get(code, code)


def _aged(group: Group, codes: Mapping[str, str]) -> Group:
    members = tuple(
        replace(m, states=tuple(dict.fromkeys(codes.get(s, s) for s in m.states)))
        for m in group.members
    )
    return replace(group, members=members)


@lru_cache(maxsize=64)
def _elders(day: str) -> Mapping[str, str]:
    """Each state that did not exist on a day, with the one in whose place it came."""
    states = lexicon().states
    found: dict[str, str] = {}
    for code in sorted(states):
        state = states[code]
        before = [p for p in state.predecessors if p in states and _existed(states[p], day)]
        if state.from_ is not None and _years_before(state.from_, day) and len(before) == 1:
            if states[before[0]].capital == state.capital:
                found[code] = before[0]
    return found


_EVE = 2  # years before its birth in which a state may already have a government of its own
_SETTLED = 10  # years after which a union is no new name for one of its parts


def _years_before(born: str, day: str) -> bool:
    return int(day[:4]) + _EVE < int(born[:4])


def _existed(state: State, day: str) -> bool:
    old = state.from_ is None or int(day[:4]) - int(state.from_[:4]) > _SETTLED
    return old and day < (state.until or "9999")
