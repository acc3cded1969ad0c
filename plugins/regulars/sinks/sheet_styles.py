"""How cells look, and how a text is made fit to stand in one."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from unicodedata import east_asian_width

from regulars.domain.money import exponent_of

INK, PAPER, LINE, FADED = "#1F2933", "#FFFFFF", "#D9DEE3", "#7B8794"
FONT = "Calibri"
LINE_HEIGHT, ROW_MARGIN = 15.5, 7
LONGEST_TEXT = 1_000
UNPRINTABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


@dataclass(frozen=True)
class SheetStyles:
    """The formats of one workbook; `money` by currency code."""

    header: Any
    title: Any
    heading: Any
    text: Any
    strong: Any
    reference: Any
    faded: Any
    day: Any
    count: Any
    money: dict[str, Any]


def add_styles(book: Any, colour: str, currencies: Collection[str]) -> SheetStyles:
    """The formats of a workbook whose headers wear the list's own colour."""
    cell = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "vcenter"}
    row = cell | {"bottom": 1, "bottom_color": LINE}
    prose = row | {"text_wrap": True, "quote_prefix": True}
    header = cell | {"font_color": PAPER, "bg_color": colour, "bold": True}
    return SheetStyles(
        header=book.add_format(header | {"text_wrap": True, "right": 1, "right_color": PAPER}),
        title=book.add_format(header | {"font_size": 18, "indent": 1}),
        heading=book.add_format(cell | {"bold": True, "font_size": 12, "font_color": colour}),
        text=book.add_format(prose),
        strong=book.add_format(prose | {"bold": True}),
        reference=book.add_format(row | {"num_format": "@", "bold": True}),
        faded=book.add_format(row | {"num_format": "@", "font_color": FADED, "font_size": 9}),
        day=book.add_format(row | {"num_format": "yyyy-mm-dd", "align": "left"}),
        count=book.add_format(row | {"num_format": "#,##0", "align": "left"}),
        money={
            code: book.add_format(row | {"num_format": _money_format(code), "indent": 1})
            for code in sorted(currencies)
        },
    )


def plain_text(value: str | None) -> str:
    """A text without unprintable signs, cut to a readable length.

    A text that begins like the file format's own mark-up gets a space in front: the writer
    would otherwise copy it into the file unescaped.
    """
    text = UNPRINTABLE.sub(" ", value or "")
    text = text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 1] + "…"
    return f" {text}" if text.startswith("<r>") else text


def row_height(texts: Collection[tuple[str, float]]) -> float:
    """The height in points of a row that shows each text in a column of so many characters."""
    return ROW_MARGIN + LINE_HEIGHT * max((_lines(text, width) for text, width in texts), default=1)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes; a Chinese character is two wide."""
    room = int(width * 1.05)
    return sum(max(-(-_columns(line) // room), 1) for line in text.split("\n"))


def _columns(line: str) -> int:
    if line.isascii():
        return len(line)
    return sum(1 + (east_asian_width(character) in "WF") for character in line)


def _money_format(code: str) -> str:
    """Thousands separated, the currency's decimals and code, and a dash for "no money"."""
    exponent = exponent_of(code)
    number = "#,##0" + ("." + "0" * exponent if exponent else "")
    return f'{number} "{code}";-{number} "{code}";"–"'
