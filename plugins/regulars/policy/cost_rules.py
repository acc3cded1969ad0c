"""Costs known by rule: how each may be charged, and which sales a rule speaks for."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from regulars.domain.fields import Channel, Tender
from regulars.policy.dated import Dated

_SCOPE_COLUMNS = ("store_id", "channel", "platform", "tender", "category")
_BASES: dict[str, tuple[str, ...]] = {
    "food": ("rate",),
    "packaging": ("per_order", "per_line"),
    "commission": ("rate",),
    "payment": ("rate", "per_order"),
}
"""How each component may be charged by rule; a rule on another basis would change nothing."""


class CostRulePolicy(Dated):
    """A cost known by rule, stated in the policy instead of a dropped `cost_rules` file."""

    rule_id: str
    component: Literal["food", "packaging", "commission", "payment"]
    basis: Literal["rate", "per_order", "per_line"]
    rate_bps: Annotated[int, Field(ge=0, le=10_000)] | None = None
    amount_minor: Annotated[int, Field(ge=0)] | None = None
    store_id: str | None = None
    channel: Channel | None = None
    platform: str | None = None
    tender: Tender | None = None
    category: str | None = None
    priority: int = 0
    note: str = ""

    @model_validator(mode="after")
    def _value_fits_basis(self) -> Self:
        given = self.rate_bps if self.basis == "rate" else self.amount_minor
        if given is None:
            wanted = "rate_bps" if self.basis == "rate" else "amount_minor"
            raise ValueError(f"basis {self.basis} needs {wanted}")
        if self.basis not in _BASES[self.component]:
            raise ValueError(
                f"a {self.component} rule can be {' or '.join(_BASES[self.component])}, not "
                f"{self.basis}: nothing would read it"
            )
        return self

    def overlaps(self, other: "CostRulePolicy") -> bool:
        """Whether both rules would apply to the same sale on some day with equal right."""
        same = self.scope_text() == other.scope_text() and self.priority == other.priority
        return same and self.meets(other)

    def covers(self, other: "CostRulePolicy") -> bool:
        """Whether this rule speaks for every sale the other speaks for, whatever the day."""
        same = (self.component, self.basis) == (other.component, other.basis)
        return same and all(
            getattr(self, key) in (None, getattr(other, key)) for key in _SCOPE_COLUMNS
        )

    def scope_text(self) -> str:
        """What the rule is about, in words: component, basis and whatever narrows it."""
        narrowed = [
            f"{key}={getattr(self, key)}"
            for key in _SCOPE_COLUMNS
            if getattr(self, key) is not None
        ]
        return " ".join([self.component, self.basis, *narrowed])
