"""What a phrase says of a person or party, before anybody is identified."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from loaders.extraction.values import quickly_made

MentionKind = Literal["person", "role", "counterpart", "state", "nominal", "pronoun", "guest"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Mention:
    """One phrase that stands for a person, an office holder or a party.

    Attributes:
        start, end: characters of the whole phrase, titles and appositions included.
        name: the person's name as written, without titles.
        office: the office as written, without the state.
        states: codes the phrase itself gives; several only where a name is ambiguous.
        kind: "state" for a state or organization alone, "nominal" for "the two leaders", "guest" for
            one of the two as the other's guest or host.
        plural: it stands for several.
        definite: opened by "the", "his", ...
        possessive: followed by `'s`.
        spokesperson: speaks for others and takes part in nothing.
        body: of an institution that is no state and no known organization.
        honorific: a title of courtesy stood before the name.
        name_start: where the name begins, -1 without name.
        master: whom he serves, where only that one's name is told: "Kofi Annan's envoy".
        inherited: its states are those of its neighbour in a list.
    """

    start: int
    end: int
    name: str | None = None
    office: str | None = None
    states: tuple[str, ...] = ()
    kind: MentionKind = "person"
    plural: bool = False
    definite: bool = False
    possessive: bool = False
    spokesperson: bool = False
    body: bool = False
    honorific: bool = False
    name_start: int = -1
    master: str | None = None
    inherited: bool = False


@quickly_made
@dataclass(frozen=True, slots=True)
class Group:
    """Mentions told in one breath: "A, B and C"; very often just one."""

    start: int
    end: int
    members: tuple[Mention, ...]
