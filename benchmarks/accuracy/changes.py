"""What changed against the committed results, report by report: better, worse, or other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from benchmarks.accuracy.cases import GoldSet
from benchmarks.accuracy.frozen import FrozenCase
from benchmarks.accuracy.rows import Counts, Row

Verdict = Literal["better", "worse", "other", "new", "gone"]
VERDICTS: Final[tuple[Verdict, ...]] = ("better", "worse", "other", "new", "gone")

# A meeting that is missed takes its wrong details with it: that is no gain.
_HELD: Final = ("held", "false-held", "found", "counterpart")


@dataclass(frozen=True, slots=True)
class Change:
    """How the result of one report differs from the frozen one.

    Attributes:
        rows: those that differ, with the counts before and now.
        mended, broken: what was wrong and is not any more, and the reverse, in words.
    """

    report: str
    verdict: Verdict
    rows: tuple[tuple[Row, Counts, Counts], ...] = ()
    mended: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


def changes(
    which: GoldSet, before: Mapping[str, FrozenCase], now: Mapping[str, FrozenCase]
) -> tuple[Change, ...]:
    """What differs, in the order of the reports; those that are gone come last."""
    found = [_change(which, name, before.get(name), case) for name, case in now.items()]
    gone = [Change(name, "gone") for name in before if name not in now]
    return tuple(change for change in (*found, *gone) if change is not None)


def _change(which: GoldSet, name: str, before: FrozenCase | None, now: FrozenCase) -> Change | None:
    if before is None:
        return Change(name, "new")
    pairs = (
        (row, before.rows.get(row.key, row.zero), now.rows.get(row.key, row.zero))
        for row in which.rows
    )
    rows = tuple(pair for pair in pairs if pair[1] != pair[2])
    mended, broken = _without(before.wrong, now.wrong), _without(now.wrong, before.wrong)
    if not (rows or mended or broken):
        return None
    return Change(name, _verdict(rows), rows, mended, broken)


def _without(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    left = Counter(others)
    left.subtract(some)
    return tuple(text for text in dict.fromkeys(some) if left[text] < 0)


def _verdict(rows: Sequence[tuple[Row, Counts, Counts]]) -> Verdict:
    """What the rows of held meetings say if they say anything, else what all rows say together."""
    held = _together([row for row in rows if row[0].key in _HELD])
    return held if held != "other" else _together(rows)


def _together(rows: Sequence[tuple[Row, Counts, Counts]]) -> Verdict:
    """Better if some row is and none is worse; worse likewise; else other."""
    verdicts = {row_verdict(*row) for row in rows}
    if "better" in verdicts and "worse" not in verdicts:
        return "better"
    return "worse" if "worse" in verdicts and "better" not in verdicts else "other"


def row_verdict(row: Row, before: Counts, now: Counts) -> Verdict:
    """Better: no fewer right and no more wrong than before; worse: the reverse; else other."""
    (right, wrong), (right_now, wrong_now) = row.right_and_wrong(before), row.right_and_wrong(now)
    if right_now >= right and wrong_now <= wrong:
        return "better"
    return "worse" if right_now <= right and wrong_now >= wrong else "other"


def change_lines(
    which: GoldSet, found: Sequence[Change], *, hidden: frozenset[str], most: int
) -> Iterator[str]:
    """What changed in a set: how many reports of each kind, then which and how.

    Args:
        hidden: reports of which nothing is told but that they are counted.
        most: reports to list.
    """
    counted = Counter(change.verdict for change in found)
    told = ", ".join(f"{counted[v]} {v}" for v in VERDICTS if counted[v]) or "nothing"
    yield f"{which.name}: {told}"
    listed = [c for c in found if c.verdict not in ("new", "gone") and c.report not in hidden]
    for change in listed[:most]:
        yield from _lines(change)
    if len(listed) > most:
        yield f"  ... and {len(listed) - most} more (--changes {len(listed)} lists all)"


def _lines(change: Change) -> Iterator[str]:
    rows = [f"{row.key} {_short(old)} -> {_short(new)}" for row, old, new in change.rows]
    yield f"  {change.verdict} {change.report}: {', '.join(rows) or 'in words only'}"
    yield from (f"    mended: {text}" for text in change.mended)
    yield from (f"    broken: {text}" for text in change.broken)


def _short(counts: Counts) -> str:
    return "/".join(map(str, counts))
