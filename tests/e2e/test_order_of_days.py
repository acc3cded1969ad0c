"""Days in any order end in the same state: the last six, one at a time, after the same history."""

from chain_home import Home, differing
from group_sample import LAST_DAYS


def test_the_published_tables_hold_the_same_rows(in_order: Home, otherwise: Home):
    """All but the list of what changed when: that is the history of the runs themselves."""
    found = differing(in_order.published(), otherwise.published())
    assert [name for name in found if name != "fct_restatements"] == []


def test_the_exports_of_every_date_are_the_same_bytes(in_order: Home, otherwise: Home):
    exports = in_order.digests("exports")
    assert {name.split("/")[1] for name in exports} >= {str(day) for day in LAST_DAYS}
    assert differing(exports, otherwise.digests("exports")) == []
