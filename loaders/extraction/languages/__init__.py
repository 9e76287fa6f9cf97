"""Reports in other languages than English: one engine that reads a folder of data a language.

A language is a *pack*: its small words, its forms, its words of contact and of content, as TOML in
a folder here. No module of the engine knows a word of any language; English, which has its own
reading, is only recognised here. How to add one is told in CONTRIBUTING.md.
"""

from __future__ import annotations

from loaders.extraction.languages.detect import language_of
from loaders.extraction.languages.reading import extract_with, pack_of, told_by

__all__ = ["extract_with", "language_of", "pack_of", "told_by"]
