/*
grain: one row per pair of currencies and day from which a rate holds
kind: view
inputs: [raw_exchange_rates, ref_exchange_rates, ref_currencies]
unique: [from_currency, to_currency, valid_from]
describe: Rates of exchange, from dropped files and from the policy; files win. ‖ 汇率（文件优先于政策）。
*/
with dropped as (
    select from_currency, to_currency, valid_from, valid_to, rate_nano, 1 as origin_rank
    from raw_exchange_rates
    qualify row_number() over (
        partition by from_currency, to_currency, valid_from
        order by coalesce(revision, 0) desc, source_file_sha256, source_row
    ) = 1
),

told as (
    select * from dropped
    union all
    select from_currency, to_currency, valid_from, valid_to, rate_nano, 2
    from ref_exchange_rates
),

chosen as (
    select from_currency, to_currency, valid_from as begins_on, valid_to, rate_nano
    from told
    qualify row_number() over (
        partition by from_currency, to_currency, valid_from
        order by origin_rank
    ) = 1
),

dated as (
    select
        chosen.*,
        lead(begins_on) over (
            partition by from_currency, to_currency order by begins_on
        ) as replaced_on
    from chosen
),

-- In minor units: a yen is a whole one, a cent a hundredth.
final as (
    select
        dated.from_currency,
        dated.to_currency,
        dated.begins_on as valid_from,
        cast(least(
            coalesce(dated.valid_to, cast('9999-12-31' as date)),
            coalesce(dated.replaced_on - interval '1' day, cast('9999-12-31' as date))
        ) as date) as valid_to,
        dated.rate_nano * to_units.unit_count // from_units.unit_count as minor_rate_nano
    from dated
    inner join ref_currencies as from_units on dated.from_currency = from_units.currency_code
    inner join ref_currencies as to_units on dated.to_currency = to_units.currency_code
)

select * from final
