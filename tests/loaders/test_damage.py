"""Files that were good once: whatever is cut off or changed in one, nothing is ever raised."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.model import Refusal
from loaders import read_path

GOLDEN = Path(__file__).parent.parent / "golden"
FILES = sorted(p for p in GOLDEN.glob("*/*/*") if p.is_file() and p.name != "expected.json")


def damaged(data: bytes) -> list[bytes]:
    """The file cut off at three places, and with bytes changed in three ways, always the same."""
    chance = random.Random(len(data))
    found = [data[: len(data) * part // 4] for part in (1, 2, 3)]
    for count in (1, 5, 40):
        changed = bytearray(data)
        for _ in range(count if data else 0):
            changed[chance.randrange(len(data))] = chance.randrange(256)
        found.append(bytes(changed))
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda f: str(f.relative_to(GOLDEN)))
def test_a_damaged_file_is_read_or_refused_in_one_line(tmp_path: Path, file: Path) -> None:
    for number, data in enumerate(damaged(file.read_bytes())):
        path = tmp_path / f"{number}-{file.name}"
        path.write_bytes(data)
        outcomes = list(read_path([path]))
        assert outcomes
        for outcome in outcomes:
            assert not isinstance(outcome, Refusal) or "\n" not in outcome.path + outcome.reason
