"""The limits in force on this machine, for people to read: memory, spilling, disks."""

from pathlib import Path

from regulars.limits import free_bytes, in_words, machine_memory
from regulars.steps.runtime import Run


def describe_limits(run: Run) -> str:
    """A line for each limit: what there is, what the engine may take, what must stay free."""
    settings = run.settings
    with run.warehouse() as warehouse:
        engine = warehouse.limits()
    told = {
        "memory of this machine": in_words(machine_memory()),
        **engine,
        **{f"free for {folder}": in_words(free_bytes(folder)) for folder in _folders(run)},
        "kept in reserve on each disk": in_words(settings.reserve),
    }
    width = max(map(len, told))
    return "\n".join(f"{name:<{width}}  {value}" for name, value in told.items())


def _folders(run: Run) -> list[Path]:
    settings = run.settings
    file, temp = settings.warehouse_file, settings.temp
    places = [settings.root, *([file.parent] if file else []), *([temp.resolve()] if temp else [])]
    return list(dict.fromkeys(places))
