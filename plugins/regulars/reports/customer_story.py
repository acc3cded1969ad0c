"""One customer on one day: what he brought, how sure we are of it, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from regulars.reports.assignment_reasons import reason_words
from regulars.reports.customer_profit import driver_words, ladder_lines
from regulars.reports.story import Chapter, Line, both, say
from regulars.reports.what_would_change import what_would_change
from regulars.reports.wording import CUSTOMER_KINDS, DIMENSIONS, LISTS, SEGMENTS, STAGES, TIERS

Row = Mapping[str, Any]
NOT_PROFILED: Line = (
    "Profiling was refused: nothing is worked out, and no list is made.",
    "客户已拒绝画像：不作任何评估，不列入任何名单。",
)


@dataclass(frozen=True)
class CustomerStory:
    """The rows that tell of one customer on a snapshot date; what is not known is empty.

    `standing` is his row of `snap_customer_tiers` with its reasons and the thresholds of the day,
    `score` of `snap_customer_scores` with the year's prediction, `profits` of
    `fct_customer_profits` by currency, each with its drivers. `action` holds today's finished
    sentences, made where the actions' words are.
    """

    who: Row
    standing: Row
    score: Row = field(default_factory=dict)
    profits: Sequence[tuple[Row, Sequence[Row]]] = ()
    last_move: Row = field(default_factory=dict)
    action: Sequence[Line] = ()

    @property
    def is_refused(self) -> bool:
        """Whether profiling is refused: as of the day, or by now."""
        return bool(self.standing["segment"] == "not_profiled" or self.who["is_profiling_opt_out"])


def chapters(story: CustomerStory) -> list[Chapter]:
    """The whole story; of somebody who refused profiling only that he did."""
    if story.is_refused:
        return [Chapter(_title(story), [NOT_PROFILED])]
    judged = [_evidence, _rhythm, _prediction, _scorecard] if story.score else []
    parts = [_who, *judged, _tier, _segment, _stage, _actions, _change, _rights]
    told = [part(story) for part in parts]
    return [told[0], *profit_chapters(story), *told[1:]]


def profit_chapters(story: CustomerStory) -> list[Chapter]:
    """What he brought in the trailing year, a chapter for each currency."""
    return [
        Chapter(
            (f"Profit of the year ({profit['currency_code']})",
             f"近一年利润（{profit['currency_code']}）"),
            [_ladder_line(line) for line in ladder_lines(profit)]
            + [driver_words(driver) for driver in drivers],
        )
        for profit, drivers in story.profits
    ]  # fmt: skip


def _ladder_line(line: str) -> Line:
    amount, name = line[:16], line[18:]
    english, chinese = both(name)
    return f"{amount}  {english}", f"{amount}  {chinese}"


def _title(story: CustomerStory) -> Line:
    title = f"{story.standing['customer_key']} · {story.standing['snapshot_date']}"
    return title, title


def _who(story: CustomerStory) -> Chapter:
    kind, kind_zh = both(CUSTOMER_KINDS[story.who["customer_kind"]])
    row = {**story.who, "kind": kind, "kind_zh": kind_zh}
    lines = [
        say("{kind}, known since {known_since_on}; last at {last_store}, mostly at {main_store}.",
            "{kind_zh}，{known_since_on} 起知晓；最近光临 {last_store}，主要光临 {main_store}。",
            row)
    ]  # fmt: skip
    if story.who["is_staff"]:
        lines.append(("Works here: judged like everybody, contacted as no one.",
                      "本店员工：同样评估，但不联系。"))  # fmt: skip
    if asked := story.who.get("asked_for"):
        lines.append((f"Asked for as {asked}, which is one and the same customer.",
                      f"查询的 {asked} 与此为同一客户。"))  # fmt: skip
    return Chapter(_title(story), lines)


def _evidence(story: CustomerStory) -> Chapter:
    lines = [
        say("{visit_count} visits in {age_days} days, {tier_visit_count} of them in the review"
            " window. His own history counts {credibility_share}, his peers the rest.",
            "{age_days} 天内到店 {visit_count} 次，考察期内 {tier_visit_count} 次。"
            "自身历史权重 {credibility_share}，其余参照同类。", story.score),
        say("Believed to bring {value_amount} in the review window: between {value_low_amount} and"
            " {value_high_amount}, four times out of five.",
            "考察期可信价值 {value_amount}：八成把握介于 {value_low_amount} 与"
            " {value_high_amount}。", story.score),
        say("A visit brings between {visit_profit_low_amount} and {visit_profit_high_amount}.",
            "单次到店利润介于 {visit_profit_low_amount} 与 {visit_profit_high_amount}。",
            story.score),
    ]  # fmt: skip
    return Chapter(("What we know", "证据"), lines)


def _rhythm(story: CustomerStory) -> Chapter:
    lines = [
        say("Usually every {expected_gap_days} days; last visit {silent_days} days ago, which is"
            " {overdue_ratio} times the usual. Active in {active_month_count} of the last 6"
            " months, regularity {regularity_share}.",
            "通常每 {expected_gap_days} 天到店；距上次 {silent_days} 天，为通常的 {overdue_ratio}"
            " 倍。近 6 个月活跃 {active_month_count} 个月，规律性 {regularity_share}。",
            story.score)
    ]  # fmt: skip
    if story.score["is_spend_falling"]:
        lines.append(say("Spends less and less: {spend_drift} standard deviations of drift.",
                         "消费持续下滑：累计偏移 {spend_drift} 个标准差。",
                         story.score))  # fmt: skip
    return Chapter(("Rhythm", "节奏"), lines)


def _prediction(story: CustomerStory) -> Chapter:
    lines = [
        say("Still with us: {active_share}. Comes back within {horizon_days} days: {return_share};"
            " {expected_visits} visits and {expected_value_amount} expected.",
            "仍活跃的概率 {active_share}；{horizon_days} 天内回访概率 {return_share}，预期到店"
            " {expected_visits} 次、利润 {expected_value_amount}。", story.score),
        say("Within {long_horizon_days} days: {expected_year_visits} visits and"
            " {expected_year_value_amount}.",
            "{long_horizon_days} 天内：预期到店 {expected_year_visits} 次、利润"
            " {expected_year_value_amount}。", story.score),
        say("Potential: {potential_amount}. The best fifth of the peers bring {ceiling_amount}; he"
            " brought {tier_profit_amount}.",
            "潜力：{potential_amount}。同类前 20% 为 {ceiling_amount}；其本人为"
            " {tier_profit_amount}。", story.score),
    ]  # fmt: skip
    return Chapter(("What we expect", "预测"), lines)


def _scorecard(story: CustomerStory) -> Chapter:
    if story.score["score"] is None:
        nothing = ("No visit in the review window: no scorecard.", "考察期内未到店：无评分卡。")
        return Chapter(("Scorecard", "评分卡"), [nothing])
    names = [(code, both(name)) for code, name in DIMENSIONS.items()]
    cells = [
        (f"{english} {_percentile(story.score[f'{code}_percentile'])}",
         f"{chinese} {_percentile(story.score[f'{code}_percentile'])}")
        for code, (english, chinese) in names
    ]  # fmt: skip
    english, chinese = (" · ".join(words) for words in zip(*cells, strict=True))
    whole = say("Together {score}: better than {value_percentile} of 100 peers.",
                "综合 {score}：优于 100 位同类中的 {value_percentile} 位。",
                story.score)  # fmt: skip
    return Chapter(("Scorecard, percentiles among peers", "评分卡（同类百分位）"),
                   [(english, chinese), whole])  # fmt: skip


def _percentile(value: float | None) -> str:
    return "–" if value is None else f"{int(value)}"


def _tier(story: CustomerStory) -> Chapter:
    row = story.standing
    name, name_zh = both(TIERS[row["tier"]])
    lines = [reason_words(row["tier_reason_code"], row)]
    if move := story.last_move:
        before, before_zh = both(TIERS[move["tier_before"]])
        lines.append((f"Last move: from {before} to {both(TIERS[move['tier']])[0]} on"
                      f" {move['business_date']}.",
                      f"最近变动：{move['business_date']} 由{before_zh}变为"
                      f"{both(TIERS[move['tier']])[1]}。"))  # fmt: skip
    if row["is_borderline"] and row["tier_reason_code"] != "tier_borderline":
        lines.append(("Borderline: other weights would give another tier; he keeps the better.",
                      "处于边界：换一组权重等级即不同，故不降级。"))  # fmt: skip
    return Chapter((f"Tier: {name}, since {row['tier_since_on']}",
                    f"等级：{name_zh}，自 {row['tier_since_on']}"), lines)  # fmt: skip


def _segment(story: CustomerStory) -> Chapter:
    row = story.standing
    name, name_zh = both(SEGMENTS[row["segment"]])
    lines = [reason_words(row["segment_reason_code"], row)]
    if row["near_reason_code"]:
        lines.append(reason_words(row["near_reason_code"], row))
    else:
        lines.append(("No other rule was near.", "其他规则均不接近。"))
    return Chapter((f"Segment: {name} (internal)", f"分群：{name_zh}（内部）"), lines)


def _stage(story: CustomerStory) -> Chapter:
    name, name_zh = both(STAGES[story.standing["stage"]])
    lines = [reason_words(story.standing["stage_reason_code"], story.standing)]
    return Chapter((f"Stage: {name}", f"阶段：{name_zh}"), lines)


def _actions(story: CustomerStory) -> Chapter:
    row = story.standing
    name, name_zh = both(LISTS.get(row["list_name"], "none ‖ 无"))
    lines = [reason_words(row["list_reason_code"], row), *story.action]
    return Chapter((f"List: {name}", f"名单：{name_zh}"), lines)


def _change(story: CustomerStory) -> Chapter:
    return Chapter(("What would change the verdict", "何种变化会改变结论"),
                   what_would_change(story.standing))  # fmt: skip


def _rights(story: CustomerStory) -> Chapter:
    return Chapter(
        ("For the customer, on request", "应客户要求可告知"),
        [
            say("Worked out from visits, orders, costs and answers to offers up to {snapshot_date},"
                " under policy {policy_version}. Age, gender, health, work and address are not"
                " used. Menu prices and service are the same for everybody.",
                "依据截至 {snapshot_date} 的到店、订单、成本及对权益的反应，策略 {policy_version}。"
                "不使用年龄、性别、健康、职业与住址。菜单价格与服务人人相同。", story.standing),
            ("The customer may object: profiling then ends, and no list is made.",
             "客户可提出异议：即停止画像，不再列入名单。"),
        ],
    )  # fmt: skip
