"""The bytes of an export do not depend on hash seed, time zone, locale or number of processes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
REPORTS = ROOT / "examples" / "reports"
_PROGRAM = """
import hashlib, io, random, sys
from pathlib import Path
from pyoxigraph import RdfFormat
from kg.pipeline import Pipeline
from kg.store.oxigraph import OxigraphStore

folder, seed, jobs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if __name__ == "__main__":
    files = sorted(p for p in Path(folder).iterdir() if p.suffix in (".txt", ".jsonl"))
    random.Random(seed).shuffle(files)
    store = OxigraphStore()
    half = seed % len(files)
    for batch in (files[:half], files[half:]):
        Pipeline(store).load(batch, jobs=jobs)
    output = io.BytesIO()
    store.export(output, RdfFormat.N_QUADS)
    print(hashlib.sha256(output.getvalue()).hexdigest())
"""


def digest_in(seed: int, *, jobs: int = 1, **environment: str) -> str:
    """Digest of the export of the example reports, loaded in an order of their own elsewhere."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", **environment}
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, str(REPORTS), str(seed), str(jobs)],
        env=settings, capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.fixture(scope="module")
def digest() -> str:
    return digest_in(0, PYTHONHASHSEED="0", TZ="UTC", LC_ALL="C.UTF-8")


@pytest.mark.parametrize(
    ("seed", "jobs", "environment"),
    [
        (7, 1, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Auckland", "LC_ALL": "C"}),
        (19, 2, {"PYTHONHASHSEED": "4242", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"}),
    ],
)
def test_order_hash_seed_zone_locale_and_processes_leave_no_trace(
    digest: str, seed: int, jobs: int, environment: dict[str, str]
) -> None:
    assert digest != hashlib.sha256(b"").hexdigest()
    assert digest_in(seed, jobs=jobs, **environment) == digest
