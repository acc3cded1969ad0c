"""What a bad file may cost: reading the worst of them stays under a stated cap, in a process that
may not have more.

The cap is 1.5 GB resident for a line of 200 MB (it is held as bytes and once more as text), and
less for everything that is small on disk.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from bad_wholes import bomb, giant_line

CAP_MB = 1_500
ADDRESS_SPACE = 6 << 30
"""More than is ever touched: libraries reserve far more than they use."""
READING = """
import json, resource, sys
from datetime import date
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])))
from regulars.policy import SourcePolicy
from regulars.sources.discovery import discover
from regulars.sources.files import FileRefused
from regulars.sources.layouts import load_layout
from regulars.sources.reading import read
source = SourcePolicy(name="till", time_zone="Asia/Shanghai", currency_code="CNY")
day, answers = date(2025, 1, 10), {}
for dropped in discover(source, Path(sys.argv[1]), day, day).files:
    try:
        answers[dropped.name] = read(dropped, load_layout("canonical"), source).rows_read
    except FileRefused as refusal:
        answers[dropped.name] = refusal.reason_code.value
print(json.dumps([answers, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
"""


def read_all(folder: Path) -> tuple[dict[str, object], int]:
    """What is answered to the files of a folder, and the most memory it took in MB."""
    done = subprocess.run(
        [sys.executable, "-c", READING, str(folder), str(ADDRESS_SPACE)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answers, peak = json.loads(done.stdout)
    return answers, peak


def test_a_line_of_200_mb_is_refused_within_the_cap(tmp_path: Path):
    with (tmp_path / "orders.csv").open("wb") as stream:
        stream.write(b"order_id,store_id,closed_at,channel,status,total_amount\n1,")
        for _ in range(200):
            stream.write(b"x" * (1 << 20))
        stream.write(b"\n")
    answers, peak = read_all(tmp_path)
    assert answers == {"orders.csv": "unreadable_file"}
    assert 200 < peak < CAP_MB


@pytest.mark.parametrize("make", [bomb, giant_line], ids=["bombs", "lines"])
def test_what_is_built_to_unfold_is_refused_within_the_cap(tmp_path: Path, make):
    for one in make():
        one.before(tmp_path / one.name, one.data)
    answers, peak = read_all(tmp_path)
    assert len(answers) == 4
    assert peak < CAP_MB
