"""Who stood on either side of a contact, and who was spoken of at one point of a report."""

from __future__ import annotations

from dataclasses import dataclass, replace

from loaders.extraction.cast import Ref
from loaders.extraction.office_kinds import kind_of


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a contact; the second is empty where the first names all who met."""

    first: tuple[Ref, ...]
    second: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Who was spoken of at one point of a report; see `Scene`."""

    principal: Ref | None
    subject: Ref | None
    agent: Ref | None
    last_many: tuple[Ref, ...]
    last_object: tuple[Ref, ...]


def like_neighbour(ref: Ref, before: list[Ref]) -> Ref:
    """ "Crown Prince X and Energy Minister Y": Y is of X's state if nothing else is said."""
    if (ref.state is None or ref.assumed) and ref.office and not ref.mention.body and before:
        own = kind_of(ref.office) == "envoy"  # an ambassador's neighbour is the host's more often
        told = (r for r in reversed(before) if own or kind_of(r.office or "") != "envoy")
        state = next((r.state for r in told if r.state and not r.assumed), None)
        if state is not None:
            return replace(ref, state=state, assumed=True)
    return ref


def tells(office: str) -> bool:
    """False for a word that many offices share: "minister", "leader"."""
    return office.lower() not in (
        "leader",
        "official",
        "secretary",
        "minister",
        "head",
        "chief",
        "diplomat",
    )
