"""Everything a check asks about identity, under one key of the group."""

from dataclasses import dataclass

import pandas as pd

from regulars.identity.keys import account_keys, customer_keys, identifier_hashes
from regulars.identity.normalising import NormalisingRules, normalise


@dataclass(frozen=True)
class Recogniser:
    """The keyed secret with its id, the scope of the pseudonyms, and what the group decided."""

    secret: bytes
    key_id: str
    scope: str
    rules: NormalisingRules

    def pseudonymise(self, refs: pd.Series) -> pd.Series:
        """The customer keys of references."""
        return customer_keys(refs, self.secret, self.key_id, self.scope)

    def key_accounts(self, ids: pd.Series) -> pd.Series:
        """The keys of business accounts."""
        return account_keys(ids, self.secret, self.key_id, self.scope)

    def hash_identifiers(
        self, types: pd.Series, values: pd.Series, countries: pd.Series
    ) -> pd.Series:
        """The keyed hashes of identifiers in their one spelling; missing for unusable ones."""
        spelled = normalise(types, values, countries, self.rules)["value"]
        return identifier_hashes(types, spelled, self.secret, self.key_id, self.scope)

    def judge_identifiers(
        self, types: pd.Series, values: pd.Series, countries: pd.Series
    ) -> pd.Series:
        """Why identifiers are unusable; missing for usable and for missing ones."""
        return normalise(types, values, countries, self.rules)["why"]
