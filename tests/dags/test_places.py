"""Places through Airflow: its connections give the secret, its path objects the files."""

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from airflow.sdk import ObjectStoragePath

from regulars.domain.errors import BadInput
from regulars.patience import Patience
from regulars.policy import SourcePolicy
from regulars.policy.export_sections import DeliveryPolicy
from regulars.sinks.delivery.sending import Destination
from regulars.sources.databases import open_database
from regulars.sources.layouts import load_layout
from regulars.sources.remote_folders import Fetching
from regulars_airflow.places import AirflowPlaces

TENTH = date(2025, 1, 10)


@pytest.mark.parametrize(
    ("known", "url"),
    [
        (
            "postgres://reader:s3cr%40t@db.example.com:5433/till?sslmode=require",
            "postgresql+psycopg://reader:***@db.example.com:5433/till",
        ),
        ("sqlite:////data/till.db", "sqlite:////data/till.db"),
    ],
)
def test_a_connection_of_airflow_opens_a_database(monkeypatch, known, url):
    monkeypatch.setenv("AIRFLOW_CONN_TILL", known)
    database = open_database("till", AirflowPlaces().secret("till"))
    if database.dialect == "postgresql":
        assert database.url.password == "s3cr@t"
        assert str(database.url) == url


def test_the_variable_of_regulars_wins(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_TILL", "postgres://a:b@airflow/till")
    monkeypatch.setenv("REGULARS_CONNECTION_TILL", "sqlite:///own.db")
    assert AirflowPlaces().secret("till") == "sqlite:///own.db"


def test_a_connection_that_nobody_knows_is_none():
    assert AirflowPlaces().secret("till") is None


def shop_at(url: str) -> SourcePolicy:
    return SourcePolicy(name="shop", folder=url, time_zone="UTC", currency_code="EUR")


def test_a_folder_is_fetched_through_a_path_object_of_airflow(tmp_path: Path):
    there = ObjectStoragePath(f"file://{tmp_path}/there")
    there.mkdir()
    (there / "orders_2025-01-10.csv").write_bytes(b"from afar")
    (there / "unknown.csv").write_bytes(b"?")
    source = shop_at(f"file://{tmp_path}/there")
    told: list[str] = []
    fetching = Fetching(
        source, load_layout("canonical"), AirflowPlaces().folder(source), tmp_path / "inbox",
        told.append, Patience(1, 1, lambda _seconds: None),
    )  # fmt: skip
    for _ in range(2):
        assert [one.file for one in fetching.fetch(TENTH, TENTH)] == ["unknown.csv"]
    assert (tmp_path / "inbox" / "orders_2025-01-10.csv").read_bytes() == b"from afar"
    assert told == ["shop: orders_2025-01-10.csv: 9 bytes copied"]


@pytest.mark.parametrize("scheme", ["s3", "sftp", "nowhere"])
def test_a_provider_that_is_not_installed_is_told(scheme):
    providers = {"s3": "airflow.providers.amazon", "sftp": "airflow.providers.sftp"}
    if scheme in providers and find_spec(providers[scheme]):
        pytest.skip(f"the provider of {scheme} is installed here")
    with pytest.raises(BadInput, match="shop cannot be opened"):
        AirflowPlaces().folder(shop_at(f"{scheme}://somewhere/x"))


def test_lists_are_sent_through_a_path_object_of_airflow(tmp_path: Path):
    place = DeliveryPolicy(name="shelf", to=f"file://{tmp_path}/shelf")
    destination = Destination(AirflowPlaces().folder(place), Patience(1, 1, lambda _seconds: None))
    assert destination.send("2025-01-10", {"a/b.csv": b"x", "manifest.json": b"{}"}) == 2
    assert (tmp_path / "shelf/2025-01-10/a/b.csv").read_bytes() == b"x"
