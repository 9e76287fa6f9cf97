"""A loader whose module is imported when a file of its kind is met: most runs read one kind only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import IO, cast

from kg.model import Refusal, Report, Source
from loaders.base import Loader, Skipped


@dataclass(frozen=True)
class LateLoader:
    """Stands for a loader; only the endings of its files are known before it is imported.

    Attributes:
        place: its module and its class, as "loaders.pdf:PdfLoader".
        suffixes: file name endings, those of the loader itself.
    """

    place: str
    suffixes: tuple[str, ...]

    @cached_property
    def loader(self) -> Loader:
        """The loader itself."""
        module, _, kind = self.place.partition(":")
        return cast("Loader", getattr(import_module(module), kind)())

    @property
    def name(self) -> str:
        """See `Loader`."""
        return self.loader.name

    @property
    def description(self) -> str:
        """See `Loader`."""
        return self.loader.description

    def mismatch(self, head: bytes, /) -> str | None:
        """See `Loader`."""
        return self.loader.mismatch(head)

    def read(self, stream: IO[bytes], source: Source) -> Iterator[Report | Refusal | Skipped]:
        """See `Loader`."""
        return self.loader.read(stream, source)
