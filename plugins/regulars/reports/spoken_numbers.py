"""The numbers of a row as a sentence says them: cut, never rounded up over a threshold."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from regulars.reports.figures import MINUS, count_text, money_text, share_text

BLANK = "–"


def spoken(row: Mapping[str, Any]) -> dict[str, str]:
    """Every number of a row under the name a sentence uses.

    `*_minor` becomes `*_amount` with its currency, `*_bps` a percentage `*_share`; fractions are
    cut to two decimals, so that 1.4999 never reads as the 1.5 it did not reach.
    """
    code = str(row.get("currency_code") or "")
    words: dict[str, str] = {}
    for name, value in row.items():
        if value is not None and name.endswith("_minor"):
            words[name.removesuffix("_minor") + "_amount"] = money_text(int(value), code)
        elif value is not None and name.endswith("_bps"):
            words[name.removesuffix("_bps") + "_share"] = share_text(int(value) / 10_000)
        elif value is not None and name.endswith("_ratio"):
            words[name] = _word(value)
            words[name.removesuffix("_ratio") + "_share"] = share_text(float(value))
        else:
            words[name] = _word(value)
    return words


def _word(value: object) -> str:
    if value is None:
        return BLANK
    if isinstance(value, float):
        cut = Decimal(repr(abs(value))).quantize(Decimal("0.01"), ROUND_FLOOR)
        return (MINUS if value < 0 and cut else "") + format(cut.normalize(), "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return count_text(value)
    return value.isoformat() if isinstance(value, date) else str(value)
