"""The scores of one set: in all, by style, by phenomenon, and the style that does worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.accuracy.calibration import reliability
from benchmarks.accuracy.cases import Case, GoldSet
from benchmarks.accuracy.facts import Annotation
from benchmarks.accuracy.matching import Meetings
from benchmarks.accuracy.outcome import Outcome, Trust, total
from benchmarks.accuracy.phenomena import groups_of
from benchmarks.accuracy.rows import Counts, Row
from benchmarks.accuracy.score import score
from benchmarks.accuracy.silver import score_title

FEW: Final = 3
"""Groups of fewer reports say little; of held sets they are not shown at all."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One report with its result."""

    case: Case
    found: Meetings
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Group:
    """Several reports together."""

    name: str
    reports: int
    counts: Mapping[str, Counts]

    def value(self, row: Row) -> float | None:
        """The value of a row, None where there was nothing to count."""
        return row.value(self.counts.get(row.key, row.zero))

    def overall(self, rows: Iterable[Row]) -> float | None:
        """Mean of the rows, harm counted as what was not harmed."""
        values = [
            1 - value if row.kind == "harm" else value
            for row in rows
            if (value := self.value(row)) is not None
        ]
        return sum(values) / len(values) if values else None


@dataclass(frozen=True, slots=True)
class Summary:
    """A set's scores."""

    which: GoldSet
    whole: Group
    styles: tuple[Group, ...]
    phenomena: tuple[Group, ...]
    trust: tuple[Trust, ...]

    @property
    def heads(self) -> tuple[Row, ...]:
        """The rows that have a column in the tables by style and phenomenon."""
        return tuple(row for row in self.which.rows if row.head)

    @property
    def worst_style(self) -> Group | None:
        """The style with the lowest mean over those columns; None where there is only one.

        A style of one or two reports says little, and is passed over where there are larger ones.
        """
        if len(self.styles) < 2:
            return None
        large = [g for g in self.styles if g.reports >= FEW] or self.styles
        return min(large, key=lambda g: (_known(g.overall(self.heads)), g.name))


def _known(value: float | None) -> float:
    return 1.0 if value is None else value


def score_case(case: Case, found: Meetings) -> Scored:
    """Score one report against what is known of it."""
    name, known = case.report.id, case.known
    if isinstance(known, Annotation):
        return Scored(case, found, score(known, found))
    return Scored(case, found, score_title(name, known, found))


def summary(which: GoldSet, scored: Sequence[Scored]) -> Summary:
    """The scores of a set from those of its reports."""
    styles: dict[str, list[Outcome]] = {}
    groups: dict[str, list[Outcome]] = {}
    for one in scored:
        styles.setdefault(one.case.style or "(none)", []).append(one.outcome)
        for name in groups_of(one.case):
            groups.setdefault(name, []).append(one.outcome)
    return Summary(
        which,
        _group(which.name, [one.outcome for one in scored]),
        _groups(which, styles),
        _groups(which, groups),
        tuple(trust for one in scored for trust in one.outcome.trust),
    )


def _groups(which: GoldSet, members: Mapping[str, Sequence[Outcome]]) -> tuple[Group, ...]:
    """By name; of held sets without the small ones, which would tell of single reports."""
    names = [n for n in sorted(members) if not which.held or len(members[n]) >= FEW]
    return tuple(_group(name, members[name]) for name in names)


def _group(name: str, outcomes: Sequence[Outcome]) -> Group:
    return Group(name, len(outcomes), total(outcomes))


def summary_json(result: Summary) -> dict[str, Any]:
    """The scores as the frozen result file has them; values to four places."""
    worst = result.worst_style
    return {
        "reports": result.whole.reports,
        "rows": {row.key: _row(result.whole, row) for row in result.which.rows if _counted(result.whole, row)},
        "worst_style": worst.name if worst else None,
        "styles": {g.name: _heads(g, result.heads) for g in result.styles},
        "phenomena": {g.name: _heads(g, result.heads) for g in result.phenomena},
        "calibration": {
            table.level: {
                "cases": table.cases,
                "brier": round(table.brier, 4),
                "bins": [[b.low, b.high, b.cases, round(b.said, 4), round(b.right, 4)] for b in table.bins],
            }
            for table in reliability(result.trust)
        },
    }  # fmt: skip


def _counted(group: Group, row: Row) -> bool:
    return any(group.counts.get(row.key, ()))


def _row(group: Group, row: Row) -> dict[str, Any]:
    value = group.value(row)
    return {
        "value": None if value is None else round(value, 4),
        "counts": list(group.counts[row.key]),
    }


def _heads(group: Group, heads: Iterable[Row]) -> dict[str, Any]:
    values = {row.key: value for row in heads if (value := group.value(row)) is not None}
    return {"reports": group.reports, **{key: round(value, 4) for key, value in values.items()}}
