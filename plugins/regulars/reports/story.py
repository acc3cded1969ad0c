"""A story in chapters, each line in English and Chinese, told in one language or in both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from regulars.reports.spoken_numbers import spoken

Language = Literal["en", "zh", "both"]
Line = tuple[str, str]


@dataclass(frozen=True)
class Chapter:
    """A title and its lines."""

    title: Line
    lines: Sequence[Line]


def say(english: str, chinese: str, row: Mapping[str, Any]) -> Line:
    """A sentence in both languages with the numbers of a row. Raises KeyError for one missing."""
    numbers = spoken(row)
    return english.format_map(numbers), chinese.format_map(numbers)


def both(bilingual: str) -> Line:
    """The two halves of `English ‖ 中文`; words without a second half are the same in both."""
    english, _, chinese = bilingual.partition(" ‖ ")
    return english, chinese or english


def tell(chapters: Iterable[Chapter], language: Language) -> str:
    """The chapters that have something to say, as plain text."""
    return "\n\n".join(_chapter(one, language) for one in chapters if one.lines)


def _chapter(chapter: Chapter, language: Language) -> str:
    lines = [f"  {words}" for line in chapter.lines for words in _chosen(line, language)]
    return "\n".join([" ‖ ".join(_chosen(chapter.title, language)), *lines])


def _chosen(line: Line, language: Language) -> Iterable[str]:
    """The words of the language. In both, what reads alike is said once: a text, or a figure."""
    if language != "both":
        return (line[language == "zh"],)
    figure, gap, _ = line[0].rpartition("  ")
    if gap and line[1].startswith(figure + gap):
        return (f"{line[0]} ‖ {line[1].removeprefix(figure + gap)}",)
    return dict.fromkeys(line)
