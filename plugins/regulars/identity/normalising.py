"""Identifiers in one spelling; and what looks like one and identifies nobody, with the reason."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from regulars.domain.identifiers import Unusable, is_word_for_nobody
from regulars.identity.mailboxes import read_email
from regulars.identity.phones import read_phone

_LONGEST_SUFFIX = 6
_SEPARATORS = re.compile(r"[\s\-]")


@dataclass(frozen=True)
class NormalisingRules:
    """What a group has decided: numbers that platforms lend out, mailboxes that are shared."""

    virtual_phone_prefixes: tuple[str, ...] = ()
    shared_mailboxes: frozenset[str] = frozenset()


def normalise(
    types: pd.Series, values: pd.Series, countries: pd.Series, rules: NormalisingRules
) -> pd.DataFrame:
    """Columns `value` (one spelling, or missing) and `why` (an `Unusable`), on the same index.

    `countries` (ISO 3166, may be blank) are where phone numbers without a prefix belong. A missing
    value has neither value nor reason. Every different identifier is read once.
    """
    told = pd.DataFrame({"type": types, "value": values, "country": countries.fillna("")})
    known = told[told["value"].notna()]
    codes, distinct = pd.factorize(pd.MultiIndex.from_frame(known))
    read = [
        normalise_one(str(kind), str(text), str(where), rules) for kind, text, where in distinct
    ]
    pool = pd.DataFrame(read, columns=["value", "why"], dtype="str")
    return pool.take(codes).set_axis(known.index).reindex(values.index)


@lru_cache(maxsize=1 << 16)
def normalise_one(
    kind: str, text: str, country: str, rules: NormalisingRules
) -> tuple[str | None, Unusable | None]:
    """The one spelling of an identifier, or the reason why it identifies nobody."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if _is_placeholder(plain):
        return None, Unusable.PLACEHOLDER
    match kind:
        case "phone":
            return read_phone(plain, country, rules.virtual_phone_prefixes)
        case "email":
            return read_email(plain, rules.shared_mailboxes)
        case "card_token":
            return _read_card(plain)
        case "tax_id":
            return _SEPARATORS.sub("", plain).upper(), None
        case _:
            return plain, None


def _read_card(text: str) -> tuple[str | None, Unusable | None]:
    """A token stands for one card; a few digits stand for one card in ten thousand."""
    digits = text.strip("*xX ")
    if digits.isdigit() and len(digits) <= _LONGEST_SUFFIX:
        return None, Unusable.CARD_SUFFIX
    return text, None


def _is_placeholder(text: str) -> bool:
    """A word for nobody, or one sign typed over and over."""
    signs = set(_SEPARATORS.sub("", text))
    return is_word_for_nobody(text) or (len(signs) <= 1 and len(text) >= 4) or signs <= {"0"}
