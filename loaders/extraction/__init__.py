"""From a report to what it says of meetings: `extract(report)`, by rules that are data."""

from __future__ import annotations

from loaders.extraction.extract import Explanation, explain, extract

__all__ = ["Explanation", "explain", "extract"]
