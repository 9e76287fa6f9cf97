"""E-mail: readouts and press lists as `.eml` files and `.mbox` archives, one mail, one report.

The text is the mail's plain part, else its HTML part read as a page is. The sender's domain is the
outlet, the `Date` line the publication, with its zone. Attachments are counted, not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr
from typing import IO, Final

from kg.errors import MissingExtraError, UnreadableSourceError
from kg.ids import digest
from kg.model import Refusal, Report, Source
from loaders.addresses import web_address
from loaders.base import Skipped
from loaders.encoding import decode
from loaders.html import article
from loaders.published import parse_published
from loaders.shown import shown_text

_LARGEST: Final = 64 << 20
_FROM: Final = b"From "
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.M)
_SOFT_BREAK: Final = re.compile(r"(?<!^--) \n", re.M)
_HEADER: Final = re.compile(rb"\s*(?:From |[!-9;-~]{1,76}:)")
_POLICY: Final = policy.default.clone(raise_on_defect=False)
_ASCII: Final = ("us-ascii", "ascii", "utf-8", "utf8")
Outcome = Report | Refusal | Skipped


@dataclass(frozen=True, slots=True)
class MailLoader:
    """One mail, one report."""

    name: str = "mail"
    suffixes: tuple[str, ...] = (".eml", ".mbox")
    description: str = "e-mail: single mails and mbox archives; attachments are not read"

    def mismatch(self, head: bytes, /) -> str | None:
        """Says so if the file does not start as a mail does."""
        return None if _HEADER.match(head) else "this is no mail: it starts with no header line"

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Outcome]:
        """One report or refusal a mail, then what was attached to it.

        Raises:
            MissingExtraError: a mail in HTML only, without the extra `html`.
        """
        for line, data in _mails(stream):
            place = Source(source.path, line) if line else source
            try:
                yield from _outcomes(data, place)
            except (UnreadableSourceError, MissingExtraError) as error:
                reason = getattr(error, "reason", str(error))
                yield Refusal(place.path, place.line, reason)


def _mails(stream: IO[bytes]) -> Iterator[tuple[int | None, bytes]]:
    """Each mail of an mbox with the number of its first line; a single mail has none."""
    first = stream.readline(_LARGEST)
    while first and not first.strip():
        first = stream.readline(_LARGEST)
    if not first.startswith(_FROM):
        yield None, first + stream.read(_LARGEST)
        return
    start, number, lines, size, blank = 1, 1, [b""], 0, False
    while line := stream.readline(_LARGEST):
        number += 1
        if blank and line.startswith(_FROM):
            yield start, b"".join(lines)
            start, lines, size = number, [], 0
        elif size <= _LARGEST:
            lines.append(line)
            size += len(line)
        blank = not line.strip()
    yield start, b"".join(lines)


def _outcomes(data: bytes, source: Source) -> Iterator[Outcome]:
    if len(data) > _LARGEST:
        reason = f"the mail is larger than {_LARGEST >> 20} MiB; save its text as .txt"
        raise UnreadableSourceError(source.path, reason, source.line)
    if source.line:
        data = _QUOTED_FROM.sub(rb"\1", data)
    try:
        mail = message_from_bytes(data, policy=_POLICY)
        yield _report(mail, source)
        attached = [part.get_filename() or part.get_content_type() for part in _attached(mail)]
    except RecursionError as error:
        reason = "its parts are packed in each other too deeply; save its text as .txt"
        raise UnreadableSourceError(source.path, reason, source.line) from error
    for name in attached:
        yield Skipped(f"{source}!{name}", "attachment of a mail")


def _attached(mail: EmailMessage) -> Iterator[MIMEPart]:
    if mail.is_multipart():
        yield from mail.iter_attachments()


def _report(mail: EmailMessage, source: Source) -> Report:
    title = _line(mail, "Subject")
    text = _text(mail, source)
    bodies = (mail, mail.get_body(("plain", "html")))
    language = next((found for m in bodies if m and (found := _line(m, "Content-Language"))), "")
    written = _line(mail, "Date")
    published = parse_published(written) if written else None
    if written and not published:
        reason = f"the mail's date is {written[:60]!r}, which is no date of a mail; mend the line"
        raise UnreadableSourceError(source.path, reason, source.line)
    return Report(
        id=_line(mail, "Message-ID").strip("<> ") or digest(title, text),
        text=text,
        source=source,
        outlet=_domain(_line(mail, "From")) or None,
        title=title or None,
        published=published,
        published_basis="header" if published else None,
        url=web_address(_line(mail, "Archived-At").strip("<> ")),
        language=re.split(r"[,\s-]", language)[0].lower() or None,
    )


def _line(mail: MIMEPart, name: str) -> str:
    """Value of a header line, decoded, on one line; empty if there is none or it is broken."""
    try:
        return " ".join(str(mail.get(name, "")).split())
    except (ValueError, LookupError, AttributeError, TypeError):
        return ""


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2].lower().removeprefix("www.")


def _text(mail: EmailMessage, source: Source) -> str:
    plain, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    text = _decoded(plain, source) if plain else ""
    if plain and plain.get_param("format") == "flowed":
        text = _SOFT_BREAK.sub(" ", text)
    if not text.strip() and page:
        markup = _decoded(page, source)
        text = article(markup) or shown_text(markup)
    if not text.strip():
        reason = "the mail has no text that can be read (encrypted, or only attachments)"
        raise UnreadableSourceError(source.path, reason, source.line)
    return text.strip("\n") + "\n"


def _decoded(part: MIMEPart, source: Source) -> str:
    """Text of a part: a charset that the mail names is believed before any guess."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    charset = str(part.get_param("charset", "") or "").lower()
    if charset and charset not in _ASCII:
        try:
            return "\n".join(data.decode(charset).splitlines()) + "\n"
        except (ValueError, LookupError):
            pass
    return decode(data, source.path)
