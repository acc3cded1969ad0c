/*
grain: one row per customer, currency and snapshot date
kind: snapshot
inputs: [snap_store_customers, int_customer_kinds]
unique: [customer_key, currency_code, snapshot_date]
params: [first_date, last_date]
describe: "Whom a customer is compared with: the store where he bought most, and his kind. ‖ 客户的同类（主要门店与类型）。"
*/
with bought as (
    select customer_key, currency_code, snapshot_date, store_id as main_store_id
    from snap_store_customers
    where
        customer_key <> '' and snapshot_date >= :first_date and snapshot_date <= :last_date
    qualify row_number() over (
        partition by customer_key, currency_code, snapshot_date
        order by gross_minor desc, store_id
    ) = 1
),

final as (
    select
        bought.customer_key,
        bought.currency_code,
        bought.main_store_id,
        case when kinds.customer_kind = 'business' then 'business' else 'consumer' end
            as board_kind,
        bought.snapshot_date
    from bought
    left join int_customer_kinds as kinds
        on bought.customer_key = kinds.customer_key
        and bought.snapshot_date = kinds.snapshot_date
)

select * from final
