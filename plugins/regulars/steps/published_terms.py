"""How a column is called and counted once it is published: amounts and quantities as decimals."""

from regulars.domain.money import exponent_of

AMOUNT_DECIMALS = 4


def published_name(column: str) -> str:
    """`net_sales_minor` is published as `net_sales_amount`, `quantity_milli` as `quantity`."""
    if column.endswith("_minor"):
        return column.removesuffix("_minor") + "_amount"
    return column.removesuffix("_milli")


def minor_unit(currency_code: str) -> str:
    """One minor unit in major units: 0.01 for most currencies, 1 for yen."""
    exponent = exponent_of(currency_code)
    return f"0.{'0' * (exponent - 1)}1" if exponent else "1"
