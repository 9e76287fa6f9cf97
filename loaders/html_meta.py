"""What an HTML page says of itself: title, day, publisher, address, language.

The order of preference is fixed (Open Graph and article tags, schema.org JSON-LD, older meta tags,
elements), so that the same page always gives the same answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Final

from loaders.addresses import domain, web_address
from loaders.markup import TolerantParser
from loaders.published import parse_published

_TITLE: Final = ("og:title", "ld:headline", "twitter:title", "dc.title", "el:h1", "el:title")
_DAY: Final = (
    "article:published_time", "og:article:published_time", "ld:datepublished", "datepublished",
    "og:published_time", "dc.date.issued", "dc.date", "dcterms.created", "pubdate", "publishdate",
    "publish-date", "date", "el:time",
)  # fmt: skip
_OUTLET: Final = ("og:site_name", "ld:publisher", "application-name", "dc.publisher")
_URL: Final = ("el:canonical", "og:url")
_LANGUAGE: Final = ("el:lang", "ld:inlanguage", "content-language", "og:locale")
_TEXTS: Final = ("title", "h1", "time")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself; every field may be missing."""

    title: str | None
    published: str | None
    outlet: str | None
    url: str | None
    language: str | None


def page_metadata(page: str) -> PageMetadata:
    """Metadata of an HTML page."""
    collector = _Collector()
    collector.feed(page)
    collector.close()
    found = collector.found
    url = _first(found, _URL)
    days = (parse_published(found[key]) for key in _DAY if key in found)
    language = _first(found, _LANGUAGE)
    return PageMetadata(
        title=_first(found, _TITLE),
        published=next((day for day in days if day), None),
        outlet=_first(found, _OUTLET) or domain(url),
        url=web_address(url),
        language=language.replace("_", "-").split("-")[0].lower() if language else None,
    )


def _first(found: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((found[key] for key in keys if found.get(key)), None)


@dataclass
class _Reading:
    """The element whose text is being collected."""

    tag: str
    parts: list[str] = field(default_factory=list)


class _Collector(TolerantParser):
    """Fills `found`, the first value of each key winning; keys are lower case."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._reading: _Reading | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag == "meta":
            self._meta(values)
        elif tag == "html":
            self._keep("el:lang", values.get("lang", ""))
        elif tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self._keep("el:canonical", values.get("href", ""))
        elif tag == "time" and values.get("datetime"):
            self._keep("el:time", values["datetime"])
        elif tag in _TEXTS or (tag == "script" and "ld+json" in values.get("type", "")):
            self._reading = _Reading(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("meta", "link"):
            self.handle_starttag(tag, attrs)

    def handle_data(self, data: str) -> None:
        if self._reading is not None:
            self._reading.parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        reading = self._reading
        if reading is None or reading.tag != tag:
            return
        self._reading = None
        text = "".join(reading.parts)
        if tag == "script":
            self._linked_data(text)
        else:
            self._keep(f"el:{tag}", text)

    def _meta(self, values: dict[str, str]) -> None:
        for key in ("property", "name", "itemprop", "http-equiv"):
            if values.get(key):
                self._keep(values[key].lower(), values.get("content", ""))

    def _keep(self, key: str, value: str) -> None:
        value = " ".join(value.split())
        if value:
            self.found.setdefault(key, value)

    def _linked_data(self, text: str) -> None:
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return
        for item in _objects(value):
            for key in ("headline", "datePublished", "inLanguage"):
                if isinstance(item.get(key), str):
                    self._keep(f"ld:{key.lower()}", item[key])
            publisher = item.get("publisher")
            if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
                self._keep("ld:publisher", publisher["name"])


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a JSON-LD block: one, a list, or the members of its `@graph`."""
    items = value if isinstance(value, list) else [value]
    objects = [item for item in items if isinstance(item, dict)]
    for item in list(objects):
        graph = item.get("@graph")
        objects += [g for g in graph if isinstance(g, dict)] if isinstance(graph, list) else []
    return objects
