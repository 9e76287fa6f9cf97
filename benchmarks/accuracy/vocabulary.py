"""The word lists of `vocabulary.toml`, read once; frozen afterwards."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

_DATA: Final[dict[str, Any]] = tomllib.loads(
    files(__package__).joinpath("vocabulary.toml").read_text(encoding="utf-8")
)

LETTERS: Final = str.maketrans(_DATA["letters"])
PARTICLES: Final = frozenset[str](_DATA["names"]["particles"])
TITLES: Final = frozenset[str](_DATA["names"]["titles"])
EMPTY: Final = frozenset[str](_DATA["topics"]["empty"])
CODES: Final[Mapping[str, str]] = MappingProxyType(_DATA["codes"])
FORMATS: Final[Mapping[str, str]] = MappingProxyType(_DATA["formats"])
TREATMENTS: Final[Mapping[str, str]] = MappingProxyType(_DATA["treatments"])
SCALES: Final[Mapping[str, float]] = MappingProxyType(_DATA["scales"])
