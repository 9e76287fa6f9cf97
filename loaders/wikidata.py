"""Meetings as Wikidata tells them: its entities in JSON, or the answer of its query service.

An item with participants (P710) is a meeting; its other items only lend their labels. In a query's
answer the rows of one `meeting` belong together; the variables are named as docs/sources.md says.
An item that is something else by its own word (a battle, an election) is refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any, Final

from kg.errors import UnreadableSourceError
from kg.model import Format, Refusal, Report, Source
from loaders.base import UNKNOWN_JSON
from loaders.encoding import decode, read_whole
from loaders.fact_text import RecordError
from loaders.meeting_record import TODAY, MeetingRecord, meeting_report
from loaders.wikidata_entities import entity_items
from loaders.wikidata_item import Item
from loaders.wikidata_rows import row_items

_OUTLET: Final = "wikidata.org"
_HEAD: Final = re.compile(r'\s*(?:\{\s*"(?:entities|head)"\s*:|\[\s*\{\s*"(?:type|id|pageid)"\s*:)')
_NO_MEETING: Final = re.compile(
    r"\b(?:battle|war|election|referendum|tournament|championship|game|match|siege|attack|riot"
    r"|protest|exercise|season|album|film|massacre|operation|rebellion|revolution)\b",
    re.I,
)
_FORMATS: Final[tuple[tuple[re.Pattern[str], Format], ...]] = (
    (re.compile(r"\b(?:telephone|phone)\b", re.I), "phone"),
    (re.compile(r"\b(?:video|online|virtual)", re.I), "video"),
    (re.compile(r"\b(?:summit|visit|meeting)\b", re.I), "in-person"),
)


@dataclass(frozen=True, slots=True)
class WikidataLoader:
    """One file of entities or of a query's answer, a report a meeting."""

    name: str = "wikidata"
    suffixes: tuple[str, ...] = (".json",)
    description: str = "meetings of Wikidata: entities, or a query's answer, in JSON"

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if the file starts like no answer of Wikidata."""
        found = _HEAD.match(head.decode("utf-8", "replace").lstrip("\ufeff"))
        return None if found else UNKNOWN_JSON

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal a meeting, in file order.

        Raises:
            UnreadableSourceError: no JSON, or without any meeting.
        """
        data = _parsed(decode(read_whole(stream, source.path), source.path), source.path)
        empty = True
        for item in _items(data, source.path):
            empty = False
            try:
                yield meeting_report(_record(item), source, looked_up=True)
            except RecordError as error:
                yield Refusal(source.path, None, f"{item.id} ({item.label or '?'}): {error}")
        if empty:
            reason = "no item has participants (P710), so there is no meeting in it"
            raise UnreadableSourceError(source.path, reason)


def _parsed(text: str, path: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        reason = f"not JSON at column {error.colno} ({error.msg}); get the file again"
        raise UnreadableSourceError(path, reason, error.lineno) from error
    except RecursionError as error:
        raise UnreadableSourceError(path, "the JSON is nested too deeply") from error


def _items(data: Any, path: str) -> list[Item]:
    try:
        answer = isinstance(data, dict) and "results" in data
        return list(row_items(data) if answer else entity_items(data))
    except (TypeError, AttributeError, LookupError, ValueError) as error:
        words = f"{type(error).__name__}: {error}"
        raise UnreadableSourceError(path, f"this is not what Wikidata answers ({words})") from error


def _record(item: Item) -> MeetingRecord:
    kinds = " ".join(item.kinds)
    if _NO_MEETING.search(kinds):
        raise RecordError("kind", f"it is a {', '.join(item.kinds)}, which is no meeting")
    when = item.when()
    return MeetingRecord(
        id=item.id,
        people=item.sides(when.first if when else TODAY),
        when=when,
        place=item.place,
        place_state=item.country,
        format=next((form for words, form in _FORMATS if words.search(kinds)), "unspecified"),
        summary=item.description,
        title=item.label or None,
        outlet=_OUTLET,
        url=f"https://www.wikidata.org/wiki/{item.id}",
        language="en",
    )
