"""Our rows against those of the shared scorer, on real annotations with predictions made wrong."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.accuracy.annotations import read_lines, read_reports
from benchmarks.accuracy.extractors import predictor
from benchmarks.accuracy.outcome import Outcome, total
from benchmarks.accuracy.reading import Words, annotation
from benchmarks.accuracy.score import score
from benchmarks.accuracy.silver import label_of, score_title

Record = dict[str, Any]
GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"
SAME_ROWS = {
    "held": "held detection",
    "held-remarks": "held detection (planned accepted for opening remarks)",
    "held-counterpart": "held detection, counterpart",
    "participants": "participants surname+state (end-to-end)",
    "participants-within": "participants surname+state (matched)",
    "names": "participants name (end-to-end)",
    "states": "participants state (end-to-end)",
    "office": "office accuracy",
    "role": "principal/attendee accuracy",
    "date": "date exact",
    "date-near": "date within 1 day",
    "place": "place name",
    "place-state": "place state",
    "no-place": "no place when gold has none",
    "format": "format",
    "topics": "topics (end-to-end)",
    "topics-within": "topics (matched)",
    "agreed-or-not": "treatment agreed vs not",
    "treatment": "treatment full",
    "agreed": "agreed items (matched)",
    "documents": "documents F1",
    "document-status": "document status",
    "figures": "figures F1",
}
SAME_TITLE_ROWS = {
    "found": "held found: all",
    "remarks": "held found: remarks (held or planned)",
    "counterpart": "held with the right counterpart: all",
    "surname-recall": "counterpart surname recall",
    "surname-precision": "counterpart surname precision",
    "format": "kind/format",
    "date": "date exact",
    "date-near": "date within 1 day",
    "place": "place (place_in_text)",
    "place-site": "place (site location field, when predicted)",
    **{f"found-{kind}": f"held found: {kind}" for kind in ("call", "meeting", "talks", "video", "multilateral")},
    **{f"counterpart-{kind}": f"held with the right counterpart: {kind}" for kind in ("call", "meeting", "talks")},
}  # fmt: skip


@pytest.fixture(scope="module")
def theirs(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        "shared_scorer", shared / "score/score_extraction.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counts(row: dict[str, int] | None) -> tuple[int, ...]:
    if row is None:
        return ()
    return tuple(row[key] for key in (("tp", "fp", "fn") if "tp" in row else ("ok", "n")))


def without_zeros(rows: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    return {key: numbers for key, numbers in rows.items() if any(numbers)}


def status_row(confusion: dict[str, int], status: str) -> tuple[int, int, int]:
    found = confusion.get(f"{status} -> {status}", 0)
    given = sum(n for key, n in confusion.items() if key.endswith(f"-> {status}"))
    asked = sum(n for key, n in confusion.items() if key.startswith(f"{status} ->"))
    return found, given - found, asked - found


def their_rows(
    theirs: ModuleType, gold: list[Record], found: dict[str, Record]
) -> dict[str, tuple[int, ...]]:
    rows, _ = theirs.score_gold(gold, found)
    mine = {key: counts(rows[name]) for key, name in SAME_ROWS.items()}
    confusion = rows["status confusion"]
    mine |= {s: status_row(confusion, s) for s in ("planned", "cancelled", "denied", "background")}
    absent = rows["false held on documents without held"]
    for key, name in (
        ("false-held-empty", "empty"),
        ("false-held-plans", "planned/background only"),
    ):
        mine[key] = (absent.get(f"affected {name}", 0), absent.get(f"documents {name}", 0))
    mine["false-held"] = tuple(
        map(sum, zip(mine["false-held-empty"], mine["false-held-plans"], strict=True))
    )
    listed = sum(len(g["not_participants"]) for g in gold)
    mine["not-participants"] = (rows["forbidden participants predicted"], listed)
    return without_zeros(mine)


def our_rows(gold: list[Record], found: dict[str, Record]) -> dict[str, tuple[int, ...]]:
    empty: Record = {"id": "", "meetings": []}
    outcomes = [
        score(annotation(record), annotation(found.get(record["id"], empty)).meetings)
        for record in gold
    ]
    return without_zeros(total(outcomes))


def written() -> list[Record]:
    """All written annotations, with spellings that other annotators might choose."""
    paths = sorted(GOLD.glob("written-*-gold.jsonl"))
    return [record for path in paths for _, record in read_lines(path)]


def expanded(shared: Path) -> Iterator[Record]:
    """The development annotations with words in place of spans."""
    texts: dict[str, Any] = {}
    for half in ("look", "held"):
        for _, record in read_lines(GOLD / f"development-{half}.jsonl"):
            file = record["file"]
            if file not in texts:
                texts[file] = read_reports(shared / f"data/reports/{file}.jsonl")
            report = texts[file][record["id"]]
            words = Words(report.text, report.title or "")
            for meeting in record["meetings"]:
                for kind, key in (
                    ("topics", "text"),
                    ("documents", "title"),
                    ("figures", "indicator"),
                ):
                    for item in meeting[kind]:
                        item[key] = words.of(item, key)
            yield record


@pytest.fixture(scope="module")
def gold(shared: Path) -> list[Record]:
    return [*written(), *expanded(shared)]


def spoilt(meeting: Record, chance: random.Random) -> Record:
    """A meeting with some of its facts changed, dropped, doubled, or spelled in another way."""
    made = deepcopy(meeting)
    made.pop("optional", None)
    for key, values in (
        ("status", ["held", "held", "held", "planned", "cancelled", "denied", "background"]),
        ("format", ["in-person", "phone", "video", "unspecified", "Telephone", "in person"]),
        (
            "date",
            [
                "2021-06-01",
                "2021-06",
                "2021-06-01/2021-06-03",
                None,
                made["date"] and made["date"][:7],
            ],
        ),
        (
            "place",
            [
                None,
                {"name": "Oslo", "state": "NOR"},
                {"name": "the city of Astana", "state": "KAZ"},
            ],
        ),
    ):
        if chance.random() < 0.2:
            made[key] = chance.choice(values)
    for kind in ("participants", "topics", "documents", "figures"):
        made[kind] = [
            spoilt_item(item, chance) for item in made.get(kind, ()) if chance.random() > 0.15
        ]
        if made[kind] and chance.random() < 0.2:
            made[kind].append(deepcopy(chance.choice(made[kind])))
        if chance.random() < 0.3:
            chance.shuffle(made[kind])
    return made


def spoilt_item(item: Record, chance: random.Random) -> Record:
    made = deepcopy(item)
    made.pop("optional", None)
    for key in ("name", "text", "title", "office"):
        words = str(made.get(key) or "").split()
        if words and chance.random() < 0.25:
            drop = chance.randrange(len(words))
            made[key] = " ".join(w for i, w in enumerate(words) if i != drop) or None
    if "state" in made and chance.random() < 0.1:
        made["state"] = chance.choice([None, "NOR", "RUS", "USA"])
    if "name" in made and chance.random() < 0.2:
        made["as_written"], made["name"] = made["name"], chance.choice([None, made["name"]])
    if "treatment" in made and chance.random() < 0.3:
        made["treatment"] = chance.choice(
            ["agreed", "discussed", "Called for", "urged", "praised", None]
        )
    if "value" in made and chance.random() < 0.4:
        made["value"] = chance.choice(
            [made["value"] * 1.009, made["value"] * 1.02, f"{made['value']:,}", "1.5 bn"]
        )
    if "status" in made and chance.random() < 0.3:
        made["status"] = chance.choice(["signed", "planned", "referred-to"])
    if made.get("role") and chance.random() < 0.2:
        made["role"] = chance.choice(["principal", "attendee", "envoy"])
    return made


def spoilt_report(record: Record, others: list[Record], chance: random.Random) -> Record:
    meetings = [spoilt(m, chance) for m in record["meetings"] if chance.random() > 0.1]
    while chance.random() < 0.25:
        foreign = chance.choice(others)["meetings"] or record["meetings"]
        meetings += [spoilt(chance.choice(foreign), chance)] if foreign else []
    chance.shuffle(meetings)
    return {"id": record["id"], "meetings": meetings}


@pytest.mark.parametrize("seed", range(8))
def test_every_row_is_that_of_the_shared_scorer_on_spoilt_annotations(
    seed: int, gold: list[Record], theirs: ModuleType
) -> None:
    chance = random.Random(seed)
    found = {r["id"]: spoilt_report(r, gold, chance) for r in gold if chance.random() > 0.05}
    assert our_rows(gold, found) == their_rows(theirs, gold, found)


def test_every_row_is_that_of_the_shared_scorer_on_our_own_extraction(
    shared: Path, gold: list[Record], theirs: ModuleType
) -> None:
    development = [record for record in gold if "file" in record]
    reports = {
        (name, r.id): r
        for name in ("state_dept_dev", "kremlin_dev")
        for r in read_reports(shared / f"data/reports/{name}.jsonl").values()
    }
    said = predictor()([reports[r["file"], r["id"]] for r in development])
    found = {str(record["id"]): json.loads(json.dumps(record)) for record in said if record}
    assert our_rows(development, found) == their_rows(theirs, development, found)


def silver_rows(outcomes: list[Outcome]) -> dict[str, tuple[int, ...]]:
    rows = total(outcomes)
    return without_zeros({key: rows.get(key, ()) for key in SAME_TITLE_ROWS})


@pytest.mark.parametrize("name", ["state_dept_dev", "kremlin_dev"])
def test_every_row_from_titles_is_that_of_the_shared_scorer(
    name: str, shared: Path, theirs: ModuleType
) -> None:
    path = shared / f"data/reports/{name}.jsonl"
    records = [record for _, record in read_lines(path)]
    labelled = [(r, label) for r in records if (label := label_of(r))][::5]
    reports = read_reports(path)
    said = predictor()([reports[r["id"]] for r, _ in labelled])
    found = {str(record["id"]): dict(record) for record in said if record}
    theirs_rows, _ = theirs.score_silver([r for r, _ in labelled], found)
    ours = [
        score_title(r["id"], label, annotation(found[r["id"]]).meetings) for r, label in labelled
    ]
    expected = {key: counts(theirs_rows.get(row)) for key, row in SAME_TITLE_ROWS.items()}
    assert silver_rows(ours) == without_zeros(expected)
    negatives = theirs_rows["negatives"]
    for kind in ("announcement", "travel", "domestic"):
        documents = negatives.get(f"{kind} documents", 0)
        wrong = negatives.get(f"{kind} documents with held", 0)
        assert total(ours).get(f"false-held-{kind}", (0, 0)) == (wrong, documents)
