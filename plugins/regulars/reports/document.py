"""The shell of every page: one self-contained HTML file, readable on paper and in the dark."""

from html import escape
from pathlib import Path

STYLE = Path(__file__).with_name("page.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing: a browser refuses what slipped through."""


def render_document(title: str, body: str) -> str:
    """A whole HTML document around a finished body; the same body gives the same text."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title>"
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style></head>"
        f"\n<body>{body}</body></html>\n"
    )
