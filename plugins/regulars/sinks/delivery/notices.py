"""A few lines for the team: counts only, never a customer, and never the address they go to."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from regulars.domain.errors import BadInput
from regulars.sinks.manifest import DayManifest
from regulars.sinks.wording import LIST_WORDS, hold_words


class NoticeFailed(OSError):
    """The channel of a notice did not take it; trying again may help."""


def compose(
    manifest: DayManifest, free: Iterable[str], reached: Mapping[str, int]
) -> tuple[str, str]:
    """Title and text of the notice of a day, in English and Chinese.

    `free` are the lists that may be used; `reached` are the destinations with their files.
    """
    ready = set(free)
    lines = []
    for name, state in manifest.lists.items():
        words = LIST_WORDS[name]
        changes = f"+{state.added:,} ~{state.changed:,} −{state.removed:,}"
        lines.append(f"{words.title} ‖ {words.title_zh}: {state.rows:,} ({changes})")
        if name not in ready:
            lines += [f"  held ‖ 待放行: {' ‖ '.join(hold_words(hold))}" for hold in state.holds]
    lines += [f"→ {name}: {files} files ‖ {files} 个文件" for name, files in reached.items()]
    title = f"Regulars {manifest.business_date}: action lists ‖ 行动名单"
    return title, "\n".join(lines)


def send_notice(name: str, url: str | None, title: str, text: str) -> None:
    """Hand the notice to its channel. Raises BadInput without a usable address, NoticeFailed."""
    # Apprise brings seventy plugins: it waits until there is something to say.
    from apprise import Apprise  # noqa: PLC0415

    with _without_a_word():
        channel = Apprise()
        if not url or not channel.add(url):
            raise BadInput(
                f"notice {name} has no address that Apprise understands",
                next_move="set the secret of its connection, for example lark://…",
            )
        if not channel.notify(body=text, title=title):
            raise NoticeFailed(f"the channel of notice {name} did not take it")


@contextmanager
def _without_a_word() -> Iterator[None]:
    """What Apprise and its HTTP client log may hold the address: nothing of it is written."""
    logs = [logging.getLogger(name) for name in ("apprise", "urllib3.connectionpool")]
    were_off = [log.disabled for log in logs]
    try:
        for log in logs:
            log.disabled = True
        yield
    finally:
        for log, was_off in zip(logs, were_off, strict=True):
            log.disabled = was_off
