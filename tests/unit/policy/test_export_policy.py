"""What leaves the house is policy, and a policy that would break the law or itself is refused."""

import pytest
from pydantic import ValidationError

from regulars.policy.export_sections import (
    BreakerPolicy,
    DeliveryPolicy,
    ExportPolicy,
    SmsPolicy,
)

SMS = {"sign_name": "样例餐饮", "template_code": "SMS_10001"}
GOOD = "您有${offer_amount}元优惠，${valid_until}前有效，拒收请回复R"


def test_nothing_leaves_by_default():
    assert ExportPolicy().profiles == ()
    assert ExportPolicy().only_chosen_channel


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("您有优惠，欢迎光临", "must say how to unsubscribe"),
        ("尊敬的${name}，拒收请回复R", "may have no variables but"),
        ("优惠{offer_amount}，退订回T", "may have no variables but"),
    ],
)
def test_a_text_message_without_a_way_out_or_with_free_text_is_refused(text, problem):
    with pytest.raises(ValidationError, match=problem):
        SmsPolicy(**SMS, template_text=text)
    assert SmsPolicy(**SMS, template_text=GOOD)


@pytest.mark.parametrize("name", ["sms_cn", "wecom_tags"])
def test_a_tool_that_needs_more_says_so(name):
    with pytest.raises(ValidationError, match=f"profile {name} needs the section exports.{name}"):
        ExportPolicy(profiles=(name,))


def test_a_tool_is_named_once_and_known():
    with pytest.raises(ValidationError, match="names a tool twice"):
        ExportPolicy(profiles=("meta", "meta"))
    with pytest.raises(ValidationError, match="klaviyo"):
        ExportPolicy(profiles=("myspace",))


def test_a_secret_in_the_policy_is_refused():
    with pytest.raises(ValidationError, match="name a connection instead"):
        DeliveryPolicy(name="agency", to="sftp://me:pa55@files.example.com/in")


@pytest.mark.parametrize(
    "limits", [{"max_growth_ratio": 1}, {"max_shrink_share": 1}, {"max_removed_share": 0}]
)
def test_a_breaker_that_never_or_always_breaks_is_refused(limits):
    with pytest.raises(ValidationError):
        BreakerPolicy(**limits)
