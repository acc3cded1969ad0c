"""Telling people that exceptions wait: how many and where, on the channels of the policy."""

from collections.abc import Mapping
from typing import Any

from regulars.domain.errors import BadInput
from regulars.sinks.delivery.notices import send_notice
from regulars.steps.bringing_in import Places
from regulars.steps.runtime import start


def tell_waiting(
    business_date: str, asked: Mapping[str, Any], places: Places, where: str
) -> list[str]:
    """Send each notice of the policy; returns the names of those that did not take it.

    `asked` is the receipt of `list_exceptions`, `where` the page on which to answer. A broken
    channel holds up nobody: the question stands in Airflow all the same.
    """
    count, hours = len(asked["exceptions"]), asked["timeout_hours"]
    title = f"Regulars {business_date}: {count} exceptions wait ‖ {count} 项例外待批"
    text = (
        f"{asked['withheld']} rows are withheld, for {hours:g} hours at most; the routine has left."
        f"\n{asked['withheld']} 行被扣留，时限 {hours:g} 小时；常规名单已发出。\n{where}"
    )
    failed = []
    for notice in start(business_date).policy.notices:
        try:
            send_notice(notice.name, places.secret(notice.connection), title, text)
        except (OSError, BadInput):
            failed.append(notice.name)
    return failed
