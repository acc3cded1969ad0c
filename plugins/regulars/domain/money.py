"""Exact money: whole minor units, fixed-point text, and the few roundings the trade needs.

A *minor unit* is the smallest coin of a currency (a cent, a fen, a whole yen). Every number
here is an integer scaled by a power of ten: `places` says how many decimals it carries.
"""

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import accumulate, pairwise

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

_ACTIVE_CODES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN
BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR
KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS
UAH UGX USD UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
_CODES_BY_EXPONENT = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_EXPONENTS = {
    code: exponent for exponent, codes in _CODES_BY_EXPONENT.items() for code in codes.split()
}
CURRENCIES = frozenset(_ACTIVE_CODES.split())
"""The active currency codes of ISO 4217."""

_DIGITS = 18
_EXACT = Context(prec=60)
_NARROW = str.maketrans("０１２３４５６７８９．，－＋（）￥＄−", "0123456789.,-+()¥$-")
_SCIENTIFIC = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)[eE][+-]?\d+", re.ASCII)
_AMOUNT = re.compile(
    r"(?P<open>\()?\s*(?P<before>[+-])?\s*[$¥₹€£]?\s*(?P<after>[+-])?\s*"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d+|(?=\.\d))"
    r"(?:\.(?P<decimals>\d*))?\s*(?P<trailing>-)?\s*(?P<close>\))?",
    re.ASCII,
)


class NumberError(ValueError):
    """A text that is not an exact number. `reason` is a code without any personal data."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def exponent_of(currency_code: str) -> int:
    """How many decimals a currency has (ISO 4217): 0 for JPY, 3 for KWD, 2 unless listed."""
    return _EXPONENTS.get(currency_code, 2)


def parse_minor(text: str, exponent: int) -> int:
    """Minor units of an amount as people write it: "1,149.00", "(33.62)", "-$7", "￥１２.5".

    Raises NumberError with `not_a_number`, `scientific_notation`, `too_many_decimals`
    (more decimals than the currency has, unless they are zeros) or `number_too_large`.
    """
    return parse_fixed(text, exponent)


def parse_fixed(text: str, places: int) -> int:
    """The number in units of 10**-places; same written forms and refusals as `parse_minor`."""
    narrow = text.translate(_NARROW).strip()
    if _SCIENTIFIC.fullmatch(narrow):
        raise NumberError("scientific_notation")
    match = _AMOUNT.fullmatch(narrow)
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise NumberError("not_a_number")
    marks = [match[name] for name in ("open", "before", "after", "trailing") if match[name]]
    if len(marks) > 1:
        raise NumberError("not_a_number")
    units = _scale(match["whole"].replace(",", ""), match["decimals"] or "", places)
    return -units if marks and marks != ["+"] else units


def _scale(whole: str, decimals: str, places: int) -> int:
    """Whole and decimal digits as units of 10**-places, exactly."""
    digits, decimals = whole.lstrip("0"), decimals.rstrip("0")
    if len(decimals) > places:
        raise NumberError("too_many_decimals")
    if len(digits) + places > _DIGITS:
        raise NumberError("number_too_large")
    return int(_EXACT.scaleb(Decimal(f"{digits or 0}.{decimals or 0}"), places))


def parse_fixed_column(texts: pd.Series, places: int) -> tuple[pd.Series, pd.Series]:
    """`parse_fixed` for a column: (Int64 numbers, reason codes), both on the same index.

    Missing and blank cells give neither a number nor a reason. Plain digits take a fast
    path in Arrow; only what is written in another way is read cell by cell.
    """
    cells = pc.utf8_trim_whitespace(_as_arrow(texts))
    whole_digits = _DIGITS - places
    plain = pc.match_substring_regex(
        cells, rf"^[+-]?[0-9]{{1,{whole_digits}}}(\.[0-9]{{0,{places}}}0{{0,6}})?$"
    )
    numbers = _shift_point(pc.if_else(plain, cells, None), places)
    odd = pc.and_(pc.invert(plain), pc.greater(pc.utf8_length(cells), 0)).fill_null(False)
    missing = pc.is_null(numbers).to_numpy(zero_copy_only=False)
    values = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False).copy()
    reasons = pd.Series(None, index=texts.index, dtype="str")
    positions = odd.to_numpy(zero_copy_only=False).nonzero()[0]
    if len(positions):
        outcomes = _read_each(cells.take(pa.array(positions)), places)
        values[positions] = [number or 0 for number, _ in outcomes]
        missing[positions] = [number is None for number, _ in outcomes]
        reasons.iloc[positions] = [reason for _, reason in outcomes]
    return pd.Series(pd.arrays.IntegerArray(values, missing), index=texts.index), reasons


def _as_arrow(texts: pd.Series) -> pa.Array:
    array = pa.array(texts, pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _shift_point(cells: pa.Array, places: int) -> pa.Array:
    """Plain decimal text to int64 units; the decimals beyond `places` are known to be zeros."""
    exact = pc.cast(pc.cast(cells, pa.decimal128(38, places)), pa.decimal128(19, places))
    factor = pa.scalar(Decimal(10**places), pa.decimal128(places + 1, 0))
    return pc.cast(pc.multiply(exact, factor), pa.int64())


def _read_each(cells: pa.Array, places: int) -> list[tuple[int | None, str | None]]:
    encoded = cells.dictionary_encode()
    outcomes = [_read_one(text, places) for text in encoded.dictionary.to_pylist()]
    return [outcomes[code] for code in encoded.indices.to_pylist()]


def _read_one(text: str, places: int) -> tuple[int | None, str | None]:
    try:
        return (parse_fixed(text, places) if text.strip() else None), None
    except NumberError as refusal:
        return None, refusal.reason


def decimal_text(minor: int, exponent: int) -> str:
    """The amount as people read it: 1250 with 2 decimals is "12.50"; no separators."""
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    sign = "-" if minor < 0 else ""
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}" if exponent else f"{sign}{digits}"


def apply_rate(minor: int, bps: int) -> int:
    """A share of an amount, `bps` in basis points; half a minor unit rounds away from zero."""
    return _divide_half_up(minor * bps, 10_000)


def line_cost(quantity_milli: int, unit_cost_micro: int) -> int:
    """Minor units of a quantity (thousandths) at a unit cost (millionths of a minor unit)."""
    return _divide_half_up(quantity_milli * unit_cost_micro, 1_000_000_000)


def _divide_half_up(number: int, divisor: int) -> int:
    quotient = (abs(number) + divisor // 2) // divisor
    return -quotient if number < 0 else quotient


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Split an amount in proportion to weights (whole, none negative) without losing a cent.

    Each share is the step between two floored cumulative amounts, so the shares always add
    up to the total. If every weight is zero the shares are equal. A negative total mirrors
    the positive one. Raises ValueError for a negative weight or when nobody can take a share.
    """
    if any(weight < 0 for weight in weights) or not weights:
        raise ValueError("share_out needs at least one weight and none below zero")
    parts = list(weights) if any(weights) else [1] * len(weights)
    whole, amount = sum(parts), abs(total)
    stairs = [amount * reached // whole for reached in accumulate(parts, initial=0)]
    shares = [upper - lower for lower, upper in pairwise(stairs)]
    return [-share for share in shares] if total < 0 else shares
