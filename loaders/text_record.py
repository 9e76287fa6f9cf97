"""A record `{id, text, title?, published?, outlet?/source?, url?, language?}` as a report.

JSON Lines and tables of texts give the same report for the same record.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.ids import digest
from kg.model import Report, Source
from loaders.published import parse_published

KEYS: Final = ("id", "text", "title", "published", "outlet", "source", "url", "language")


def record_report(fields: Mapping[str, str], source: Source) -> Report:
    """The report of a record whose values are filled.

    Raises:
        ValueError: it has no text, or its day of publication is none.
    """
    if not fields.get("text", "").strip():
        raise ValueError('the record has no text; give its words under "text"')
    written = fields.get("published")
    published = parse_published(written) if written else None
    if written and published is None:
        raise ValueError(f'"published" is {written[:40]!r}, not a day such as 2019-10-25')
    return Report(
        id=fields.get("id", "").strip() or digest(fields.get("title", ""), fields["text"]),
        text=fields["text"],
        source=source,
        outlet=fields.get("outlet") or fields.get("source"),
        title=fields.get("title"),
        published=published,
        published_basis="record" if published else None,
        url=fields.get("url"),
        language=fields.get("language"),
    )
