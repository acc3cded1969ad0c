"""Families of files that are bad in a cell: numbers, days, codes, ids."""

import datetime as dt

from bad_file import ORDER, BadFile, family, loaded, orders, parquet, set_aside, table, xlsx

AT = dt.datetime(2025, 1, 10, 19, 30)
NAMES = list(ORDER)


def _book(column: str, value: object, number: int, **options: object) -> bytes:
    """A workbook with one order, one of its cells typed."""
    row = [value if name == column else ORDER[name] for name in NAMES]
    row[0] = f"x{number}" if column != "order_id" else value
    return xlsx([NAMES, row], **options)


def _cell(stem: str, column: str, text: str, reason: str, **more: object) -> BadFile:
    changes = {"order_id": f"{stem}{text}", column: text}
    return set_aside(f"orders__{stem}.csv", orders(changes), reason, **more)


@family
def money_in_other_dress() -> list[BadFile]:
    """Amounts with full-width digits, currency signs, brackets, a trailing minus or commas."""
    amounts = [("￥１２．５０", 1250), ("(33.62)", -3362), ("1,149.00-", -114900), ("-$7", -700)]
    return [
        loaded(f"orders__dress{at}.csv", orders({"order_id": f"m{at}", "total_amount": text}),
               cells=("total_minor", [minor]))
        for at, (text, minor) in enumerate(amounts)
    ]  # fmt: skip


@family
def money_that_is_none() -> list[BadFile]:
    """An amount that cannot be read exactly."""
    return [
        _cell("letter", "total_amount", "12.5O", "not_a_number:total_amount"),
        _cell("decimals", "total_amount", "12.345", "too_many_decimals:total_amount"),
        _cell("power", "total_amount", "1.2E+3", "scientific_notation:total_amount"),
        _cell("huge", "total_amount", "9" * 20, "number_too_large:total_amount"),
    ]


@family
def below_zero() -> list[BadFile]:
    """A negative number where there can be none."""
    lines = {"order_id": "1", "store_id": "S1", "line_no": "-1", "item_id": "D1", "quantity": "1",
             "gross_amount": "1"}  # fmt: skip
    rate = {"rule_id": "r1", "component": "commission", "basis": "rate", "rate": "-0.18",
            "valid_from": "2025-01-01"}  # fmt: skip
    return [
        _cell("discount", "discount_amount", "-1.00", "negative_amount:discount_amount"),
        _cell("covers", "covers", "-2", "negative_number:covers"),
        set_aside("order_lines__a.csv", table("order_lines", lines), "negative_number:line_no"),
        set_aside("cost_rules__a.csv", table("cost_rules", rate), "negative_number:rate"),
    ]


@family
def ids_destroyed() -> list[BadFile]:
    """A spreadsheet has turned a long id into 1.3E+18."""
    columns = ("order_id", "customer_ref", "account_id", "external_order_id")
    return [
        set_aside(
            f"orders__{column}.csv", orders({"order_id": f"i{column}", column: "1.3E+18"}),
            f"scientific_notation:{column}",
        )
        for column in columns[:3]
    ] + [
        set_aside("orders__float.xlsx", _book("order_id", 1.3e18, 1),
                  "scientific_notation:order_id"),
    ]  # fmt: skip


@family
def ids_kept() -> list[BadFile]:
    """Ids with leading zeros, more digits than a double holds, or the look of a number."""
    exact = 1_300_000_015_734_303_232
    kept = ("order_id", [str(exact)])
    columns: dict[str, list[object]] = {name: [text] for name, text in ORDER.items()}
    return [
        loaded("orders__zeros.csv", orders({"order_id": "0001"}), cells=("order_id", ["0001"])),
        loaded("orders__19.csv", orders({"order_id": str(exact)}), cells=kept),
        loaded("orders__exp.csv", orders({"order_id": "1e5"}), cells=("order_id", ["1e5"])),
        loaded("orders__int.parquet", parquet({**columns, "order_id": [exact]}),
               cells=kept),
    ]  # fmt: skip


@family
def days_as_numbers() -> list[BadFile]:
    """A spreadsheet's bare number stands where a day or a time should be."""
    return [
        _cell("serial", "closed_at", "45667.5", "bad_time:closed_at"),
        _cell("day_serial", "business_date", "45667", "bad_date:business_date"),
        set_aside("orders__serial.xlsx", _book("closed_at", 45667.8125, 1), "bad_time:closed_at"),
        _cell("epoch", "closed_at", "1736510400000", "bad_time:closed_at"),
    ]


@family
def days_of_another_order() -> list[BadFile]:
    """A day or time in an order that could mean two days, or that there is not."""
    return [
        _cell("slash", "closed_at", "31/01/2025 12:00", "bad_time:closed_at"),
        _cell("american", "business_date", "1/10/2025", "bad_date:business_date"),
        _cell("february", "closed_at", "2025-02-30 12:00", "bad_time:closed_at"),
        _cell("words", "closed_at", "10 Jan 2025", "bad_time:closed_at"),
    ]


