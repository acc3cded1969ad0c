"""The confidence in a business for every combination of signs, against plain fractions."""

from fractions import Fraction
from itertools import product
from math import prod

from kitchen import DAY, Kitchen

from regulars.policy import BusinessPolicy

SIGNS = {
    "account": "has_account_sign", "invoice": "is_billed", "catering": "has_catering_sign",
    "company_email": "is_company_email", "weekday_lunch": "has_lunch_sign",
    "party": "has_party_sign", "lead_time": "has_lead_time_sign",
}  # fmt: skip


def weight_of(sign: str) -> Fraction:
    return Fraction(str(getattr(BusinessPolicy(), f"{sign}_weight")))


def test_every_combination_of_signs_is_worth_one_minus_the_product_of_its_doubts(kitchen: Kitchen):
    combinations = {
        f"c{number}": dict(zip(SIGNS, held, strict=True))
        for number, held in enumerate(product((False, True), repeat=len(SIGNS)))
    }
    kitchen.serve("int_business_evidence", *(
        {"customer_key": who, "snapshot_date": DAY,
         **{SIGNS[sign]: is_held for sign, is_held in held.items()}}
        for who, held in combinations.items()
    ))  # fmt: skip
    kitchen.measure([DAY], "int_business_confidences")
    rows = kitchen.taste("select * from int_business_confidences")
    assert len(rows) == 2 ** len(SIGNS)
    for row in rows:
        held = [sign for sign, is_held in combinations[row["customer_key"]].items() if is_held]
        exact = (1 - prod(1 - weight_of(sign) for sign in held)) * 10**12
        # Doubt is cut at each step, a few billionths of a thousandth at most.
        assert exact <= row["confidence_pico"] < exact + len(SIGNS)
        strongest = sorted(held, key=lambda sign: (-weight_of(sign), sign))[:3]
        assert row["business_signs"] == ("+".join(strongest) or None)
