"""When and how one contact was, by the words beside it."""

from __future__ import annotations

from datetime import date

from kg.dates import When
from kg.model import Format
from loaders.extraction.languages.contact import Contact
from loaders.extraction.languages.engine import Engine
from loaders.extraction.languages.when import TimeWord

_LONGEST = 8  # days that one meeting can have been told with


class Clock:
    """Reads time and manner as seen from the day of one report."""

    def __init__(self, own: Engine, anchor: date | None) -> None:
        self._own, self.anchor = own, anchor

    def time(self, contact: Contact) -> TimeWord | None:
        """The expression of time that is a contact's: the nearest one that can be."""
        ahead = contact.status in ("planned", "cancelled")
        found = self._own.calendar.read(contact.line.words, self.anchor, ahead)
        good = [
            t
            for t in found
            if t.when is not None and (ahead or t.when.is_day or t.when.days < _LONGEST)
        ]
        if not ahead and self.anchor is not None:
            good = [t for t in good if t.when and (t.when.first - self.anchor).days <= 1]
        if contact.row.kind == "discuss":
            good = [t for t in good if t.first < contact.at]
        return min(good, key=lambda t: (abs(t.first - contact.at), t.first), default=None)

    def day(self, contact: Contact) -> When | None:
        """The days told beside a contact."""
        told = self.time(contact)
        return told.when if told else None

    def format(self, contact: Contact) -> Format | None:
        """How the parties met, by the words in and around a contact; None where nothing tells."""
        words, around = contact.line.words.lows, self._own.phrases.around
        if contact.row.format in ("phone", "video"):
            return "phone" if contact.row.format == "phone" else "video"
        if any(w in around["video"] for w in words):
            return "video"
        near = words[max(0, contact.at - 3) : contact.at + 4]
        if any(w in around["phone"] for w in near):
            return "phone"
        if contact.row.kind == "discuss" or (contact.bare and contact.line.kind == "title"):
            return None
        if contact.row.format == "spoken":
            return "phone" if any(w in around["phone"] for w in words) else None
        return "in-person"
