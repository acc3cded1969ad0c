"""The few HTML elements of the page. Every text and cell is escaped here, so nobody forgets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

EMPTY = '<p class="quiet">Nothing to show ‖ 暂无</p>'


@dataclass(frozen=True)
class Pill:
    """A short verdict in a coloured lozenge; `mood` is good, warn or bad."""

    words: str
    mood: str


Cell = str | Pill


def section(title: str, *contents: str, kind: str = "") -> str:
    """A titled part of the page; the contents are finished HTML."""
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{"".join(contents)}</section>'


def paragraph(words: str, kind: str = "") -> str:
    """A paragraph of plain words."""
    return f'<p class="{kind}">{escape(words)}</p>'


def link(words: str, target: str) -> str:
    """A link to a file beside the page."""
    return f'<p><a href="{escape(target)}">{escape(words)}</a></p>'


def tile(name: str, value: str, note: str) -> str:
    """A headline figure with its bilingual name and a note."""
    return (
        f'<div class="tile"><span>{escape(name)}</span><strong>{escape(value)}</strong>'
        f"<em>{escape(note)}</em></div>"
    )


def table(headers: Sequence[str], rows: Iterable[Sequence[Cell]], words: int = 1) -> str:
    """A table whose first `words` columns are words and whose others are figures."""
    body = "".join(_row("td", row, words) for row in rows)
    if not body:
        return EMPTY
    return (
        f'<div class="scroll"><table><thead>{_row("th", headers, words)}</thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(tag: str, cells: Sequence[Cell], words: int) -> str:
    content = "".join(_cell(tag, cell, place < words) for place, cell in enumerate(cells))
    return f"<tr>{content}</tr>"


def _cell(tag: str, cell: Cell, is_words: bool) -> str:
    kind = "" if is_words else ' class="figure"'
    if isinstance(cell, Pill):
        content = f'<span class="pill {cell.mood}">{escape(cell.words)}</span>'
    else:
        content = escape(cell)
    return f"<{tag}{kind}>{content}</{tag}>"
