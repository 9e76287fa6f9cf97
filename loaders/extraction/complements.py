"""What stands behind the noun of an office: its field of work, whom it serves, whose it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Complements:
    """What stands behind the noun of an office, while it is read.

    Attributes:
        stop: index after the office's own words.
        end: index after all that belongs to it.
        foreign: its field of work is a body that is not known.
        by_body: the state is that of a body of this name, unless one is told behind it.
        own_ends: a state was told, so that what follows is none of the office's own words.
    """

    stop: int
    end: int
    states: tuple[str, ...] = ()
    each: tuple[tuple[str, ...], ...] = ()
    foreign: bool = False
    field: tuple[str, ...] = ()
    own_ends: bool = False
    by_body: bool = False

    def go_to(self, i: int) -> None:
        """Take the words up to an index; they are the office's own where no state was told."""
        self.end = i
        if not self.own_ends:
            self.stop = i
