"""Feeds: RSS 0.9 to 2.0 and Atom, each entry a report with the text that the feed itself has.

A feed that only announces its articles gives their summaries, marked as excerpts; `kg watch
--articles` fetches the articles themselves. Entries before a place where the XML is broken are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from typing import IO, Final
from xml.etree.ElementTree import Element, tostring

from kg.errors import UnreadableSourceError
from kg.ids import digest
from kg.model import Refusal, Report, Source
from loaders.addresses import domain, web_address
from loaders.published import parse_published
from loaders.shown import shown_text
from loaders.xml_text import elements, read_xml, root_name, unknown_root

_LARGEST: Final = 64 << 20
_ROOTS: Final = ("rss", "feed", "RDF")
_ENTRIES: Final = ("item", "entry")
# Namespace -> prefix of its keys; elements of any other belong to extensions and are passed over.
_NAMESPACES: Final = {
    "": "",
    "http://purl.org/rss/1.0/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
}
_WHOLE: Final = ("content:encoded", "content")
_SUMMARY: Final = ("description", "summary")
_LONGEST_SUMMARY: Final = 1000
"""Characters; many feeds put the whole article where its summary belongs."""
_DAY: Final = ("pubDate", "published", "issued", "dc:date", "dc:issued", "updated", "modified")
_ID: Final = ("guid", "id")
_OWN_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_OF_XML: Final = ("amp", "lt", "gt", "quot", "apos")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class FeedLoader:
    """One feed, a report an entry."""

    name: str = "feed"
    suffixes: tuple[str, ...] = (".rss", ".atom", ".rdf", ".xml")
    description: str = "RSS and Atom feeds, one report an entry"

    def mismatch(self, head: bytes, /) -> str | None:
        """Names the root element if it is that of no feed."""
        return None if root_name(head) in _ROOTS else unknown_root(head)

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal]:
        """One report or refusal an entry.

        Raises:
            UnreadableSourceError: no feed, no entry in it, or broken from some line on.
        """
        text = _readable(read_xml(stream, source.path, most=_LARGEST))
        channel, entries, damage = _parts(text, source.path)
        for number, entry in enumerate(entries, start=1):
            yield _entry(entry, channel, number, source)
        if damage:
            raise damage
        if not entries:
            raise UnreadableSourceError(source.path, "the feed has no entry; check its address")


def _readable(text: str) -> str:
    """The feed with HTML's entities, which XML does not know, and without what XML forbids."""
    text = _OWN_ENTITY.sub(_character, text)
    return _NOT_XML.sub("", text)


def _character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _OF_XML else html5.get(f"{found[1]};", found[0])


_Parts = tuple[dict[str, str], list[dict[str, str]], UnreadableSourceError | None]


def _parts(text: str, path: str) -> _Parts:
    """What the feed says of itself, of each entry, and where it is broken, if it is."""
    channels: list[Element] = []
    entries: list[dict[str, str]] = []
    damage = None
    try:
        parsed = elements(text, path)
        channels.append(next(parsed))
        entries += (_fields(element) for element in parsed if _key(element) in _ENTRIES)
    except UnreadableSourceError as error:
        damage = error
    channels += [child for root in channels for child in root if _key(child) == "channel"]
    channel = {k: v for one in reversed(channels) for k, v in _fields(one).items()}
    return channel, entries, damage


def _key(element: Element) -> str:
    """`title`, `dc:date`, `content:encoded`; empty for an element of another vocabulary."""
    namespace, _, name = element.tag.removeprefix("{").rpartition("}")
    prefix = _NAMESPACES.get(namespace)
    return "" if prefix is None else prefix + name


def _fields(element: Element) -> dict[str, str]:
    """The first filled value of each key; an Atom link only if it leads to the entry itself."""
    fields: dict[str, str] = {}
    for child in element:
        key = _key(child)
        if key in _ENTRIES or child.get("rel", "alternate") != "alternate":
            continue
        value = child.get("href", "") if key == "link" and child.get("href") else _value(child)
        if key and value.strip():
            fields.setdefault(key, value.strip())
        if key == "guid" and child.get("isPermaLink", "true") == "true":
            fields.setdefault("permalink", value.strip())
    if language := element.get(_LANGUAGE):
        fields.setdefault("language", language)
    return fields


def _value(element: Element) -> str:
    """Text of an element; XHTML inside it as HTML."""
    if len(element) == 0:
        return element.text or ""
    for inner in element.iter():
        inner.tag = inner.tag.rpartition("}")[2]
    children = "".join(tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "") + children


def _entry(
    fields: dict[str, str], channel: dict[str, str], number: int, source: Source
) -> Report | Refusal:
    title = " ".join(shown_text(fields.get("title", "")).split())
    written_text = next((fields[k] for k in (*_WHOLE, *_SUMMARY) if k in fields), "")
    text = shown_text(written_text) or title
    where = f"entry {number}"
    if not text:
        return Refusal(source.path, None, f"{where} has neither a text nor a title")
    written = next((fields[key] for key in _DAY if key in fields), None)
    published = parse_published(written) if written else None
    if written and not published:
        reason = f"{where} ({title[:60]}): its date is {written[:40]!r}, which is no date of a feed"
        return Refusal(source.path, None, reason)
    url = web_address(fields.get("link")) or web_address(fields.get("permalink"))
    language = fields.get("dc:language") or fields.get("language") or channel.get("language")
    text += "\n"
    return Report(
        id=next((fields[key] for key in _ID if key in fields), None) or url or digest(title, text),
        text=text,
        source=source,
        outlet=domain(url) or domain(web_address(channel.get("link"))) or channel.get("title"),
        title=title or None,
        published=published,
        published_basis="record" if published else None,
        url=url,
        language=language.split("-")[0].lower() if language else None,
        excerpt=not any(k in fields for k in _WHOLE) and len(text) < _LONGEST_SUMMARY,
    )
