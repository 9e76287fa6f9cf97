"""What a mention of a person or party is."""

from __future__ import annotations

from dataclasses import dataclass

from ontology.lexicon import lexicon

_ANY_KIND = frozenset({"leader", ""})  # said of whoever leads


@dataclass(frozen=True, slots=True)
class Mention:
    """One person or party as a sentence names it.

    Attributes:
        first, last: its words; start, end: its characters.
        written: the name as the text has it; name: in the nominative, once that is known.
        office: in the nominative; kind: of the office, from the list of offices.ttl.
        states: codes; several for "президенты России и Турции".
        cases: that its head may stand in, empty where nothing tells.
        before: the word before it, as it is compared.
        titled: a form of address stands before the name.
        role: "person", "party", "counterpart", "guest", "sides" or "pronoun".
    """

    first: int
    last: int
    start: int
    end: int
    written: str | None = None
    name: str | None = None
    office: str | None = None
    kind: str | None = None
    states: tuple[str, ...] = ()
    cases: str = ""
    plural: bool = False
    before: str = ""
    role: str = "person"
    titled: bool = False


def kind_of(slug: str) -> str:
    """The kind of an office by its slug; nothing for one that is said of whoever leads."""
    office = lexicon().offices.get(slug)
    return office.kind if office and slug not in _ANY_KIND else ""


def cased(title: str, head: str) -> str:
    """The office with its first letter as the text has it."""
    first = title[0].upper() if head[0].isupper() else title[0].lower()
    return first + title[1:]
