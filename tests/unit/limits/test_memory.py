"""How much memory there is: the least that the machine and any group around us allow."""

from pathlib import Path

import pytest

from regulars.limits import machine_memory

MANY = 1 << 62
GROUPS = {
    "second version": ("0::/shop/night\n", "{group}/memory.max"),
    "first version": (
        "4:memory:/shop/night\n1:cpu:/\n0::/\n",
        "memory{group}/memory.limit_in_bytes",
    ),
    "with others": ("3:cpu,memory:/shop/night\n", "memory{group}/memory.limit_in_bytes"),
}


def machine(root: Path, kind: str, limits: dict[str, str]) -> Path:
    """A machine whose process is in the group /shop/night, with these limits by group."""
    line, file = GROUPS[kind]
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(line)
    for group, text in limits.items():
        path = root / "sys/fs/cgroup" / file.format(group=group).lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize("kind", GROUPS)
def test_the_least_limit_of_the_groups_around_counts(tmp_path: Path, kind: str):
    limits = {"/shop/night": "300000000\n", "/shop": "200000000\n"}
    assert machine_memory(machine(tmp_path, kind, limits)) == 200_000_000


@pytest.mark.parametrize("kind", GROUPS)
def test_a_container_sees_its_limit_at_the_top(tmp_path: Path, kind: str):
    assert machine_memory(machine(tmp_path, kind, {"": "100000000"})) == 100_000_000


@pytest.mark.parametrize("text", ["max\n", str(MANY), ""])
def test_without_a_limit_the_machine_itself_counts(tmp_path: Path, text: str):
    everything = machine_memory(tmp_path / "no groups here")
    root = machine(tmp_path, "second version", {"/shop/night": text})
    assert 1 << 28 < everything == machine_memory(root)
