"""Somebody and whom he serves as one party: "President X's special envoy Y" is Y, for the state of X."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.mention import Group, Mention

_POSSESSIVE = re.compile(r"(?:['’]s?)? ?\Z")
_SERVANTS = re.compile(
    r"\b(?:envoy|representative|advis[eo]r|aide|assistant|chief of staff|secretary|deputy|emissary|mediator"
    r"|counsellor|private secretary)\b",
    re.IGNORECASE,
)


def without_superiors(source: str, groups: list[Group]) -> list[Group]:
    """The groups of a sentence, each superior dropped whose servant stands right behind."""
    made: list[Group] = []
    for group in groups:
        superior = made[-1] if made else None
        if superior is not None and _serves(source, superior, group):
            made.pop()
            first = group.members[0]
            states = first.states or superior.members[-1].states
            grown = replace(first, start=superior.start, states=states, body=False)
            group = Group(superior.start, group.end, (grown, *group.members[1:]))
        made.append(group)
    return made


def _serves(source: str, superior: Group, group: Group) -> bool:
    master, servant = superior.members[-1], group.members[0]
    return (
        len(superior.members) == 1
        and master.possessive
        and master.office is not None
        and _is_servant(servant)
        and _POSSESSIVE.fullmatch(source, superior.end, servant.start) is not None
    )


def _is_servant(mention: Mention) -> bool:
    return mention.office is not None and _SERVANTS.search(mention.office) is not None
