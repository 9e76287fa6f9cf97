"""One small graph for all tests of the questions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.store.base import View
from tests.sample import sample


@pytest.fixture(scope="session")
def view() -> Iterator[View]:
    store = sample()
    yield store
    store.close()
