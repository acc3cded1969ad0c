"""One version of the policy: all its sections, agreeing with each other."""

from datetime import date
from typing import Self

from pydantic import Field, model_validator

from regulars.domain.errors import BadInput
from regulars.policy.action_sections import ActionPolicy, ExceptionPolicy, FairnessPolicy
from regulars.policy.approval_section import ApprovalPolicy
from regulars.policy.board_sections import BoardPolicy
from regulars.policy.business import BusinessPolicy
from regulars.policy.cost_rules import CostRulePolicy
from regulars.policy.dated import refuse_gaps, refuse_overlaps
from regulars.policy.evidence_sections import (
    DriftPolicy,
    PotentialPolicy,
    SatisfactionPolicy,
    ScreeningPolicy,
)
from regulars.policy.export_sections import DeliveryPolicy, ExportPolicy, NoticePolicy
from regulars.policy.identity_section import IdentityPolicy
from regulars.policy.profit_sections import ChargePolicy, ExchangeRatePolicy, ServicePolicy
from regulars.policy.scorecard_section import ScorecardPolicy
from regulars.policy.sections import (
    GroupPolicy,
    ProofPolicy,
    ScorePolicy,
    Section,
    Slug,
    SourcePolicy,
    StorePolicy,
    TierPolicy,
    WindowPolicy,
)
from regulars.policy.segment_sections import QualityPolicy, SegmentPolicy
from regulars.policy.stage_section import StagePolicy


class Policy(Section):
    """One version of the policy."""

    name: Slug
    valid_from: date
    group: GroupPolicy
    stores: tuple[StorePolicy, ...] = Field(min_length=1)
    sources: tuple[SourcePolicy, ...] = Field(min_length=1)
    cost_rules: tuple[CostRulePolicy, ...] = ()
    assumptions: tuple[str, ...] = ()
    windows: WindowPolicy = WindowPolicy()
    score: ScorePolicy = ScorePolicy()
    proof: ProofPolicy = ProofPolicy()
    drift: DriftPolicy = DriftPolicy()
    potential: PotentialPolicy = PotentialPolicy()
    screening: ScreeningPolicy = ScreeningPolicy()
    satisfaction: SatisfactionPolicy = SatisfactionPolicy()
    tiers: TierPolicy = TierPolicy()
    scorecard: ScorecardPolicy = ScorecardPolicy()
    stages: StagePolicy = StagePolicy()
    segments: SegmentPolicy = SegmentPolicy()
    quality: QualityPolicy = QualityPolicy()
    business: BusinessPolicy = BusinessPolicy()
    actions: ActionPolicy = ActionPolicy()
    fairness: FairnessPolicy = FairnessPolicy()
    exceptions: ExceptionPolicy = ExceptionPolicy()
    approvals: ApprovalPolicy = ApprovalPolicy()
    board: BoardPolicy = BoardPolicy()
    service: ServicePolicy = ServicePolicy()
    charges: ChargePolicy = ChargePolicy()
    exchange_rates: tuple[ExchangeRatePolicy, ...] = ()
    identity: IdentityPolicy = IdentityPolicy()
    exports: ExportPolicy = ExportPolicy()
    delivery: tuple[DeliveryPolicy, ...] = ()
    notices: tuple[NoticePolicy, ...] = ()
    fingerprint: str = ""

    @property
    def version(self) -> str:
        """Name, start and content of this version: `sample_group-2024-01-01+1a2b3c4d`."""
        return f"{self.name}-{self.valid_from.isoformat()}+{self.fingerprint[:8]}"

    def store(self, store_id: str) -> StorePolicy | None:
        """The store of this id, if the policy knows it."""
        return next((store for store in self.stores if store.store_id == store_id), None)

    def source(self, name: str) -> SourcePolicy:
        """The source of this name. Raises BadInput naming those there are."""
        for source in self.sources:
            if source.name == name:
                return source
        known = ", ".join(source.name for source in self.sources)
        raise BadInput(f"no source named {name!r}", next_move=f"use one of: {known}")

    def stores_of(self, source: SourcePolicy) -> tuple[StorePolicy, ...]:
        """The stores a source may speak for: its own list, or all of them."""
        return tuple(s for s in self.stores if not source.stores or s.store_id in source.stores)

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        _refuse_repeats("store_id", [store.store_id for store in self.stores])
        _refuse_repeats("source", [source.name for source in self.sources])
        _refuse_repeats("delivery", [delivery.name for delivery in self.delivery])
        _refuse_repeats("notice", [notice.name for notice in self.notices])
        _refuse_repeats("rule_id", [rule.rule_id for rule in self.cost_rules])
        known = {store.store_id for store in self.stores}
        for source in self.sources:
            if unknown := {*source.stores, *source.store_map.values()} - known:
                raise ValueError(f"source {source.name} names unknown stores {sorted(unknown)}")
        if strangers := sorted(self.service.store_ids - known):
            raise ValueError(f"service names unknown stores {strangers}")
        if self.segments.loss_visits < self.proof.min_visits:
            raise ValueError("loss_visits must not be below min_visits: who is unproven is no loss")
        for index, rule in enumerate(self.cost_rules):
            for other in self.cost_rules[index + 1 :]:
                if rule.overlaps(other):
                    raise ValueError(f"cost rules {rule.rule_id} and {other.rule_id} overlap")
        refuse_gaps("cost rule", self.cost_rules, CostRulePolicy.scope_text, CostRulePolicy.covers)
        refuse_overlaps("exchange rate of", self.exchange_rates, lambda one: one.from_currency)
        return self


def _refuse_repeats(what: str, names: list[str]) -> None:
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise ValueError(f"{what} appears twice: {', '.join(repeated)}")
