"""The models behind docs/SCALING.md: their arithmetic, by hand."""

import numpy as np
import pytest
from benchmarks.scale.cluster_model import (
    PARTITION_BYTES,
    Cluster,
    Measured,
    Stage,
    executors_for,
    makespan,
    seconds,
    simulate,
    stages,
)
from benchmarks.scale.cost_model import error, fit, growth


def _size(lines: float, customers: float) -> dict[str, float]:
    return {"lines": lines, "customers": customers}


def test_prices_are_found_again_and_a_held_out_size_is_foretold():
    sizes = [_size(1e6, 1e4), _size(2e6, 1e4), _size(4e6, 1e5), _size(1e6, 5e5)]
    took = [0.5 + 2e-6 * one["lines"] + 1e-6 * one["customers"] for one in sizes]
    model = fit(sizes, took, ("lines", "customers"))
    assert model.fixed == pytest.approx(0.5) and model.worst < 1e-9
    assert model.prices == pytest.approx({"lines": 2e-6, "customers": 1e-6})
    assert model.seconds(_size(50e6, 5e5)) == pytest.approx(101.0)
    assert error(model, _size(50e6, 5e5), 80.8) == pytest.approx(0.25)


def test_no_price_is_below_zero_and_the_error_says_what_the_model_misses():
    sizes = [_size(1e6, 1e4), _size(1e6, 1e5), _size(1e6, 1e6)]
    model = fit(sizes, [3.0, 2.0, 1.0], ("lines", "customers"))
    assert model.prices["customers"] == 0.0 and model.worst > 0.3


def test_growth_tells_proportional_from_flat_and_from_worse():
    sizes = [1e6, 2e6, 4e6, 8e6]
    assert growth(sizes, [1, 2, 4, 8]) == pytest.approx((1.0, 0.0), abs=1e-9)
    assert growth(sizes, [5, 5, 5, 5]) == pytest.approx((0.0, 0.0), abs=1e-9)
    slope, wide = growth(sizes, [1, 4.2, 15, 66])
    assert 1.9 < slope < 2.1 and 0 < wide < 0.1


def test_a_job_is_work_over_cores_bytes_over_the_network_and_what_a_stage_costs_itself():
    stage = Stage("one", read_bytes=8 * PARTITION_BYTES, sent_bytes=6e9, core_seconds=80)
    cluster = Cluster(1, cores_each=4, network_bytes=1e9, task_seconds=0.5, stage_seconds=1)
    # 80 / 4 cores + 6 GB at 1 GB/s + two rounds of 0.5 s + 1 s
    assert stage.tasks == 8 and seconds([stage], cluster) == pytest.approx(20 + 6 + 1 + 1)


def test_more_cores_than_partitions_do_not_help():
    stage = Stage("one", read_bytes=2 * PARTITION_BYTES, sent_bytes=0, core_seconds=10)
    few, many = Cluster(1, cores_each=2), Cluster(50, cores_each=2)
    assert seconds([stage], few) == seconds([stage], many)


def test_the_bytes_of_a_job_follow_from_the_rows_it_sends():
    seen = Measured(9.0, 1 / 3, 0.3, 2e-6)
    first, second, third = stages(3e9, 1e6, seen)
    assert first.read_bytes == 27e9 and first.sent_bytes == 1e9 * 64 == second.read_bytes
    assert second.sent_bytes == pytest.approx(0.9e9 * 48) == third.read_bytes
    assert first.core_seconds + second.core_seconds + third.core_seconds == pytest.approx(6000)


def test_a_task_starts_on_the_core_that_is_free_first():
    assert makespan(np.array([3.0, 1.0, 1.0, 1.0]), 2) == 3.0
    assert makespan(np.array([1.0, 1.0, 3.0]), 2) == 4.0
    assert makespan(np.array([2.0]), 8) == 2.0


def test_unequal_tasks_take_longer_than_the_plain_sum_and_the_same_seed_says_the_same():
    job, cluster = stages(1e9, 1e7, Measured(9.0, 1 / 3, 0.32, 2e-6)), Cluster(10)
    low, middle, high = simulate(job, cluster, seed=3)
    assert low < middle < high and middle > 0.95 * seconds(job, cluster)
    assert simulate(job, cluster, seed=3) == (low, middle, high)


def test_the_executors_that_are_enough_are_the_fewest():
    job = stages(1e9, 1e7, Measured(9.0, 1 / 3, 0.32, 2e-6))
    enough = executors_for(job, within=120, spare=1.0)
    assert seconds(job, Cluster(enough)) <= 120 < seconds(job, Cluster(enough - 1))
