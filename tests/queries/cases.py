"""Parameters with which every question is asked in all three languages."""

from __future__ import annotations

CASES: tuple[tuple[str, dict[str, object]], ...] = (
    ("who-met-whom", {}),
    ("who-met-whom", {"status": "all"}),
    ("who-met-whom", {"person": "Kassym-Jomart Tokayev"}),
    ("who-met-whom", {"state": "KAZ", "with": "BLR"}),
    ("who-met-whom", {"with": "FRA"}),
    ("who-met-whom", {"person": "Kassym-Jomart Tokayev", "state": "BLR"}),
    ("who-met-whom", {"topic": "trade"}),
    ("who-met-whom", {"topic": "economy", "agreed": True}),
    ("who-met-whom", {"agreed": True}),
    ("who-met-whom", {"since": "2019", "until": "2019-12"}),
    ("who-met-whom", {"since": "2009-06-06", "until": "2009-06-06"}),
    ("who-met-whom", {"format": "phone", "status": "all"}),
    ("pair-history", {"a": "BLR", "b": "KAZ"}),
    ("pair-history", {"a": "Sarkozy", "b": "USA"}),
    ("what-was-agreed", {}),
    ("what-was-agreed", {"party": "KAZ", "topic": "trade"}),
    ("what-was-agreed", {"party": "Aleksandr Lukashenko", "since": "2019-10-25"}),
    ("what-was-agreed", {"until": "2018"}),
    ("topics-of-pair", {"a": "BLR", "b": "KAZ"}),
    ("topics-of-pair", {"a": "FRA", "b": "DEU"}),
    ("calls", {}),
    ("calls", {"party": "FRA"}),
    ("calls", {"party": "Nicolas Sarkozy", "since": "2008"}),
    ("visits", {}),
    ("visits", {"person": "Barack Obama", "state": "FRA", "since": "2009-06-07"}),
    ("who-met-both", {"a": "FRA", "b": "BLR"}),
    ("who-met-both", {"a": "USA", "b": "DEU"}),
    ("where-reports-disagree", {}),
    ("where-reports-disagree", {"party": "BLR", "about": "place"}),
)

_PERSONS = ("Aleksandr Lukashenko", "Kassym-Jomart Tokayev", "Nicolas Sarkozy", "Barack Obama")
_PARTIES = ("BLR", "KAZ", "FRA", "USA", "UN")
PAIRS: tuple[dict[str, object], ...] = tuple(
    {one: a, other: b}
    for one, other, first, second in (
        ("person", "with", _PERSONS, (*_PERSONS, *_PARTIES)),
        ("state", "with", _PARTIES, (*_PERSONS, *_PARTIES)),
        ("person", "state", _PERSONS, _PARTIES),
        ("topic", "person", ("economy",), _PERSONS),
        ("topic", "state", ("economy",), _PARTIES),
        ("topic", "with", ("economy", "trade"), (*_PERSONS, *_PARTIES)),
    )
    for a in first
    for b in second
    if a != b
)
"""Who met whom by two filters at once: each may be the one that fewer meetings have."""
