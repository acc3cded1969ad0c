"""One Airflow connection names the warehouse, whatever its engine; its secret is never shown."""

import json
import os
from typing import Any

import pytest

from regulars.domain.errors import BadInput
from regulars.settings import Settings
from regulars_airflow.warehouse_connection import airflow_warehouse

VARIABLE = "AIRFLOW_CONN_REGULARS_WAREHOUSE"
CONNECTIONS: list[tuple[dict[str, Any], str]] = [
    (
        {"conn_type": "postgres", "host": "db", "port": 5433, "login": "etl",
         "password": "a/b@c:d", "schema": "regulars", "extra": {"sslmode": "require"}},
        "postgresql://etl:a%2Fb%40c%3Ad@db:5433/regulars?sslmode=require",
    ),
    (
        {"conn_type": "postgres", "host": "db", "login": "etl", "schema": "regulars"},
        "postgresql://etl@db/regulars",
    ),
    (
        {"conn_type": "spark_connect", "host": "spark", "port": 15002, "password": "t=k;n",
         "schema": "regulars", "extra": {"use_ssl": True, "format": "iceberg",
                                         "location": "s3a://lake/r", "shuffle_partitions": 64}},
        "sc://spark:15002/;token=t%3Dk%3Bn;use_ssl=true"
        "?schema=regulars&format=iceberg&location=s3a://lake/r&shuffle_partitions=64",
    ),
    ({"conn_type": "spark_connect", "host": "spark", "port": 15002}, "sc://spark:15002"),
    (
        {"conn_type": "duckdb", "host": "/data/w.duckdb", "extra": {"memory_limit": "4GB"}},
        "duckdb:////data/w.duckdb?memory_limit=4GB",
    ),
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_warehouse(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REGULARS_WAREHOUSE", raising=False)


@pytest.mark.parametrize(("connection", "uri"), CONNECTIONS)
def test_a_connection_is_the_warehouse_while_a_step_runs(
    monkeypatch: pytest.MonkeyPatch, connection: dict[str, Any], uri: str
):
    monkeypatch.setenv(VARIABLE, json.dumps(connection))
    with airflow_warehouse():
        assert Settings().warehouse_uri == uri
    assert "REGULARS_WAREHOUSE" not in os.environ


def test_the_uri_of_a_spark_connection_is_one_that_the_engine_reads(
    monkeypatch: pytest.MonkeyPatch,
):
    from regulars.engines.spark_uri import SparkPlace

    monkeypatch.setenv(VARIABLE, json.dumps(CONNECTIONS[2][0]))
    with airflow_warehouse():
        place = SparkPlace.of(Settings().warehouse_uri)
    assert place.server == "sc://spark:15002/;token=t%3Dk%3Bn;use_ssl=true"
    assert (place.format, place.location, place.shuffle_partitions) == (
        "iceberg", "s3a://lake/r", 64,
    )  # fmt: skip


def test_the_variable_wins_over_the_connection(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, json.dumps(CONNECTIONS[0][0]))
    monkeypatch.setenv("REGULARS_WAREHOUSE", "duckdb:///own.duckdb")
    with airflow_warehouse():
        assert Settings().warehouse_uri == "duckdb:///own.duckdb"
    assert os.environ["REGULARS_WAREHOUSE"] == "duckdb:///own.duckdb"


def test_without_either_the_warehouse_is_the_file_in_the_home():
    with airflow_warehouse():
        settings = Settings()
        assert settings.warehouse_uri == f"duckdb:///{settings.root / 'warehouse.duckdb'}"


def test_a_step_that_fails_leaves_no_warehouse_behind(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, json.dumps(CONNECTIONS[0][0]))
    with pytest.raises(BadInput, match="spoiled"), airflow_warehouse():
        raise BadInput("spoiled")
    assert "REGULARS_WAREHOUSE" not in os.environ


def test_a_kind_without_an_engine_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(VARIABLE, json.dumps({"conn_type": "mysql", "password": "s3cret"}))
    with pytest.raises(BadInput) as caught, airflow_warehouse():
        pass
    assert "no engine for a connection of type mysql" in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_a_secret_is_masked_as_it_stands_and_as_it_stands_in_the_uri(
    monkeypatch: pytest.MonkeyPatch,
):
    from airflow.sdk._shared.secrets_masker import redact

    monkeypatch.setenv(VARIABLE, json.dumps(CONNECTIONS[0][0]))
    with airflow_warehouse():
        said = redact(f"cannot reach {Settings().warehouse_uri} with a/b@c:d")
    assert said == "cannot reach postgresql://etl:***@db:5433/regulars?sslmode=require with ***"
