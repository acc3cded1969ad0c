"""The roles are shown as SQL and made by the owner, or refused with the next move."""

import pyarrow as pa
import pytest
from adbc_driver_postgresql import dbapi

from postgres_server import postgres_server as postgres_server
from regulars.__main__ import main
from regulars.engines import open_warehouse
from regulars.engines.postgres_roles import MEANINGS


def test_the_sql_names_every_role_and_grants_marketing_the_lists_alone(
    capsys: pytest.CaptureFixture[str],
):
    assert main(["roles", "--show"]) == 0
    shown = capsys.readouterr().out
    statements = shown.split(";\n")
    assert all(f"create role {role} nologin" in shown for role in MEANINGS)
    assert "password" not in shown
    (lists,) = [one for one in statements if "to regulars_marketing" in one and "relname" in one]
    assert "'fct_actions'" in lists
    assert "'fct_customer_profits'" not in lists


def test_a_file_has_no_roles(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: object
):
    monkeypatch.setenv("REGULARS_HOME", str(tmp_path))
    assert main(["roles"]) == 1
    assert "roles are for a PostgreSQL warehouse" in capsys.readouterr().err


@pytest.mark.postgres
def test_a_warehouse_is_not_left_behind_in_another_schema(
    postgres_server: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    with dbapi.connect(postgres_server, autocommit=True) as admin, admin.cursor() as cursor:
        cursor.execute("create database granting template template0 locale 'C.UTF-8'")
    uri = postgres_server.replace("/postgres?", "/granting?")
    with open_warehouse(uri) as warehouse:
        warehouse.load("raw_file_receipts", pa.table({"n": [1]}))
    monkeypatch.setenv("REGULARS_WAREHOUSE", uri)
    assert main(["roles"]) == 1
    assert "python -m regulars roles --schema public" in capsys.readouterr().err
    assert main(["roles", "--schema", "public"]) == 0
    assert main(["roles", "--schema", "public"]) == 0, "made sure of again"
