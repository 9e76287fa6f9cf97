"""Contacts of one report gathered into meetings: one draft for each real meeting it tells of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.model import Format, Status
from loaders.extraction.cast import Ref
from loaders.extraction.contacts import Contact
from loaders.extraction.late_pattern import late
from loaders.extraction.office_kinds import is_minor, kind_of
from loaders.extraction.one_by_one import is_joint, told_one_by_one, words_of
from loaders.extraction.second_meetings import tells_second

_ENOUGH = 40  # phrases kept for one meeting: a report that repeats itself adds nothing
_MANY = 200  # meetings in one report: a year of diaries has fewer


@dataclass(slots=True)
class Draft:
    """A meeting while a report is read.

    Attributes:
        refs: who took part, by identity, in the order met.
        contacts: the phrases that tell of it, strongest evidence first met first.
        attendees: identities that only accompanied.
        apart: told as one of several separate meetings, so that no larger one is meant.
        second: told as one more meeting of those who had met before on that day.
        pairs: the phrases of the text that tell of two of them alone.
    """

    status: Status
    format: Format | None
    refs: dict[tuple[str, str], Ref] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    attendees: set[tuple[str, str]] = field(default_factory=set)
    day: str | None = None
    apart: bool = False
    second: bool = False
    pairs: dict[tuple[tuple[str, str], tuple[str, str]], list[Contact]] = field(
        default_factory=dict
    )

    @property
    def strong(self) -> bool:
        """True if a phrase that suffices alone tells of it."""
        return any(c.row.strength == "strong" for c in self.contacts)

    @property
    def in_title(self) -> bool:
        """True if the title tells of it."""
        return any(c.sketch.unit.kind == "title" for c in self.contacts)

    @property
    def only_titled(self) -> bool:
        """True if only the title tells of it: it may leave out half of who was there."""
        return all(c.sketch.unit.kind == "title" for c in self.contacts)

    @property
    def gathering(self) -> bool:
        """True if only the taking part in a summit tells of it, not whom somebody met there."""
        return all(c.row.alone for c in self.contacts)

    def states(self) -> list[str]:
        """Codes of the parties, in order, each once."""
        return list(dict.fromkeys(r.state for r in self.refs.values() if r.state))

    def states_of_sides(self) -> list[str]:
        """The same without those who only came along."""
        sides = (r for i, r in self.refs.items() if i not in self.attendees)
        return list(dict.fromkeys(r.state for r in sides if r.state))

    def add(self, refs: tuple[Ref, ...], contact: Contact) -> None:
        """Take the sides of one more phrase."""
        for ref in refs:
            if self._stood_for(ref):
                continue
            held = self.refs.get(ref.identity)
            if held is None or _better(ref, held):
                self.refs[ref.identity] = ref
        if len(self.contacts) < _ENOUGH:
            self.contacts.append(contact)
            self._note_pair(refs, contact)

    def lead(self, refs: tuple[Ref, ...]) -> bool:
        """Take those who led a side in the place of their state alone; False if it is not named alone."""
        states = {r.state for r in refs}
        alone = [i for i, r in self.refs.items() if r.mention.kind == "state" and r.state in states]
        for identity in alone:
            del self.refs[identity]
        if alone:
            self.refs.update((r.identity, r) for r in refs)
        return bool(alone)

    def _note_pair(self, refs: tuple[Ref, ...], contact: Contact) -> None:
        """What two of several signed, they may have signed at one table."""
        told = sorted({r.identity for r in refs})
        signed = contact.verb.startswith("sign")
        if len(told) == 2 and contact.sketch.unit.kind != "title" and not signed:
            self.pairs.setdefault((told[0], told[1]), []).append(contact)

    def _stood_for(self, ref: Ref) -> bool:
        """A party alone adds nothing to a person of it; a person replaces the party alone."""
        if ref.name is None and is_minor(ref.office):
            return ref.state is not None and ref.state in self.states()
        if ref.name is None:
            return any(alike(ref, r) and r.name for r in self.refs.values())
        for identity, other in list(self.refs.items()):
            if other.name is None and alike(other, ref):
                del self.refs[identity]
        return False


def _better(new: Ref, old: Ref) -> bool:
    """A phrase of the text with name and office shows more than a title or a bare surname."""
    return _worth(new) > _worth(old)


def _worth(ref: Ref) -> int:
    body = ref.sketch.unit.kind != "title"
    mention = ref.mention
    return (
        4 * bool(body and mention.name)
        + 2 * bool(mention.office)
        + bool(mention.states)
        + bool(body)
    )


def gather(
    drafts: list[Draft],
    refs: tuple[Ref, ...],
    contact: Contact,
    form: Format | None,
    day: str | None,
) -> None:
    """Add a phrase to the draft that tells of the same meeting, or open a new one."""
    status: Status = contact.status  # type: ignore[assignment]
    if _recalls_several(drafts, refs, status, contact):
        return
    again = second = False
    for draft in sorted(drafts, key=lambda d: not d.second):
        larger = told_one_by_one(contact) and len(draft.refs) > len(refs)
        if len(draft.refs) > len(refs) > 1 and _is_later(contact) and not draft.only_titled:
            larger = again = True
        if len(refs) == 2 and _of_three(draft) and _TWO_WAY.search(words_of(contact, 40)):
            larger = again = True
        if len(draft.refs) != len(refs) > 1 and _opens_another(contact) and not draft.only_titled:
            larger = again = again or len(draft.refs) > 1
        larger = larger or (
            len(draft.refs) < len(refs)
            and (
                is_joint(contact)
                or (contact.row.passive and _is_later(contact))
                or _went_on(contact)
            )
            and not draft.only_titled
        )
        if (
            not larger
            and draft.gathering == contact.row.alone
            and _same(draft, refs, status, form, day)
        ):
            second = second or (not draft.second and tells_second(contact, draft.contacts))
            if second:
                continue
            on_screen = _only_screen_differs(draft, form)
            draft.add(refs, contact)
            draft.format = form if on_screen else draft.format or form
            draft.day = draft.day or day
            return
    if len(drafts) >= _MANY:
        return
    wider = len(refs) > 2 and contact.row.passive and (_is_later(contact) or _went_on(contact))
    apart = again or wider or told_one_by_one(contact) or is_joint(contact)
    made = Draft(status, form, day=day, apart=apart, second=second)
    made.add(refs, contact)
    drafts.append(made)


_TWO_WAY = late(
    r"\b(?:two-way|bilateral|one-on-one|one-to-one|tête-à-tête|tete-a-tete|separate)\b"
)  # of two who met a third as well


def _of_three(draft: Draft) -> bool:
    return len({r.state for r in draft.refs.values()}) > 2


_ANOTHER = late(
    r"(?:Earlier|Later|(?:Before|After|Following|Prior to|Ahead of) the (?:(?!first )[\w-]+ )?(?:meeting|talks|summit|session|conference|forum)|Before (?:that|this)|After (?:that|this|wards)|Afterwards?|Subsequently|Separately|Then|In a separate|In the (?:morning|afternoon|evening)|That (?:morning|afternoon|evening|night))\b"
)


def _opens_another(contact: Contact) -> bool:
    """ "Earlier, A, B and C conversed": not the meeting of A and B alone that was told before."""
    return contact.sketch.unit.kind != "title" and _ANOTHER.match(contact.sketch.text) is not None


_WENT_ON = late(
    r"\b(?:then|later|afterwards|from there)\b[^.;]{0,40}\b(?:to|for|on to) [^.;]{2,60}, where\b"
)


def _went_on(contact: Contact) -> bool:
    """ "A and B then travelled to X, where they were received by C": one more meeting, of all three."""
    return (
        contact.row.passive and _WENT_ON.search(contact.sketch.text, 0, contact.focus) is not None
    )


_LATER = re.compile(r"\b(?:later|afterwards?|subsequently|thereafter|separately)\b")


def _is_later(contact: Contact) -> bool:
    """ "was received by A and B; he later had talks with B": one more meeting."""
    return _LATER.search(contact.sketch.text, contact.start, contact.end) is not None


def _recalls_several(
    drafts: list[Draft], refs: tuple[Ref, ...], status: Status, contact: Contact
) -> bool:
    """ "spoke with A and B", where the two calls are told already: each learns its own names."""
    inside = [
        d
        for d in drafts
        if d.status == status
        and not d.gathering
        and 2 <= len(d.refs) < len(refs)
        and all(any(alike(a, b) for b in refs) for a in d.refs.values())
    ]
    if len(inside) < 2:
        return False
    for draft in inside:
        own = tuple(r for r in refs if any(alike(r, held) for held in draft.refs.values()))
        draft.add(own, contact)
    return True


def _same(
    draft: Draft, refs: tuple[Ref, ...], status: str, form: Format | None, day: str | None
) -> bool:
    differs = form and draft.format and form != draft.format
    if draft.status != status or (differs and not _only_screen_differs(draft, form)):
        return False
    if differ(day, draft.day):
        return False
    return _one_party(draft, refs)


def differ(day: str | None, other: str | None) -> bool:
    """True for two days told, unless one is the month, or the year, of the other."""
    if not day or not other:
        return False
    return not day.startswith(other) and not other.startswith(day)


def _only_screen_differs(draft: Draft, form: Format | None) -> bool:
    """A headline's "meets B" may be of a meeting of which the text says that it was held by video link."""
    return form == "video" and draft.format == "in-person" and draft.only_titled


