"""Two drafts of one meeting, and two references to one party: told twice, they count once."""

from __future__ import annotations

import re

from loaders.extraction.cast import Ref
from loaders.extraction.drafts import Draft, alike, differ
from loaders.extraction.office_kinds import HEADS, kind_of


def absorb(drafts: list[Draft]) -> None:
    """Doubles of one status become one: a headline with a surname and its first sentence."""
    n = 0
    while n < len(drafts):
        for other in drafts[:n]:
            if _double(other, drafts[n]):
                for contact in drafts[n].contacts:
                    other.add(tuple(drafts[n].refs.values()), contact)
                other.attendees |= drafts[n].attendees
                _drop_bare(other)
                other.format = other.format or drafts[n].format
                other.day = other.day or drafts[n].day
                del drafts[n]
                n -= 1
                break
        n += 1


def absorb_eve(drafts: list[Draft]) -> None:
    """ "signed it before A's meeting with B", in news of that meeting: no second one is still to come."""
    for draft in [d for d in drafts if d.status == "planned" and not d.in_title]:
        held = next((d for d in drafts if d.status == "held" and _is_eve_of(draft, d)), None)
        if held is not None:
            for contact in draft.contacts:
                held.add(tuple(draft.refs.values()), contact)
            drafts.remove(draft)


def _is_eve_of(draft: Draft, held: Draft) -> bool:
    if not held.strong or differ(draft.day, held.day):
        return False
    same = all(any(alike(r, other) for other in held.refs.values()) for r in draft.refs.values())
    return same and all(
        c.row.nominal
        and _BEFORE_IT.search(c.sketch.text, 0, c.start)
        and not _TO_COME.search(c.sketch.text)
        for c in draft.contacts
    )


def absorb_signing(drafts: list[Draft]) -> None:
    """Ministers who signed a paper at the meeting of their leaders held no meeting of their own."""
    for draft in [d for d in drafts if d.status == "held" and _only_signed(d)]:
        around = next((d for d in drafts if d is not draft and _is_around(d, draft)), None)
        if around is not None:
            around.contacts.extend(draft.contacts)
            drafts.remove(draft)


def _only_signed(draft: Draft) -> bool:
    return all(c.row.id in _SIGNING for c in draft.contacts)


def _is_around(held: Draft, signing: Draft) -> bool:
    """True for a meeting of the same states, perhaps of more, that day."""
    if held.status != "held" or _only_signed(held) or differ(held.day, signing.day):
        return False
    states = set(signing.states())
    return len(states) > 1 and states <= set(held.states())


_SIGNING = frozenset(
    {
        "signed-by-several",
        "signed-for-and-signed-for",
        "exchanged-notes",
        "several-put-their-names-to",
    }
)
_BEFORE_IT = re.compile(r"\b(?:[Bb]efore|[Aa]head of|[Pp]rior to) (?:the |their |his |her )?\W*\Z")
_TO_COME = re.compile(r"\b(?:will|would|due|scheduled|expected|next|tomorrow|upcoming|coming)\b")


def _double(a: Draft, b: Draft) -> bool:
    if a.status != b.status or (a.format and b.format and a.format != b.format):
        return False
    if differ(a.day, b.day) or a.gathering != b.gathering or a.second != b.second:
        return False
    if (a.apart or b.apart) and len(a.refs) != len(b.refs) and not (a.only_titled or b.only_titled):
        return False
    left, right = list(a.refs.values()), list(b.refs.values())
    short = a.only_titled or b.only_titled
    matched = sum(
        any(alike(x, y) or (short and (_by_surname(x, y) or _by_party(x, y))) for y in right)
        for x in left
    )
    return matched >= 2 and matched >= min(len(left), len(right))


def _drop_bare(draft: Draft) -> None:
    """The title's name for somebody whom the text names otherwise is no second person."""
    for identity, ref in list(draft.refs.items()):
        if any(o is not ref and _by_surname(ref, o) for o in draft.refs.values()):
            if ref.sketch.unit.kind == "title":
                del draft.refs[identity]
                continue
        if any(o is not ref and o.name and _by_party(ref, o) for o in draft.refs.values()):
            if ref.name is None and ref.sketch.unit.kind == "title":
                del draft.refs[identity]


def _by_party(a: Ref, b: Ref) -> bool:
    """A title may call somebody by his party and a loose word: "Head of Mission of X" for its ambassador."""
    titled = [r for r in (a, b) if r.sketch.unit.kind == "title" and r.name is None]
    return len(titled) == 1 and a.state is not None and a.state == b.state


def _by_surname(a: Ref, b: Ref) -> bool:
    """A title may call somebody by another of his names: "Somalia's Farmaajo"."""
    bare = next((r for r in (a, b) if r.sketch.unit.kind == "title"), None)
    if bare is None or a.state is None or a.state != b.state or not (a.name and b.name):
        return False
    if bare.name is None or " " in bare.name:
        return False
    return bare.mention.office is None or _of_one_post(a, b)


def _of_one_post(a: Ref, b: Ref) -> bool:
    """True for two calls of the one head of a state: "President Jokowi", "President Joko Widodo"."""
    kinds = {kind_of(r.office or "") for r in (a, b)}
    return len(kinds) == 1 and kinds <= HEADS


def drop_represented(draft: Draft) -> None:
    """ "consultations between X and Y, led by A of X": who speaks for a state stands for it."""
    for identity, ref in list(draft.refs.items()):
        others = (r for i, r in draft.refs.items() if i != identity and i not in draft.attendees)
        bare = ref.name is None and ref.office is None and ref.state is not None
        if bare and any((r.name or r.office) and r.state == ref.state for r in others):
            del draft.refs[identity]
