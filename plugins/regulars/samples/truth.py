"""Writes down what is true, for tests only: the pipeline never reads it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from regulars.domain.fields import ADJUSTMENTS, CHANNELS, FEES
from regulars.samples import aftermath, economics, rules
from regulars.samples.archetypes import ARCHETYPES, GONE
from regulars.samples.baskets import AFTER_PREPARATION, BEFORE_PREPARATION, on_platform
from regulars.samples.disturbing import Untidiness
from regulars.samples.economics import COMPONENTS, Happened
from regulars.samples.frames import Frame, IntArray, sum_by
from regulars.samples.menu import COST_RISE_BPS, IS_LIABILITY, STORES
from regulars.samples.opening import CANCELLED, PAID, VOIDED
from regulars.samples.people import People
from regulars.samples.size import SampleSize
from regulars.samples.spelling import spell_codes
from regulars.samples.till_rows import STATUSES, customer_refs, order_ids


def tell_orders(happened: Happened, profit: dict[str, IntArray], size: SampleSize) -> Any:
    """One row per order, also unpaid ones: its business date, customer and every component."""
    orders = happened.orders
    days = np.datetime64(size.first_day) + orders["day"]
    refs = customer_refs(orders["customer"])
    return pa.table(
        {
            "order_id": order_ids(orders["store"], orders["number"]),
            "store_id": spell_codes(orders["store"], STORES),
            "business_date": pa.array(days.astype("datetime64[D]")),
            "customer_ref": pc.if_else(pc.equal(refs, ""), None, refs),
            "channel": spell_codes(orders["channel"], CHANNELS),
            "status": spell_codes(orders["status"], STATUSES),
            **{f"{name}_minor": pa.array(profit[name]) for name in COMPONENTS},
        }
    )


def tell_customers(people: People, orders: Frame, profit: dict[str, IntArray], days: int) -> Any:
    """One row per customer, also those who never ordered: true class and every component.

    `is_gone` means that, by construction, the customer never comes again; `own_mean_gap_days`
    is the true mean of the gaps (before they stretch), null without a cadence.
    """
    count, customer = len(people), orders["customer"]
    known = customer >= 0
    names = np.array([kind.name for kind in ARCHETYPES])[people.archetype]
    kinds = np.array([kind.customer_kind for kind in ARCHETYPES])[people.archetype]
    return pa.table(
        {
            "customer_ref": customer_refs(np.arange(count)),
            "true_class": pa.array(names),
            "customer_kind": pa.array(kinds),
            "visits": pa.array(count_visits(orders, count, days)),
            **{
                f"{name}_minor": pa.array(sum_by(customer[known], profit[name][known], count))
                for name in COMPONENTS
            },
            "own_mean_gap_days": pa.array(people.gap, mask=people.gap == 0),
            "is_gone": pa.array(np.isin(names, GONE)),
        }
    )


def count_visits(orders: Frame, count: int, days: int) -> IntArray:
    """Distinct business dates with a paid order, per customer."""
    is_visit = (orders["customer"] >= 0) & (orders["status"] == PAID)
    dates = np.unique((orders["customer"] * days + orders["day"])[is_visit])
    return np.bincount(dates // days, minlength=count)


def tell_events(happened: Happened, feedback: Frame, untidiness: Untidiness) -> dict[str, object]:
    """How often everything happened, and how untidily it was delivered."""
    orders, lines, billed = happened.orders, happened.lines, happened.settlements
    adjustments, paid_platform = happened.adjustments, on_platform(orders)
    paid_platform &= orders["status"] == PAID
    by_type = {
        name: _count_and_sum(adjustments.take(adjustments["type"] == number))
        for number, name in enumerate(ADJUSTMENTS)
    }
    return asdict(untidiness) | {
        "orders": len(orders),
        "anonymous_orders": int((orders["customer"] < 0).sum()),
        "voided_orders": int((orders["status"] == VOIDED).sum()),
        "cancelled_orders": int((orders["status"] == CANCELLED).sum()),
        "orders_after_midnight": int((orders["minute"] >= 1440).sum()),
        "lines_voided_before_preparation": int((lines["void"] == BEFORE_PREPARATION).sum()),
        "lines_voided_after_preparation": int((lines["void"] == AFTER_PREPARATION).sum()),
        "gift_lines": int(lines["is_gift"].sum()),
        "liability_lines": int(IS_LIABILITY[lines["item"]].sum()),
        "adjustments": by_type,
        "complaints": int((feedback["kind"] == aftermath.COMPLAINT).sum()),
        "settled_orders": int((paid_platform & economics.is_settled(happened)).sum()),
        "rule_priced_orders": int((paid_platform & ~economics.is_settled(happened)).sum()),
        "ads": _count_and_sum(billed.take(billed["fee_type"] == FEES.index("ads"))),
    }


def _count_and_sum(frame: Frame) -> dict[str, int]:
    return {"count": len(frame), "amount_minor": int(frame["amount"].sum())}


def tell_parameters(size: SampleSize, people: People) -> dict[str, object]:
    """What the sample was made with."""
    heads = np.bincount(people.archetype, minlength=len(ARCHETYPES))
    return {
        "size": asdict(size),
        "first_day": size.first_day,
        "currency_code": "CNY",
        "time_zone": "Asia/Shanghai",
        "cutoff": "04:00",
        "stores": STORES,
        "platforms": rules.PLATFORMS,
        "cost_change_day": rules.change_day(size),
        "cost_rise_bps": COST_RISE_BPS,
        "customers_by_class": {
            kind.name: int(head) for kind, head in zip(ARCHETYPES, heads, strict=True) if head
        },
        "service_minutes_milli": {
            "per_order": economics.MINUTES_PER_ORDER,
            "per_cover_dine_in": economics.MINUTES_PER_COVER,
            "per_line": economics.MINUTES_PER_LINE,
        },
        "service_minute_minor": economics.MINUTE_MINOR,
    }


def write_truth(folder: Path, tables: dict[str, Any], notes: dict[str, dict[str, object]]) -> None:
    """Tables as Parquet, notes as JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
    for name, note in notes.items():
        text = json.dumps(note, indent=2, sort_keys=True, default=str)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")
