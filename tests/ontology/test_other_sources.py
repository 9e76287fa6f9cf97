"""The leaders compared with an independent list (REIGN), where it lies beside the project.

REIGN (Rulers, Elections and Irregular Governance) names one effective leader per state and time,
mostly by surname, with month and year of the end. Its state codes are those of the Correlates of
War; `correlates_of_war.csv` has the ones that differ from ours.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from kg.spelling import name_tokens
from tests.ontology.reference import LEXICON, first_day, last_day, line

HERE = Path(__file__).parent
REIGN = HERE.parents[2] / "shared" / "data" / "reference" / "reign_leaders_2021-03.csv"
SINCE = date(1990, 1, 1)
# San Marino elects two heads of state every half year; its foreign ministers are listed instead.
NOT_LISTED = {"SMR"}
# The two lists date an irregular handover differently by weeks.
SLACK = timedelta(days=62)


@dataclass(frozen=True)
class Spell:
    """One leader's time as REIGN has it."""

    code: str
    name: str
    first: date
    last: date


def _codes() -> dict[str, str]:
    with (HERE / "correlates_of_war.csv").open(encoding="ascii", newline="") as handle:
        return {row["cow"]: row["code"] for row in csv.DictReader(handle)}


def _end(year: str, month: str) -> date:
    if not year:
        return date(2021, 3, 1)
    following = date(int(year), int(month), 28) + timedelta(days=4)
    return following.replace(day=1) - timedelta(days=1)


def spells() -> Iterator[Spell]:
    codes = _codes()
    with REIGN.open(encoding="utf-8", errors="replace", newline="") as handle:
        for row in csv.DictReader(handle):
            first = date(int(row["syear"]), int(row["smonth"]), int(row["sdate"]))
            last = _end(row["eyear"], row["emonth"])
            code = codes.get(row["stateabb"], row["stateabb"])
            yield Spell(code, row["leader"], first, last)


@cache
def words_of(person: str) -> frozenset[str]:
    known = LEXICON.persons[person]
    return frozenset(t for n in (known.label, *known.names, *known.short) for t in name_tokens(n))


def is_known(spell: Spell) -> bool:
    """True if somebody of one of these names held a post of the state (or the one before) then."""
    near = {spell.code, *line(spell.code, back=True), *line(spell.code, back=False)}
    wanted = {t for t in name_tokens(spell.name) if len(t) > 1}
    return any(
        t.state in near
        and first_day(t.from_) - SLACK <= spell.last
        and (t.until is None or last_day(t.until) + SLACK >= spell.first)
        and wanted & words_of(t.person)
        for t in LEXICON.tenures
    )


@pytest.mark.skipif(not REIGN.exists(), reason=f"{REIGN.name} is not beside the project")
def test_nearly_all_effective_leaders_since_1990_are_known() -> None:
    recent = [s for s in spells() if s.last >= SINCE and s.code not in NOT_LISTED]
    unknown = [s for s in recent if not is_known(s)]
    assert len(recent) > 1000
    assert len(unknown) <= len(recent) * 0.03, [f"{s.code} {s.name} {s.first}" for s in unknown]
