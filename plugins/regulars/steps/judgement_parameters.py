"""What judges a customer, as binds: the decision table, the upper doors, the alarms."""

from math import ceil

from regulars.policy import Policy


def judgement_params(policy: Policy) -> dict[str, object]:
    """The thresholds under their own names; shares of money as whole basis points."""
    segments = policy.segments
    contacts = segments.headroom_contacts * policy.actions.contact_cost_minor
    return {
        **segments.model_dump(exclude={"reachable_share", "headroom_contacts"}),
        "reachable_bps": round(segments.reachable_share * 10_000),
        "headroom_minor": ceil(contacts),
        "false_kill_days": policy.quality.false_kill_days,
        "max_move_share": policy.quality.max_move_share,
        "iron_promote": policy.tiers.iron.promote,
        "gold_promote": policy.tiers.gold.promote,
        "platinum_promote": policy.tiers.platinum.promote,
        "dwell_days": policy.tiers.dwell_days,
        "notice_days": policy.tiers.notice_days,
    }
