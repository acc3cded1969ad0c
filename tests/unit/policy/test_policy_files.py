"""The file in force is the newest valid one; what is wrong is refused with file and key."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.domain.errors import BadInput
from regulars.policy import Policy, load_policy

WritePolicy = Callable[..., Path]
ON = date(2025, 6, 1)
SHOP = {
    "store_id": "S1", "store_name": "Corner", "time_zone": "Asia/Shanghai", "currency_code": "CNY",
}  # fmt: skip
RULE = {"component": "packaging", "basis": "per_order", "amount_minor": 100,
        "valid_from": date(2024, 1, 1)}  # fmt: skip


def _refusal(folder: Path) -> str:
    with pytest.raises(BadInput) as refused:
        load_policy(folder, ON)
    return str(refused.value)


def test_the_newest_version_that_has_begun_is_in_force(write: WritePolicy):
    write("old.yaml", valid_from=date(2024, 1, 1))
    write("a_first_by_name.yaml", valid_from=date(2025, 1, 1))
    folder = write("next.yaml", valid_from=date(2025, 7, 1))
    assert load_policy(folder, date(2024, 12, 31)).valid_from == date(2024, 1, 1)
    assert load_policy(folder, date(2025, 1, 1)).valid_from == date(2025, 1, 1)
    assert load_policy(folder, date(2025, 6, 30)).valid_from == date(2025, 1, 1)
    assert load_policy(folder, date(2025, 7, 1)).valid_from == date(2025, 7, 1)


def test_before_the_first_version_there_is_none(write: WritePolicy):
    folder = write(valid_from=date(2025, 7, 1))
    assert "no policy is valid on 2025-06-01; the first starts on 2025-07-01" in _refusal(folder)


def test_a_changed_number_makes_another_version(write: WritePolicy):
    before = load_policy(write(), ON)
    after = load_policy(write(tiers={"dwell_days": 57}), ON)
    assert before.version != after.version
    assert load_policy(write(), ON) == before


def test_an_empty_folder_is_refused_with_a_next_move(tmp_path: Path):
    assert "REGULARS_POLICY" in _refusal(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: [story", "not valid YAML"),
        ("- name: story", "a mapping of sections"),
        ("", "a mapping of sections"),
        ("1: 2", ""),
    ],
)
def test_what_is_no_policy_file_at_all_is_refused_by_its_name(tmp_path: Path, text: str, said: str):
    (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    message = _refusal(tmp_path)
    assert message.startswith("broken.yaml: ") and said in message


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("colour", {"colour": "blue"}),
        ("tiers.dwell", {"tiers": {"dwell": 56}}),
        ("stores.0.owner", {"stores": [{**SHOP, "owner": "x"}]}),
        ("tiers.gold", {"tiers": {"gold": {"promote": 70, "demote": 82}}}),
        ("tiers.gold", {"tiers": {"gold": {"promote": 82, "demote": 82}}}),
        ("tiers", {"tiers": {"gold": {"promote": 96, "demote": 70}}}),
        ("tiers", {"tiers": {"iron": {"promote": 60, "demote": 35}, "gold":
                             {"promote": 82, "demote": 30}}}),
        ("segments", {"segments": {"slowing_ratio": 4.0, "lapsed_ratio": 4.0}}),
        ("stores.0.cutoff", {"stores": [{**SHOP, "cutoff": "12:00"}]}),
        ("stores.0.cutoff", {"stores": [{**SHOP, "cutoff": "06:01"}]}),
        ("stores.0.cutoff", {"stores": [{**SHOP, "cutoff": "05:00+08:00"}]}),
        ("stores.0.time_zone", {"stores": [{**SHOP, "time_zone": "Mars/Olympus"}]}),
        ("stores.0.time_zone", {"stores": [{**SHOP, "time_zone": "../zone"}]}),
        ("stores.0.currency_code", {"stores": [{**SHOP, "currency_code": "yuan"}]}),
        ("actions.holdout_share", {"actions": {"holdout_share": 10}}),
        ("actions.contact_cost_minor", {"actions": {"contact_cost_minor": 0.5}}),
        ("cost_rules.0", {"cost_rules": [{**RULE, "rule_id": "r", "basis": "rate"}]}),
        ("cost_rules.0", {"cost_rules": [{**RULE, "rule_id": "r", "amount_minor": None}]}),
        ("cost_rules.0", {"cost_rules": [{**RULE, "rule_id": "r", "valid_to": date(2023, 1, 1)}]}),
        ("valid_from", {"valid_from": "soon"}),
        ("name", {"name": "Story Group"}),
        ("stores", {"stores": []}),
        ("sources", {"sources": []}),
    ],
)  # fmt: skip
def test_a_wrong_key_is_refused_with_its_file_and_its_place(
    write: WritePolicy, key: str, changes: dict[str, Any]
):
    assert _refusal(write("mine.yaml", **changes)).startswith(f"mine.yaml: {key}: ")


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("store_id appears twice: S1", {"stores": [SHOP, SHOP]}),
        ("rule_id appears twice: r", {"cost_rules": [
            {**RULE, "rule_id": "r"}, {**RULE, "rule_id": "r", "channel": "dine_in"}]}),
        ("source pos names unknown stores ['S9']", {"sources": [
            {"name": "pos", "time_zone": "UTC", "currency_code": "CNY", "stores": ["S9"]}]}),
        ("a commission rule can be rate, not per_order", {"cost_rules": [
            {**RULE, "rule_id": "r1", "component": "commission"}]}),
        ("cost rules r1 and r2 overlap", {"cost_rules": [
            {**RULE, "rule_id": "r1"}, {**RULE, "rule_id": "r2", "amount_minor": 90}]}),
    ],
)  # fmt: skip
def test_sections_that_contradict_each_other_are_refused(
    write: WritePolicy, said: str, changes: dict[str, Any]
):
    message = _refusal(write("mine.yaml", **changes))
    assert message.startswith("mine.yaml: ") and said in message


@pytest.mark.parametrize(
    "change",
    [
        {"valid_from": date(2025, 1, 1)},
        {"priority": 1},
        {"channel": "takeaway"},
        {"store_id": "S1"},
        {"basis": "per_line"},
    ],
)
def test_rules_that_can_be_told_apart_may_stand_together(
    write: WritePolicy, change: dict[str, Any]
):
    first = {**RULE, "rule_id": "r1", "valid_to": date(2024, 12, 31)}
    folder = write(cost_rules=[first, {**RULE, "rule_id": "r2", **change}])
    assert len(load_policy(folder, ON).cost_rules) == 2


def test_versions_under_two_names_are_refused(write: WritePolicy):
    write("a.yaml")
    folder = write("b.yaml", name="another", valid_from=date(2025, 1, 1))
    assert "['another', 'story']" in _refusal(folder)


def test_a_key_that_is_given_twice_is_refused(write: WritePolicy):
    folder = write("mine.yaml")
    with (folder / "mine.yaml").open("a") as file:
        file.write("actions: {holdout_share: 0.1, holdout_share: 0.2}\n")
    assert "holdout_share" in _refusal(folder)


def test_two_versions_of_one_day_are_refused(write: WritePolicy):
    write("a.yaml", tiers={"dwell_days": 56})
    assert "2024-01-01" in _refusal(write("b.yaml", tiers={"dwell_days": 0}))


FORBIDDEN = ("age", "gender", "birthday", "ethnicity", "health", "occupation", "address")
PLACES = ("", "score", "proof", "tiers", "segments", "actions", "windows")


@pytest.mark.parametrize("feature", FORBIDDEN)
def test_what_a_person_is_cannot_enter_anywhere(write: WritePolicy, feature: str):
    for place in PLACES:
        changes = {place: {feature: 1}} if place else {feature: 1}
        assert _refusal(write(**changes)).startswith(
            f"a.yaml: {place}.{feature}: " if place else f"a.yaml: {feature}: "
        )


def test_a_loaded_policy_cannot_be_changed(write: WritePolicy):
    policy = load_policy(write(), ON)
    with pytest.raises(ValueError, match="frozen"):
        policy.name = "other"  # type: ignore[misc]


@given(
    starts=st.lists(
        st.dates(date(2020, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True
    ),
    wait=st.integers(0, 4000),
)
def test_whatever_the_versions_the_one_in_force_is_the_last_that_has_begun(
    tmp_path_factory: pytest.TempPathFactory, starts: list[date], wait: int
):
    folder = tmp_path_factory.mktemp("policy")
    for number, start in enumerate(starts):
        text = (
            f"name: story\nvalid_from: {start}\n"
            "group: {name: S, name_zh: 故, currency_code: CNY}\n"
            "sources: [{name: pos, time_zone: UTC, currency_code: CNY}]\n"
            "stores: [{store_id: S1, store_name: S, time_zone: UTC, currency_code: CNY}]\n"
        )
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    on = min(starts) + timedelta(days=wait)
    policy: Policy = load_policy(folder, on)
    assert policy.valid_from == max(start for start in starts if start <= on)


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ({"virtual_phone_prefixes": ["170"]}, "identity.virtual_phone_prefixes"),
        ({"max_people_per_identifier": 0}, "identity.max_people_per_identifier"),
        ({"shared_mailbox": []}, "identity.shared_mailbox"),
    ],
)
def test_what_identifies_people_is_read_strictly(
    write: WritePolicy, identity: dict[str, Any], said: str
):
    assert said in _refusal(write(identity=identity))


def test_mailboxes_are_compared_in_lower_case(write: WritePolicy):
    policy = load_policy(write(identity={"shared_mailboxes": ["Info"]}), ON)
    assert policy.identity.shared_mailboxes == ("info",)
    assert policy.identity.max_people_per_identifier == 5
