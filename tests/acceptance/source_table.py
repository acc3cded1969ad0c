"""The page of sources: what each was tried with, where its rows went, how wrong files answer."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from acceptance.families import FAMILIES, wrong_files
from acceptance.home import Home
from acceptance.stories import SourceStory
from regulars.sources.landing import RowCounts

PARTS = ("read", "loaded", "quarantined", "duplicate", "summary", "out_of_scope")
INTRO = """# Sources

Generated from the acceptance suite, which every source has to pass:
`python -m pytest tests/acceptance -k source_table --source-table docs/SOURCES.md`.

Files with the headers and quirks of the real exports, all names and orders invented, go through the
real landing step. Every row read is loaded, quarantined, a duplicate, a total or out of scope.
*To the cent*: so many sums of what was landed equal the sums worked out by hand.
"""
WRONG = """
## What a wrong file answers

Each good file is broken in every way that its format allows; numbers of files in brackets.
"""
Play = Callable[[SourceStory], Home]


def write_table(path: Path, stories: Iterable[SourceStory], good: Play, wrong: Play) -> str:
    """Write the page and return it."""
    text = describe_sources(stories, good, wrong)
    path.write_text(text, "utf-8")
    return text


def describe_sources(stories: Iterable[SourceStory], good: Play, wrong: Play) -> str:
    """The page, from what the landing step really did with every story."""
    told = list(stories)
    heads = ["source", "layout", "files", *(part.replace("_", " ") for part in PARTS)]
    lines = [*_head([*heads, "adds up", "to the cent", "wrong files", "how to"])]
    lines += [_line(story, good(story)) for story in told]
    lines += [WRONG, *_head(["wrong by", "answer", "files", "sources"])]
    lines += list(_answers(told, wrong))
    return "\n".join([INTRO, *lines]) + "\n"


def _line(story: SourceStory, home: Home) -> str:
    receipts = home.receipts().values()
    counts = [sum(getattr(receipt.rows, part) for receipt in receipts) for part in PARTS]
    adds_up = RowCounts(**dict(zip(PARTS, counts, strict=True))).read == sum(counts[1:])
    sums = {name: home.sum_landed(*name.split(".")) for name in story.cents}
    cents = f"yes ({len(sums)} sums)" if sums == dict(story.cents) else "**no**"
    page = f"[{Path(story.howto).stem}](howto/{story.howto})"
    cells = [story.name, f"`{story.source.layout}`", len(receipts), *counts]
    return _row([*cells, "yes" if adds_up else "**no**", cents, len(wrong_files(story)), page])


def _answers(stories: list[SourceStory], wrong: Play) -> Iterator[str]:
    """One line per family and answer, with the sources that give it."""
    given: dict[tuple[str, str], Counter[str]] = {}
    for story in stories:
        for one in wrong_files(story):
            answer = _plain(wrong(story).answer_to(one.name))
            given.setdefault((one.family.name, answer), Counter())[story.name] += 1
    order = [family.name for family in FAMILIES]
    for family, answer in sorted(given, key=lambda key: (order.index(key[0]), key[1])):
        sources = given[family, answer]
        named = ", ".join(f"{name} ({count})" for name, count in sources.items())
        yield _row([family.replace("_", " "), answer, sources.total(), named])


def _plain(answer: str) -> str:
    """The answer without the column it names."""
    verdict, _, reason = answer.partition(": ")
    return f"{verdict} `{reason.split(':')[0]}`" if reason else verdict


def _head(cells: list[str]) -> list[str]:
    return [_row(cells), "|" + "---|" * len(cells)]


def _row(cells: Iterable[object]) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"
