"""A late payout restates the days of its orders, and the list of what changed says how."""

from collections import defaultdict
from itertools import pairwise

from chain_home import Home, Table
from group_sample import LAST_DAYS


def changes_of(home: Home) -> Table:
    return home.rows("select * from fct_restatements order by restated_on, business_date")


def test_what_late_files_changed_is_told_with_its_run_its_day_and_its_store(in_order: Home):
    changes = changes_of(in_order)
    assert {row["restated_on"] for row in changes} <= set(LAST_DAYS)
    assert all(row["business_date"] < row["restated_on"] for row in changes)
    assert {"channel_cost", "true_profit"} <= {row["component"] for row in changes}
    assert all(row["before_minor"] != row["after_minor"] for row in changes)


def test_the_last_after_of_every_figure_is_what_the_table_says_now(in_order: Home):
    last = {
        (row["business_date"], row["store_id"], row["component"]): row["after_minor"]
        for row in changes_of(in_order)
    }
    now = {
        (row["business_date"], row["store_id"], name): row[f"{name}_minor"]
        for row in in_order.rows(
            "select business_date, store_id,"
            " cast(sum(channel_cost_minor) as bigint) as channel_cost_minor,"
            " cast(sum(refund_minor) as bigint) as refund_minor,"
            " cast(sum(true_profit_minor) as bigint) as true_profit_minor"
            " from fct_orders group by business_date, store_id"
        )
        for name in ("channel_cost", "refund", "true_profit")
    }
    told = {place: minor for place, minor in last.items() if place[2] in {p[2] for p in now}}
    assert told and {place: now[place] for place in told} == told


def test_each_change_begins_where_the_one_before_it_ended(in_order: Home):
    chains = defaultdict(list)
    for row in changes_of(in_order):
        chains[row["business_date"], row["store_id"], row["component"]].append(row)
    for chain in chains.values():
        for earlier, later in pairwise(chain):
            assert earlier["after_minor"] == later["before_minor"]


def test_a_history_built_in_one_run_has_nothing_that_changed(complete: Home):
    assert changes_of(complete) == []
