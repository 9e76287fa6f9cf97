"""Who stood on either side of a contact, and who was spoken of at one point of a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from loaders.extraction.cast import Ref
from loaders.extraction.office_kinds import kind_of
from ontology.lexicon import lexicon

# Offices that no organization has beside its own.
_OF_STATES = frozenset(
    {"head-of-government", "legislature", "minister", "foreign-minister", "royal"}
)


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
    together: tuple[tuple[Ref, ...], ...]
    last_object: tuple[Ref, ...]


def like_neighbour(ref: Ref, before: list[Ref]) -> Ref:
    """ "Crown Prince X and Energy Minister Y": Y is of X's state if nothing else is said."""
    apart = ref.mention.body and "party" not in (ref.office or "").lower()
    if (ref.state is None or ref.assumed) and ref.office and not apart and before:
        own = kind_of(ref.office) == "envoy"  # an ambassador's neighbour is the host's more often
        told = (r for r in reversed(before) if own or kind_of(r.office or "") != "envoy")
        state = next((r.state for r in told if r.state and not r.assumed), None)
        if state in lexicon().organizations and kind_of(ref.office) in _OF_STATES:
            return ref  # "the Speaker of the Parliament and the Head of the EU Delegation"
        if state is not None:
            return replace(ref, state=state, assumed=True)
    return ref


def of_two_parties(
    refs: tuple[Ref, ...], alone: tuple[Ref, ...], home: Callable[[str | None], str | None]
) -> tuple[Ref, ...]:
    """ "The Cuban minister and Minister X signed": X is the publisher's own, not Cuban too.

    Args:
        refs: the two named together, the second of the state of the first if nothing else is said.
        alone: the same, each as if named alone.
        home: the publisher's state for an office told without one.
    """
    if len(refs) != 2 or len({r.state for r in refs}) > 1 or not refs[-1].assumed:
        return refs
    if len(alone) != 2 or len({r.state for r in alone if r.state}) > 1:
        return alone if len(alone) == 2 else refs
    own = home(alone[-1].office) if alone[-1].state is None else None
    return refs if own in (None, refs[0].state) else (refs[0], replace(refs[1], state=own))


def of_one_delegation(
    refs: tuple[Ref, ...], others: tuple[Ref, ...], lend: Callable[[Ref, str], None]
) -> tuple[Ref, ...]:
    """ "Deputy Premier A and Peru's Minister B": A is of Peru too, here and in what follows.

    Args:
        others: the other side; who stands there too learns nothing.
        lend: remembers the state of somebody.
    """
    made = tuple(like_neighbour(r, [*refs[n + 1 :]][::-1]) for n, r in enumerate(refs))
    across = {r.identity for r in others}
    for before, ref in zip(refs, made, strict=True):
        if ref.state is not None and before.identity not in across:
            lend(before, ref.state)
    return made


def dealt_out(
    refs: tuple[Ref, ...], last: tuple[Ref, ...], party: Callable[[Ref], str | None]
) -> tuple[Ref, ...]:
    """ "The defence ministers of the two countries, C and D": of the sides told of last, in their order.

    Args:
        last: those who met in the meeting told of last.
        party: the state of somebody, the publisher's own told without it.
    """
    told = [r for r in refs if r.name and r.office and not r.mention.states]
    states = [s for r in last if (s := party(r)) is not None]
    one_office = len({r.mention.office for r in refs}) == 1 and len(told) == len(refs)
    if not one_office or not len(refs) == len(last) == len(states) == len(set(states)) > 1:
        return refs
    if {r.identity for r in refs} & {r.identity for r in last}:
        return refs
    known = [None if r.assumed else r.state for r in refs]
    for order in (states, states[::-1]):
        if all(k in (None, s) for k, s in zip(known, order, strict=True)):
            return tuple(replace(r, state=s) for r, s in zip(refs, order, strict=True))
    return refs


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
