"""The words of a source: patterns in its layout say which of ours they mean."""

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import lru_cache

from regulars.sources.exact_cells import UnreadableRow
from regulars.sources.files import Reason


def find_word(text: str, words: Mapping[str, str]) -> str | None:
    """What the first pattern that fits (`*doordash*`, any case) stands for; None: none fits."""
    return _find(text.casefold(), tuple(words.items()))


def read_word(text: str, words: Mapping[str, str]) -> str:
    """Like `find_word`. Raises UnreadableRow where no pattern fits: nobody guesses."""
    if (word := find_word(text, words)) is None:
        raise UnreadableRow(Reason.UNKNOWN_CODE)
    return word


@lru_cache(maxsize=4096)
def _find(text: str, words: tuple[tuple[str, str], ...]) -> str | None:
    return next((ours for word, ours in words if fnmatchcase(text, word.casefold())), None)
