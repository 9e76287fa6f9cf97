"""XML that strangers send: any encoding, no entity of its own, no reference outside, a line number.

What the file declares of its encoding is a hint like any other, so that XML is read in the same
encodings as text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError

from kg.errors import UnreadableSourceError
from loaders.encoding import decode, mark, read_whole

_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]{2,30})["']""")
_ROOT: Final = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^\[>]|\[.*?\])*>|\s)*<([^\s/>!?]+)", re.S
)
KNOWN_ROOTS: Final = ("trips", "visits", "rss", "feed", "RDF")
"""Local names of the root elements that some loader reads."""


def root_name(head: bytes) -> str | None:
    """Local name of the root element at the start of an XML file, or None."""
    found = _ROOT.match(head.decode(mark(head) or "utf-8", "replace").lstrip("\ufeff"))
    return found[1].rpartition(":")[2] if found else None


def unknown_root(head: bytes) -> str:
    """Why a file with this start is read by no loader."""
    name = root_name(head)
    what = f"the root element <{name}> is not known" if name else "this is not XML"
    return f"{what}; known are {' '.join(f'<{root}>' for root in KNOWN_ROOTS)}"


def read_xml(stream: IO[bytes], path: str, *, most: int) -> str:
    """The text of an XML file of at most `most` bytes, without its declaration.

    Raises:
        UnreadableSourceError: empty, binary, too large, or broken in its own encoding.
    """
    data = read_whole(stream, path, most=most)
    declared = _ENCODING.search(data[:1024])
    text = decode(data, path, declared=declared[1].decode() if declared else None)
    return _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text, count=1)


def elements(text: str, path: str) -> Iterator[Element]:
    """The root at its start, when it is still empty, then every element at its end.

    Raises:
        UnreadableSourceError: not well-formed from some line on, after the elements before it; or
            with entities of its own, which are not followed.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    stream = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        events = iterparse(stream, events=("start", "end"), forbid_external=True)
        for number, (event, element) in enumerate(events):
            if event == "end" or number == 0:
                yield element
    except DefusedXmlException as error:
        reason = "the XML declares entities, which are not followed; remove its DTD"
        raise UnreadableSourceError(path, reason) from error
    except (ParseError, ValueError, LookupError) as error:
        line = error.position[0] if isinstance(error, ParseError) else None
        reason = f"the XML is not well-formed ({error}); mend it"
        raise UnreadableSourceError(path, reason, line) from error
