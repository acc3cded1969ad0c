"""Order lines by the million: two years of a chain of restaurants, the same ones every time.

    python -m benchmarks.scale.generator --lines 1000000 --folder /tmp/regulars-bench

writes `lines-<n>/` with Parquet files: `order_lines/<month>.parquet` in the order of the days,
`guests`, `item_costs`, `channel_fees` and `calendar`. Everything is drawn from hashes of the
order's number, so that a size is the same rows on every machine. What is there is not made again.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

FIRST_DAY, LAST_DAY = date(2024, 1, 1), date(2025, 12, 30)
DAY_COUNT = (LAST_DAY - FIRST_DAY).days + 1
ITEM_COUNT, STORE_COUNT, LINES_PER_ORDER = 300, 24, 3
EAGERNESS = 0.15
"""How flat the head of the distribution of visits is: at 0 one guest would come all day."""
COST_DAYS = 91
"""A recipe's cost changes every quarter."""
CHANNELS = ((1, 0), (2, 0), (3, 1800), (4, 2200))
"""Dine-in, takeaway, and two platforms with their commission in basis points."""
FEE_CHANGED_ON, FEE_RISE_BPS = date(2025, 1, 1), 100
TABLES = ("order_lines", "guests", "item_costs", "channel_fees", "calendar")


@dataclass(frozen=True)
class Size:
    """How much to generate: order lines (about), and guests that orders are drawn for."""

    lines: int
    customers: int

    @property
    def orders(self) -> int:
        """Orders: three lines make one on average."""
        return self.lines // LINES_PER_ORDER


