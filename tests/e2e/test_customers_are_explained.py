"""The command that explains a customer, on a whole home: right, bilingual, no contact in it."""

from chain_home import KEY, Home, Row
from group_sample import Sample

from regulars.identity.keys import customer_key
from regulars.reports.wording import SEGMENTS
from regulars.steps.explain_customer import explain_customer


def _one_of_each(judged: Home) -> list[Row]:
    """The first customer of every segment on the last day."""
    return judged.rows(
        "select segment, min(customer_key) as customer_key, max(snapshot_date) as judged_on"
        " from snap_customer_tiers where snapshot_date ="
        " (select max(snapshot_date) from snap_customer_tiers) group by segment order by segment"
    )


def test_every_segment_has_its_story_in_both_languages_without_a_contact(judged: Home):
    told = _one_of_each(judged)
    assert {row["segment"] for row in told} == set(SEGMENTS)
    columns = "display_name, phone, email"
    contacts = judged.rows(f"select {columns} from restricted_contacts")
    secrets = {str(cell) for row in contacts for cell in row.values() if cell}
    assert secrets
    for row in told:
        with judged.environment():
            story = explain_customer(row["customer_key"], str(row["judged_on"]))
        name, name_zh = SEGMENTS[row["segment"]].split(" ‖ ")
        assert (f"Segment: {name}" in story) == (row["segment"] != "not_profiled")
        assert (f"分群：{name_zh}" in story) == (row["segment"] != "not_profiled")
        assert not [cell for cell in secrets if cell in story]


def test_a_customer_number_of_the_tills_leads_to_the_same_story(judged: Home, people: Sample):
    ref = next(row["customer_ref"] for row in people.told("customers")
               if row["true_class"] == "loss_maker")  # fmt: skip
    key = str(customer_key(ref, KEY.encode(), "k1", "sample_group"))
    with judged.environment():
        by_number = explain_customer(ref, "2025-06-29", "en")
        by_key = explain_customer(key, "2025-06-29", "en")
    assert by_number == by_key
    assert ref not in by_number