@family
def dates_of_both_epochs() -> list[BadFile]:
    """A workbook counts its days from 1900 or, on old Macs, from 1904."""
    return [
        loaded(f"orders__{name}.xlsx", _book("closed_at", AT, number, **options),
               cells=("closed_local_at", [AT]))
        for number, (name, options) in enumerate(
            {"from_1900": {}, "from_1904": {"date_1904": True}}.items())
    ] + [
        loaded(f"recipe_costs__{name}.xlsx",
               xlsx([["item_id", "unit_cost", "valid_from"], ["D1", 3, AT.date()]], **options),
               cells=("valid_from", [AT.date()]))
        for name, options in {"from_1900": {}, "from_1904": {"date_1904": True}}.items()
    ]  # fmt: skip


@family
def days_out_of_range() -> list[BadFile]:
    """A day before 2000 or beyond the end of the century."""
    return [
        _cell("old", "closed_at", "1999-12-31 12:00", "date_out_of_range:business_date"),
        _cell("far", "closed_at", "2125-01-10 12:00", "date_out_of_range:business_date"),
        _cell("given", "business_date", "1925-01-10", "date_out_of_range:business_date"),
        _cell("night", "closed_at", "2000-01-01 03:59", "date_out_of_range:business_date"),
    ]


@family
def blanks_where_needed() -> list[BadFile]:
    """A cell that is needed is blank."""
    return [
        set_aside(
            f"orders__no_{column}.csv", orders({"order_id": "n1", column: " "}),
            f"missing_required:{column}",
        )
        for column in ("order_id", "store_id", "total_amount", "closed_at")
    ]  # fmt: skip


@family
def unknown_codes() -> list[BadFile]:
    """A code that is none of the template's words."""
    adjustment = {"adjustment_id": "a1", "store_id": "S1", "adjustment_type": "comp",
                  "funded_by": "aunt", "amount": "1",
                  "adjusted_at": "2025-01-10 12:00"}  # fmt: skip
    return [
        _cell("channel", "channel", "drone", "unknown_code:channel"),
        _cell("status", "status", "done", "unknown_code:status"),
        set_aside("adjustments__aunt.csv", table("adjustments", adjustment),
                  "unknown_code:funded_by"),
        set_aside("items__kind.csv", "item_id,item_name,revenue_kind\nD1,a,gift\n",
                  "unknown_code:revenue_kind"),
    ]  # fmt: skip


@family
def neither_yes_nor_no() -> list[BadFile]:
    """A flag that is neither yes nor no."""
    people = "customer_ref,customer_kind,is_staff\nGuest-7,consumer,maybe\n"
    return [
        _cell("two", "is_tax_included", "2", "bad_flag:is_tax_included"),
        _cell("word", "is_tax_included", "incl", "bad_flag:is_tax_included"),
        _cell("dash", "is_tax_included", "-", "bad_flag:is_tax_included"),
        set_aside("customers__staff.csv", people, "bad_flag:is_staff"),
    ]


@family
def zones_by_other_names() -> list[BadFile]:
    """A store's time zone or cut-off is not written as it must be."""
    store = {"store_id": "S8", "store_name": "Eighth", "currency_code": "CNY", "cutoff": "04:00"}
    zones = ("Eastern Time (US & Canada)", "GMT+25", "Shanghai time")
    files = [
        set_aside(f"stores__zone{at}.csv", table("stores", {**store, "time_zone": zone}),
                  "unknown_time_zone")
        for at, zone in enumerate(zones)
    ]  # fmt: skip
    late = {**store, "time_zone": "Asia/Shanghai", "cutoff": "6:30"}
    return [*files, set_aside("stores__cutoff.csv", table("stores", late), "bad_cutoff")]


@family
def unknown_store() -> list[BadFile]:
    """A row is of a store that the policy does not know."""
    return [
        set_aside(f"orders__store{at}.csv", orders({"order_id": "u1"}, {"store_id": store}),
                  "unknown_store", read=2, row=3)
        for at, store in enumerate(("S9", "s1", "Ｓ１", "1"))
    ]  # fmt: skip


@family
def wrong_currency() -> list[BadFile]:
    """A row is in a currency that is not its store's, or none at all."""
    return [
        _cell("usd", "currency_code", "USD", "wrong_currency"),
        _cell("lower", "currency_code", "jpy", "wrong_currency"),
        _cell("none", "currency_code", "XYZ", "unknown_currency"),
        _cell("sign", "currency_code", "￥", "unknown_currency"),
    ]


@family
def impossible_rules() -> list[BadFile]:
    """A cost that ends before it begins, or has neither rate nor amount."""
    cost = {"item_id": "D1", "unit_cost": "3", "valid_from": "2025-02-01", "valid_to": "2025-01-01"}
    rule = {"rule_id": "r9", "component": "commission", "basis": "rate", "rate": "0.1",
            "valid_from": "2025-01-01"}  # fmt: skip
    late = {**rule, "valid_to": "2024-12-31"}
    return [
        set_aside("recipe_costs__ends.csv", table("recipe_costs", cost), "ends_before_start"),
        set_aside("cost_rules__ends.csv", table("cost_rules", late), "ends_before_start"),
        set_aside("cost_rules__rate.csv", table("cost_rules", {**rule, "rate": "", "amount": "1"}),
                  "missing_amount_or_rate"),
        set_aside("cost_rules__amount.csv", table("cost_rules", {**rule, "basis": "per_order"}),
                  "missing_amount_or_rate"),
    ]  # fmt: skip
