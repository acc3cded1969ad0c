"""From the warehouse to the files of a tool: contact details join the lists at this edge alone."""

import csv
import io
import json
from datetime import datetime, timedelta

import pyarrow as pa
import pytest
from kitchen import DAY, Kitchen, OpenKitchen

from regulars.checks.schemas import CONTACTS
from regulars.sinks.manifest import ExportStamp
from regulars.sinks.profiles.cells import hash_text
from regulars.steps.exporting_profiles import export_day_profiles

LONG_AGO = datetime(DAY.year - 1, 5, 1, 12, 30)
STAMP = ExportStamp(business_date=DAY, run_key="r", policy_version="p")
PEOPLE = {
    "c_ann": ("88001", "Ann Example", "138 0013 8000", "Ann@Example.com", 1),
    "c_old": ("88000", "Anna Elder", None, None, 0),
    "c_bob": ("88002", "Bob", "138****8000", "bob@example.com", 0),
    "c_cem": ("88003", "Cem", None, "cem@example.com", 0),
    "c_dee": ("88004", "Dee", None, "dee@example.com", 0),
    "c_eli": ("88005", "Eli", None, "eli@example.com", 0),
}
LAST_WEEK = DAY - timedelta(days=7)


@pytest.fixture(scope="module")
def made(open_kitchen: OpenKitchen) -> Kitchen:
    """Ann has two cards and moved once, Bob's phone is masked; Cem's action of last week runs,
    Dee has complained since, Eli's ran out yesterday."""
    exports = {"profiles": ["klaviyo", "meta"]}
    sources = [{"name": "pos", "time_zone": "UTC", "currency_code": "CNY", "country": "CN"}]
    with open_kitchen(exports=exports, sources=sources) as kitchen:
        contacts = []
        for number, (key, (ref, name, phone, email, revision)) in enumerate(PEOPLE.items()):
            where = {"source_system": "pos", "source_file_sha256": "f1", "source_row": 100 + number}
            joined_on = DAY - timedelta(days=number)
            kitchen.put("customers", customer_key=key, customer_kind="consumer",
                        joined_on=joined_on, revision=revision, **where)  # fmt: skip
            contacts.append({"customer_key": key, "member_ref": ref, "display_name": name,
                             "phone": phone, "email": email, **where})  # fmt: skip
            for channel in ("email", "sms", "ads"):
                kitchen.put("consents", customer_key=key, contact_channel=channel,
                            consent_status="granted", consented_local_at=LONG_AGO)  # fmt: skip
        moved = {"source_system": "pos", "source_file_sha256": "f0", "source_row": 1}
        kitchen.put("customers", customer_key="c_ann", customer_kind="consumer", revision=0,
                    **moved)  # fmt: skip
        before = {"phone": "13900139000", "email": "before@example.com", "display_name": "Ann"}
        contacts.append({"customer_key": "c_ann", "member_ref": "88001", **before, **moved})
        kitchen.map_identities(**{key: key for key in PEOPLE} | {"c_old": "c_ann"}).stage()
        kitchen.warehouse.load("restricted_contacts", pa.Table.from_pylist(contacts, CONTACTS))
        action = {"list_name": "reward", "store_id": "S1", "visit_count": 5, "offer_minor": 0,
                  "currency_code": "CNY", "contact_channel": "sms", "expires_on": DAY,
                  "business_date": DAY}  # fmt: skip
        kitchen.serve("act_withholdings").serve("fct_exceptions").serve(
            "fct_actions",
            {**action, "customer_key": "c_ann", "priority": 1},
            {**action, "customer_key": "c_bob", "priority": 2},
            {**action, "customer_key": "c_cem", "priority": 1, "business_date": LAST_WEEK},
            {**action, "customer_key": "c_dee", "priority": 1, "business_date": LAST_WEEK},
            {**action, "customer_key": "c_eli", "priority": 1, "business_date": LAST_WEEK,
             "expires_on": DAY - timedelta(days=1)},
            {**action, "customer_key": "c_old", "priority": 9, "business_date": LAST_WEEK},
        )  # fmt: skip
        kitchen.serve(
            "snap_customer_tiers",
            *({"customer_key": key, "snapshot_date": DAY, "segment": "steady", "is_staff": False,
               "has_open_complaint": key == "c_dee"} for key in ("c_cem", "c_dee", "c_eli")),
        )  # fmt: skip
        kitchen.build("act_released_actions", "act_consents", "int_profiles")
        assert export_day_profiles(kitchen.warehouse, kitchen.run, STAMP)
        yield kitchen


def rows_of(made: Kitchen, path: str) -> list[dict[str, str]]:
    folder = made.run.settings.profiles_folder / DAY.isoformat()
    return list(csv.DictReader(io.StringIO((folder / path).read_text("utf-8"), newline="")))


def test_the_eldest_card_names_a_person_and_the_newest_details_of_any_reach_him(made: Kitchen):
    ann, bob = rows_of(made, "klaviyo/A01.csv")
    assert (ann["Email"], ann["Phone Number"]) == ("ann@example.com", "+8613800138000")
    assert (ann["First Name"], ann["Last Name"]) == ("Anna", "Elder")
    assert ann["Email Marketing Consent Timestamp"] == "2024-05-01T12:30:00+08:00"
    assert (bob["Email"], bob["Phone Number"]) == ("bob@example.com", "")


def test_advertising_sees_hashes_only(made: Kitchen):
    text = json.dumps(rows_of(made, "meta/A01.csv"))
    assert len(rows_of(made, "meta/A01.csv")) == 3
    assert "example.com" not in text and "138" not in text and "88001" not in text


def test_an_audience_keeps_those_whose_action_runs_and_whom_nothing_bars(made: Kitchen):
    told = [row["email"] for row in rows_of(made, "meta/A01.csv")]
    assert told == [hash_text(f"{name}@example.com") for name in ("ann", "bob", "cem")]
    assert len(rows_of(made, "klaviyo/A01.csv")) == 2


def test_an_older_day_than_the_newest_decided_one_gets_no_files(made: Kitchen):
    before = DAY - timedelta(days=1)
    stamp = STAMP.model_copy(update={"business_date": before})
    made.run.__dict__["business_date"] = before
    assert export_day_profiles(made.warehouse, made.run, stamp) is None
    made.run.__dict__["business_date"] = DAY


def test_a_policy_without_profiles_writes_none(open_kitchen: OpenKitchen, made: Kitchen):
    without = made.run.policy.model_copy(update={"exports": type(made.run.policy.exports)()})
    kept, made.run.__dict__["policy"] = made.run.policy, without
    assert export_day_profiles(made.warehouse, made.run, STAMP) is None
    made.run.__dict__["policy"] = kept
