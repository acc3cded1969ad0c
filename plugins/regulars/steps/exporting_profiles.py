"""The one place where contact details join a list: for the tools that the policy names."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from regulars.domain.business_day import zone_of
from regulars.domain.money import decimal_text, exponent_of
from regulars.engines import Warehouse
from regulars.identity.mailboxes import read_email
from regulars.identity.phones import read_phone
from regulars.sinks.manifest import DayManifest, ExportStamp
from regulars.sinks.profiles.day_files import export_profiles
from regulars.sinks.profiles.definition import load_profile
from regulars.sinks.profiles.people import (
    Consent,
    Person,
    Setup,
    is_wecom_userid,
    split_name,
)
from regulars.steps.runtime import Run

Row = dict[str, Any]
_RUNNING = """
    select actions.customer_key, actions.list_name, actions.priority, actions.store_id,
        actions.contact_channel, actions.visit_count, actions.offer_minor,
        actions.currency_code, actions.expires_on, int_profiles.language,
        actions.business_date = cast(:day as date) as is_today,
        coalesce(people.customer_key, actions.customer_key) as person_key
    from fct_actions as actions
    inner join act_released_actions as released
        on actions.customer_key = released.customer_key
        and actions.business_date = released.business_date
    left join ops_identity_map as people on actions.customer_key = people.node_key
    left join int_profiles
        on coalesce(people.customer_key, actions.customer_key) = int_profiles.customer_key
    left join snap_customer_tiers as standing
        on coalesce(people.customer_key, actions.customer_key) = standing.customer_key
        and standing.snapshot_date = cast(:day as date)
    where actions.business_date <= :day and actions.expires_on >= :day
        and (
            actions.business_date = :day
            or (
                not standing.is_staff and not standing.has_open_complaint
                and standing.segment <> 'not_profiled'
            )
        )
    qualify row_number() over (
        partition by coalesce(people.customer_key, actions.customer_key)
        order by actions.business_date desc, actions.customer_key
    ) = 1
    order by person_key
"""
"""The newest action of everybody whose action runs on the day; an earlier one runs on only for
those whom the guardrails would still let be spoken to."""
_CONTACTS = """
    select
        coalesce(people.customer_key, contacts.customer_key) as person_key,
        contacts.member_ref, contacts.display_name, contacts.phone, contacts.email,
        contacts.source_system
    from restricted_contacts as contacts
    inner join stg_customers as profiles
        on contacts.customer_key = profiles.customer_key
        and contacts.source_file_sha256 = profiles.source_file_sha256
        and contacts.source_row = profiles.source_row
    left join ops_identity_map as people on contacts.customer_key = people.node_key
    order by coalesce(profiles.joined_on, cast('9999-12-31' as date)), contacts.customer_key
"""


def export_day_profiles(warehouse: Warehouse, run: Run, stamp: ExportStamp) -> DayManifest | None:
    """Write the files of the day for every tool of the policy; None where it names none.

    Only for the newest decided day: the consents at hand are those of that day.
    """
    exports = run.policy.exports
    if not exports.profiles or not _is_newest(warehouse, run):
        return None
    people: dict[str, list[Person]] = defaultdict(list)
    for person in _people(warehouse, run):
        people[person.list_name].append(person)
    return export_profiles(
        run.settings.profiles_folder,
        stamp,
        [load_profile(name) for name in exports.profiles],
        people,
        _setup(run),
        exports.keep_profile_days,
    )


def _is_newest(warehouse: Warehouse, run: Run) -> bool:
    newest = warehouse.query("select max(business_date) as day from fct_actions")["day"][0].as_py()
    return newest is None or newest <= run.business_date


def _people(warehouse: Warehouse, run: Run) -> list[Person]:
    contacts = _contacts(warehouse, run)
    consents = _consents(warehouse)
    rows = warehouse.query(_RUNNING, day=run.business_date).to_pylist()
    return [_person(run, row, contacts.get(row["person_key"], {}), consents) for row in rows]


def _person(
    run: Run, row: Row, contact: Mapping[str, str], consents: Mapping[str, Mapping[str, Row]]
) -> Person:
    store = run.newest_policy.store(row["store_id"])
    first, last = split_name(contact.get("display_name", ""))
    zone = store.time_zone if store else run.newest_policy.stores[0].time_zone
    return Person(
        customer_key=row["customer_key"],
        list_name=row["list_name"],
        is_today=bool(row["is_today"]),
        priority=int(row["priority"]),
        store_id=row["store_id"],
        contact_channel=row["contact_channel"] or "",
        member_ref=contact.get("member_ref", ""),
        wecom_ref=contact.get("wecom_ref", ""),
        email=contact.get("email", ""),
        phone=contact.get("phone", ""),
        first_name=first,
        last_name=last,
        country=store.country if store else "",
        language=row["language"] or "",
        visit_count=int(row["visit_count"] or 0),
        offer_amount=decimal_text(row["offer_minor"], exponent_of(row["currency_code"])),
        expires_on=row["expires_on"],
        consents={
            channel: _consent(said, zone)
            for channel, said in consents.get(row["person_key"], {}).items()
        },
    )


def _consent(row: Row, zone: str) -> Consent:
    said: datetime | None = row["consented_local_at"]
    return Consent(
        row["consent_status"],
        said.replace(tzinfo=zone_of(zone)) if said else None,
        row["consent_source"] or "",
    )


def _consents(warehouse: Warehouse) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in warehouse.query("select * from act_consents order by customer_key").to_pylist():
        found[row["customer_key"]][row["contact_channel"]] = row
    return found


def _contacts(warehouse: Warehouse, run: Run) -> dict[str, dict[str, str]]:
    """The contact details of every person: the eldest profile speaks, others fill its gaps."""
    identity = run.policy.identity
    countries = {source.name: source.country for source in run.newest_policy.sources}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in warehouse.query(_CONTACTS).to_pylist():
        country = countries.get(row["source_system"], "")
        phone, _ = read_phone(row["phone"] or "", country, identity.virtual_phone_prefixes)
        email, _ = read_email(row["email"] or "", frozenset(identity.shared_mailboxes))
        known, reference = found[row["person_key"]], row["member_ref"]
        # The smallest reference is the one the lists show.
        known["member_ref"] = min(reference, known.get("member_ref", reference))
        told = {
            "display_name": row["display_name"], "phone": phone, "email": email,
            "wecom_ref": reference if is_wecom_userid(reference) else None,
        }  # fmt: skip
        for name, value in told.items():
            if value:
                known.setdefault(name, value)
    return found


def _setup(run: Run) -> Setup:
    sms, wecom = run.policy.exports.sms_cn, run.policy.exports.wecom_tags
    return Setup(
        only_chosen_channel=run.policy.exports.only_chosen_channel,
        sms_sign_name=sms.sign_name if sms else "",
        sms_template_code=sms.template_code if sms else "",
        wecom_tags={str(audience): tag for audience, tag in wecom.tags.items()} if wecom else {},
        wecom_userids=wecom.userids if wecom else {},
        wecom_default_userid=wecom.default_userid if wecom else "",
    )
