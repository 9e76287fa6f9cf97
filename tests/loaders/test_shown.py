"""Fragments of HTML as a reader sees them."""

from __future__ import annotations

import pytest

from loaders.html_meta import page_metadata
from loaders.shown import only_links, shown_text


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("<p>One</p><p>two <b>three</b></p>", "One\ntwo three"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("a<script>b()</script><style>c{}</style>d", "ad"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("5 &lt; 6 &amp; 7&nbsp;&gt; 6", "5 < 6 & 7 > 6"),
        ("a < b and c > d", "a < b and c > d"),
        ("plain\n\n  lines \n", "plain\nlines"),
        ("<p>open <i>and never closed", "open and never closed"),
        ("", ""),
    ],
)
def test_a_block_is_a_line_and_what_is_not_seen_is_left_out(fragment: str, text: str) -> None:
    assert shown_text(fragment) == text


@pytest.mark.parametrize(
    "broken", ["<![CDel x]>", "<![", "<![x", "<!x", "<!-", "</", "<a b='", "&#x;"]
)
def test_broken_markup_is_no_error(broken: str) -> None:
    assert shown_text(f"<p>before</p>{broken}<p>after</p>").startswith("before")
    assert page_metadata(f"<title>T</title>{broken}").title == "T"


@pytest.mark.parametrize(
    ("page", "leads_on"),
    [
        ('<title>T</title><p><a href="x">Read on</a> »</p>', True),
        ('<a href="x"><div>One</div></a><a href="y"><p>Two</p></a>', True),
        ('<p><a href="x">The minister</a> met his guest.</p>', False),
        ('<a name="top"></a><p>They met.</p><a href="x">Home</a>', False),
        ('<a href="x"><p>They met, in a page of long ago.</p>', False),
        ("<script>a()</script>", False),
        ("", False),
    ],
)
def test_a_page_that_shows_only_links_is_told_from_one_with_words(
    page: str, leads_on: bool
) -> None:
    assert only_links(page) is leads_on
