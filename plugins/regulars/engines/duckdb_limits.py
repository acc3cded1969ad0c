"""What DuckDB may take of the machine, where neither the URI nor a setting says so."""

from contextlib import suppress
from pathlib import Path

from regulars.limits import free_bytes, machine_memory

SETTINGS = ("memory_limit", "temp_directory", "max_temp_directory_size", "threads")
MEMORY_PERCENT = 60
"""The rest is for what is read into the process as Arrow, for Python and for Airflow."""
SPILL_PERCENT = 50
"""Of the free disk: what is spilled goes at the end of a statement, the tables themselves stay."""
_MEBIBYTE = 1 << 20


def with_defaults(path: Path, given: dict[str, str]) -> dict[str, str]:
    """The settings of a file's database: those given, else a share of what there is.

    Spilled are rows, contact details too: the folder beside the file is its owner's alone.
    """
    memory = machine_memory() * MEMORY_PERCENT // 100
    settings = {"memory_limit": _text(memory), "temp_directory": str(default_folder(path)), **given}
    if settings["temp_directory"]:
        free = free_bytes(Path(settings["temp_directory"]).absolute())
        settings.setdefault("max_temp_directory_size", _text(free * SPILL_PERCENT // 100))
    return settings


def default_folder(path: Path) -> Path:
    """Where a file's database spills unless told otherwise."""
    return path.with_name(f"{path.name}.tmp")


def prepare_folder(path: Path) -> None:
    """Make the folder for spilling; forget what a killed run left in it.

    Only for who holds the file: nobody else can be using the folder then.
    """
    folder = default_folder(path)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for leftover in folder.glob("duckdb_temp_*"):
        leftover.unlink(missing_ok=True)


def remove_folder(path: Path) -> None:
    """Remove the folder for spilling when the file is closed."""
    with suppress(OSError):
        default_folder(path).rmdir()


def _text(size: int) -> str:
    return f"{max(size // _MEBIBYTE, 1)}MiB"
