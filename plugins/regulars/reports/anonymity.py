"""How much of each store's trade is nobody's: the day, and the four weeks up to it."""

from regulars.reports.figures import count_text, share_text
from regulars.reports.markup import section, table
from regulars.reports.run_report import RunReport


def anonymity_section(report: RunReport) -> str:
    """Anonymous orders and sales per store; a guest nobody recognises is never a bad one."""
    headers = (
        "Store ‖ 门店", "Orders, day ‖ 当日订单", "Anonymous ‖ 匿名", "of sales ‖ 占销售",
        "Orders, 28 days ‖ 近28天订单", "Anonymous ‖ 匿名", "of sales ‖ 占销售",
    )  # fmt: skip
    rows = [
        (
            row.store_name,
            count_text(row.day_orders),
            share_text(row.day_share),
            share_text(row.day_sales_share),
            count_text(row.trailing_orders),
            share_text(row.trailing_share),
            share_text(row.trailing_sales_share),
        )
        for row in report.anonymity
    ]
    return section("Anonymous guests ‖ 匿名客流", table(headers, rows), kind="wide")
