"""A loader that is imported late is known by the endings of the loader itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

from loaders import LOADERS
from loaders.late import LateLoader

LATE = [one for one in LOADERS if isinstance(one, LateLoader)]


@pytest.mark.parametrize("late", LATE, ids=lambda one: one.name)
def test_a_late_loader_is_listed_with_its_own_endings(late: LateLoader) -> None:
    assert late.suffixes == late.loader.suffixes
    assert (late.name, late.description) == (late.loader.name, late.loader.description)


def test_loaders_of_other_kinds_of_files_are_not_imported() -> None:
    asked = "import sys, loaders; print(sorted(m for m in sys.modules if m.startswith('loaders.')))"
    run = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert "'loaders.jsonl'" in run.stdout
    assert not any(f"'{one.place.partition(':')[0]}'" in run.stdout for one in LATE)
