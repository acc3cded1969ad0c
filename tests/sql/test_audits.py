"""An audit that cannot fail is no audit: each is shown a right table and one broken by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.checks.schemas import raw_schema
from regulars.domain.errors import AuditFailed
from regulars.domain.records import RECORDS
from regulars.models import Catalog, ModelKind
from regulars.steps.auditing import audit, forget_audits, recall_audits, remember_audits
from regulars.steps.raw_tables import BUILD_PLAN, BUILT_DAYS, INTAKE, RECEIPTS

BUDGET = 1000
Tables = dict[str, list[dict[str, Any]]]


def _day(number: int) -> date:
    return DAY + timedelta(days=number)


# The steps of the ladder, each with a figure of its own.
LADDER = (
    "gross", "discount", "comp", "refund", "fee_income", "net_sales", "food_cost",
    "packaging_cost", "cm1", "channel_cost", "payment_fee", "incentive_cost", "cm2",
    "service_cost", "cm3", "complaint_cost", "true_profit",
)  # fmt: skip
CHARGES = ("contact_cost", "acquisition_cost", "credit_cost")


def _ladder(**changes: int) -> dict[str, int]:
    figures = {name: 10 * place for place, name in enumerate(LADDER, 1)} | changes
    return {f"{name}_minor": minor for name, minor in figures.items()}


def _ledger(**changes: Any) -> dict[str, Any]:
    row = {"store_id": "S1", "currency_code": "CNY", "business_date": DAY, "ledger_minor": 10_000,
           "identified_minor": 6000, "unidentified_minor": 4500, "unallocated_minor": -700,
           "recon_delta_minor": 200, "payment_delta_minor": 0}  # fmt: skip
    return {**row, **changes}


def _bought(minor: int, on: date = DAY) -> dict[str, Any]:
    return {"customer_key": "c1", "currency_code": "CNY", "business_date": on,
            "net_sales_minor": minor}  # fmt: skip


def _earned(on: date, visits: int = 1, profit: int = 70, sales: int = 100) -> dict[str, Any]:
    return {"currency_code": "CNY", "business_date": on, "snapshot_date": on,
            "visit_count": visits, "true_profit_minor": profit,
            "net_sales_minor": sales}  # fmt: skip


def _order(**changes: Any) -> dict[str, Any]:
    spent = {f"{name}_minor": 0 for name in CHARGES}
    return {
        "order_key": "S1/o1",
        "store_id": "S1",
        "currency_code": "CNY",
        "customer_key": "c1",
        "business_date": DAY,
        "ledger_minor": 10_500,
        **_ladder(),
        **spent,
        **changes,
    }


def _line(number: int, part: int, *, gap: bool = False) -> dict[str, Any]:
    """A line that has one or the other half of every figure."""
    half = {name: minor // 2 for name, minor in _ladder().items()}
    rest = {name: minor - half[name] for name, minor in _ladder().items()}
    return {"order_key": "S1/o1", "line_no": number, "store_id": "S1", "item_id": "noodle",
            "business_date": DAY, "is_cost_missing": gap, **(half, rest)[part]}  # fmt: skip


def _lines_but(name: str) -> list[dict[str, Any]]:
    first, second = _line(1, 0), _line(2, 1)
    return [first, second | {f"{name}_minor": second[f"{name}_minor"] + 1}]


def _customer_day(**changes: int) -> dict[str, Any]:
    """The day of the customer of the one order, with a charge of 5, 6, 7 and 8."""
    figures = _ladder(contact_cost=5, acquisition_cost=6, credit_cost=7, incentive_cost=128,
                      true_profit=144) | {f"{n}_minor": m for n, m in changes.items()}  # fmt: skip
    return {"customer_key": "c1", "currency_code": "CNY", "business_date": DAY, **figures}


CHARGED = {"customer_key": "c1", "currency_code": "CNY", "business_date": DAY,
           "contact_cost_minor": 5, "acquisition_cost_minor": 6, "credit_cost_minor": 7,
           "incentive_cost_minor": 8}  # fmt: skip
UNKNOWN = _order(order_key="S1/o2", customer_key=None)


def _action(who: str, cost: int = 0, on: date = DAY, **changes: Any) -> dict[str, Any]:
    """An action whose ceiling is 60.00 (1 - 0.25/0.37) - 0.10/0.37 = 19.18, half of it 9.59."""
    row = {"customer_key": who, "store_id": "S1", "list_name": "incentivise", "cost_minor": cost,
           "is_withheld": False, "visit_cm2_minor": 6000, "order_cm3_minor": 5000,
           "return_without_ratio": 0.25, "return_with_ratio": 0.37, "contact_cost_minor": 10,
           "business_date": on}  # fmt: skip
    return {**row, **changes}


def _sold(who: str, price: int, **changes: Any) -> Tables:
    """One noodle of a guest."""
    key = {"order_key": f"S1/{who}", "store_id": "S1", "customer_key": who, "business_date": DAY,
           "currency_code": "CNY"}  # fmt: skip
    order = {**key, "is_paid": True, "channel": "dine_in", "daypart": "lunch", **changes}
    line = {**key, "line_no": 1, "item_id": "noodle", "is_counted": True,
            "quantity_milli": 1000, "gross_minor": price}  # fmt: skip
    return {"fct_orders": [order], "fct_order_lines": [line]}


def _all(*tables: Tables) -> Tables:
    return {name: [row for one in tables for row in one[name]] for name in tables[0]}


def _stretch(first: int, last: int | None, *, current: bool) -> dict[str, Any]:
    until = date(9999, 12, 31) if last is None else _day(last)
    return {"customer_key": "c1", "tier": "lead", "valid_from_on": _day(first),
            "valid_to_on": until, "is_current": current}  # fmt: skip


def _file(read: int, *parts: int) -> dict[str, Any]:
    names = ("loaded", "quarantined", "duplicate", "summary", "out_of_scope")
    counts = {f"{name}_count": part for name, part in zip(names, parts, strict=True)}
    return {"source_system": "pos", "file_name": "a.csv", "source_file_sha256": "f1",
            "entity": "orders", "read_count": read, **counts}  # fmt: skip


def _fresh(*, on: date = DAY, is_late: bool = False) -> dict[str, Any]:
    return {"source_system": "pos", "store_id": "S1", "business_date": on, "is_late": is_late}


def _placed(who: str, segment: str | None, tier: str | None = "lead") -> dict[str, Any]:
    return {"customer_key": who, "snapshot_date": DAY, "segment": segment, "tier": tier}


KNOWN = [{"customer_key": who, "snapshot_date": DAY} for who in ("c1", "c2")]
PAST, NOW = _stretch(0, 9, current=False), _stretch(10, None, current=True)
SOUND: list[tuple[str, Tables]] = [
    ("audit_ledger_ties", {"fct_reconciliation": [_ledger()],
                           "fct_customer_days": [_bought(5000), _bought(1000)]}),
    ("audit_lines_tie_to_orders", {"fct_orders": [_order()],
                                   "fct_order_lines": [_line(1, 0), _line(2, 1)]}),
    ("audit_components_conserved", {"fct_orders": [_order(), UNKNOWN],
                                    "int_charge_days": [CHARGED],
                                    "fct_customer_days": [_customer_day()]}),
    ("audit_profits_add_up", {
        "fct_customer_profits": [_earned(DAY, 2, 140, 200), _earned(_day(-1), 9, 9, 9)],
        "fct_customer_days": [_earned(DAY), _earned(_day(-364)), _earned(_day(-365)),
                              _earned(_day(1))]}),
    ("audit_store_ledger_ties", {"fct_reconciliation": [_ledger()], "fct_orders": [
        _order(net_sales_minor=6000, ledger_minor=6000),
        _order(net_sales_minor=4500, ledger_minor=4700, customer_key=None)]}),
    ("audit_one_action", {"fct_actions": [_action("c1"), _action("c2"),
                                          _action("c1", on=_day(1))]}),
    ("audit_budget_kept", {"fct_actions": [_action("c1", 600), _action("c2", 400),
                                           _action("c3", 600, is_withheld=True),
                                           _action("c1", 600, on=_day(1))]}),
    ("audit_offer_ceiling", {"fct_actions": [_action("c1", 959), _action("c2", 0),
                                             _action("c3", 960, is_withheld=True),
                                             _action("c4", 800, order_cm3_minor=800)]}),
    ("audit_same_price", _all(_sold("c1", 3000), _sold("c2", 3001),
                              _sold("c3", 2500, daypart="late"))),
    ("audit_one_segment", {"snap_customer_situations": KNOWN,
                           "snap_customer_tiers": [_placed("c1", "steady"),
                                                   _placed("c2", "loyal")]}),
    ("audit_history_contiguous", {"dim_customers_history": [PAST, NOW]}),
    ("audit_rows_accounted", {"audit_loads": [_file(15, 5, 4, 3, 2, 1)]}),
    ("audit_missing_costs", {"fct_order_lines": [_line(1, 0)]}),
    ("audit_freshness", {"fct_freshness": [_fresh(), _fresh(on=_day(-1), is_late=True)]}),
    ("audit_payments_tie", {"fct_reconciliation": [_ledger()]}),
    ("audit_reconciliation_gap", {"fct_reconciliation": [_ledger(recon_delta_minor=-10)]}),
]  # fmt: skip
BROKEN: list[tuple[str, Tables]] = [
    ("audit_ledger_ties", {"fct_reconciliation": [_ledger(ledger_minor=10_001)],
                           "fct_customer_days": [_bought(6000)]}),
    ("audit_ledger_ties", {"fct_reconciliation": [_ledger()],
                           "fct_customer_days": [_bought(5999)]}),
    ("audit_ledger_ties", {"fct_reconciliation": [_ledger()], "fct_customer_days": []}),
    ("audit_ledger_ties", {"fct_reconciliation": [], "fct_customer_days": [_bought(6000)]}),
    ("audit_lines_tie_to_orders", {"fct_orders": [_order()], "fct_order_lines": []}),
    *(("audit_lines_tie_to_orders", {"fct_orders": [_order()],
                                     "fct_order_lines": _lines_but(name)}) for name in LADDER),
    *(("audit_components_conserved", {
        "fct_orders": [_order(), UNKNOWN], "int_charge_days": [CHARGED],
        "fct_customer_days": [_customer_day(**{name: 999})]})
      for name in (*LADDER, *CHARGES) if name not in ("net_sales", "cm1", "cm2", "cm3")),
    ("audit_components_conserved", {"fct_orders": [UNKNOWN], "int_charge_days": [CHARGED],
                                    "fct_customer_days": [_customer_day()]}),
    ("audit_components_conserved", {"fct_orders": [_order()], "int_charge_days": [],
                                    "fct_customer_days": [_customer_day()]}),
    *(("audit_profits_add_up", {"fct_customer_profits": [_earned(DAY, *wrong)],
                                "fct_customer_days": [_earned(DAY)]})
      for wrong in ((2, 70, 100), (1, 71, 100), (1, 70, 99))),
    ("audit_profits_add_up", {"fct_customer_profits": [],
                              "fct_customer_days": [_earned(_day(-364))]}),
    ("audit_store_ledger_ties", {"fct_reconciliation": [_ledger(unidentified_minor=4499)],
                                 "fct_orders": []}),
    ("audit_store_ledger_ties", {"fct_reconciliation": [_ledger()], "fct_orders": []}),
    ("audit_store_ledger_ties", {"fct_reconciliation": [_ledger()], "fct_orders": [
        _order(net_sales_minor=10_500, ledger_minor=10_699)]}),
    ("audit_store_ledger_ties", {"fct_reconciliation": [], "fct_orders": [_order()]}),
    ("audit_one_action", {"fct_actions": [_action("c1"), _action("c1")]}),
    ("audit_budget_kept", {"fct_actions": [_action("c1", 600), _action("c2", 401)]}),
    ("audit_budget_kept", {"fct_actions": [_action("c1", 1, store_id="S2")]}),
    ("audit_offer_ceiling", {"fct_actions": [_action("c1", 960)]}),
    ("audit_offer_ceiling", {"fct_actions": [_action("c1", 800, order_cm3_minor=799)]}),
    ("audit_same_price", _all(_sold("c1", 3000), _sold("c2", 3002))),
    ("audit_one_segment", {"snap_customer_situations": KNOWN,
                           "snap_customer_tiers": [_placed("c1", "steady")]}),
    ("audit_one_segment", {"snap_customer_situations": KNOWN, "snap_customer_tiers": [
        _placed("c1", "steady"), _placed("c2", "steady"), _placed("c2", "loyal")]}),
    ("audit_one_segment", {"snap_customer_situations": KNOWN, "snap_customer_tiers": [
        _placed("c1", None), _placed("c2", "loyal")]}),
    ("audit_one_segment", {"snap_customer_situations": KNOWN, "snap_customer_tiers": [
        _placed("c1", "steady", None), _placed("c2", "loyal")]}),
    ("audit_history_contiguous", {"dim_customers_history": [
        _stretch(0, 8, current=False), NOW]}),
    ("audit_history_contiguous", {"dim_customers_history": [
        _stretch(0, 10, current=False), NOW]}),
    ("audit_history_contiguous", {"dim_customers_history": [_stretch(0, 9, current=True), NOW]}),
    ("audit_history_contiguous", {"dim_customers_history": [PAST]}),
    ("audit_history_contiguous", {"dim_customers_history": [_stretch(9, 0, current=True)]}),
    ("audit_rows_accounted", {"audit_loads": [_file(16, 5, 4, 3, 2, 1)]}),
    ("audit_rows_accounted", {"audit_loads": [_file(14, 5, 4, 3, 2, 1)]}),
    ("audit_missing_costs", {"fct_order_lines": [_line(1, 0, gap=True)]}),
    ("audit_freshness", {"fct_freshness": [_fresh(is_late=True)]}),
    ("audit_payments_tie", {"fct_reconciliation": [_ledger(payment_delta_minor=1)]}),
    ("audit_reconciliation_gap", {"fct_reconciliation": [_ledger(recon_delta_minor=-11)]}),
]  # fmt: skip


@pytest.fixture(scope="module")
def office(open_kitchen: OpenKitchen) -> Iterator[Kitchen]:
    """A kitchen whose stores may give away ten yuan a day."""
    lists = {"incentivise": {"budget_share": 1}, "activate": {"budget_share": 0}}
    with open_kitchen(actions={"store_daily_budget_minor": BUDGET, "lists": lists}) as opened:
        yield opened.resolve().cook().build("fct_group_days")


def _failures(office: Kitchen, name: str, tables: Tables) -> int:
    for table, rows in tables.items():
        office.serve(table, *rows)
    return office.inspect(name).failures


@pytest.mark.parametrize(("name", "tables"), SOUND, ids=[name for name, _ in SOUND])
def test_a_right_table_passes(office: Kitchen, name: str, tables: Tables):
    assert _failures(office, name, tables) == 0


@pytest.mark.parametrize(
    ("name", "tables"), BROKEN, ids=[f"{name}-{place}" for place, (name, _) in enumerate(BROKEN)]
)
def test_a_broken_table_is_found(office: Kitchen, name: str, tables: Tables):
    assert _failures(office, name, tables) >= 1


def test_every_audit_has_a_right_and_a_broken_table(catalog: Catalog):
    audits = {model.name for model in catalog.select(kinds=[ModelKind.AUDIT])}
    by_story = {
        "audit_orphan_lines", "audit_rows_landed", "audit_account_parents",
        "audit_unknown_accounts", "audit_rule_overlaps", "audit_rule_gaps",
        "audit_expired_rules", "audit_missing_rates", "audit_unmatched_settlements",
        "audit_negative_quantities", "audit_charges_without_customer",
        "audit_shared_identifiers", "audit_kept_apart", "audit_contradictory_orders",
        "audit_waterfall_ties", "audit_base_scenario",
    }  # fmt: skip
    assert {name for name, _ in SOUND} == {name for name, _ in BROKEN} == audits - by_story


def test_lines_whose_order_never_came_are_found(kitchen: Kitchen):
    kitchen.order("o1").line("o1", 1, 3000).line("gone", 1, 3000).line("gone", 2, 500).stage()
    result = kitchen.inspect("audit_orphan_lines")
    assert (result.failures, result.sample[0]["line_count"]) == (1, 2)


def _receipt(office: Kitchen, **changes: Any) -> int:
    """What the audit finds where a file of three orders (one in quarantine) is told as given."""
    truth = {"loaded": 2, "quarantined": 1, "landed": 2, "kept": 1, "held": 2} | changes
    file = {"source_system": "pos", "source_file_sha256": "f7", "entity": "invoices"}
    told = {**dict.fromkeys(RECEIPTS.names, None), **file, "loaded_count": truth["loaded"],
            "quarantined_count": truth["quarantined"]}  # fmt: skip
    counted = {**file, "landed_count": truth["landed"], "kept_count": truth["kept"]}
    tables = {"raw_file_receipts": (RECEIPTS, [told] if truth["loaded"] is not None else []),
              "raw_file_counts": (INTAKE["raw_file_counts"], [counted]),
              "raw_invoices": (raw_schema("invoices"), [{"source_file_sha256": "f7"}]
                               * truth["held"])}  # fmt: skip
    for table, (schema, rows) in tables.items():
        office.warehouse.load(table, pa.Table.from_pylist(rows, schema))
    return office.inspect("audit_rows_landed").failures


@pytest.mark.parametrize(
    ("changes", "failures"),
    [
        ({}, 0),
        ({"held": 1}, 1),
        ({"held": 3}, 1),
        ({"landed": 3}, 1),
        ({"kept": 0}, 1),
        ({"loaded": 3}, 1),
        ({"loaded": None}, 1),
    ],
    ids=["right", "lost", "doubled", "landed", "kept", "receipt", "without_receipt"],
)
def test_rows_are_counted_in_three_places(
    open_kitchen: OpenKitchen, changes: dict[str, Any], failures: int
):
    with open_kitchen() as office:
        office.stage()
        assert _receipt(office, **changes) == failures


def test_every_kind_of_record_is_counted(catalog: Catalog):
    assert {f"raw_{entity}" for entity in RECORDS} < set(catalog["audit_rows_landed"].inputs)


NOTHING = _ledger(ledger_minor=0, identified_minor=0, unidentified_minor=0,
                  unallocated_minor=0, recon_delta_minor=0)  # fmt: skip


BOARDS = {"fct_concentration", "fct_whale_curve", "fct_whale_scenarios", "fct_scenario_curves",
          "fct_profit_waterfalls", "fct_customer_profits"}  # fmt: skip


def _put_right(office: Kitchen) -> None:
    """Tables with which every audit that can stop a run is content: empty ones."""
    for table in {table for _, tables in SOUND for table in tables} | BOARDS:
        office.serve(table)


def test_an_error_stops_the_run_and_says_where_and_what(office: Kitchen):
    _put_right(office)
    office.serve("fct_reconciliation", _ledger(ledger_minor=10_001))
    with pytest.raises(AuditFailed) as stopped:
        audit(office.finish().warehouse, office.run)
    assert "audit_ledger_ties" in str(stopped.value)
    assert "10001" in str(stopped.value)


def test_a_warning_is_told_and_stops_nothing(office: Kitchen):
    _put_right(office)
    office.serve("fct_reconciliation", {**NOTHING, "payment_delta_minor": 5})
    found = {
        result.name: result.failures for result in audit(office.finish().warehouse, office.run)
    }
    assert found["audit_payments_tie"] == 1
    assert found["audit_ledger_ties"] == 0


def test_what_a_run_found_is_not_asked_again_before_its_lists_leave(office: Kitchen):
    _put_right(office)
    office.serve("fct_reconciliation", {**NOTHING, "payment_delta_minor": 5})
    warehouse = office.finish().warehouse
    first = audit(warehouse, office.run, excluding=["fct_actions"])
    remember_audits(warehouse, office.run, first)
    known = recall_audits(warehouse, office.run)
    last = audit(warehouse, office.run, known=known)
    assert {one.name for one in last} - {one.name for one in known} == {
        "audit_budget_kept", "audit_offer_ceiling", "audit_one_action",
    }  # fmt: skip
    assert {one.name: one.failures for one in last}["audit_payments_tie"] == 1
    assert [one.name for one in last] == [one.name for one in audit(warehouse, office.run)]


@pytest.mark.parametrize("change", ["built again", "audited again", "another policy"])
def test_what_was_found_is_void_when_something_changed(office: Kitchen, change: str):
    _put_right(office)
    warehouse, run = office.finish().warehouse, office.run
    remember_audits(warehouse, run, audit(warehouse, run))
    assert recall_audits(warehouse, run)
    if change == "built again":
        row = {"business_date": run.business_date, "fingerprint": "another"}
        warehouse.load("ops_built_days", pa.Table.from_pylist([row], BUILT_DAYS))
    elif change == "audited again":
        forget_audits(warehouse, run)
    else:
        other = run.policy.model_copy(update={"name": "another"})
        run = replace(run)
        run.__dict__["policy"] = other
    assert recall_audits(warehouse, run) == ()


def test_in_the_town_no_audit_finds_anything(town: Kitchen):
    found = {result.name: result.failures for result in audit(town.warehouse, town.run)}
    assert set(found.values()) == {0}


def test_the_days_of_the_run_are_audited_and_each_other_day_once_in_four_weeks(office: Kitchen):
    built = [DAY - timedelta(days=ago) for ago in range(60)]
    office.warehouse.load("ops_built_days", pa.table(
        {"business_date": built, "fingerprint": ["f"] * 60}, BUILT_DAYS))  # fmt: skip
    plan = {"business_date": DAY, "first_date": _day(-3), "last_date": _day(-2)}
    office.warehouse.load("ops_build_plan", pa.Table.from_pylist([plan], BUILD_PLAN))
    seen = (
        office.build("int_audited_days")
        .warehouse.query("select business_date from int_audited_days order by business_date")[
            "business_date"
        ]
        .to_pylist()
    )
    assert seen == [_day(-56), _day(-28), _day(-3), _day(-2), DAY]
