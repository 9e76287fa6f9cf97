"""The words of contact of one language: what may tell of a contact, and what of its outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from loaders.extraction.languages.lexis import Lexis
from loaders.extraction.languages.pack import Pack, expanded
from loaders.extraction.languages.words import Words

Tense = Literal["past", "present", "future", "infinitive", "passive"]
_TENSES: tuple[Tense, ...] = ("past", "present", "future", "infinitive", "passive")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `contacts.toml`."""

    id: str
    kind: str
    format: str
    persons: bool = False


class Phrases:
    """The words of contact of one language."""

    def __init__(self, own: Pack, names: Lexis) -> None:
        self._lexis, table = names, own.contacts
        self.verbs: dict[str, list[tuple[Row, Tense]]] = {}
        self.nouns: dict[str, list[Row]] = {}
        self.gatherings: frozenset[str] = frozenset()
        self.taking_part = ("", frozenset[str]())
        for row in table["contact"]:
            self._add(own, row)
        self.light = _tensed(own, table["light"])
        self.happen = _tensed(own, table["happen"])
        self.status = {
            own.low(w): row["id"] for row in table["status"] for w in expanded(row["words"])
        }
        around = table["around"]
        self.around = {name: frozenset(map(own.low, text.split())) for name, text in around.items()}
        words = own.language["words"]
        self.prepositions = own.words("words", "prepositions")
        self.with_, self.between = own.words("words", "with"), own.words("words", "between")
        self.negation = own.words("words", "negation")
        self.clause = own.words("words", "clause") | {own.low(words["that"])}
        # "между МИД России и МИД Турции": the ministry stands for its state.
        self.joins = own.words("words", "joins") | own.words("words", "offices_of_ministry") | {","}
        self.at_ = own.words("words", "at")

    def _add(self, own: Pack, row: dict[str, Any]) -> None:
        made = Row(row["id"], row["kind"], row["format"], bool(row.get("persons")))
        for tense in _TENSES:
            for word in expanded(row.get(tense, "")):
                self.verbs.setdefault(own.low(word), []).append((made, tense))
        nouns = [own.low(w) for w in row.get("nouns", "").split()]
        for noun in nouns:
            self._lexis.learn(noun)
        if made.kind == "talk":
            for noun in nouns:
                self.nouns.setdefault(noun, []).append(made)
        if made.kind == "gather":
            self.gatherings = frozenset(nouns)
            verbs = frozenset(map(own.low, expanded(row["verbs"])))
            self.taking_part = (own.low(row["with_noun"]), verbs)

    def noun(self, words: Words, i: int) -> tuple[Row, bool] | None:
        """The row of a noun of contact at `i`, and whether it is of several contacts."""
        for form in self._lexis.readings(words.lows[i]):
            for row in self.nouns.get(form.word, ()):
                return row, form.several and not self._is_always_plural(form.word)
        return None

    def _is_always_plural(self, noun: str) -> bool:
        return all(f.plural for f in self._lexis.readings(noun) if f.word == noun)

    def is_gathering(self, words: Words, i: int) -> bool:
        """True for a noun that people take part in."""
        return any(f.word in self.gatherings for f in self._lexis.readings(words.low(i)))


def _tensed(own: Pack, table: dict[str, str]) -> dict[str, Tense]:
    return {own.low(w): tense for tense in _TENSES for w in expanded(table.get(tense, ""))}
