"""Somebody and whom he serves as one party: "President X's special envoy Y" is Y, for the state of X."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.extraction.late_pattern import late
from loaders.extraction.mention import Group, Mention
from loaders.extraction.office_kinds import chairs_by_turns, is_ruler

_POSSESSIVE = re.compile(r"(?:['’]s?)? ?\Z")
_SERVANTS = late(
    r"\b(?:envoy|representative|advis[eo]r|aide|assistant|chief of staff|secretary|deputy|emissary|mediator"
    r"|counsellor|private secretary)\b",
    re.IGNORECASE,
)

_SENT = re.compile(r"\b(?:envoy|representative|emissary|mediator)\b", re.IGNORECASE)


def without_superiors(source: str, groups: list[Group]) -> list[Group]:
    """The groups of a sentence, each superior dropped whose servant stands right behind."""
    made: list[Group] = []
    for group in groups:
        superior = made[-1] if made else None
        if superior is not None and _serves(source, superior, group):
            made.pop()
            first = group.members[0]
            states = first.states or superior.members[-1].states
            bare = None if superior.members[-1].office else superior.members[-1].name
            grown = replace(first, start=superior.start, states=states, body=False, master=bare)
            group = Group(superior.start, group.end, (grown, *group.members[1:]))
        made.append(group)
    return _with_chairs(source, _with_masters(source, made))


def _with_chairs(source: str, groups: list[Group]) -> list[Group]:
    """ "the AU Chairperson, President X of Y": X, who is both."""
    made: list[Group] = []
    for group in groups:
        before, first = made[-1] if made else None, group.members[0]
        if (
            before is not None
            and _is_chair(before, first)
            and source[before.end : group.start] == ", "
        ):
            made.pop()
            office = f"{before.members[0].office} and {first.office}"
            grown = replace(first, start=before.start, office=office)
            group = Group(before.start, group.end, (grown, *group.members[1:]))
        made.append(group)
    return made


def _is_chair(group: Group, named: Mention) -> bool:
    chair = group.members[0]
    alone = len(group.members) == 1 and chair.name is None and chair.office is not None
    return (
        alone
        and chairs_by_turns(chair.office or "", chair.states)
        and named.kind == "person"
        and is_ruler(named.office)
    )


def _with_masters(source: str, groups: list[Group]) -> list[Group]:
    """ "the adviser to President X, Y": Y alone, for the state of X."""
    made: list[Group] = []
    groups = _with_matters(source, groups)
    served = False  # the last of those made is a servant with his master
    for group in groups:
        before = made[-1] if made else None
        if before is not None and served and _is_named_behind(source, before, group):
            made[-1] = _named(before, group)
            served = False
            continue
        if before is not None and _is_fielded(source, before, group):
            made[-1] = _named(before, group)
            served = False
            continue
        served = before is not None and _is_master_of(source, before, group)
        if before is not None and served:
            servant, master = before.members[0], group.members[0]
            sent = source[before.end : group.start] == " to " and _SENT.search(servant.office or "")
            states = servant.states or (() if sent else master.states)
            grown = replace(servant, end=master.end, states=states)
            made[-1] = Group(before.start, group.end, (grown,))
            continue
        made.append(group)
    return made


_MATTER = late(
    r",? (?:for|on|in|at|to|between|over) (?:the )?[^,;.:()\"“”]{3,110}, (?:Mrs?\.? |Ms\.? |Dr\.? )?"
)
_VERB = re.compile(r" (?:is|are|was|were|has|had|will|would|said|met|who|which|that) ")


def _with_matters(source: str, groups: list[Group]) -> list[Group]:
    """ "the mediator in the dispute between X and Y, NAME,": what he deals with names states and no parties."""
    made: list[Group] = []
    n = 0
    while n < len(groups):
        k = n + 1
        while k < len(groups) and all(m.kind == "state" for m in groups[k].members):
            k += 1
        if n + 1 < k < len(groups) and _deals_with(source, groups[n], groups[k]):
            made.append(_named(groups[n], groups[k]))
            n = k + 1
        else:
            made.append(groups[n])
            n += 1
    return made


def _deals_with(source: str, holder: Group, group: Group) -> bool:
    if not _is_role_and_name(source, holder, group) or not holder.members[-1].definite:
        return False
    between = source[holder.end : group.start]
    return _MATTER.fullmatch(between) is not None and _VERB.search(between) is None


_FIELD = late(
    r" (?:for|of|in charge of|responsible for) (?:the )?[a-z][\w’'-]*(?: [\w’'-]+){0,6}, (?:Mrs?\.? |Ms\.? |Dr\.? )?"
)


def _is_fielded(source: str, holder: Group, group: Group) -> bool:
    """ "the secretary of state for the opening to the South, NAME,": a field of work that no list has."""
    named = _is_role_and_name(source, holder, group)
    return named and _FIELD.fullmatch(source, holder.end, group.start) is not None


def _is_role_and_name(source: str, holder: Group, group: Group) -> bool:
    """An office without a name, and a full name closed by a mark."""
    one, named = holder.members[-1], group.members[0]
    role = (
        len(holder.members) == 1
        and one.kind == "role"
        and one.name is None
        and one.office is not None
    )
    bare = (
        named.kind == "person"
        and named.office is None
        and not named.states
        and " " in (named.name or "")
    )
    closed = source[group.end : group.end + 1] in (",", ".", ";", "")
    return role and bare and closed


def _is_master_of(source: str, servant: Group, group: Group) -> bool:
    one, master = servant.members[0], group.members[0]
    return (
        len(servant.members) == len(group.members) == 1
        and one.kind == "role"
        and one.name is None
        and _is_servant(one)
        and master.kind == "person"
        and master.office is not None
        and not master.possessive
        and source[servant.end : group.start] in (" to ", " of ")
    )


def _is_named_behind(source: str, servant: Group, group: Group) -> bool:
    first = group.members[0]
    bare = first.kind == "person" and first.office is None and not first.states
    return bare and len(group.members) == 1 and source[servant.end : group.start] == ", "


def _named(servant: Group, group: Group) -> Group:
    one, named = servant.members[0], group.members[0]
    told = replace(
        one, end=named.end, name=named.name, kind="person", name_start=named.name_start, possessive=named.possessive
    )  # fmt: skip
    return Group(servant.start, group.end, (told,))


def _serves(source: str, superior: Group, group: Group) -> bool:
    master, servant = superior.members[-1], group.members[0]
    return (
        len(superior.members) == 1
        and master.possessive
        and (master.office is not None or (master.name is not None and master.kind == "person"))
        and _is_servant(servant)
        and _POSSESSIVE.fullmatch(source, superior.end, servant.start) is not None
    )


def _is_servant(mention: Mention) -> bool:
    return mention.office is not None and _SERVANTS.search(mention.office) is not None
