"""The sheet that explains a list: what it is, how to use it, and who was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regulars.sinks.manifest import ExportStamp, ListState
from regulars.sinks.sheet_styles import SheetStyles, plain_text, row_height
from regulars.sinks.wording import ListWords, guardrail_words, hold_words

WIDTHS = (62, 46, 42)
Line = tuple[str, str, str | int]
"""English, Chinese, and the number or text beside them."""


@dataclass(frozen=True)
class ReadMe:
    """What there is to say about one list on one day."""

    words: ListWords
    rows_shown: int
    state: ListState
    suppressed: Mapping[str, int]


def write_readme_sheet(sheet: Any, readme: ReadMe, stamp: ExportStamp, styles: SheetStyles) -> None:
    """Fill the sheet: English in the first column, Chinese in the second, numbers in the third."""
    sheet.hide_gridlines(2)
    for position, width in enumerate(WIDTHS):
        sheet.set_column(position, position, width)
    sheet.set_row(0, 36)
    words = readme.words
    sheet.merge_range(0, 0, 0, 2, f"{words.title} ‖ {words.title_zh}", styles.title)
    line = 2
    if readme.state.holds:
        line = _write_section(sheet, line, "Wait: not released yet ‖ 请等待：尚未放行", styles,
                              _waiting(readme))  # fmt: skip
    line = _write_section(sheet, line, "What this list is ‖ 这份名单是什么", styles,
                          [(words.meaning, words.meaning_zh, "")])  # fmt: skip
    line = _write_section(sheet, line, "How to use it ‖ 如何使用", styles,
                          [(english, chinese, "") for english, chinese in words.steps])  # fmt: skip
    line = _write_section(sheet, line, "This edition ‖ 本期", styles, _edition(readme, stamp))
    _write_section(sheet, line, "Left out, and why ‖ 未列入及原因", styles, _left_out(readme))
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _edition(readme: ReadMe, stamp: ExportStamp) -> list[Line]:
    state = readme.state
    against = state.delta_against
    return [
        ("Business date", "营业日期", stamp.business_date.isoformat()),
        ("Customers on the list", "名单人数", state.rows),
        ("Rows in this workbook", "本表行数", readme.rows_shown),
        ("Compared with the list delivered on", "对比的上期交付日期", f"{against or '–'}"),
        ("Joined since then", "较上期新增", state.added),
        ("Changed since then", "较上期变更", state.changed),
        ("Left since then", "较上期移出", state.removed),
        ("Policy version", "策略版本", stamp.policy_version),
        ("Run", "运行编号", stamp.run_key),
    ]


def _waiting(readme: ReadMe) -> list[Line]:
    """Why the list is not to be used before somebody accepts it."""
    return [(*hold_words(hold), "") for hold in readme.state.holds]


def _left_out(readme: ReadMe) -> list[Line]:
    if not readme.suppressed:
        return [("Nobody was left out.", "没有人被排除。", 0)]
    return [
        (*guardrail_words(guardrail), count)
        for guardrail, count in sorted(readme.suppressed.items())
    ]


def _texts(english: str, chinese: str, value: str | int) -> list[tuple[str, float]]:
    """The texts of a line with the room each has; numbers are bold and take a little more."""
    return [(english, WIDTHS[0]), (chinese, WIDTHS[1]), (str(value), WIDTHS[2] - 4)]


def _write_section(
    sheet: Any,
    line: int,
    heading: str,
    styles: SheetStyles,
    rows: list[Line],
) -> int:
    """Write a heading and its rows from `line` on; returns where the next section starts."""
    sheet.set_row(line, 22)
    sheet.write_string(line, 0, heading, styles.heading)
    for offset, (english, chinese, value) in enumerate(rows, start=1):
        sheet.set_row(line + offset, row_height(_texts(english, chinese, value)))
        sheet.write_string(line + offset, 0, plain_text(english), styles.text)
        sheet.write_string(line + offset, 1, plain_text(chinese), styles.text)
        if isinstance(value, int):
            sheet.write_number(line + offset, 2, value, styles.count)
        else:
            sheet.write_string(line + offset, 2, plain_text(value), styles.strong)
    return line + len(rows) + 2
