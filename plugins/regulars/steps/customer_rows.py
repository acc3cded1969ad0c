"""The rows that tell of one customer: who he is now, and how he stood on a day."""

from datetime import date
from typing import Any, NamedTuple

from regulars.domain.errors import BadInput
from regulars.engines import Warehouse
from regulars.identity.keys import customer_key
from regulars.steps.runtime import Run

Row = dict[str, Any]
PSEUDONYMS = ("c_", "a_")
_STANDING = (
    "select * from snap_customer_tiers as tiers"
    " inner join snap_customer_reasons as reasons on tiers.customer_key = reasons.customer_key"
    " and tiers.snapshot_date = reasons.snapshot_date"
    " inner join snap_judgement_rules as rules on tiers.snapshot_date = rules.snapshot_date"
    " where tiers.customer_key = :key and tiers.snapshot_date = :day"
)
_SCORE = (
    "select scores.*, expected_year_visits, expected_year_value_minor, horizon_days,"
    " long_horizon_days from snap_customer_scores as scores"
    " inner join snap_customer_predictions as predictions"
    " on scores.customer_key = predictions.customer_key"
    " and scores.snapshot_date = predictions.snapshot_date"
    " inner join snap_score_parameters as parameters"
    " on scores.snapshot_date = parameters.snapshot_date"
    " where scores.customer_key = :key and scores.snapshot_date = :day"
)
_WHO = (
    "select tiers.customer_key, tiers.customer_kind, known_since_on, tiers.is_staff,"
    " int_customers.is_profiling_opt_out,"
    " coalesce(last.store_name, '–') as last_store, coalesce(main.store_name, '–') as main_store"
    " from snap_customer_tiers as tiers"
    " inner join int_customers on tiers.customer_key = int_customers.customer_key"
    " left join dim_stores as last on tiers.store_id = last.store_id"
    " left join dim_stores as main on tiers.main_store_id = main.store_id"
    " where tiers.customer_key = :key and tiers.snapshot_date = :day"
)
_LAST_MOVE = (
    "select * from fct_tier_moves where customer_key = :key and business_date <= :day"
    " order by business_date desc limit 1"
)


class Found(NamedTuple):
    """A customer's key, and the other pseudonym he was asked for by, if it was one."""

    key: str
    asked_for: str | None


def find_customer(warehouse: Warehouse, run: Run, asked: str) -> Found:
    """Under which key a customer goes now: a key he had, or his number in the group's systems.

    A number is never repeated: it may be a phone. Raises BadInput for somebody nobody has heard
    of, or who was erased.
    """
    if key := _who_is(warehouse, asked):
        return Found(key, None if key == asked else asked)
    if asked.startswith(PSEUDONYMS):
        raise _unknown(f"nobody is known as {asked!r}, or nobody is any more")
    secret, key_id = run.settings.identity_secret, run.settings.identity_key_id
    hashed = customer_key(asked, secret, key_id, run.newest_policy.name)
    if key := _who_is(warehouse, hashed or ""):
        return Found(key, None)
    raise _unknown("nobody is known under this number, or nobody is any more")


def _who_is(warehouse: Warehouse, name: str) -> str | None:
    found = warehouse.query(
        "select customer_key from ops_identity_map where node_key = :name"
        " union select customer_key from int_customers where customer_key = :name"
        " order by customer_key",
        name=name,
    ).to_pylist()
    return str(found[0]["customer_key"]) if found else None


def _unknown(problem: str) -> BadInput:
    return BadInput(
        problem,
        next_move="give a customer_key of dim_customers, or a number as the tills write it",
    )


def find_snapshot(warehouse: Warehouse, key: str, day: date) -> date:
    """The newest date up to a day on which the customer was judged.

    Raises BadInput when he was first judged later; the message says when.
    """
    span = warehouse.query(
        "select min(snapshot_date) as first_on,"
        " max(case when snapshot_date <= :day then snapshot_date end) as judged_on"
        " from snap_customer_tiers where customer_key = :key",
        key=key,
        day=day,
    ).to_pylist()[0]
    if span["judged_on"] is None:
        raise BadInput(
            f"{key} was not judged on {day} or before",
            next_move=f"ask for {span['first_on']} or later"
            if span["first_on"]
            else "run the pipeline for a day on which the customer was known",
        )
    return date.fromisoformat(str(span["judged_on"]))


def standing_rows(warehouse: Warehouse, key: str, day: date) -> dict[str, Row]:
    """Who, standing, score and last move of a snapshot date; empty where there is none."""
    asked = {"who": _WHO, "standing": _STANDING, "score": _SCORE, "last_move": _LAST_MOVE}
    return {
        name: next(iter(warehouse.query(sql, key=key, day=day).to_pylist()), {})
        for name, sql in asked.items()
    }
