"""Files for marketing tools: their exact columns, their forms, and nobody who did not agree."""

import csv
import io
import json
import stat
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulars.domain.errors import BadInput
from regulars.policy.export_sections import Profile
from regulars.sinks.day_folder import publish_day
from regulars.sinks.inspection import says_private_words
from regulars.sinks.manifest import ExportStamp
from regulars.sinks.profiles.cells import bring_into_form, hash_text
from regulars.sinks.profiles.day_files import export_profiles, pack_profiles
from regulars.sinks.profiles.definition import AUDIENCES, PROFILES, load_profile
from regulars.sinks.profiles.files import removal_rows, upload_file, upload_rows
from regulars.sinks.profiles.people import Consent, Person, Setup, is_wecom_userid, split_name

NAMES = get_args(Profile)
MAY = datetime(2024, 5, 1, 12, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
YES, NO = Consent("granted", MAY, "membership form"), Consent("denied", MAY)
ALL = dict.fromkeys(("email", "sms", "wechat", "push", "ads"), YES)
SETUP = Setup(False, "样例餐饮", "SMS_10001", {"A01": "etAAA"}, {"S2": "lisi"}, "zhangsan")


def person(**changes: Any) -> Person:
    given = {
        "customer_key": "c_ann", "list_name": "reward", "priority": 1, "store_id": "S1",
        "member_ref": "wmAnnExample01", "wecom_ref": "wmAnnExample01",
        "email": "person@example.com", "phone": "+8613800138000",
        "first_name": "Ann", "last_name": "Example", "country": "CN", "language": "zh",
        "visit_count": 3, "offer_amount": "8.00", "expires_on": date(2025, 2, 14),
        "consents": ALL,
    }  # fmt: skip
    return Person(**{**given, **changes})


def lines(name: str, *people: Person, list_name: str = "reward") -> list[str]:
    profile = load_profile(name)
    rows, _ = upload_rows(profile, list_name, people, SETUP)
    return upload_file(profile, rows).content.decode().splitlines()


# What the tools ask for


def test_hashes_are_those_that_the_platforms_publish():
    """Snap's and TikTok's examples, as far as they reproduce."""
    assert hash_text("person@example.com").startswith("542d2401")
    assert hash_text("448444124653").startswith("dc008fda")
    assert hash_text("janedoe@gmail.com").startswith("d6117306")


@pytest.mark.parametrize(
    ("value", "form", "formed"),
    [
        ("+448444124653", "digits", "448444124653"),
        ("+448444124653", "plus", "+448444124653"),
        ("+8613800138000", "mainland", "13800138000"),
        ("+85291234567", "mainland", ""),
        ("+8602161234567", "mainland", ""),
        (" JaneDoe@Gmail.com ", "lower", "janedoe@gmail.com"),
        ("O'Neill-Zoë", "letters", "oneillzoë"),
    ],
)
def test_a_value_is_brought_into_the_form_that_is_asked_for(value, form, formed):
    assert bring_into_form(value, form) == formed


EXPECTED = {
    "klaviyo": [
        "Email,Phone Number,First Name,Last Name,Email Marketing Consent,"
        "Email Marketing Consent Timestamp,SMS Marketing Consent,SMS Marketing Consent Timestamp",
        "person@example.com,+8613800138000,Ann,Example,Subscribed,2024-05-01T12:30:00+08:00,"
        "Subscribed,2024-05-01T12:30:00+08:00",
    ],
    "mailchimp": [
        "Email Address,First Name,Last Name,Phone Number,Tags",
        "person@example.com,Ann,Example,+8613800138000,A01",
    ],
    "braze": [
        "external_id,email,phone,first_name,last_name,country,language",
        "wmAnnExample01,person@example.com,+8613800138000,Ann,Example,CN,zh",
    ],
    "hubspot": [
        "Email,First Name,Last Name,Phone Number,Lifecycle Stage",
        "person@example.com,Ann,Example,+8613800138000,customer",
    ],
    "sms_cn": [
        "PhoneNumbers,SignName,TemplateCode,TemplateParam",
        '13800138000,样例餐饮,SMS_10001,"{""offer_amount"":""8.00"",'
        '""valid_until"":""2025-02-14""}"',
    ],
    "wecom_tags": [
        '{"userid":"zhangsan","external_userid":"wmAnnExample01","add_tag":["etAAA"],'
        '"remove_tag":[]}'
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_says_exactly_this(name):
    assert lines(name, person()) == EXPECTED[name]


def test_google_gets_hashes_of_plus_phones_and_plain_countries():
    header, row = lines("google_customer_match", person())
    assert header == "Email,Phone,First Name,Last Name,Country,Zip"
    email, phone, first, last, country, post = row.split(",")
    assert (email[:8], country, post) == ("542d2401", "CN", "")
    assert (phone, first) == (hash_text("+8613800138000"), hash_text("ann"))
    assert last == hash_text("example")


def test_meta_gets_hashes_of_bare_phones_and_of_countries():
    header, row = lines("meta", person(phone="+448444124653", country="GB"))
    assert header == "email,phone,fn,ln,ct,st,zip,country,extern_id"
    cells = row.split(",")
    assert (cells[0][:8], cells[1][:8]) == ("542d2401", "dc008fda")
    assert cells[4:7] == ["", "", ""] and cells[7:] == [hash_text("gb"), "c_ann"]


# Consent


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("consents", [{}, dict.fromkeys(ALL, NO), dict.fromkeys(ALL, Consent())])
def test_nobody_who_did_not_agree_is_told_to_anybody(name, consents):
    rows, left_out = upload_rows(load_profile(name), "reward", [person(consents=consents)], SETUP)
    assert (rows, dict(left_out)) == ([], {"no_consent": 1})


@pytest.mark.parametrize("name", ["google_customer_match", "meta"])
def test_advertising_needs_its_own_consent(name):
    others = {channel: YES for channel in ALL if channel != "ads"}
    assert len(lines(name, person(consents=others))) == 1
    assert len(lines(name, person(consents={"ads": YES}))) == 2


def test_an_address_whose_channel_was_refused_stays_blank():
    (_, row) = lines("klaviyo", person(consents={"email": YES, "sms": NO}))
    assert row == (
        "person@example.com,,Ann,Example,Subscribed,2024-05-01T12:30:00+08:00,Unsubscribed,"
        "2024-05-01T12:30:00+08:00"
    )
    (_, row) = lines("klaviyo", person(consents={"sms": YES}))
    assert row.startswith(",+8613800138000,Ann,Example,Never subscribed,,Subscribed,")


def test_a_text_message_in_china_needs_a_consent_whose_source_is_on_record():
    unproven = person(consents={"sms": Consent("granted", MAY)})
    rows, left_out = upload_rows(load_profile("sms_cn"), "reward", [unproven], SETUP)
    assert (rows, dict(left_out)) == ([], {"no_consent_source": 1})


@pytest.mark.parametrize(
    ("name", "channel", "is_told"),
    [
        ("klaviyo", "email", True),
        ("klaviyo", "wechat", False),
        ("wecom_tags", "wechat", True),
        ("sms_cn", "email", False),
        ("meta", "wechat", True),
        ("meta", "at_next_visit", True),
    ],
)
def test_a_customer_is_written_to_by_the_tool_of_the_chosen_channel_alone(name, channel, is_told):
    strict = replace(SETUP, only_chosen_channel=True)
    guest = person(contact_channel=channel)
    rows, left_out = upload_rows(load_profile(name), "reward", [guest], strict)
    assert (len(rows), dict(left_out)) == ((1, {}) if is_told else (0, {"other_channel": 1}))


@pytest.mark.parametrize(
    ("name", "stays"),
    [("google_customer_match", True), ("meta", True), ("wecom_tags", True), ("klaviyo", False),
     ("mailchimp", False), ("braze", False), ("hubspot", False), ("sms_cn", False)],
)  # fmt: skip
def test_an_audience_stays_while_the_offer_runs_and_a_message_is_sent_once(name, stays):
    earlier = person(is_today=False)
    assert bool(upload_rows(load_profile(name), "reward", [earlier], SETUP)[0]) == stays


def test_who_has_no_usable_address_or_shares_one_is_counted():
    people = [person(), person(customer_key="c_bob", priority=2), person(email="", priority=3)]
    rows, left_out = upload_rows(load_profile("mailchimp"), "reward", people, SETUP)
    assert len(rows) == 1
    assert left_out == {"duplicate_contact": 1, "no_usable_address": 1}


def test_who_has_no_number_of_wecom_is_left_out():
    rows, left_out = upload_rows(
        load_profile("wecom_tags"), "reward", [person(wecom_ref="")], SETUP
    )
    assert (rows, dict(left_out)) == ([], {"no_usable_address": 1})


# Nothing private, nothing live


@pytest.mark.parametrize("name", NAMES)
def test_audiences_have_names_that_tell_nothing(name):
    profile = load_profile(name)
    names = [profile.file_name(one, removal=gone) for one in profile.lists for gone in (0, 1)]
    assert not any(word in path for path in names for word in (*AUDIENCES, "loss", "lead"))
    assert {Path(path).name[:3] for path in names} <= {"A01", "A02", "A03", "A04"}
    assert not says_private_words((PROFILES / f"{name}.yaml").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_only_advertising_is_told_of_those_whose_promotions_pause(name):
    is_advertising = load_profile(name).consent == ("ads",)
    assert ("deprioritise" in load_profile(name).lists) == is_advertising


TRIGGERS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", "%", '"=', "'="])
PAYLOADS = st.builds(
    "{}{}".format,
    TRIGGERS,
    st.sampled_from(["cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "1+1", "SUM(A1)", ""]),
)


@pytest.mark.parametrize("name", NAMES)
@given(payload=PAYLOADS | st.text(max_size=20))
def test_no_cell_of_a_tool_can_act_as_a_formula(name, payload):
    guest = person(
        first_name=payload, last_name=payload, member_ref=payload, language=payload,
        email=payload, country=payload,
    )  # fmt: skip
    profile = load_profile(name)
    for other in (guest, person(first_name=payload, last_name=payload)):
        rows, _ = upload_rows(profile, "reward", [other], SETUP)
        content = upload_file(profile, rows).content.decode()
        if profile.format == "jsonl":
            assert all(json.loads(line) for line in content.splitlines())
            continue
        for row in list(csv.reader(io.StringIO(content, newline="")))[1:]:
            for header, cell in zip(profile.headers, row, strict=True):
                starts_alive = cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "|", "%")
                assert not starts_alive or (cell[0] == "+" and cell[1:].isdigit()), header


@pytest.mark.parametrize(
    ("reference", "is_one"),
    [
        ("wmAnnExample01", True),
        ("woAnnExample_-1", True),
        ("88001", False),
        ("wm=1+1,cmd|xy", False),
    ],
)
def test_a_number_of_wecom_is_known_by_its_form(reference, is_one):
    assert is_wecom_userid(reference) == is_one


def test_a_private_word_in_a_name_stays_inside():
    assert ",,Example," in lines("mailchimp", person(first_name="亏损"))[1]


def test_a_file_larger_than_the_tool_takes_is_refused():
    tiny = load_profile("klaviyo").model_copy(update={"max_bytes": 10})
    with pytest.raises(BadInput, match="Klaviyo has more than 10 bytes"):
        upload_file(tiny, [])


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Example", ("Ann", "Example")),
        ("Anna Maria Example", ("Anna Maria", "Example")),
        ("王小明", ("小明", "王")),
        ("欧阳小明", ("小明", "欧阳")),
        ("Ann", ("Ann", "")),
        ("王", ("王", "")),
        ("", ("", "")),
    ],
)
def test_a_displayed_name_has_a_first_and_a_last_part(name, parts):
    assert split_name(name) == parts


# Days


def export(folder: Path, day: int, names: list[str], *people: Person) -> Any:
    stamp = ExportStamp(business_date=date(2025, 1, day), run_key="r", policy_version="p")
    profiles = [load_profile(name) for name in names]
    return export_profiles(folder, stamp, profiles, {"reward": people}, SETUP, keep_days=2)


def test_who_left_is_told_in_the_words_of_the_tool(tmp_path):
    names = ["mailchimp", "wecom_tags", "braze"]
    leaver = person(customer_key="c_bob", email="bob@example.com", phone="",
                    member_ref="wmBobExample01", wecom_ref="wmBobExample01")  # fmt: skip
    export(tmp_path, 30, names, person(), leaver)
    export(tmp_path, 31, names, person())
    day = tmp_path / "2025-01-31"
    assert (day / "mailchimp/A01_remove.csv").read_text() == (
        "Email Address,Tags\nbob@example.com,A01\n"
    )
    assert (day / "braze/A01_remove.csv").read_text() == "external_id\nwmBobExample01\n"
    assert json.loads((day / "wecom_tags/A01_remove.jsonl").read_text()) == {
        "userid": "zhangsan", "external_userid": "wmBobExample01", "add_tag": [],
        "remove_tag": ["etAAA"],
    }  # fmt: skip


@given(
    before=st.lists(st.sampled_from("abcdef"), unique=True),
    after=st.lists(st.sampled_from("abcdef"), unique=True),
)
def test_the_audience_before_less_the_removals_and_with_the_uploads_is_the_audience(before, after):
    def rows(keys):
        return [{"Email Address": f"{key}@example.com", "Tags": "A01"} for key in keys]

    gone = removal_rows(load_profile("mailchimp"), rows(before), rows(after))
    left = {row["Email Address"] for row in rows(before)} - {r["Email Address"] for r in gone}
    assert left | {row["Email Address"] for row in rows(after)} == {
        row["Email Address"] for row in rows(after)
    }


def test_only_the_owner_can_read_them_and_they_do_not_stay_for_ever(tmp_path):
    folder = tmp_path / "profiles"
    for day in (27, 30, 31):
        export(folder, day, ["meta"], person())
    assert sorted(path.name for path in folder.iterdir()) == ["2025-01-30", "2025-01-31"]
    for path in [folder, *folder.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_the_same_people_are_the_same_bytes(tmp_path):
    for name in ("a", "b"):
        export(
            tmp_path / name, 31, list(NAMES), person(), person(customer_key="c_b", email="b@b.cn")
        )
    a, b = ({p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.*")
             if p.is_file()} for name in ("a", "b"))  # fmt: skip
    assert a == b and len(a) > 40


def test_a_destination_gets_released_lists_only_and_its_own_removals(tmp_path):
    made = tmp_path / "made"
    export(made, 30, ["mailchimp"], person())
    manifest = export(made, 31, ["mailchimp"], person(email="new@example.com"))
    past = tmp_path / "past"
    old = pack_profiles(made / "2025-01-30", export(made, 30, ["mailchimp"], person()),
                        [load_profile("mailchimp")], ["reward"], past)  # fmt: skip
    publish_day(past, date(2025, 1, 30), {name: old.files[name] for name in old.files})
    parcel = pack_profiles(made / "2025-01-31", manifest, [load_profile("mailchimp")],
                           ["reward"], past)  # fmt: skip
    assert list(parcel.files) == [
        "mailchimp/A01.csv", "mailchimp/A01_remove.csv", "manifest.json",
    ]  # fmt: skip
    assert b"person@example.com" in parcel.files["mailchimp/A01_remove.csv"]
    assert parcel.is_private and parcel.kept == ("mailchimp/A01.csv",)


def test_an_unknown_profile_names_those_there_are():
    with pytest.raises(BadInput, match=r"no profile 'myspace'.*braze.*klaviyo"):
        load_profile("myspace")