def _one_party(draft: Draft, refs: tuple[Ref, ...]) -> bool:
    """The smaller set of people lies in the larger one; an unnamed side fits a named one."""
    left = list(draft.refs.values())
    small, large = (left, list(refs)) if len(left) <= len(refs) else (list(refs), left)
    matched = sum(any(alike(a, b) for b in large) for a in small)
    return (matched == len(small) and matched >= min(2, len(large))) or (
        len(small) == 1 and matched == 1
    )


def _inherits(ref: Ref) -> bool:
    """An unnamed "counterpart" has no office of its own words."""
    return ref.name is None and ref.mention.kind == "counterpart" and not ref.mention.office


_SENT = frozenset({"negotiator", "delegate"})  # whoever speaks for a party at the table


def alike(a: Ref, b: Ref) -> bool:
    """True if two references may be one person or party."""
    if a.identity == b.identity:
        return True
    if a.actor is not None and b.actor is not None:
        return False
    if a.state is None or a.state != b.state:
        return False
    if not a.office or not b.office or _inherits(a) or _inherits(b):
        return True
    if any(r.name is None and (r.office or "").lower() in _SENT for r in (a, b)):
        return True
    return kind_of(a.office) == kind_of(b.office) or "leader" in (
        a.office.lower(),
        b.office.lower(),
    )
