"""Whether an e-mail address belongs to a company: its domain is not one that anybody may use."""

from collections.abc import Collection

import pandas as pd


def company_emails(emails: pd.Series, public: Collection[str]) -> pd.Series:
    """True for addresses of a company's own domain, on the same index; missing where none is given.

    `public` has whole domains (`qq.com`) and first labels (`yahoo` stands for yahoo.com and
    yahoo.co.jp). A text without a domain is no company's address.
    """
    addresses = emails.astype("str").str.strip().str.lower()
    domains = addresses.str.extract(r"@([^@]*)$", expand=False).astype("str").fillna("")
    is_domain = domains.str.contains(".", regex=False)
    is_public = domains.isin(public) | domains.str.split(".").str[0].isin(public)
    return (is_domain & ~is_public).astype("boolean").mask(emails.isna())
