"""Headlines in capitals as running text would print them: "MR. MENZIES SEES LORD HOME".

A word is written as the report's own text writes it, so that its names and its verbs can be told apart.
Every letter stays in its place.
"""

from __future__ import annotations

import re

from loaders.extraction.contact_rows import grammar

_WORD = re.compile(r"[^\W\d_][\w'’]*")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w'’]*")  # a capital that no sentence begins with
_SMALL = re.compile(r"\b[a-z][\w'’]*")
_LONGEST = 20_000  # characters of a text that are looked at


def in_running_case(title: str, text: str) -> str:
    """A headline in capitals, word by word in the case of the text; any other headline as it is."""
    if not title.isupper() or " " not in title.strip():
        return title
    head = text[:_LONGEST]
    names = set(_INSIDE.findall(head))
    small = set(_SMALL.findall(head)) | grammar().forms.keys()
    return _WORD.sub(lambda found: _cased(found[0], names, small), title)


def _cased(word: str, names: set[str], small: set[str]) -> str:
    if word in names and len(word) > 1:
        return word  # letters of an organization
    capital, low = word.capitalize(), word.lower()
    written = capital if capital in names or low not in small else low
    return written if len(written) == len(word) else word
