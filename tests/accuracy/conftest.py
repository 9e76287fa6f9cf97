"""Small annotated sets about invented persons, and where the shared scorer lies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[3] / "shared"


def lines(path: Path, records: Iterable[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(r) + "\n" for r in records), encoding="utf-8")


TEXTS = [
    {
        "id": "a",
        "text": "President Adela Novak of Croatia met Prime Minister Jon Berg of Norway in Split on 2 May 2020."
        " They discussed fisheries and rail freight.",
        "published": "2020-05-03",
        "style": "agency, Adriatic",
    },
    {
        "id": "b",
        "text": "Foreign Minister Ana Kos of Malta will meet Foreign Minister Ola Lund of Sweden in Oslo.",
        "published": "2020-06-01",
        "style": "ministry",
    },
]
GOLD = [
    {
        "id": "a",
        "class": "meeting",
        "not_participants": [],
        "meetings": [
            {
                "status": "held",
                "format": "in-person",
                "date": "2020-05-02",
                "place": {"name": "Split", "state": "HRV"},
                "participants": [
                    {"name": "Adela Novak", "office": "President", "state": "HRV", "role": "principal"},
                    {"name": "Jon Berg", "office": "Prime Minister", "state": "NOR", "role": "principal"},
                ],
                "topics": [
                    {"text": "fisheries", "treatment": "discussed", "by": None},
                    {"text": "rail freight", "treatment": "discussed", "by": None},
                ],
                "documents": [],
                "figures": [],
            }
        ],
    },
    {
        "id": "b",
        "class": "planned",
        "not_participants": [],
        "meetings": [
            {
                "status": "planned",
                "format": "in-person",
                "date": None,
                "place": {"name": "Oslo", "state": "NOR"},
                "participants": [
                    {"name": "Ana Kos", "office": "Foreign Minister", "state": "MLT", "role": "principal"},
                    {"name": "Ola Lund", "office": "Foreign Minister", "state": "SWE", "role": "principal"},
                ],
            }
        ],
    },
]  # fmt: skip


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder with a look set and a held set, both of the same two reports."""
    folder = tmp_path / "gold"
    for name in ("written-look", "written-held"):
        lines(folder / f"{name}.jsonl", TEXTS)
        lines(folder / f"{name}-gold.jsonl", GOLD)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the project that holds the shared scorer and reports."""
    if not (SHARED / "score" / "score_extraction.py").is_file():
        pytest.skip("the shared scorer is not beside the project")
    return SHARED
