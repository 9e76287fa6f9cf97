"""A counterpart has the office of the one whose counterpart it is, in another state."""

from __future__ import annotations

from dataclasses import replace

from loaders.extraction.actors import best_office
from loaders.extraction.cast import Ref
from loaders.extraction.office_kinds import without_status
from loaders.extraction.sketch import Sketch
from loaders.extraction.spoken import Spoken


class Counterparts(Spoken):
    """Gives counterparts their offices."""

    __slots__ = ()

    def _with_office_of(
        self, drawn: Sketch, refs: tuple[Ref, ...], antecedents: tuple[Ref, ...]
    ) -> tuple[Ref, ...]:
        """A counterpart has the office of the one whose counterpart it is."""
        office = next((without_status(r.office) for r in antecedents if r.office), None)
        return tuple(
            self._counterpart(r, office)
            if r.mention.kind == "counterpart"
            and not r.mention.office
            and office
            and (r.office is None or r.sketch is drawn)
            and not (r.office and r.actor is not None and self._own_office(r))
            else r
            for r in refs
        )

    def _counterpart(self, ref: Ref, office: str) -> Ref:
        """A counterpart told without a name is the one whom the report names with that office."""
        if ref.name is None and ref.state is not None:
            actor = self._cast.by_role(office, ref.state) or self._cast.counterpart_of(ref.state)
            if actor is not None:
                known = self.of_actor(ref.sketch, ref.mention, actor)
                return replace(known, office=known.office or office)
        return replace(ref, office=office)

    def _own_office(self, ref: Ref) -> bool:
        assert ref.actor is not None
        return best_office(self._cast.actor(ref.actor).offices) is not None