def size_of(lines: int, customers: int | None = None) -> Size:
    """Half a million customers, and fewer where they would not have 20 lines each."""
    return Size(lines, customers or max(min(500_000, lines // 20), 1))


def generate(size: Size, root: Path, show: Callable[[str], None] = print) -> Path:
    """The folder with the tables of this size, made when it is not there yet."""
    folder = root / f"lines-{size.lines}-customers-{size.customers}"
    done = folder / "made.json"
    if done.exists():
        return folder
    (folder / "order_lines").mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as engine:
        engine.execute("set preserve_insertion_order = true")
        _make_calendar(engine, size.orders)
        for name, select in _small_tables(size).items():
            engine.execute(f"copy ({select}) to '{folder / name}.parquet' (format parquet)")
        for first, after in months():
            show(f"order lines of {first:%Y-%m}")
            path = folder / "order_lines" / f"{first:%Y-%m}.parquet"
            engine.execute(f"copy ({_lines(size, first, after)}) to '{path}' (format parquet)")
    done.write_text(json.dumps(asdict(size)), encoding="utf-8")
    return folder


def months() -> Iterator[tuple[date, date]]:
    """The months of the two years: the first day of each, and the day after its last."""
    first = FIRST_DAY
    while first <= LAST_DAY:
        following = (first + timedelta(days=31)).replace(day=1)
        yield first, min(following, LAST_DAY + timedelta(days=1))
        first = following


def _make_calendar(engine: duckdb.DuckDBPyConnection, orders: int) -> None:
    """Days with their share of the orders: weekends, a summer, a December, and growth."""
    engine.execute(f"""
        create table days as
        with weighted as (
            select
                business_date, day_no,
                (case when isodow(business_date) >= 5 then 1.5 else 1.0 end)
                * (1 + 0.15 * sin(2 * pi() * (day_no - 100) / 365.0))
                * (case when month(business_date) = 12 then 1.25 else 1.0 end)
                * (1 + 0.2 * day_no / {DAY_COUNT}) as weight
            from (
                select date '{FIRST_DAY}' + day_no::integer as business_date, day_no
                from range({DAY_COUNT}) as numbers(day_no)
            )
        ),
        summed as (
            select *, sum(weight) over (order by day_no) / sum(weight) over () as reached
            from weighted
        )
        select
            business_date, day_no,
            coalesce(lag(end_order) over (order by day_no), 0) as first_order,
            end_order
        from (
            select *, floor(reached * {orders} + 1e-6)::bigint as end_order from summed
        )
    """)


def _small_tables(size: Size) -> dict[str, str]:
    versions = -(-DAY_COUNT // COST_DAYS)
    fees = ", ".join(
        f"({channel}, date '{valid_from}', date '{valid_to}', {bps + (rise if bps else 0)})"
        for channel, bps in CHANNELS
        for valid_from, valid_to, rise in (
            (FIRST_DAY, FEE_CHANGED_ON, 0),
            (FEE_CHANGED_ON, LAST_DAY + timedelta(days=1), FEE_RISE_BPS),
        )
    )
    return {
        # One guest in sixteen is a second card of somebody else.
        "guests": f"""
            select guest_no::bigint as guest_no,
                case when {_draw("guest_no", "card")} < 0.0625
                    then floor({_draw("guest_no", "owner")} * {size.customers})::bigint
                    else guest_no::bigint end as customer_no
            from range({size.customers}) as numbers(guest_no) order by 1""",
        "item_costs": f"""
            select item_no::bigint as item_no,
                date '{FIRST_DAY}' + (version * {COST_DAYS})::integer as valid_from,
                date '{FIRST_DAY}' + ((version + 1) * {COST_DAYS})::integer as valid_to,
                floor({_price("item_no")} * 10000 * (0.24 + 0.16 * {_draw("item_no", "cost")})
                    * (1 + 0.03 * version
                        * {_draw("item_no", "drift")}))::bigint * 100 as unit_cost_micro
            from range({ITEM_COUNT}) as items(item_no), range({versions}) as dated(version)
            order by 1, 2""",
        "channel_fees": f"""
            select channel_no::bigint as channel_no, valid_from, valid_to,
                fee_bps::bigint as fee_bps
            from (values {fees}) as fees(channel_no, valid_from, valid_to, fee_bps)
            order by 1, 2""",
        "calendar": "select business_date, day_no::bigint as day_no from days order by 1",
    }  # fmt: skip


def _lines(size: Size, first: date, after: date) -> str:
    """The lines of the days from first to before after, in the order of the orders."""
    tries = [_guest(size.customers, _draw("order_no", attempt)) for attempt in "abc"]
    return f"""
        with orders as (
            select business_date, day_no, unnest(range(first_order, end_order)) as order_no
            from days where business_date >= date '{first}' and business_date < date '{after}'
        ),
        drawn as (
            select *, {tries[0]} as try_a, {tries[1]} as try_b, {tries[2]} as try_c from orders
        ),
        -- A guest comes for a while, between his first day and his last.
        told as (
            select business_date, order_no,
                case when {_alive("try_a")} then try_a
                    when {_alive("try_b")} then try_b else try_c end as guest_no,
                1 + floor({_draw("order_no", "lines")} * {2 * LINES_PER_ORDER - 1})::bigint
                    as line_count,
                {_draw("order_no", "place")} as place_draw,
                {_draw("order_no", "channel")} as channel_draw,
                {_draw("order_no", "deal")} as deal_draw
            from drawn
        ),
        placed as (
            select business_date, order_no, guest_no, line_count,
                floor((case when place_draw < 0.85 then {_draw("guest_no", "home")}
                    else (place_draw - 0.85) / 0.15 end) * {STORE_COUNT})::bigint as store_no,
                case when channel_draw < 0.55 then 1 when channel_draw < 0.7 then 2
                    when channel_draw < 0.88 then 3 else 4 end as channel_no,
                case when deal_draw < 0.05 then 20 when deal_draw < 0.15 then 10 else 0
                    end as discount_percent
            from told
        ),
        listed as (
            select *, unnest(range(1, line_count + 1)) as line_no from placed
        ),
        chosen as (
            select *,
                floor({ITEM_COUNT} * pow({_draw("order_no * 8 + line_no", "item")}, 2))::bigint
                    as item_no,
                1 + floor(pow({_draw("order_no * 8 + line_no", "many")}, 3) * 4)::bigint as quantity
            from listed
        )
        select order_no::bigint as order_no, line_no::bigint as line_no, business_date,
            store_no, channel_no::bigint as channel_no, guest_no, item_no, quantity,
            quantity * {_price("item_no")} as gross_minor,
            (quantity * {_price("item_no")} * discount_percent) // 100 as discount_minor
        from chosen order by order_no, line_no"""


def _draw(key: str, about: str) -> str:
    """A number in [0, 1), the same for the same key and subject."""
    return f"((hash({key}, '{about}') >> 11) / 9007199254740992.0)"


def _price(item: str) -> str:
    """Between 4.00 and 40.00 in whole tenths, many cheap and few dear."""
    return f"(400 + 10 * floor(360 * pow({_draw(item, 'price')}, 2))::bigint)"


def _guest(customers: int, draw: str) -> str:
    """Few come often: the most eager seventeen times as often as the average."""
    share = f"(pow({EAGERNESS} + {1 - EAGERNESS} * {draw}, 3) - {EAGERNESS**3})"
    return f"floor({customers} * {share} / {1 - EAGERNESS**3})::bigint"


def _alive(guest: str) -> str:
    arrival = f"({_draw(guest, 'arrival')} * 1.5 - 0.5) * {DAY_COUNT}"
    stay = f"(0.1 + 2 * {_draw(guest, 'stay')}) * {DAY_COUNT // 2}"
    return f"(day_no >= {arrival} and day_no < {arrival} + {stay})"


def main() -> None:
    """Generate one size."""
    parser = argparse.ArgumentParser(description="Two years of order lines as Parquet.")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--customers", type=int)
    parser.add_argument("--folder", type=Path, required=True)
    given = parser.parse_args()
    print(generate(size_of(given.lines, given.customers), given.folder))


if __name__ == "__main__":
    main()
