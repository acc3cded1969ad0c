"""The compose file: it follows the specification, asks for its secrets, and gives little away."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from compose_file import FILE, PROJECT, Composition, VariableMissing

AIRFLOW = {"init", "api-server", "scheduler", "dag-processor", "triggerer"}
GIVEN = {
    name: f"given {name}"
    for name in ("AIRFLOW_FERNET_KEY", "AIRFLOW_JWT_SECRET", "AIRFLOW_API_SECRET_KEY",
                 "REGULARS_IDENTITY_KEY")
}  # fmt: skip
Told = dict[str, Any]


@pytest.fixture(scope="module")
def services() -> Told:
    services: Told = yaml.safe_load(FILE.read_text())["services"]
    return services


def check_against_specification(file: Path) -> subprocess.CompletedProcess[str]:
    """Ask the schema of the compose specification that the checker brings along."""
    pytest.importorskip("check_jsonschema", reason="pip install check-jsonschema")
    asked = ["--builtin-schema", "vendor.compose-spec", str(file)]
    command = [sys.executable, "-m", "check_jsonschema", *asked]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_file_follows_the_compose_specification() -> None:
    checked = check_against_specification(FILE)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("breaks", "told"),
    [
        (lambda file: file["services"]["scheduler"].update(comand=["airflow"]), "comand"),
        (lambda file: file["services"]["init"]["depends_on"]["database"].update(condition="done"),
         "service_completed_successfully"),
        (lambda file: file["services"]["postgres"]["healthcheck"].update(retries=[12]), "retries"),
        (lambda file: file["secrets"]["warehouse-password"].update(environment=["A", "B"]),
         "environment"),
    ],
    ids=["a word", "a condition", "a number", "a secret"],
)  # fmt: skip
def test_a_broken_file_is_refused(
    tmp_path: Path, breaks: Callable[[Told], object], told: str
) -> None:
    broken = yaml.safe_load(FILE.read_text())
    breaks(broken)
    (tmp_path / "docker-compose.yaml").write_text(yaml.safe_dump(broken))
    checked = check_against_specification(tmp_path / "docker-compose.yaml")
    assert checked.returncode == 1
    assert told in checked.stdout


@pytest.mark.parametrize("missing", GIVEN)
def test_without_a_secret_nothing_starts(missing: str) -> None:
    with pytest.raises(VariableMissing, match=f"^{missing}: "):
        Composition.read({name: value for name, value in GIVEN.items() if name != missing})


def test_secrets_are_asked_for_and_never_made_up(services: Told) -> None:
    settings = services["scheduler"]["environment"]
    secret = re.compile("SECRET$|SECRET_KEY|FERNET_KEY|IDENTITY_KEY")
    asked = [name for name in settings if secret.search(name)]
    assert len(asked) == 4
    for name in asked:
        assert re.fullmatch(r"\$\{[A-Z_]+:\?.*\}", settings[name]), name


def test_no_password_stands_in_a_uri_or_in_an_environment() -> None:
    for service in Composition.read(GIVEN).services.values():
        for name, value in service.environment.items():
            assert not re.search(r"//[^/@]*:[^/@]*@", value), name
            assert "PASSWORD" not in name or value.startswith("/run/secrets/"), name


def test_each_service_gets_only_the_passwords_it_needs(services: Told) -> None:
    logins = {"airflow-database-password", "warehouse-password"}
    running = AIRFLOW - {"init"}
    assert {name: set(services[name]["secrets"]) for name in running} == dict.fromkeys(
        running, logins
    )
    for name in ("init", "database"):
        assert set(services[name]["secrets"]) == logins | {"postgres-password"}
    assert services["postgres"]["secrets"] == ["postgres-password"]


def test_the_warehouse_is_a_database_of_its_own_and_its_login_no_administrator() -> None:
    scheduler = Composition.read(GIVEN).services["scheduler"].environment
    metadata = scheduler["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"]
    assert scheduler["REGULARS_WAREHOUSE"] == "postgresql://regulars@postgres:5432/regulars"
    assert metadata == "postgresql+psycopg2://airflow@postgres:5432/airflow"
    elsewhere = Composition.read(GIVEN | {"REGULARS_WAREHOUSE": "duckdb:////opt/regulars/var/w"})
    assert elsewhere.services["init"].environment["REGULARS_WAREHOUSE"].startswith("duckdb:")


def test_all_parts_of_airflow_share_one_image_and_one_environment(services: Told) -> None:
    assert set(services) == AIRFLOW | {"postgres", "database"}
    for name in AIRFLOW:
        assert services[name]["image"] == services["init"]["image"]
        assert services[name]["environment"] == services["init"]["environment"]


def test_services_start_after_what_they_need() -> None:
    order = [service.name for service in Composition.read(GIVEN).in_order()]
    assert order[:3] == ["postgres", "database", "init"]
    assert order.index("api-server") < order.index("scheduler")


def test_only_the_pages_are_reachable_and_only_from_this_machine(services: Told) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"api-server": ["127.0.0.1:8080:8080"]}


def test_everything_that_keeps_running_has_a_health_check(services: Told) -> None:
    assert {name for name, service in services.items() if "healthcheck" in service} == (
        set(services) - {"init", "database"}
    )


def test_the_image_holds_what_runs_and_nothing_else() -> None:
    ignored = (PROJECT / ".dockerignore").read_text().split()
    assert Composition.read(GIVEN).copied == ["dags", "include", "plugins"]
    assert ignored[ignored.index("*") :] == [
        "*", "!dags", "!include", "!plugins", "!requirements*.txt", "**/__pycache__"
    ]  # fmt: skip
