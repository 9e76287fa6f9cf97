"""What can be wrong with a call or an annotation file: one clear line, never a traceback."""

from __future__ import annotations

from kg.errors import KgError


class AnnotationError(KgError, ValueError):
    """A line of an annotation or prediction file that cannot be used; names the file and line."""

    def __init__(self, path: object, line: int | None, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")


class ExtractorError(KgError, RuntimeError):
    """An extractor that cannot be imported or does not keep the contract."""
