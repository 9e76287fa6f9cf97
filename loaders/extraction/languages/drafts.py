"""Contacts of one report gathered into meetings: one draft for each real meeting it tells of."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.dates import When
from kg.model import Format, Status
from loaders.extraction.languages.cast import Ref
from loaders.extraction.languages.contact import Contact

_MANY = 100


@dataclass(slots=True)
class Draft:
    """A meeting while a report is read.

    Attributes:
        refs: who took part, by identity, in the order met.
        attendees: identities that only accompanied.
        day: the day told beside one of its contacts.
        joined: told by who took part, which brings many together.
    """

    status: Status
    format: Format | None
    contacts: list[Contact] = field(default_factory=list)
    refs: dict[tuple[str, str], Ref] = field(default_factory=dict)
    attendees: set[tuple[str, str]] = field(default_factory=set)
    day: When | None = None
    joined: bool = False

    def states(self) -> list[str]:
        """Codes of the parties, each once, in order."""
        told = (r.state for i, r in self.refs.items() if i not in self.attendees)
        return list(dict.fromkeys(s for s in told if s))

    def add(self, refs: list[Ref], contact: Contact) -> None:
        """Take the sides of one more contact; a person takes the place of an unnamed side."""
        self.contacts.append(contact)
        for ref in refs:
            twin = next((i for i, r in self.refs.items() if alike(ref, r)), None)
            if twin is None:
                self.refs[ref.identity] = ref
            elif _worth(ref) > _worth(self.refs[twin]):
                self.refs = {
                    (ref.identity if i == twin else i): (ref if i == twin else r)
                    for i, r in self.refs.items()
                }


def _worth(ref: Ref) -> int:
    body = ref.line.kind == "body"
    named = ref.mention.name is not None
    return 8 * (ref.actor is not None) + 4 * (body and named) + 2 * named + (ref.office is not None)


def alike(a: Ref, b: Ref) -> bool:
    """True if two references may be one person or party."""
    if a.identity == b.identity:
        return True
    if a.actor is not None and b.actor is not None:
        return a.actor is b.actor
    if a.state is None or a.state != b.state:
        return False
    if a.actor is not None and b.actor is None and b.kind is None:
        return True
    return a.kind is None or b.kind is None or a.kind == b.kind


def gather(
    drafts: list[Draft], refs: list[Ref], contact: Contact, form: Format | None, day: When | None
) -> Draft | None:
    """Add a contact to the draft that tells of the same meeting, or open a new one."""
    for draft in drafts:
        if _same(draft, refs, contact, form, day):
            draft.add(refs, contact)
            draft.format = draft.format or form
            draft.day = draft.day or day
            return draft
    if len(drafts) >= _MANY:
        return None
    made = Draft(contact.status, form, day=day)
    made.add(refs, contact)
    drafts.append(made)
    return made


def _same(
    draft: Draft, refs: list[Ref], contact: Contact, form: Format | None, day: When | None
) -> bool:
    if draft.status != contact.status or (form and draft.format and form != draft.format):
        return False
    if day is not None and draft.day is not None and not day.overlaps(draft.day):
        return False
    held = [r for i, r in draft.refs.items() if i not in draft.attendees]
    small, large = (held, refs) if len(held) <= len(refs) else (refs, held)
    matched = sum(any(alike(a, b) for b in large) for a in small)
    return matched == len(small) and (matched >= min(2, len(large)) or matched == 1)
