"""The tables that let a reader check the figures: stores, sources, audits, reasons, gaps."""

from collections.abc import Iterable

from regulars.reports.figures import amount_text, count_text, share_text
from regulars.reports.markup import Cell, Pill, link, paragraph, section, table
from regulars.reports.run_report import AuditRow, FreshnessRow, RunReport
from regulars.reports.wording import GUARDRAILS, LISTS, named_counts

VALIDATION_PAGE = "validation.html"
TIES, DIFFERS = Pill("ties ‖ 相符", "good"), Pill("differs ‖ 不符", "warn")


def store_section(report: RunReport) -> str:
    """Each store's figures, and whether they tie to its sales ledger."""
    code = report.currency_code
    headers = (
        "Store ‖ 门店", "Orders ‖ 订单", "Net sales ‖ 净销售额", "CM2 ‖ 贡献毛利",
        "Anonymous ‖ 匿名", "Difference ‖ 差额", "Ledger ‖ 对账",
    )  # fmt: skip
    rows = [
        (
            store.store_name,
            count_text(store.orders),
            amount_text(store.net_sales_minor, code),
            amount_text(store.cm2_minor, code),
            share_text(store.anonymous_share),
            amount_text(store.recon_delta_minor, code),
            DIFFERS if store.recon_delta_minor else TIES,
        )
        for store in report.stores
    ]
    return section(f"Reconciliation ‖ 对账 ({code})", table(headers, rows), kind="wide")


def accounting_section(report: RunReport) -> str:
    """What became of every row read: loaded, or not and why."""
    headers = (
        "Source ‖ 来源", "File ‖ 数据", "Read ‖ 读取", "Loaded ‖ 载入", "Quarantined ‖ 隔离",
        "Duplicate ‖ 重复", "Summary ‖ 汇总行", "Out of scope ‖ 范围外", "Unexplained ‖ 未解释",
    )  # fmt: skip
    rows = [
        (
            row.source,
            row.entity,
            count_text(row.read),
            count_text(row.loaded),
            count_text(row.quarantined),
            count_text(row.duplicate),
            count_text(row.summary),
            count_text(row.out_of_scope),
            Pill(count_text(row.unexplained), "bad" if row.unexplained else "good"),
        )
        for row in report.accounting
    ]
    title, more = "Every row accounted for ‖ 数据去向", "What was checked ‖ 校验报告"
    return section(title, table(headers, rows, words=2), link(more, VALIDATION_PAGE), kind="wide")


def audit_section(report: RunReport) -> str:
    """Each audit's verdict, the failed ones first."""
    ordered = sorted(report.audits, key=lambda a: (not a.failures, a.severity != "error", a.name))
    rows = [(audit.name, _verdict(audit), count_text(audit.failures)) for audit in ordered]
    headers = ("Audit ‖ 检查", "Verdict ‖ 结果", "Failures ‖ 不合格")
    return section("Audits ‖ 稽核", table(headers, rows, words=2))


def missing_days_section(report: RunReport) -> str:
    """The days on which a source should have brought something and did not."""
    title = "Missing days ‖ 缺失日期"
    if not report.missing_days:
        return section(title, paragraph("None: every expected day is here ‖ 无缺失", "quiet"))
    rows = [(day.source, day.business_date.isoformat()) for day in report.missing_days]
    return section(title, table(("Source ‖ 来源", "Business date ‖ 营业日期"), rows, words=2))


def refused_section(report: RunReport) -> str:
    """The files that were not taken; none of their rows is in any figure."""
    title = "Refused files ‖ 拒收文件"
    if not report.refused_files:
        return section(title, paragraph("None: every file was taken ‖ 无拒收", "quiet"))
    rows = [(row.source, row.file, row.reason) for row in report.refused_files]
    headers = ("Source ‖ 来源", "File ‖ 文件", "Reason ‖ 原因")
    return section(title, table(headers, rows, words=3), kind="wide")


def freshness_section(freshness: Iterable[FreshnessRow]) -> str:
    """How fresh every source is for every store, the late ones first."""
    headers = (
        "Source ‖ 来源", "Store ‖ 门店", "Last orders ‖ 最近订单", "File ‖ 文件",
        "Expected ‖ 应到", "Verdict ‖ 结果", "Days behind ‖ 落后天数",
    )  # fmt: skip
    ordered = sorted(freshness, key=lambda row: (not row.is_late, row.source, row.store_id))
    rows = [_fresh(row) for row in ordered]
    title, none = "Freshness ‖ 数据新鲜度", "Not built yet ‖ 尚未生成"
    content = table(headers, rows, words=6) if rows else paragraph(none, "quiet")
    return section(title, content, kind="wide")


def reasons_section(report: RunReport) -> str:
    """Why customers are on a list, the most frequent reasons first."""
    ordered = sorted(report.reasons, key=lambda r: (-r.customers, r.list_name, r.reason))
    rows = [
        (LISTS.get(row.list_name, row.list_name), f"{row.reason} ‖ {row.reason_zh}",
         count_text(row.customers))
        for row in ordered
    ]  # fmt: skip
    headers = ("List ‖ 名单", "Reason ‖ 原因", "Customers ‖ 客户")
    return section("Top reasons ‖ 主要原因", table(headers, rows, words=2), kind="wide")


def suppressed_section(report: RunReport) -> str:
    """How many customers a guardrail kept off the lists."""
    counts = named_counts(report.suppressed, GUARDRAILS)
    rows = [(name, count_text(count)) for _, name, count in counts]
    return section("Left out ‖ 未列入", table(("Guardrail ‖ 护栏", "Customers ‖ 客户"), rows))


def _fresh(row: FreshnessRow) -> tuple[Cell, ...]:
    return (
        row.source,
        row.store_id,
        str(row.last_business_date or "–"),
        row.file or "–",
        "yes ‖ 是" if row.is_expected else "no ‖ 否",
        Pill("late ‖ 迟到", "warn") if row.is_late else Pill("in time ‖ 正常", "good"),
        "–" if row.behind_days is None else count_text(row.behind_days),
    )


def _verdict(audit: AuditRow) -> Pill:
    if not audit.failures:
        return Pill("passed ‖ 通过", "good")
    if audit.severity == "warn":
        return Pill("look ‖ 留意", "warn")
    return Pill("failed ‖ 未通过", "bad")
