"""A policy that says nothing means what the trade's reference says; each figure as stated there."""

from datetime import date
from pathlib import Path

import pytest

from regulars.policy import Policy, StorePolicy, TierPolicy, load_policy
from regulars.policy.action_sections import ActionPolicy
from regulars.policy.sections import ProofPolicy, ScorePolicy, WindowPolicy
from regulars.policy.segment_sections import SegmentPolicy
from regulars.settings import INCLUDE

SHIPPED = sorted(path for path in (INCLUDE / "policy").iterdir() if path.is_dir())


def test_platinum_gold_and_iron_are_a_band_each():
    tiers = TierPolicy()
    assert (tiers.gold.promote, tiers.gold.demote) == (82, 70)
    assert tiers.iron.promote < tiers.gold.promote < tiers.platinum.promote


def test_a_tier_is_kept_for_eight_weeks_and_reviewed_once_a_week():
    tiers = TierPolicy()
    assert (tiers.dwell_days, tiers.review_weekday) == (56, 1)


def test_tiers_look_back_half_a_year_and_curves_a_year():
    windows = WindowPolicy()
    assert (windows.tier_days, windows.curve_days) == (180, 365)


def test_big_needs_credibility_four_active_months_and_no_giant_order():
    proof = ProofPolicy()
    assert (proof.min_credibility, proof.min_active_months) == (0.5, 4)
    assert proof.max_largest_order_share == 0.4


def test_the_decision_table_has_the_stated_thresholds():
    table = SegmentPolicy()
    assert (table.slowing_ratio, table.lapsed_ratio) == (1.5, 4.0)
    assert (table.prospect_visits, table.prospect_days) == (2, 60)
    assert (table.loss_visits, table.loss_age_days) == (4, 180)
    assert (table.specials_share, table.specials_visits) == (0.8, 3)


def test_the_score_looks_a_month_and_a_year_ahead_the_month_being_the_shorter():
    score = ScorePolicy()
    assert (score.horizon_days, score.long_horizon_days) == (30, 365)
    assert (score.blend, score.blend_returns) == ("auto", 200)
    with pytest.raises(ValueError, match="horizon_days must be below long_horizon_days"):
        ScorePolicy(horizon_days=90, long_horizon_days=90)


def test_a_tenth_is_held_out_and_nobody_is_contacted_twice_a_week():
    actions = ActionPolicy()
    assert (actions.holdout_share, actions.contact_gap_days) == (0.10, 7)


def test_without_a_word_from_the_policy_no_money_is_given_away():
    actions = ActionPolicy()
    assert (actions.small_offer_minor, actions.store_daily_budget_minor) == (0, 0)
    assert not actions.has_platform_audience


def test_a_business_day_ends_at_four_in_the_morning():
    shop = StorePolicy(
        store_id="S1", store_name="Corner", time_zone="Asia/Shanghai", currency_code="CNY"
    )
    assert shop.cutoff == "04:00"


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_every_shipped_policy_loads_and_is_named_like_its_folder(folder: Path):
    policy = load_policy(folder, date(2025, 6, 1))
    assert policy.name == folder.name
    assert policy.stores and policy.sources
    assert policy.group.currency_code in {store.currency_code for store in policy.stores}


def test_the_sample_and_the_real_group_are_both_shipped():
    assert [folder.name for folder in SHIPPED] == ["restaurant_group", "sample_group"]


def test_a_version_names_its_start_and_its_content():
    policy = load_policy(INCLUDE / "policy" / "sample_group", date(2025, 6, 1))
    assert policy.version == f"sample_group-2024-01-01+{policy.fingerprint[:8]}"
    assert len(policy.fingerprint) == 64


def test_a_source_speaks_for_its_own_stores_or_for_all(two_shops: Policy):
    own, every = two_shops.sources
    assert [shop.store_id for shop in two_shops.stores_of(own)] == ["S2"]
    assert [shop.store_id for shop in two_shops.stores_of(every)] == ["S1", "S2"]
