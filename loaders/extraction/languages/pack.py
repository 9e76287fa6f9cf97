"""A language's data, read once: nothing here depends on the report."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

PACKS = ("ru",)
"""Folders beside this module, in the order in which they are tried."""


class Pack:
    """One language: the tables of its files, by name.

    Attributes:
        code: the language's ISO 639-1 code.
        language, forms, contacts, content: the files of the folder, as read.
        names: what the language calls states, places, offices ... beyond the reference data.
    """

    def __init__(self, folder: Traversable) -> None:
        self.language = _table(folder, "language")
        self.code: str = self.language["code"]
        self.forms = _table(folder, "forms")
        self.contacts = _table(folder, "contacts")
        self.content = _table(folder, "content")
        self.names = _table(folder, "names")
        self._fold = str.maketrans(self.forms.get("fold", {}))

    def low(self, word: str) -> str:
        """A word as it is compared: small letters, letters of one sound as one."""
        return word.lower().replace("’", "'").translate(self._fold)

    def words(self, section: str, name: str) -> frozenset[str]:
        """A list of `language.toml`, each word as it is compared."""
        return frozenset(self.low(w) for w in self.language[section].get(name, "").split())


@cache
def pack(code: str) -> Pack:
    """The pack of a language that there is one for."""
    return Pack(files("loaders.extraction.languages").joinpath(code))


def expanded(forms: str) -> Iterator[str]:
    """The words of a form list: "встрети|лся лась; встречается"."""
    for part in forms.split(";"):
        stem, bar, endings = part.strip().partition("|")
        if not bar and stem:
            yield stem
        for ending in endings.split():
            yield stem + ending


def _table(folder: Traversable, name: str) -> Mapping[str, Any]:
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
