"""Phrases for whoever received and was received: "the guest", "his host, President X", "Laotian host NAME"."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace

from loaders.extraction.mention import Mention
from loaders.extraction.plurals import OF_GUESTS, PluralReader

DETERMINERS = frozenset(
    ["the", "a", "an", "his", "her", "its", "their", "our", "my", "your", "both"]
)
# "At a meeting with the Danish guest, Minister A spoke": A is not the guest.
_OPENING = frozenset({"at", "in", "during", "after", "following"})
# So heads of state call each other.
KIN = frozenset({"brother", "sister", "friend", "interlocutor"})
GUESTS = frozenset({"guest", "visitor", "dignitary", "host"})
_VISITING = frozenset(
    {"minister", "premier", "president", "leader", "diplomat", "official", "chancellor", "monarch", "king", "dignitary", "statesman"}
)  # fmt: skip

# "welcomed the guests at the town hall": a delegation and who leads it.
_MANY = frozenset({"guests", "visitors"})
_BEHIND_MANY = frozenset(
    {"at", "in", "on", "to", "with", ".", ",", "that", "here", "today", "yesterday", "for"}
)
_CLOSERS = frozenset({",", ".", ";", ""})


class GuestReader(PluralReader, ABC):
    """Reads hosts and guests."""

    __slots__ = ()

    @abstractmethod
    def _mentions(self, i: int) -> tuple[list[Mention], int]:
        """The mentions of the phrase that begins at token `i`, and the index after it."""

    def _guest(self, i: int, at: int) -> tuple[list[Mention], int] | None:
        """ "the guest", "his guest", "the visiting dignitary"; not "the guest house"."""
        k = at + (self._low(at) in OF_GUESTS)
        if k > at and self._low(at) == "visiting" and self._is_visiting_office(k):
            return [self._make(i, k + 1, kind="guest", definite=True)], k + 1
        if self._low(k) in KIN and self._low(i) in ("his", "her"):
            return self._guest_named(i, k + 1)
        many = self._low(k) in _MANY and self._low(i) == "the" and self._low(k + 1) in _BEHIND_MANY
        if many:
            return [self._make(i, k + 1, kind="guest", definite=True)], k + 1
        if self._low(k) not in GUESTS or self._low(i) not in DETERMINERS or self._low(i) == "a":
            return None
        if self._low(k) == "host" and self._low(i) == "the" and k + 1 < self._count:
            if self._tokens.words[k + 1][0].isalpha() and self._low(k + 1) in self._words.heads:
                return None
        return self._guest_named(i, k + 1) or (
            [self._make(i, k + 1, kind="guest", definite=True)], k + 1,
        )  # fmt: skip

    def _is_visiting_office(self, k: int) -> bool:
        """ "the visiting premier": no name and no state, so whoever of the two is the guest."""
        after = self._low(k + 1)
        return (
            self._low(k) in _VISITING
            and not self._upper(k + 1)
            and after not in ("of", ",", "from")
        )

    def _guest_named(self, i: int, at: int) -> tuple[list[Mention], int] | None:
        """ "his host, President NAME,": the guest is named behind a comma."""
        if self._low(at) != "," and not self._upper(at):
            return None
        members, after = self._mentions(at + (self._low(at) == ","))
        if len(members) != 1 or not (members[0].name and members[0].office):
            return None
        return [replace(members[0], start=self._tokens.starts[i])], after

    def _guest_of(
        self, i: int, at: int, adjectives: list[tuple[str, ...]], determined: bool
    ) -> tuple[list[Mention], int] | None:
        """ "His Laotian guest, President X", "Laotian host Thongphanh Keobounma"."""
        if determined and self._low(at + 1) == ",":
            named = self._guest_named(i, at + 1)
            opening = self._low(i - 1) == "with" and self._low(0) in _OPENING
            closed = not opening or (named and self._low(named[1]) == ",")
            if named and closed and not named[0][0].states:
                return [replace(named[0][0], states=adjectives[0])], named[1]
            alone = self._name(at + 2, False)
            whole = self._low(at) in GUESTS and " " in (alone[0] or "")
            whole = whole and self._low(alone[1]) in _CLOSERS
            if whole and (closed or not opening):  # "his Bahamian host, Philip Davis,"
                told = self._finish(i, alone[1], alone, None, adjectives[0], "person", True)
                return [told], alone[1]
        name = self._name(at + 1, False) if self._upper(at + 1) else None
        if name is None or not name[0]:
            return None
        guest = self._finish(i, name[1], name, None, adjectives[0], "person", determined)
        return [guest], name[1]
