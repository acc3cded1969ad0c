"""A billion order lines on a cluster: a cost model of the shuffles, and a simulation of the tasks.

Nothing here was run on a cluster. What goes in is measured on one machine (`Measured`), what a
cluster adds is assumed and named (`Cluster`), and what comes out is a range, not a promise.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heapreplace
from math import ceil

import numpy as np

PARTITION_BYTES = 128 * 2**20
ORDER_BYTES, CUSTOMER_DAY_BYTES, STANDING_BYTES = 64, 48, 80
"""A row on its way between tasks: keys, sums and the row's own overhead, before compression."""
SIMULATIONS = 200


@dataclass(frozen=True)
class Measured:
    """What one core was seen to do: seconds per line and stage, bytes and rows per line."""

    line_bytes: float
    orders_per_line: float
    customer_days_per_line: float
    core_seconds_per_line: float


@dataclass(frozen=True)
class Cluster:
    """What is assumed of a cluster. `spread` is the sigma of a task's log seconds."""

    executors: int
    cores_each: int = 4
    network_bytes: float = 1.0e9
    task_seconds: float = 0.1
    stage_seconds: float = 1.0
    spread: float = 0.35

    @property
    def cores(self) -> int:
        """Tasks that run at once."""
        return self.executors * self.cores_each


@dataclass(frozen=True)
class Stage:
    """A stage of the job: what it reads, what it sends on, and the core seconds it takes."""

    name: str
    read_bytes: float
    sent_bytes: float
    core_seconds: float

    @property
    def tasks(self) -> int:
        """Partitions of 128 MB."""
        return max(ceil(self.read_bytes / PARTITION_BYTES), 1)


def stages(lines: float, customers: float, seen: Measured) -> list[Stage]:
    """Lines to orders, orders to customer-days, customer-days to the standing of each customer.

    Lines of an order lie together, so that a task adds them up before it sends anything.
    """
    orders, days = lines * seen.orders_per_line, lines * seen.customer_days_per_line
    work = lines * seen.core_seconds_per_line
    order_bytes, day_bytes = orders * ORDER_BYTES, days * CUSTOMER_DAY_BYTES
    return [
        Stage("lines to orders", lines * seen.line_bytes, order_bytes, 0.5 * work),
        Stage("orders to customer-days", order_bytes, day_bytes, 0.3 * work),
        Stage("customer-days to standings", day_bytes, customers * STANDING_BYTES, 0.2 * work),
    ]


def seconds(job: list[Stage], cluster: Cluster) -> float:
    """Without chance: work over cores, bytes over the network, and what each stage costs itself."""
    return sum(
        stage.core_seconds / min(cluster.cores, stage.tasks)
        + stage.sent_bytes / (cluster.executors * cluster.network_bytes)
        + ceil(stage.tasks / cluster.cores) * cluster.task_seconds
        + cluster.stage_seconds
        for stage in job
    )


def simulate(job: list[Stage], cluster: Cluster, seed: int = 1) -> tuple[float, float, float]:
    """Seconds with tasks of unequal length: the 10th, 50th and 90th of a hundred runs."""
    draw = np.random.default_rng(seed)
    runs = [sum(_stage_seconds(job, cluster, draw)) for _ in range(SIMULATIONS)]
    low, middle, high = (float(one) for one in np.quantile(runs, (0.1, 0.5, 0.9)))
    return low, middle, high


def executors_for(job: list[Stage], within: float, spare: float = 1.5) -> int:
    """The fewest executors with which the job ends in time, with something to spare."""
    count = 1
    while seconds(job, Cluster(count)) * spare > within and count < 10_000:
        count += max(count // 10, 1)
    return count


def _stage_seconds(
    job: list[Stage], cluster: Cluster, draw: np.random.Generator
) -> Iterator[float]:
    for stage in job:
        lengths = draw.lognormal(-(cluster.spread**2) / 2, cluster.spread, stage.tasks)
        own = lengths * stage.core_seconds / stage.tasks + cluster.task_seconds
        sent = stage.sent_bytes / (cluster.executors * cluster.network_bytes)
        yield makespan(own, cluster.cores) + sent + cluster.stage_seconds


def makespan(lengths: np.ndarray, cores: int) -> float:
    """When the last task ends if each starts on the core that is free first."""
    free = [0.0] * min(cores, len(lengths))
    heapify(free)
    for length in lengths:
        heapreplace(free, free[0] + float(length))
    return max(free)
