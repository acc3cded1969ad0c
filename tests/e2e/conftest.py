"""Homes that many tests look into: each is run once, and copied by those who go on from it.

Two processes run them while the tests go on; a home is begun as soon as what it starts from is
there, if any of the collected tests wants it.
"""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest
from chain_home import Home, Window, run_windows
from group_sample import DAY_BEFORE, LAST_DAYS, SIZE, Sample

from postgres_server import postgres_server as postgres_server
from regulars.samples.sample_group import SampleSize, generate
from regulars.settings import INCLUDE
from sail_server import sail_server as sail_server
from spark_cluster import spark_cluster as spark_cluster

PEOPLE = SampleSize(customers=1200, days=300, last_day=date(2025, 6, 29), daily_files=0)
REAL_WINDOW = (date(2024, 9, 1), date(2025, 1, 31))
REAL_MIDDLE = date(2024, 12, 15)
ORDERS = {
    "in_order": (0, 1, 2, 3, 4, 5),
    "backwards": (5, 4, 3, 2, 1, 0),
    "shuffled": (2, 4, 0, 5, 1, 3),
}
FOLDER = Path(__file__).parent


@dataclass
class Hands:
    """Two hands that run homes, each home at most once."""

    pool: ProcessPoolExecutor
    wanted: set[str]
    homes: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    begun: dict[str, Future[Home]] = field(default_factory=dict)

    def place(self) -> Path:
        """A path for a home that is not there yet."""
        return self.homes / f"home_{next(self.numbers)}"

    def begin(self, name: str, home: Home, *windows: Window) -> None:
        """Begin to run a home, if a test wants it."""
        if name in self.wanted and name not in self.begun:
            self.begun[name] = self.pool.submit(run_windows, home, windows)

    def finish(self, name: str) -> Home:
        """The home, when it has been run."""
        return self.begun[name].result()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test may have to wait for homes that are still being run."""
    for item in items:
        if FOLDER in item.path.parents and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(900))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    generate(SIZE, folder / "drop", folder / "truth", lambda _: None)
    return Sample(folder / "drop", folder / "truth")


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """More people over a longer time, all in monthly files."""
    folder = tmp_path_factory.mktemp("people")
    generate(PEOPLE, folder / "drop", folder / "truth", lambda _: None)
    return Sample(folder / "drop", folder / "truth")


@pytest.fixture(scope="session")
def hands(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, sample: Sample
) -> Iterator[Hands]:
    names = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    wanted = names | ({*ORDERS} if "otherwise" in names else set())
    wanted |= {"history"} if wanted & {*ORDERS} else set()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        hands = Hands(pool, wanted, tmp_path_factory.mktemp("homes"))
        hands.begin("history", Home(hands.place(), sample.drop), (SIZE.first_day, DAY_BEFORE))
        hands.begin("complete", Home(hands.place(), sample.drop), (SIZE.first_day, SIZE.last_day))
        yield hands
        for future in hands.begun.values():
            future.cancel()


@pytest.fixture(scope="session")
def place(hands: Hands) -> Callable[[], Path]:
    """A path for a home of one's own."""
    return hands.place


@pytest.fixture(scope="session")
def complete(hands: Hands) -> Home:
    """The whole sample in one run. Only looked at; who changes it takes a copy."""
    return hands.finish("complete")


@pytest.fixture(scope="session")
def history(hands: Hands) -> Home:
    """The sample up to the evening before its last six days."""
    home = hands.finish("history")
    for name, order in ORDERS.items():
        days = [LAST_DAYS[number] for number in order]
        if name in hands.wanted:
            hands.begin(name, home.copy(hands.place()), *((day, day) for day in days))
    return home


@pytest.fixture(scope="session")
def in_order(hands: Hands, history: Home) -> Home:
    """The last six days one at a time, as they came."""
    return hands.finish("in_order")


@pytest.fixture(scope="session", params=["backwards", "shuffled"])
def otherwise(request: pytest.FixtureRequest, hands: Hands, history: Home) -> Home:
    """The same six days in another order."""
    return hands.finish(request.param)


@pytest.fixture(scope="session")
def judged(hands: Hands, people: Sample) -> Home:
    """The larger sample in one run."""
    home = Home(hands.place(), people.drop)
    hands.begin("judged", home, (PEOPLE.first_day, PEOPLE.last_day))
    return hands.finish("judged")


@pytest.fixture(scope="session")
def real_home(hands: Hands, shared_data: Path) -> Home:
    """A home for the real group, not run yet; its two runs are begun."""
    drop = shared_data / "restaurant_group"
    if not (drop / "orders.parquet").is_file():
        pytest.skip(f"no orders.parquet in {drop}")
    home = Home(hands.place(), drop, INCLUDE / "policy" / "restaurant_group")
    hands.begin("five_months", home, REAL_WINDOW)
    hands.begin("middle", home.moved(hands.place()), (REAL_MIDDLE, REAL_MIDDLE))
    return home


@pytest.fixture(scope="session")
def five_months(hands: Hands, real_home: Home) -> Home:
    """The real group's five months in one run."""
    return hands.finish("five_months")


@pytest.fixture(scope="session")
def middle(hands: Hands, real_home: Home) -> Home:
    """A run of one single day of the real group, on a home that knows nothing else."""
    return hands.finish("middle")


@pytest.fixture
def own_drop(sample: Sample, tmp_path: Path) -> Path:
    """A copy of the sample's files that a test may spoil."""
    return Path(shutil.copytree(sample.drop, tmp_path / "drop"))
