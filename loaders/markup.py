"""HTML as it is found: whatever stands in a page, parsing it ends without an error."""

from __future__ import annotations

from html.parser import HTMLParser


class TolerantParser(HTMLParser):
    """The standard library's parser, for which some broken `<![…` is an error of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """The end of the section at `i`; one of no known kind is passed over like a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)
