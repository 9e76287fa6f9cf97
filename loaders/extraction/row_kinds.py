"""Rows of `contacts.toml` by what they tell of who stands on which side; every id is a row there."""

from __future__ import annotations

LISTING = frozenset({"taking-part-were"})
# Rows that are a line of their own, in a list of what somebody did.
ITEMS = frozenset(
    {
        "listed-with",
        "listed-person",
        "met-no-subject",
        "pleased-to-meet",
        "items-of-a-line",
        "line-with-its-hour",
    }
)
_AT_TABLE = frozenset({"had-to-table", "entertained-at-table", "played-host", "found-time-for"})
# Rows in which "him" is the guest, whose first side is the host, whose first side is the guest.
OF_HIM = frozenset({"received", "called-on", "gave-reception", "shared-table"}) | _AT_TABLE
RECEIVING = _AT_TABLE | {"received", "received-courtesy-call", "accorded-call", "gave-reception"}
VISITING = frozenset(
    {"was-received", "called-on", "visited-somebody", "received-first", "was-guest-of"}
)
# Rows whose two leaders are those of two sides.
TWO_SIDED = frozenset({"led-the-sides", "talks-led-by", "several-represented", "co-chaired-by"})
# Rows that name all who met on one side.
OF_BOTH = frozenset(
    {"talks-between", "call-between", "between-talks-took-place", "denied", "delegations-were-led-by", "talks-held-led-by", "talks-led-by", "co-chaired-by",
     "talks-of-two-states", "talks-of-two-states-to-come"}
)  # fmt: skip
