"""Why a customer is in a segment, and which rule nearly decided: the words of every code."""

Words = tuple[str, str]
SEGMENT_REASONS: dict[str, Words] = {
    "profiling_refused": (
        "Profiling was refused: nothing is judged, and no list is made.",
        "客户拒绝画像：不作评估，不列入名单。",
    ),
    "no_paid_visit": ("Known to us, and no paid visit yet.", "已登记，尚无付费到店。"),
    "promising_newcomer": (
        "A newcomer: {visit_count} visits in {age_days} days (up to {prospect_visits} in"
        " {prospect_days}), and the first orders promise a profit.",
        "新客：{age_days} 天内到店 {visit_count} 次（上限 {prospect_days} 天 {prospect_visits}"
        " 次），首批订单有望盈利。",
    ),
    "little_evidence": (
        "{visit_count} visits are too few to judge; {min_visits} are needed.",
        "仅到店 {visit_count} 次，证据不足；至少需 {min_visits} 次。",
    ),
    "proven_loss": (
        "Even at the upper bound a visit brings {visit_profit_high_amount}; {visit_count} visits"
        " in {age_days} days, {loss_review_count} reviews running, and {reachable_share} of the"
        " potential of {potential_amount} would not make up for {tier_profit_amount}.",
        "单次利润上界仍为 {visit_profit_high_amount}；{age_days} 天内到店 {visit_count} 次，连续"
        " {loss_review_count} 次评审亏损；潜力 {potential_amount} 的 {reachable_share}"
        " 不足以弥补 {tier_profit_amount}。",
    ),
    "long_silent": (
        "Silent for {silent_days} days, {overdue_ratio} times the usual {expected_gap_days}; from"
        " {lapsed_ratio} times on a customer has lapsed.",
        "已 {silent_days} 天未到店，为通常间隔 {expected_gap_days} 天的 {overdue_ratio} 倍；达"
        " {lapsed_ratio} 倍即为流失。",
    ),
    "likely_lapsing": (
        "Silent for {silent_days} days, {overdue_ratio} times the usual {expected_gap_days}; from"
        " {lapsing_ratio} times on most do not return by themselves.",
        "已 {silent_days} 天未到店，为通常间隔 {expected_gap_days} 天的 {overdue_ratio} 倍；达"
        " {lapsing_ratio} 倍多半不会自行回来。",
    ),
    "slowing": (
        "Slower than usual: {silent_days} days, {overdue_ratio} times the usual"
        " {expected_gap_days}; slowing from {slowing_ratio} times on.",
        "节奏放缓：已 {silent_days} 天，为通常间隔 {expected_gap_days} 天的 {overdue_ratio} 倍；达"
        " {slowing_ratio} 倍即为放缓。",
    ),
    "spending_less": (
        "Comes as usual and spends less and less: the drift stands at {spend_drift} standard"
        " deviations.",
        "到店如常但消费持续下滑：累计偏移 {spend_drift} 个标准差。",
    ),
    "sustained_big": (
        "{tier_name} for {big_days} days ({loyal_days} needed), active in {active_month_count} of"
        " the last 6 months ({loyal_months} needed), and on rhythm at {overdue_ratio} times the"
        " usual gap.",
        "成为黄金或白金已 {big_days} 天（需 {loyal_days} 天），近 6 个月活跃 {active_month_count}"
        " 个月（需 {loyal_months} 个月），间隔为通常的 {overdue_ratio} 倍。",
    ),
    "slow_of_no_value": (
        "Slower than usual at {overdue_ratio} times the gap, and brings no profit worth winning"
        " back: {tier_profit_amount} in the review window.",
        "节奏放缓（{overdue_ratio} 倍），但无值得挽回的利润：考察期内 {tier_profit_amount}。",
    ),
    "on_rhythm": (
        "On the usual rhythm: {silent_days} days since the last visit, usually"
        " {expected_gap_days}. Fine as he is.",
        "节奏正常：距上次 {silent_days} 天，通常 {expected_gap_days} 天。维持现状即可。",
    ),
}
NEAR_REASONS: dict[str, Words] = {
    "loss_too_few_visits": (
        "Loses money and is no loss-maker: {visit_count} of {loss_visits} visits.",
        "目前亏损，但未列为亏损客户：到店 {visit_count} 次，少于 {loss_visits} 次。",
    ),
    "loss_too_young": (
        "Loses money and is no loss-maker: known for {age_days} of {loss_age_days} days.",
        "目前亏损，但未列为亏损客户：首次到店 {age_days} 天，少于 {loss_age_days} 天。",
    ),
    "loss_with_potential": (
        "Loses money and is no loss-maker: a potential of {potential_amount} is not low, beside"
        " {tier_profit_amount}.",
        "目前亏损，但未列为亏损客户：相对 {tier_profit_amount}，潜力 {potential_amount} 并不低。",
    ),
    "loss_one_review": (
        "Loses money and is no loss-maker: {loss_review_count} of {loss_reviews} reviews running.",
        "目前亏损，但未列为亏损客户：连续 {loss_review_count} 次评审，需 {loss_reviews} 次。",
    ),
    "loss_complaint_open": (
        "Loses money and is no loss-maker while a complaint is open.",
        "目前亏损，但投诉未结，不列为亏损客户。",
    ),
    "loss_in_idle_hours": (
        "Loses money in full and is no loss-maker: pays his way at the margin, with"
        " {curve_cm2_amount} in a year, in hours nobody else wanted.",
        "完全成本下亏损，但未列为亏损客户：闲时消费，一年边际利润 {curve_cm2_amount}。",
    ),
    "loss_not_sure": (
        "{curve_profit_amount} in a year, and no loss-maker: at the upper bound a visit brings"
        " {visit_profit_high_amount}.",
        "一年 {curve_profit_amount}，但未列为亏损客户：单次利润上界为 {visit_profit_high_amount}。",
    ),
    "not_promising": (
        "Nearly a prospect: a newcomer, but the first orders promise no profit.",
        "接近潜在客户：虽为新客，但首批订单预期无利润。",
    ),
    "newcomer_no_more": (
        "Nearly a prospect: first visit {age_days} days ago, a newcomer for {prospect_days}.",
        "接近潜在客户：首次到店已 {age_days} 天，新客期为 {prospect_days} 天。",
    ),
    "evidence_short": (
        "Nearly judged: {visit_count} of {min_visits} visits.",
        "接近可判断：已到店 {visit_count} 次，需 {min_visits} 次。",
    ),
    "big_but_silent": (
        "Would be loyal as {tier_name}, were it not for {silent_days} days of silence.",
        "等级为{tier_name_zh}，若非 {silent_days} 天未到店，本应为忠诚客户。",
    ),
    "almost_lapsed": (
        "Nearly lapsed: {overdue_ratio} times the usual gap, lapsed from {lapsed_ratio}.",
        "接近流失：{overdue_ratio} 倍，达 {lapsed_ratio} 倍即为流失。",
    ),
    "big_but_slowing": (
        "Would be loyal as {tier_name}, were it not for the change of habit.",
        "等级为{tier_name_zh}，若非习惯变化，本应为忠诚客户。",
    ),
    "big_too_lately": (
        "Nearly loyal: {tier_name} for {big_days} of {loyal_days} days.",
        "接近忠诚：成为{tier_name_zh} {big_days} 天，需 {loyal_days} 天。",
    ),
    "big_with_gaps": (
        "Nearly loyal: active in {active_month_count} of the last 6 months, {loyal_months} needed.",
        "接近忠诚：近 6 个月活跃 {active_month_count} 个月，需 {loyal_months} 个月。",
    ),
    "almost_slowing": (
        "Nearly wavering: {overdue_ratio} times the usual gap, slowing from {slowing_ratio}.",
        "接近若即若离：{overdue_ratio} 倍，达 {slowing_ratio} 倍即为放缓。",
    ),
}
