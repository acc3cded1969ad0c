/*
grain: one row per file and kind of record whose rows differ from what its receipt says
kind: audit
severity: error
inputs: [
    raw_orders, raw_order_lines, raw_payments, raw_adjustments, raw_settlements,
    raw_order_identifiers, raw_customers, raw_customer_identifiers, raw_customer_overrides,
    raw_consents, raw_feedback, raw_leads, raw_reservations, raw_accounts, raw_invoices,
    raw_items, raw_recipe_costs, raw_cost_rules, raw_stores, raw_loyalty_events,
    raw_exchange_rates, raw_action_events,
    restricted_contacts, raw_file_receipts, raw_file_counts
]
describe: "Receipts = rows in the warehouse = rows in the landed files; quarantined = rows kept. ‖ 行数独立复核。"
*/
with rows_held as (
    select 'orders' as entity, source_file_sha256 from raw_orders
    union all select 'order_lines', source_file_sha256 from raw_order_lines
    union all select 'payments', source_file_sha256 from raw_payments
    union all select 'adjustments', source_file_sha256 from raw_adjustments
    union all select 'settlements', source_file_sha256 from raw_settlements
    union all select 'order_identifiers', source_file_sha256 from raw_order_identifiers
    union all select 'customers', source_file_sha256 from raw_customers
    union all select 'customer_identifiers', source_file_sha256 from raw_customer_identifiers
    union all select 'customer_overrides', source_file_sha256 from raw_customer_overrides
    union all select 'consents', source_file_sha256 from raw_consents
    union all select 'feedback', source_file_sha256 from raw_feedback
    union all select 'leads', source_file_sha256 from raw_leads
    union all select 'reservations', source_file_sha256 from raw_reservations
    union all select 'accounts', source_file_sha256 from raw_accounts
    union all select 'invoices', source_file_sha256 from raw_invoices
    union all select 'items', source_file_sha256 from raw_items
    union all select 'recipe_costs', source_file_sha256 from raw_recipe_costs
    union all select 'cost_rules', source_file_sha256 from raw_cost_rules
    union all select 'stores', source_file_sha256 from raw_stores
    union all select 'loyalty_events', source_file_sha256 from raw_loyalty_events
    union all select 'exchange_rates', source_file_sha256 from raw_exchange_rates
    union all select 'action_events', source_file_sha256 from raw_action_events
    union all select 'restricted_contacts', source_file_sha256 from restricted_contacts
),

held as (
    select entity, source_file_sha256, cast(count(*) as bigint) as held_count
    from rows_held
    group by entity, source_file_sha256
),

told as (
    select
        entity, source_file_sha256, cast(sum(loaded_count) as bigint) as loaded_count,
        cast(sum(quarantined_count) as bigint) as quarantined_count
    from raw_file_receipts
    group by entity, source_file_sha256
),

counted as (
    select
        entity, source_file_sha256, cast(sum(landed_count) as bigint) as landed_count,
        cast(sum(kept_count) as bigint) as kept_count
    from raw_file_counts
    group by entity, source_file_sha256
),

compared as (
    select
        coalesce(told.entity, held.entity) as entity,
        coalesce(told.source_file_sha256, held.source_file_sha256) as source_file_sha256,
        coalesce(told.loaded_count, 0) as loaded_count,
        coalesce(told.quarantined_count, 0) as quarantined_count,
        coalesce(held.held_count, 0) as held_count
    from told
    full outer join held
        on told.entity = held.entity and told.source_file_sha256 = held.source_file_sha256
),

failures as (
    select
        compared.entity, compared.source_file_sha256, loaded_count, held_count,
        landed_count, quarantined_count, kept_count
    from compared
    left join counted
        on compared.entity = counted.entity
        and compared.source_file_sha256 = counted.source_file_sha256
    where loaded_count <> held_count
        or loaded_count <> coalesce(landed_count, 0)
        or quarantined_count <> coalesce(kept_count, 0)
)

select * from failures
