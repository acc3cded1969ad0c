"""The URI of a Spark warehouse, the client that opens it, and what is said when that fails."""

from importlib.util import find_spec

import pytest

from regulars.domain.errors import BadInput
from regulars.engines import WarehouseUnreachable, open_warehouse, spark_clients
from regulars.engines.spark_uri import SparkPlace

SECRET = "sc://127.0.0.1:1/;token=s3cret;use_ssl=false?location=/lake"


def test_what_comes_before_the_question_mark_is_spark_connects_own():
    place = SparkPlace.of(
        "sc://host:443/;token=t;use_ssl=true?schema=sales&format=iceberg&location=s3a://b/lake/"
        "&staging=/stage&client=pyspark&shuffle_partitions=64"
    )
    assert place.server == "sc://host:443/;token=t;use_ssl=true"
    assert (place.host, place.schema, place.format) == ("host:443", "sales", "iceberg")
    assert (place.location, place.staging) == ("s3a://b/lake", "/stage")
    assert (place.client, place.shuffle_partitions) == ("pyspark", 64)


@pytest.mark.parametrize("end", ["", "/", "/;"])
def test_an_address_without_parameters_may_end_in_any_way(end: str):
    assert SparkPlace.of(f"sc://host:15002{end}?schema=sales").server == "sc://host:15002"


def test_every_option_has_a_default():
    place = SparkPlace.of("sc://host:15002")
    assert (place.schema, place.format, place.shuffle_partitions) == ("regulars", "delta", 8)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("speed=11", "'speed' is no option.*shuffle_partitions"),
        ("format=csv", "format=csv is not known.*delta, iceberg, parquet"),
        ("client=jdbc", "client=jdbc is not known.*adbc, pyspark"),
        ("schema=My-Tables", "cannot be a table or column name"),
        ("location=lake", "location is no full path"),
        ("staging=/a'b", "staging holds a quote"),
        ("shuffle_partitions=0", "shuffle_partitions is no whole number above 0"),
    ],
)
def test_a_wrong_option_is_named_with_the_right_ones(query: str, message: str):
    with pytest.raises(BadInput, match=message):
        open_warehouse(f"sc://host:15002?{query}")


def test_a_silent_server_is_unreachable_and_the_token_stays_secret():
    with pytest.raises(WarehouseUnreachable, match=r"127\.0\.0\.1:1: .*refused") as caught:
        open_warehouse(SECRET)
    assert "s3cret" not in str(caught.value)
    assert "s3cret" not in repr(SparkPlace.of(SECRET))


@pytest.mark.parametrize(
    ("query", "named"), [("", "adbc or pyspark"), ("?client=pyspark", "pyspark")]
)
def test_a_missing_client_is_asked_for(monkeypatch: pytest.MonkeyPatch, query: str, named: str):
    def without_spark(name: str) -> object:
        return None if name in ("adbc_driver_spark", "pyspark") else find_spec(name)

    monkeypatch.setattr(spark_clients, "find_spec", without_spark)
    with pytest.raises(BadInput, match=rf"installed: {named} .*requirements-spark\.txt"):
        open_warehouse(f"sc://host:15002{query}")
