"""The policy's figures for the profit ladder as tables that the models read."""

from datetime import date
from typing import Any

import pyarrow as pa

from regulars.domain.fields import CHANNELS
from regulars.domain.money import CURRENCIES, exponent_of
from regulars.policy import Policy
from regulars.policy.dated import Dated
from regulars.policy.profit_sections import ServiceRate

_FOR_EVER = date(9999, 12, 31)
_LIFE = {"valid_from": pa.date32(), "valid_to": pa.date32()}
_SERVICE_RATES = pa.schema(
    {
        "rate_id": pa.string(), "store_id": pa.string(), "channel": pa.string(), **_LIFE,
        "order_milli": pa.int64(), "cover_milli": pa.int64(), "line_milli": pa.int64(),
        "table_milli": pa.int64(), "minute_cost_micro": pa.int64(), "currency_code": pa.string(),
    }
)  # fmt: skip
_CAPACITY = pa.schema(
    {
        "store_id": pa.string(), "daypart": pa.string(), **_LIFE,
        "capacity_milli": pa.int64(), "busy_milli": pa.int64(),
    }
)  # fmt: skip
_CHARGE_RATES = pa.schema(
    {
        "charge_kind": pa.string(), "code": pa.string(), **_LIFE, "unit_cost_micro": pa.int64(),
        "rate_bps": pa.int64(), "spread_days": pa.int64(), "currency_code": pa.string(),
    }
)  # fmt: skip
_EXCHANGE_RATES = pa.schema(
    {
        "from_currency": pa.string(), "to_currency": pa.string(), **_LIFE, "rate_nano": pa.int64(),
    }
)  # fmt: skip
_CURRENCIES = pa.schema({"currency_code": pa.string(), "unit_count": pa.int64()})


def profit_tables(policy: Policy) -> dict[str, pa.Table]:
    """The tables by name: service rates and capacity, charge rates, exchange rates, currencies."""
    return {
        "ref_service_rates": pa.Table.from_pylist(_service_rates(policy), _SERVICE_RATES),
        "ref_service_capacity": pa.Table.from_pylist(_capacity(policy), _CAPACITY),
        "ref_charge_rates": pa.Table.from_pylist(_charge_rates(policy), _CHARGE_RATES),
        "ref_exchange_rates": pa.Table.from_pylist(_exchange_rates(policy), _EXCHANGE_RATES),
        "ref_currencies": pa.Table.from_pylist(_currencies(), _CURRENCIES),
    }


def _life(figure: Dated) -> dict[str, Any]:
    return {"valid_from": figure.valid_from, "valid_to": figure.valid_to or _FOR_EVER}


def _service_rates(policy: Policy) -> list[dict[str, Any]]:
    return [
        {
            **_life(rate),
            "rate_id": f"{rate.store_id or ''}/{rate.valid_from}/{channel}",
            "store_id": rate.store_id,
            "channel": channel,
            "order_milli": int((rate.order_minutes + rate.channel_minutes.get(channel, 0)) * 1000),
            "cover_milli": int(rate.cover_minutes * 1000),
            "line_milli": int(rate.line_minutes * 1000),
            "table_milli": int(rate.table_share * 1000),
            "minute_cost_micro": rate.minute_cost_micro(policy.service.practical_share),
            "currency_code": _currency_of(policy, rate),
        }
        for rate in policy.service.rates
        for channel in CHANNELS
    ]


def _currency_of(policy: Policy, rate: ServiceRate) -> str:
    """A store's own rate is in the store's currency, that of all stores in the group's."""
    store = policy.store(rate.store_id) if rate.store_id else None
    return store.currency_code if store else policy.group.currency_code


def _capacity(policy: Policy) -> list[dict[str, Any]]:
    share = policy.service.practical_share
    return [
        {
            **_life(one),
            "store_id": one.store_id,
            "daypart": one.daypart,
            "capacity_milli": one.practical_milli(share),
            "busy_milli": one.practical_milli(share * policy.service.idle_share),
        }
        for one in policy.service.capacity
    ]


def _charge_rates(policy: Policy) -> list[dict[str, Any]]:
    charges, currency = policy.charges, {"currency_code": policy.group.currency_code}
    points = [
        {**_life(one), "charge_kind": "points", "code": "", "unit_cost_micro": one.unit_cost_micro}
        for one in charges.points
    ]
    acquisition = [
        {
            **_life(one),
            "charge_kind": "acquisition",
            "code": one.source,
            "unit_cost_micro": one.cost_minor * 1_000_000,
            "spread_days": one.amortisation_days,
        }
        for one in charges.acquisition
    ]
    contacts = [
        {
            **_life(one),
            "charge_kind": "contact",
            "code": one.contact_channel,
            "unit_cost_micro": one.cost_minor * 1_000_000,
        }
        for one in charges.contacts
    ]
    capital = [
        {
            **_life(one),
            "charge_kind": "capital",
            "code": "",
            "rate_bps": int(one.annual_rate * 10_000),
        }
        for one in charges.capital
    ]
    return [{**row, **currency} for row in (*points, *acquisition, *contacts, *capital)]


def _exchange_rates(policy: Policy) -> list[dict[str, Any]]:
    return [
        {
            **_life(one),
            "from_currency": one.from_currency,
            "to_currency": policy.group.currency_code,
            "rate_nano": one.rate_nano,
        }
        for one in policy.exchange_rates
    ]


def _currencies() -> list[dict[str, Any]]:
    return [
        {"currency_code": code, "unit_count": 10 ** exponent_of(code)}
        for code in sorted(CURRENCIES)
    ]
