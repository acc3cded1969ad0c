"""Whether an e-mail address belongs to a company: its domain is not one that anybody may use."""

from collections.abc import Collection

import pandas as pd


def company_emails(emails: pd.Series, public: Collection[str]) -> pd.Series:
    """True for addresses of a company's own domain, on the same index; missing where none is given.

    `public` has whole domains (`qq.com`) and first labels (`yahoo` stands for yahoo.com and
    yahoo.co.jp). A text without a domain is no company's address.
    """
    texts = emails.astype("str").str.strip().str.lower()
    # By replacing, not by cutting: a column without any address cannot be cut.
    domains = texts.str.replace("^[^@]*$|^.*@", "", regex=True).fillna("")
    labels = domains.str.replace("[.].*", "", regex=True)
    is_domain = domains.str.contains(".", regex=False)
    is_public = domains.isin(public) | labels.isin(public)
    return (is_domain & ~is_public).astype("boolean").mask(emails.isna())
