"""Figures as people read them: exact money, grouped counts, shares with one decimal."""

from regulars.domain.money import decimal_text, exponent_of

MINUS = "−"


def money_text(minor: int, currency_code: str) -> str:
    """Exact money with its currency: 123456 minor of CNY is `CNY 1,234.56`."""
    return f"{currency_code} {amount_text(minor, currency_code)}"


def amount_text(minor: int, currency_code: str) -> str:
    """Exact money without its currency: -123456 minor of CNY is `−1,234.56`."""
    text = decimal_text(abs(minor), exponent_of(currency_code))
    whole, point, decimals = text.partition(".")
    return (MINUS if minor < 0 else "") + f"{int(whole):,}{point}{decimals}"


def short_amount(minor: int, currency_code: str) -> str:
    """Money for an axis, cut to thousands or millions by whole units: `1.2 M`, `350 k`."""
    units = abs(minor) // 10 ** exponent_of(currency_code)
    sign = MINUS if minor < 0 else ""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if units >= size:
            tenths = units * 10 // size
            return f"{sign}{tenths // 10}{f'.{tenths % 10}' if tenths % 10 else ''} {letter}"
    return f"{sign}{units}"


def count_text(count: int) -> str:
    """A count with its thousands separated."""
    return f"{count:,}".replace("-", MINUS)


def share_text(share: float | None) -> str:
    """A share as a percentage with one decimal; a dash where there is none."""
    return "–" if share is None else f"{share * 100:.1f} %"
