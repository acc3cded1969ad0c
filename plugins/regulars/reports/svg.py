"""The few SVG elements the charts are made of. Every text is escaped here."""

from html import escape


def svg(width: int, height: int, label: str, content: str) -> str:
    """A drawing that scales with the page; `label` is what it shows, for those who listen."""
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">'
        f"{content}</svg>"
    )


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "tick") -> str:
    """Words at a point; `anchor` is start, middle or end."""
    return (
        f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line; its looks come with its class."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def circle(kind: str, x: float, y: float, radius: float) -> str:
    """A dot; its looks come with its class."""
    return f'<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>'


def bar(kind: str, x: float, y: float, width: float, height: float) -> str:
    """A bar with round corners; its looks come with its class."""
    return (
        f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" '
        f'height="{height:.1f}" rx="4"/>'
    )
