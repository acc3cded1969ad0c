"""The compose file promises: no secret in it, nothing open to the network, one environment."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).resolve().parents[2] / "docker-compose.yaml"
AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    services: dict[str, Any] = yaml.safe_load(FILE.read_text())["services"]
    return services


def test_secrets_are_asked_for_and_never_made_up(services: dict[str, Any]) -> None:
    settings = services["scheduler"]["environment"] | services["postgres"]["environment"]
    secret = re.compile("SECRET|PASSWORD$|FERNET_KEY|IDENTITY_KEY|SQL_ALCHEMY_CONN")
    for name in filter(secret.search, settings):
        assert re.search(r"\$\{[A-Z_]+:\?", settings[name]), name


def test_all_parts_of_airflow_share_one_image_and_one_environment(services: dict[str, Any]) -> None:
    assert set(services) == AIRFLOW | {"postgres"}
    for name in AIRFLOW:
        assert services[name]["image"] == services["init"]["image"]
        assert services[name]["environment"] == services["init"]["environment"]


def test_only_the_pages_are_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"api-server": ["127.0.0.1:8080:8080"]}


def test_everything_that_keeps_running_has_a_health_check(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if "healthcheck" in service} == (
        set(services) - {"init"}
    )
