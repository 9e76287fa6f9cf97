"""Several meetings told in one breath: "met Foreign Minister X and Prime Minister Y", then each by itself.

Only where the text tells of two of them one by one, each between the one who met them all and one
of the others; who was there together is told of together.
"""

from __future__ import annotations

from loaders.extraction.contacts import Contact
from loaders.extraction.drafts import Draft
from loaders.extraction.one_by_one import is_joint


def told_apart(draft: Draft) -> list[Draft]:
    """The meetings of the one who met several, each with its own phrases; the draft if it is one."""
    principals = [i for i in draft.refs if i not in draft.attendees]
    pairs = {pair: told for pair, told in draft.pairs.items() if set(pair) <= set(principals)}
    hub = _hub(draft, principals, pairs)
    if hub is None:
        return [draft]
    alone = {id(c) for told in pairs.values() for c in told}
    common = [c for c in draft.contacts if id(c) not in alone]
    made: list[Draft] = []
    for identity in principals:
        if identity == hub:
            continue
        own = [c for pair, told in pairs.items() if identity in pair for c in told]
        both = {i: draft.refs[i] for i in (hub, identity)}
        contacts = sorted([*common, *own], key=lambda c: (c.sketch.unit.index, c.start))
        one = Draft(draft.status, draft.format, both, contacts, day=draft.day, apart=True)
        made.append(one)
    for company in sorted(draft.attendees & set(draft.refs)):
        made[0].refs[company] = draft.refs[company]
        made[0].attendees.add(company)
    return made


def _hub(
    draft: Draft,
    principals: list[tuple[str, str]],
    pairs: dict[tuple[tuple[str, str], tuple[str, str]], list[Contact]],
) -> tuple[str, str] | None:
    """The one who is in every pair, if one phrase lists the others and two of them are told alone."""
    if draft.status != "held" or draft.apart or len(principals) < 3 or len(pairs) < 2:
        return None
    if any(is_joint(c) for c in draft.contacts):
        return None
    if not any(_lists_others(c) for c in draft.contacts):
        return None
    return next((i for i in principals if all(i in pair for pair in pairs)), None)


def _lists_others(contact: Contact) -> bool:
    """ "A met B and C": one on the one side, several on the other."""
    if contact.a is None or contact.b is None:
        return False
    groups = contact.sketch.groups
    return len(groups[contact.a].members) == 1 and len(groups[contact.b].members) > 1
