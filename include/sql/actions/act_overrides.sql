/*
grain: one row per customer about whom people decided something for the lists
kind: full
inputs: [stg_customer_overrides, ops_identity_map]
unique: [customer_key]
params: [business_date, valid_days]
describe: "Who asked not to be contacted, and offers set by hand. ‖ 免打扰名单与人工设定的权益。"
*/
with decided as (
    select
        coalesce(people.customer_key, told.customer_key) as customer_key,
        told.override_id, told.override_kind, told.offer_minor, told.decided_on,
        told.valid_to is null or told.valid_to >= :business_date as is_in_force,
        coalesce(
            date_diff('day', told.valid_to, cast(:business_date as date)) <= :valid_days, false
        ) as is_recent
    from stg_customer_overrides as told
    left join ops_identity_map as people on told.customer_key = people.node_key
    where
        told.decided_on <= :business_date and told.override_kind in ('no_contact', 'hand_offer')
),

-- The newest offer of those in force is the one that was meant.
offers as (
    select customer_key, offer_minor
    from decided
    where override_kind = 'hand_offer' and is_in_force and offer_minor > 0
    qualify row_number() over (
        partition by customer_key order by decided_on desc, override_id
    ) = 1
),

wishes as (
    select
        customer_key,
        max(case when override_kind = 'no_contact' and is_in_force then 1 else 0 end) = 1
            as is_suppressed,
        max(case
            when override_kind = 'hand_offer' and not is_in_force and is_recent then 1 else 0
        end) = 1 as is_offer_expired
    from decided
    group by customer_key
),

final as (
    select
        wishes.customer_key, is_suppressed,
        is_offer_expired and offers.offer_minor is null as is_offer_expired,
        offers.offer_minor as hand_offer_minor
    from wishes
    left join offers on wishes.customer_key = offers.customer_key
)

select * from final
