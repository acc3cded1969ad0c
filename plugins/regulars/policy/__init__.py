"""The policy: versioned, effective-dated, refused with file and key when it contradicts itself.

The file in force on a day is the newest one of its folder whose `valid_from` is not after it.
"""

from regulars.policy.business import BusinessPolicy
from regulars.policy.evidence_sections import SatisfactionPolicy
from regulars.policy.identity_section import IdentityPolicy
from regulars.policy.loading import first_valid_from, load_policy
from regulars.policy.sections import SourcePolicy, StorePolicy, TierPolicy
from regulars.policy.version import Policy

__all__ = [
    "BusinessPolicy",
    "IdentityPolicy",
    "Policy",
    "SatisfactionPolicy",
    "SourcePolicy",
    "StorePolicy",
    "TierPolicy",
    "first_valid_from",
    "load_policy",
]
