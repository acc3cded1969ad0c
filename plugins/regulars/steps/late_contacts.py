"""Nobody is contacted twice: an approval may come when the guest has heard from us by another day.

Who is on a list of a day was decided before the approval; what left since, or was approved first,
is known only now.
"""

from datetime import timedelta

from regulars.engines import Warehouse
from regulars.steps.action_tables import LATE_CONTACTS
from regulars.steps.runtime import Run


def hold_contacted(warehouse: Warehouse, run: Run) -> int:
    """Keep back those of the day's exceptional rows whose guest another day has reached.

    A contact within the policy's gap counts, before or after. Returns how many are kept back.
    """
    gap = timedelta(days=run.policy.actions.contact_gap_days - 1)
    rows = warehouse.query(
        "select distinct held.customer_key, held.business_date from act_withholdings as held"
        " left join ops_identity_map as people on held.customer_key = people.node_key"
        " inner join ("
        " select coalesce(known.customer_key, memory.customer_key) as customer_key, business_date"
        " from ops_action_memory as memory"
        " left join ops_identity_map as known on memory.customer_key = known.node_key"
        " where action_code is not null and not is_withheld and list_name <> 'deprioritise'"
        " and business_date >= :first and business_date <= :last and business_date <> :day"
        ") as reached"
        " on coalesce(people.customer_key, held.customer_key) = reached.customer_key"
        " where held.business_date = :day order by held.customer_key",
        first=run.business_date - gap,
        last=run.business_date + gap,
        day=run.business_date,
    ).cast(LATE_CONTACTS)
    warehouse.delete_slices("ops_late_contacts", "business_date", [str(run.business_date)])
    warehouse.load_slices("ops_late_contacts", rows, "business_date")
    return int(rows.num_rows)
