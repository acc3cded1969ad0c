"""The report's table of anonymous trade."""

from regulars.reports.page import render_page
from regulars.reports.run_report import AnonymityRow


def test_each_store_shows_the_day_and_the_four_weeks_and_a_dash_where_nothing_was_sold(report):
    row = AnonymityRow(
        store_name="Corner", day_orders=0, day_share=None, day_sales_share=None,
        trailing_orders=1200, trailing_share=0.69, trailing_sales_share=0.605,
    )  # fmt: skip
    page = render_page(report(anonymity=(row,)))
    start = page.index("Anonymous guests")
    shown = page[start : page.index("</section>", start)]
    for text in ("Corner", "–", "1,200", "69.0 %", "60.5 %"):
        assert text in shown
