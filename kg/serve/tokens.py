"""Who may read, where not everybody may: the file of `--token-file`.

One `NAME SCOPE TOKEN` a line, `#` begins a comment. TOKEN is the word that the client sends, or
`sha256:` and the hexadecimal digest of it. Scopes are read, annotate, load and admin; each includes
the ones before it. Only digests are kept in memory.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from kg.errors import UsageError

SCOPES = ("read", "annotate", "load", "admin")
_OTHERS_MAY_READ = 0o044
_DIGEST = re.compile(r"sha256:([0-9a-fA-F]{64})")


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a token; `digest` is that of the token."""

    name: str
    scope: str
    digest: bytes

    def may(self, scope: str) -> bool:
        """Whether the scope is included in the holder's own."""
        return SCOPES.index(scope) <= SCOPES.index(self.scope)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Everybody who holds a token."""

    holders: tuple[Holder, ...]

    def holder(self, authorization: str) -> Holder | None:
        """Who sends this `Authorization` header; None if nobody of ours.

        `Bearer TOKEN`; or `Basic` with name and token, which browsers ask their users for.
        """
        kind, _, value = authorization.strip().partition(" ")
        if kind.lower() == "bearer":
            return self._find(value.strip(), None)
        if kind.lower() == "basic":
            name, _, token = _decoded(value.strip()).partition(":")
            return self._find(token, name)
        return None

    def _find(self, token: str, name: str | None) -> Holder | None:
        digest = sha256(token.encode()).digest()
        found = [h for h in self.holders if hmac.compare_digest(h.digest, digest)]
        return next((h for h in found if name is None or h.name == name), None)


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def read_tokens(path: str | Path) -> Tokens:
    """The holders that a file names.

    Raises:
        UsageError: the file cannot be read, others may read it too, it names nobody, or a line is
            wrong; with the number of the line, never with the token.
    """
    try:
        with Path(path).open(encoding="utf-8") as file:
            mode = os.fstat(file.fileno()).st_mode
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a token file: {error}") from error
    if os.name == "posix" and mode & _OTHERS_MAY_READ:
        raise UsageError(f"{path}: others may read it; first: chmod 600 {path}")
    holders = tuple(_holders(path, lines))
    if not holders:
        raise UsageError(f"{path}: names nobody; one line is NAME SCOPE TOKEN")
    return Tokens(holders)


def _holders(path: str | Path, lines: list[str]) -> Iterator[Holder]:
    names: set[str] = set()
    for number, line in enumerate(lines, 1):
        fields = line.partition("#")[0].split()
        if not fields:
            continue
        try:
            holder = _holder(fields)
        except ValueError as error:
            raise UsageError(f"{path}:{number}: {error}") from error
        if holder.name in names:
            raise UsageError(f"{path}:{number}: {holder.name} has a token already")
        names.add(holder.name)
        yield holder


def _holder(fields: list[str]) -> Holder:
    if len(fields) != 3:
        raise ValueError(f"a line is NAME SCOPE TOKEN, this one has {len(fields)} words")
    name, scope, token = fields
    if scope not in SCOPES:
        raise ValueError(f"{scope!r} is none of {', '.join(SCOPES)}")
    if ":" in name:
        raise ValueError(f"the name {name!r} must not contain a colon")
    if not token.startswith("sha256:"):
        return Holder(name, scope, sha256(token.encode()).digest())
    match = _DIGEST.fullmatch(token)
    if not match:
        raise ValueError("sha256: needs 64 hexadecimal digits")
    return Holder(name, scope, bytes.fromhex(match[1]))
