"""A language's data, read once: nothing here depends on the report."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

PACKS = ("ru",)
"""Folders beside this module, in the order in which they are tried."""


class Pack:
    """One language: the tables of its files, by name.

    Attributes:
        code: the language's ISO 639-1 code.
        language, forms, contacts, content: the files of the folder, as read.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.language = _table(code, "language")
        self.forms = _table(code, "forms")
        self.contacts = _table(code, "contacts")
        self.content = _table(code, "content")
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
    return Pack(code)


def expanded(forms: str) -> Iterator[str]:
    """The words of a form list: "встрети|лся лась; встречается"."""
    for part in forms.split(";"):
        stem, bar, endings = part.strip().partition("|")
        if not bar and stem:
            yield stem
        for ending in endings.split():
            yield stem + ending


def _table(code: str, name: str) -> Mapping[str, Any]:
    folder = files("loaders.extraction.languages").joinpath(code)
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
