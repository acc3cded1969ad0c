"""What a good row looks like, as a Great Expectations suite per entity.

An expectation of severity `critical` is a gate: its failing rows go to quarantine. One of
severity `warning` counts and reports: the rows stay. Each carries its reason code in `meta`.
Importing this module costs seconds: only a step that ingests should.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import great_expectations as gx
from great_expectations import expectations as gxe

from regulars.checks.context import CheckContext
from regulars.checks.deriving import EVENT_TIMES, FIRST_DAY
from regulars.checks.identifying import identifying_columns, reference_columns
from regulars.domain.fields import KEYED, Kind
from regulars.domain.identifiers import Unusable
from regulars.domain.money import CURRENCIES
from regulars.domain.records import fields_of

MOST_MINOR = 999_999_999
MOST_MILLI = 1_000_000
MOST_SKEW_MINUTES = 15


def suite_of(entity: str, context: CheckContext) -> gx.ExpectationSuite:
    """The expectations on the typed and probed rows of an entity."""
    expectations = [
        *_required(entity),
        *_codes(entity),
        *_places(entity, context),
        *_currencies(entity),
        *_days(entity, context),
        *_sizes(entity),
        *_identifiers(entity),
        *_references(entity),
        *_own(entity),
    ]
    return gx.ExpectationSuite(name=f"incoming_{entity}", expectations=expectations)


def _gate(reason: str) -> dict[str, Any]:
    return {"meta": {"reason": reason}, "severity": "critical"}


def _warning(reason: str) -> dict[str, Any]:
    return {"meta": {"reason": reason}, "severity": "warning"}


def _required(entity: str) -> Iterator[Any]:
    for field in fields_of(entity):
        if field.is_required:
            is_raw = field.stored.kind in KEYED
            column = field.name if is_raw else field.stored_name
            yield gxe.ExpectColumnValuesToNotBeNull(
                column=column, **_gate(f"missing_required:{field.name}")
            )


def _codes(entity: str) -> Iterator[Any]:
    for field in fields_of(entity):
        if field.stored.choices:
            yield gxe.ExpectColumnValuesToBeInSet(
                column=field.stored_name,
                value_set=list(field.stored.choices),
                **_gate(f"unknown_code:{field.name}"),
            )


def _places(entity: str, context: CheckContext) -> Iterator[Any]:
    """A store must be one the source may speak for; a home store only should be."""
    names = {field.name for field in fields_of(entity)}
    known = sorted(context.stores)
    if "store_id" in names and entity != "stores":
        yield gxe.ExpectColumnValuesToBeInSet(
            column="store_id", value_set=known, **_gate("unknown_store")
        )
    if "home_store_id" in names:
        yield gxe.ExpectColumnValuesToBeInSet(
            column="home_store_id", value_set=known, **_warning("unknown_home_store")
        )


def _currencies(entity: str) -> Iterator[Any]:
    names = {field.name for field in fields_of(entity)}
    if "currency_code" in names:
        yield gxe.ExpectColumnValuesToBeInSet(
            column="currency_code", value_set=sorted(CURRENCIES), **_gate("unknown_currency")
        )
    if {"currency_code", "store_id"} <= names and entity != "stores":
        yield _is_true("is_store_currency", "wrong_currency")


def _days(entity: str, context: CheckContext) -> Iterator[Any]:
    """A till an hour ahead may already write tomorrow's date; nothing may be later."""
    if entity in EVENT_TIMES:
        latest = context.last_day + timedelta(days=1)
        yield gxe.ExpectColumnValuesToBeBetween(
            column="days_from_2000",
            min_value=0,
            max_value=(latest - FIRST_DAY.date()).days,
            **_gate("date_out_of_range:business_date"),
        )


def _sizes(entity: str) -> Iterator[Any]:
    kinds = {field.stored.kind for field in fields_of(entity)}
    if Kind.MINOR in kinds:
        yield gxe.ExpectColumnValuesToBeBetween(
            column="largest_amount_minor", max_value=MOST_MINOR, **_warning("unusual_amount")
        )
    if Kind.MILLI in kinds:
        yield gxe.ExpectColumnValuesToBeBetween(
            column="largest_quantity_milli", max_value=MOST_MILLI, **_warning("unusual_quantity")
        )


def _identifiers(entity: str) -> Iterator[Any]:
    """What identifies nobody is told and kept without its hash: the rest of the row counts."""
    for column in identifying_columns(entity):
        code = f"unusable_{column.removesuffix('_value')}"
        for why in Unusable:
            yield gxe.ExpectColumnValuesToNotBeInSet(
                column=f"{column}_fault",
                value_set=[why.value],
                **_warning(f"{code}:{why}"),
            )


def _references(entity: str) -> Iterator[Any]:
    """A word for nobody is nobody: where the row needs somebody it is set aside."""
    needed = {field.name for field in fields_of(entity) if field.is_required}
    for column in reference_columns(entity):
        verdict = _gate if column in needed else _warning
        yield gxe.ExpectColumnValuesToBeNull(
            column=f"{column}_fault", **verdict(f"nobodys_reference:{column}")
        )


def _own(entity: str) -> Iterator[Any]:
    match entity:
        case "orders":
            yield gxe.ExpectColumnValuesToBeBetween(
                column="minutes_opened_after_closed",
                max_value=MOST_SKEW_MINUTES,
                **_warning("clock_skew"),
            )
            yield gxe.ExpectColumnValuesToBeInSet(
                column="total_difference_minor", value_set=[0], **_warning("total_does_not_tie")
            )
        case "recipe_costs":
            yield _in_order("valid_from", "valid_to", _gate("ends_before_start"))
        case "cost_rules":
            yield _in_order("valid_from", "valid_to", _gate("ends_before_start"))
            yield _is_true("has_value", "missing_amount_or_rate")
        case "invoices":
            yield _in_order("issued_on", "due_on", _warning("due_before_issue"))
        case "stores":
            yield _is_true("has_known_zone", "unknown_time_zone")
            yield _is_true("has_known_cutoff", "bad_cutoff")


def _is_true(column: str, reason: str) -> Any:
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=[True], **_gate(reason))


def _in_order(first: str, last: str, verdict: dict[str, Any]) -> Any:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=last,
        column_B=first,
        or_equal=True,
        ignore_row_if="either_value_is_missing",
        **verdict,
    )
