"""Who is meant in the second sentence of a report: all pairs of the sentences of `discourse.toml`."""

from __future__ import annotations

import tomllib
from itertools import product
from pathlib import Path

import pytest

from kg.model import Report, Source
from loaders.extraction import extract

_SCENES = tomllib.loads(Path(__file__).with_name("discourse.toml").read_text(encoding="utf-8"))
_PARTIES = {
    "A": ("President Hayk Sargsyan", "Sargsyan", "ARM"),
    "B": ("Norwegian Foreign Minister Lars Lunde", "Lunde", "NOR"),
    "C": ("Speaker of the National Assembly Ruben Hakobyan", "Hakobyan", "ARM"),
    "E": ("Foreign Minister Aram Petrosyan", "Petrosyan", "ARM"),
    "G": ("State Secretary Kari Moe", "Moe", "NOR"),
    "D": ("Latvian Foreign Minister Edgars Kalnins", "Kalnins", "LVA"),
}
_WORDS = {
    **{sign: party[0] for sign, party in _PARTIES.items()},
    **{sign.lower(): party[1] for sign, party in _PARTIES.items()},
    **{f"{sign.lower()}1": " ".join(party[0].split()[-2:]) for sign, party in _PARTIES.items()},
    "n": "Norwegian",
}


def told(first: str, then: str) -> list[list[tuple[str, str | None]]]:
    text = f"YEREVAN, March 10 - {first.format(**_WORDS)}\n\n{then.format(**_WORDS)}"
    report = Report("x", text, Source("x"), published="2022-03-11", outlet="armenpress.am")
    held = [m for m in extract(report).meetings if m.status == "held"]
    return sorted(
        sorted(((p.name or "?").split()[-1], p.state) for p in m.participants) for m in held
    )


@pytest.mark.parametrize("scene", _SCENES["scene"], ids=lambda scene: scene["id"])
def test_the_second_sentence_tells_of_those_whom_the_first_names(
    scene: dict[str, list[str]],
) -> None:
    expected = sorted(sorted(_PARTIES[sign][1:] for sign in pair) for pair in scene["meetings"])
    wrong = [
        (first, then, found)
        for first, then in product(scene["first"], scene["then"])
        if (found := told(first, then)) != expected
    ]
    assert wrong == []
