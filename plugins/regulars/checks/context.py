"""What a check has to know about the source and the stores behind a batch of rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time

import pandas as pd

from regulars.domain.business_day import cutoff_span


@dataclass(frozen=True)
class StoreRules:
    """Where a store is (`country` for its phone numbers), when its day ends, how it is paid."""

    time_zone: str
    cutoff: time
    currency_code: str
    country: str = ""


def _all_usable(types: pd.Series, values: pd.Series, countries: pd.Series) -> pd.Series:
    return pd.Series(None, index=values.index, dtype="str")


Identify = Callable[[pd.Series, pd.Series, pd.Series], pd.Series]
"""From columns of types, values and countries to a column on the same index."""


@dataclass(frozen=True)
class Keys:
    """References, account ids and identifiers under one identity key."""

    pseudonymise: Callable[[pd.Series], pd.Series]
    key_accounts: Callable[[pd.Series], pd.Series]
    hash_identifiers: Identify


@dataclass(frozen=True)
class CheckContext:
    """The source of a batch, the stores it may speak for, and the last day of the run.

    `defaults` are the source's own rules, for rows that name no known store. `pseudonymise` turns
    customer references into customer keys, on the same index; `key_accounts` does so for account
    ids, `hash_identifiers` for columns of types, values and countries. `find_company_emails` tells
    which e-mail addresses are a company's own, `judge_identifiers` why a value identifies nobody.
    `keys_before` are those of the key before, while both are held.
    """

    source_name: str
    defaults: StoreRules
    stores: Mapping[str, StoreRules]
    pseudonymise: Callable[[pd.Series], pd.Series]
    key_accounts: Callable[[pd.Series], pd.Series]
    find_company_emails: Callable[[pd.Series], pd.Series]
    hash_identifiers: Identify
    last_day: date
    judge_identifiers: Identify = _all_usable
    keys_before: Keys | None = None

    @property
    def keys(self) -> Keys:
        """Everything under the key in use."""
        return Keys(self.pseudonymise, self.key_accounts, self.hash_identifiers)

    def rules_of(self, store_ids: pd.Series) -> pd.DataFrame:
        """Columns `time_zone`, `cutoff` (timedelta), `currency_code`, `country`, per store id."""
        codes, distinct = pd.factorize(store_ids)
        # A missing store id has code -1 and so takes the last entry: the source's own rules.
        pool = [
            *(self.stores.get(str(store_id), self.defaults) for store_id in distinct),
            self.defaults,
        ]
        table = pd.DataFrame(
            {
                "time_zone": pd.Series([rules.time_zone for rules in pool], dtype="str"),
                "cutoff": pd.to_timedelta([cutoff_span(rules.cutoff) for rules in pool]),
                "currency_code": pd.Series([rules.currency_code for rules in pool], dtype="str"),
                "country": pd.Series([rules.country for rules in pool], dtype="str"),
            }
        )
        return table.take(codes % len(pool)).set_axis(store_ids.index)
