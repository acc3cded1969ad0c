"""Everything a check asks about identity, under one key of the group."""

from dataclasses import dataclass

import pandas as pd

from regulars.identity.keys import account_keys, customer_keys, identifier_hashes
from regulars.identity.mailboxes import are_company_emails
from regulars.identity.normalising import NormalisingRules, normalise


@dataclass(frozen=True)
class Recogniser:
    """The keyed secret with its id, the scope of the pseudonyms, and what the group decided."""

    secret: bytes
    key_id: str
    scope: str
    rules: NormalisingRules
    free_mail_domains: frozenset[str]

    def pseudonymise(self, refs: pd.Series) -> pd.Series:
        """The customer keys of references."""
        return customer_keys(refs, self.secret, self.key_id, self.scope)

    def key_accounts(self, ids: pd.Series) -> pd.Series:
        """The account keys of account ids."""
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

    def are_company_emails(self, emails: pd.Series) -> pd.Series:
        """Whether e-mail addresses belong to a company's domain; missing for unusable ones."""
        types = pd.Series("email", index=emails.index, dtype="str")
        nowhere = pd.Series("", index=emails.index, dtype="str")
        spelled = normalise(types, emails, nowhere, self.rules)["value"]
        return are_company_emails(spelled, self.free_mail_domains)
