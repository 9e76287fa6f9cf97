"""States as archives name them: by the name of the time, by an adjective, by the archive's slug.

The day decides between a state and its predecessor: `U.S.S.R.` in 1974 is SUN although the
archive files it under `russia`, and Kosovo in 1999 is part of what was then Yugoslavia.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from kg.ids import fold
from ontology.lexicon import State, at_hand, for_each_lexicon

_PARENTHESES: Final = re.compile(r"\s*\(([^)]*)\)")
_LONGEST_NAME: Final = 6


def state_code(name: str, slug: str | None, day: date) -> str | None:
    """Code of the state that an archive calls `name` on `day`; None where it cannot be told.

    Args:
        name: of the time, e.g. "Korea, Republic of", "Yugoslavia (Kosovo)".
        slug: the archive's own key for the state, e.g. "korea-south".
    """
    by_name = [code for form in _forms(name) for code in _names().get(fold(form), ())]
    by_slug = list(_slugs().get(slug or "", ()))
    candidates = [*by_name, *by_slug]
    return _existing(candidates, day) or _related(candidates, day) or next(iter(candidates), None)


def named_code(name: str, day: date) -> str | None:
    """Code of the state or organization that a text calls `name` on `day`."""
    found = state_code(name, None, day)
    return found or next(iter(_organizations().get(fold(name), ())), None)


def leading_party(words: list[str], day: date) -> tuple[str, int] | None:
    """A state's adjective or a party's name that `words` open with: its code, how many words.

    "West German Chancellor Brandt" gives ("DEU", 2), "EU High Representative" ("EU", 1).
    """
    for length in range(min(_LONGEST_NAME, len(words) - 1), 0, -1):
        key = fold(" ".join(words[:length])).removesuffix("'s")
        codes = [*_adjectives().get(key, ()), *_names().get(key, ())]
        code = _existing(codes, day) or _related(codes, day) or next(iter(codes), None)
        code = code or next(iter(_organizations().get(key, ())), None)
        if code:
            return code, length
    return None


def code_of(field: str, day: date) -> str | None:
    """Code that a table's cell means: the code itself, or a name."""
    data = at_hand()
    return field if field in data.states or field in data.organizations else named_code(field, day)


def label_of(field: str) -> str:
    """How a sentence calls a code: its label; what is no code is left as it is."""
    data = at_hand()
    known = data.states.get(field) or data.organizations.get(field)
    return known.label if known else field


def _forms(name: str) -> list[str]:
    """The name as it stands, without its parenthesis, what is in it, and "X, Y of" turned round."""
    bare = _PARENTHESES.sub("", name)
    forms = [name, bare]
    head, comma, tail = bare.partition(", ")
    if comma:
        forms += [f"{tail} {head}", head]
    return forms + _PARENTHESES.findall(name)


def _existing(codes: Iterable[str], day: date) -> str | None:
    states = at_hand().states
    return next((code for code in codes if _existed(states[code], day)), None)


def _existed(state: State, day: date) -> bool:
    text = day.isoformat()
    return (not state.from_ or state.from_ <= text) and (not state.until or text < state.until)


def _related(codes: Iterable[str], day: date) -> str | None:
    """The one state before or after that existed on the day, if there is exactly one."""
    states, text = at_hand().states, day.isoformat()
    for code in codes:
        state = states[code]
        early = bool(state.from_ and text < state.from_)
        line = (
            _line(code, lambda s: s.predecessors) if early else _line(code, lambda s: s.successors)
        )
        found = [c for c in line if _existed(states[c], day)]
        if len(found) == 1:
            return found[0]
    return None


def _line(code: str, step: Callable[[State], tuple[str, ...]]) -> list[str]:
    states = at_hand().states
    line: list[str] = []
    open_ = list(step(states[code]))
    while open_:
        nearest = open_.pop(0)
        if nearest in states and nearest not in line:
            line.append(nearest)
            open_ += step(states[nearest])
    return line


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for key, code in pairs:
        if code not in index.get(key, ()):
            index[key] = (*index.get(key, ()), code)
    return index


@for_each_lexicon
def _names() -> dict[str, tuple[str, ...]]:
    """Certain names of all states, then the weak ones."""
    states = sorted(at_hand().states.items())
    strong = [(fold(n), code) for code, s in states for n in (s.label, *s.names)]
    return _index(strong + [(fold(n), code) for code, s in states for n in s.weak])


@for_each_lexicon
def _adjectives() -> dict[str, tuple[str, ...]]:
    states = sorted(at_hand().states.items())
    return _index((fold(n), code) for code, s in states for n in (*s.adjectives, *s.demonyms))


@for_each_lexicon
def _slugs() -> dict[str, tuple[str, ...]]:
    return _index((slug, code) for code, s in sorted(at_hand().states.items()) for slug in s.slugs)


@for_each_lexicon
def _organizations() -> dict[str, tuple[str, ...]]:
    organizations = sorted(at_hand().organizations.items())
    return _index((fold(n), code) for code, o in organizations for n in (o.label, *o.names))
