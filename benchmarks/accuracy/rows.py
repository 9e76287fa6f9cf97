"""The rows of the accuracy report: what each counts, and how its value comes from the counts.

Three kinds. `f1` counts (found, invented, missed) and gives F1; `share` counts (right, all) and
gives the share that is right; `harm` counts (wrong, all) and gives a share that should be 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Counts = tuple[int, ...]
Kind = Literal["f1", "share", "harm"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the report.

    Attributes:
        key: its name in the result files.
        title: its name in the tables.
        meaning: what it counts, for the reader of `benchmarks/README.md`.
        head: True if it has a column in the tables by style and by phenomenon.
    """

    key: str
    title: str
    kind: Kind
    meaning: str
    head: str = ""

    @property
    def zero(self) -> Counts:
        """Counts of nothing."""
        return (0, 0, 0) if self.kind == "f1" else (0, 0)

    def value(self, counts: Counts) -> float | None:
        """F1 or share, None where there was nothing to count."""
        if self.kind == "f1":
            found, invented, missed = counts
            total = 2 * found + invented + missed
            return 2 * found / total if total else None
        return counts[0] / counts[1] if counts[1] else None

    def right_and_wrong(self, counts: Counts) -> tuple[int, int]:
        """The counts as so many right and so many wrong."""
        if self.kind == "f1":
            return counts[0], counts[1] + counts[2]
        part, rest = counts[0], counts[1] - counts[0]
        return (part, rest) if self.kind == "share" else (rest, part)


def _f1(key: str, title: str, meaning: str, head: str = "") -> Row:
    return Row(key, title, "f1", meaning, head)


def _share(key: str, title: str, meaning: str, head: str = "") -> Row:
    return Row(key, title, "share", meaning, head)


def _harm(key: str, title: str, meaning: str, head: str = "") -> Row:
    return Row(key, title, "harm", meaning, head)


_WITHIN = "inside paired meetings"
_OVERALL = "also counting what a missed or invented meeting costs"
STATUS_ROWS: Final = ("planned", "cancelled", "denied", "background")

GOLD_ROWS: Final[tuple[Row, ...]] = (
    _f1("held", "held meetings", "held meetings found that share a principal with an annotated one", "held"),
    _f1("held-remarks", "held, remarks before it", "the same, a plan accepted where remarks precede the meeting"),
    _f1("held-counterpart", "held, counterpart right", "the same, both sides of the contact agreeing", "cpart"),
    _harm("false-held-empty", "false held, no contact", "reports of no contact at all that are given a held meeting"),
    _harm("false-held-plans", "false held, only plans", "reports of plans, denials or background only that are given a held meeting"),
    _harm("false-held", "false held, both", "reports without a held meeting that are given one", "false"),
    _f1("participants", "participants", f"surname and state, {_OVERALL}", "part."),
    _f1("participants-within", "participants, within", f"surname and state, {_WITHIN}"),
    _f1("names", "names", f"surnames, {_OVERALL}"),
    _f1("states", "states", f"states, {_OVERALL}"),
    _share("office", "office", "offices of participants found by name that share half of the words", "office"),
    _share("role", "principal or attendee", "participants found by name whose part in the meeting is right"),
    _harm("not-participants", "not participants", "persons annotated as no participant (spokespersons, absent senders, leaders talked about) given as one"),
    _share("date", "date", "dates exactly right", "date"),
    _share("date-near", "date within a day", "dates right or a day off"),
    _share("place", "place", "places that the text names, given by name", "place"),
    _share("place-state", "state of the place", "the state of the place right"),
    _share("no-place", "no place invented", "meetings without a place that are given none"),
    _share("format", "format", "in-person, phone or video told apart", "format"),
    _f1("topics", "topics", f"topics with half of the words in common (Dice 0.5), {_OVERALL}", "topics"),
    _f1("topics-within", "topics, within", f"the same, {_WITHIN}"),
    _share("agreed-or-not", "agreed or not", "of the topics found, told apart whether they were agreed"),
    _share("treatment", "treatment", "of the topics found, the treatment of the seven right"),
    _f1("agreed", "agreed items", f"topics that were agreed, found as agreed, {_WITHIN}"),
    _f1("documents", "documents", "documents of held meetings, by their titles", "docs"),
    _share("document-status", "document status", "of the documents found, what became of them right"),
    _f1("figures", "figures", "figures of held meetings, within 1 % and the same period", "figs"),
    _f1("planned", "planned", "plans found as plans, by both sides", "plans"),
    _f1("cancelled", "cancelled", "cancellations found as such"),
    _f1("denied", "denied", "denials found as such"),
    _f1("background", "background", "earlier meetings recalled, found as such"),
)  # fmt: skip

_BY_KIND = (
    ("call", "calls"), ("meeting", "meetings"), ("talks", "talks"), ("video", "video talks"),
    ("remarks_at_meeting", "remarks at a meeting"), ("multilateral", "multilateral items"),
)  # fmt: skip
SILVER_ROWS: Final[tuple[Row, ...]] = (
    _share("found", "held contact found", "reports whose title tells of a contact that are given a held meeting"),
    *(_share(f"found-{k}", f"- {t}", f"the same, {t} only") for k, t in _BY_KIND),
    _share("remarks", "- remarks, a plan accepted", "remarks given a held or a planned meeting"),
    _share("counterpart", "with the right counterpart", "a held meeting that names somebody of the title"),
    *(_share(f"counterpart-{k}", f"- {t}", f"the same, {t} only") for k, t in _BY_KIND),
    _share("surname-recall", "counterparts found", "surnames of the title found as participants"),
    _share("surname-precision", "counterparts right", "other principals than the host that the title names"),
    _share("format", "format", "in-person, phone or video as the title says"),
    _share("date", "date", "dates as the text gives them"),
    _share("date-near", "date within a day", "dates right or a day off"),
    _share("place", "place", "the place that the text names"),
    _share("place-site", "place of the site's own field", "given places that agree with it"),
    _harm("false-held", "false held, both", "plans and domestic meetings given as held"),
    _harm("false-held-announcement", "- announcements", "announced meetings given as held"),
    _harm("false-held-travel", "- announced trips", "announced trips given as a held meeting"),
    _harm("false-held-domestic", "- domestic meetings", "domestic meetings given as held contacts"),
)  # fmt: skip


def rows_by_key(rows: tuple[Row, ...]) -> Mapping[str, Row]:
    """The rows under their names in the result files."""
    return {row.key: row for row in rows}
