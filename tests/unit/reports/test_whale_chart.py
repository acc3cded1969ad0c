"""The whale curve, checked by hand on three customers.

The plot is 902 pixels wide from x = 70 and 332 high from y = 48 to y = 380. Three customers earn
60, 60 and −20: 60 %, 120 % and 100 % of the total of 100. The axis runs from 0 to 120 %.
"""

import re

from regulars.reports.plot import curve_path
from regulars.reports.whale_chart import draw_whale, frame_of


def test_the_curve_passes_through_the_hand_worked_points(report):
    drawn = report()
    # x: 70 + 902 × (0, 1/3, 2/3, 1); y: 380 − 332 × (0, 60, 120, 100) / 120
    assert curve_path(drawn.whale, frame_of(drawn)) == (
        "M70.0,380.0 L370.7,214.0 L671.3,48.0 L972.0,103.3"
    )


def test_the_peak_is_marked_at_its_height_and_share(report):
    svg = draw_whale(report())
    assert '<circle class="peak" cx="671.3" cy="48.0"' in svg
    assert "Peak ‖ 峰值 120.0 % @ 66.7 %" in svg


def test_eighty_per_cent_is_marked_where_the_report_says(report):
    svg = draw_whale(report())
    # x: 70 + 902 × 0.5; y: 380 − 332 × 80 / 120
    assert '<circle class="k80" cx="521.0" cy="158.7"' in svg
    assert "80 % of profit from 50.0 %" in svg


def test_break_even_is_the_line_of_zero(report):
    assert '<line class="even" x1="70.0" y1="380.0" x2="972.0" y2="380.0"/>' in draw_whale(report())


def test_what_is_lost_after_the_peak_is_an_area_under_its_height(report):
    assert 'class="eroded" d="M671.3,48.0 L671.3,48.0 L972.0,103.3 L972.0,48.0 Z"' in draw_whale(
        report()
    )


def test_a_group_without_profit_is_drawn_in_money(report, whale):
    losing = report(
        whale=whale(6000, -4000, -8000), k80_share=None, peak_share=1 / 3, erosion_minor=12000
    )
    svg = draw_whale(losing)
    ticks = re.findall(r'class="tick"[^>]*text-anchor="end">([^<]+)<', svg)
    assert ticks == ["−60", "−40", "−20", "0", "20", "40", "60"]
    # y: 48 + 332 × (60 − v) / 120 for v in 0, 60, 20, −60
    assert curve_path(losing.whale, frame_of(losing)) == (
        "M70.0,214.0 L370.7,48.0 L671.3,158.7 L972.0,380.0"
    )
    assert "80 % of profit" not in svg


def test_only_losses_can_be_drawn(report, whale):
    losing = report(whale=whale(-100, -200), k80_share=None, peak_share=0, erosion_minor=300)
    assert '<circle class="peak" cx="70.0" cy="48.0"' in draw_whale(losing)


def test_nobody_yet_is_said_in_words(report):
    empty = report(whale=(), k80_share=None, peak_share=0, erosion_minor=0)
    assert draw_whale(empty).startswith('<p class="quiet">No identified customer yet')


def test_a_total_of_zero_is_drawn_in_money(report, whale):
    even = report(whale=whale(100, -100), k80_share=None, peak_share=0.5, erosion_minor=100)
    assert "Cumulative profit, CNY" in draw_whale(even)
