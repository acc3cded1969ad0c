/*
grain: one row per customer on a list on the date
kind: full
inputs: [act_listed, act_addresses, ops_identity_map, raw_identifier_aliases, ops_experiments]
unique: [customer_key]
params: [experiment_id, holdout_threshold, shadow_threshold]
describe: Who is on which list, which guardrail stands before it, who is left alone. ‖ 候选名单、护栏与对照组。
*/
with listed as (
    select * from act_listed
),

-- Two customers at one address: the one with more at stake is contacted.
sharing as (
    select
        listed.customer_key,
        row_number() over (
            partition by act_addresses.address_hash
            order by listed.stake_minor desc, listed.customer_key
        ) as turn
    from listed
    inner join act_addresses on listed.customer_key = act_addresses.customer_key
    where listed.wish_or_rule is null and listed.list_name <> 'deprioritise'
),

repeated as (
    select distinct customer_key from sharing where turn > 1
),

-- The draw of an experiment is written down on its first day and kept.
experiment as (
    select
        coalesce(min(seed), :experiment_id) as seed,
        coalesce(min(threshold), :holdout_threshold) as threshold
    from ops_experiments
    where experiment_id = :experiment_id
),

-- Who was left alone under any of the references stays so: on a merge the control wins.
members as (
    select customer_key, customer_key as node_key from listed
    union
    select members.customer_key, members.node_key
    from ops_identity_map as members
    left join raw_identifier_aliases as aliases on members.node_key = aliases.node_key
    where starts_with(members.node_key, 'c_') and aliases.node_key is null
),

drawn as (
    select
        members.customer_key,
        min(sha256(experiment.seed || '|' || members.node_key)) < min(experiment.threshold)
            as is_held_out,
        min(sha256(experiment.seed || '|shadow|' || members.node_key)) < :shadow_threshold
            as is_shadow
    from members
    cross join experiment
    group by members.customer_key
),

final as (
    select
        listed.*,
        drawn.is_held_out,
        drawn.is_shadow and listed.list_name = 'deprioritise' as is_shadow,
        coalesce(
            listed.wish_or_rule,
            case when repeated.customer_key is not null then 'duplicate_contact' end
        ) as guardrail
    from listed
    inner join drawn on listed.customer_key = drawn.customer_key
    left join repeated on listed.customer_key = repeated.customer_key
)

select * from final
