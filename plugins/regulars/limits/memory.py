"""How much memory there really is: a container or a service has less than its machine."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath


def machine_memory(root: Path = Path("/")) -> int:
    """The bytes of memory that this process may use: the machine's, or its control group's.

    The least limit of the group and of all groups around it counts, in both versions of Linux'
    control groups. `root` is where `proc` and `sys` are.
    """
    physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([physical, *_group_limits(root)])


def _group_limits(root: Path) -> Iterator[int]:
    for file in _limit_files(root):
        # No such group, "max" for no limit, or a file that only the machine's owner reads.
        with suppress(OSError, ValueError):
            yield int(file.read_text())


def _limit_files(root: Path) -> Iterator[Path]:
    """The files that may state a limit, by the lines `number:controllers:/group` of the kernel."""
    groups = root / "sys/fs/cgroup"
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text().splitlines():
            _, controllers, group = line.split(":", 2)
            within = PurePosixPath(group.lstrip("/"))
            for place in (within, *within.parents):
                if not controllers:
                    yield groups / place / "memory.max"
                elif "memory" in controllers.split(","):
                    yield groups / "memory" / place / "memory.limit_in_bytes"
