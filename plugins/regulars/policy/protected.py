"""What may never be a feature, a weight or a rule: a policy that names it is refused.

Behaviour and money may be judged; who somebody is may not (PIPL art. 24; GDPR art. 9 and 22).
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from regulars.domain.errors import BadInput

PROTECTED = frozenset(
    {
        "age", "ages", "gender", "sex", "birthday", "birthdate", "birth", "ethnicity", "ethnic",
        "race", "religion", "health", "disability", "pregnancy", "occupation", "profession", "job",
        "address", "postcode", "zipcode", "nationality", "marital",
        "年龄", "性别", "生日", "民族", "种族", "宗教", "健康", "职业", "地址",
    }
)  # fmt: skip
_OWN_KEYS = frozenset({"loss_age_days", "acquisition"})
"""Keys of ours that only sound so: the age is that of the relation."""
_RULES = re.compile(r"feature|weight|rule|dimension|peer|score|fair|segment|tier|list|priority")
_PROSE = frozenset({"note", "name", "name_zh", "assumptions", "store_name", "city", "brand"})


def refuse_protected(document: Any, file: str) -> None:
    """Raise BadInput when a key anywhere, or a word of a rule, is a protected characteristic."""
    for path, word, is_key in _words(document, ()):
        if is_key or any(_RULES.search(str(part)) for part in path):
            hits = sorted(PROTECTED & _tokens(word))
            if hits and word not in _OWN_KEYS:
                place = ".".join((*path, word))
                raise BadInput(
                    f"{place}: {hits[0]} may not decide anything about a customer",
                    where=file,
                    next_move="use behaviour and money only, and take it out",
                )


def _words(part: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Every key and every text of a document that is no prose, with the keys above it."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            yield path, str(key), True
            if key not in _PROSE:
                yield from _words(value, (*path, str(key)))
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _words(value, path)
    elif isinstance(part, str):
        yield path, part, False


def _tokens(word: str) -> set[str]:
    """The words of a name: `guestAge`, `guest_age` and `guest.age` are all two."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", word)
    tokens = {token for token in re.split(r"[^\w一-鿿]|_", apart.lower()) if token}
    return tokens | {one for one in PROTECTED if not one.isascii() and one in word}
