/*
grain: one row per customer with a visit in the window, group of peers he is ranked in, and snapshot date
kind: snapshot
inputs: [snap_scorecard_peers]
unique: [row_no, snapshot_date]
params: [first_date, last_date]
describe: "Every input of the scorecard as a percentile among peers, in thousand-millionths; blank where it is unknown. ‖ 评分卡各项输入的百分位。"
*/
-- A tie shares the middle of its places: (first + last place - 2) / 2 of the peers but oneself.
with final as (
    select
        row_no, peer_no, peer_count,
        (rank() over by_profit + count(*) over by_profit - 2) * 50000000000
        // nullif(peer_count - 1, 0) as profit,
        (rank() over by_visits + count(*) over by_visits - 2) * 50000000000
        // nullif(peer_count - 1, 0) as visits,
        (rank() over by_regularity + count(*) over by_regularity - 2) * 50000000000
        // nullif(peer_count - 1, 0) as regularity,
        (rank() over by_tenure + count(*) over by_tenure - 2) * 50000000000
        // nullif(peer_count - 1, 0) as tenure,
        (rank() over by_potential + count(*) over by_potential - 2) * 50000000000
        // nullif(peer_count - 1, 0) as potential,
        (rank() over by_independence + count(*) over by_independence - 2) * 50000000000
        // nullif(peer_count - 1, 0) as independence,
        (rank() over by_service + count(*) over by_service - 2) * 50000000000
        // nullif(peer_count - 1, 0) as service,
        (rank() over by_trouble + count(*) over by_trouble - 2) * 50000000000
        // nullif(peer_count - 1, 0) as trouble,
        case when satisfaction is not null
            then rank() over by_satisfaction + count(*) over by_satisfaction - 2 end
        * 50000000000 // nullif(count(satisfaction) over peers - 1, 0) as satisfaction,
        case when trend is not null then rank() over by_trend + count(*) over by_trend - 2 end
        * 50000000000 // nullif(count(trend) over peers - 1, 0) as trend,
        case when delay is not null then rank() over by_delay + count(*) over by_delay - 2 end
        * 50000000000 // nullif(count(delay) over peers - 1, 0) as delay,
        case when cancelled is not null
            then rank() over by_cancelled + count(*) over by_cancelled - 2 end
        * 50000000000 // nullif(count(cancelled) over peers - 1, 0) as cancelled,
        case when dependence is not null
            then rank() over by_dependence + count(*) over by_dependence - 2 end
        * 50000000000 // nullif(count(dependence) over peers - 1, 0) as dependence,
        snapshot_date
    from snap_scorecard_peers
    where snapshot_date >= :first_date and snapshot_date <= :last_date
    window
        peers as (partition by snapshot_date, peer_no),
        by_profit as (partition by snapshot_date, peer_no order by profit),
        by_visits as (partition by snapshot_date, peer_no order by visits),
        by_regularity as (partition by snapshot_date, peer_no order by regularity),
        by_tenure as (partition by snapshot_date, peer_no order by tenure),
        by_potential as (partition by snapshot_date, peer_no order by potential),
        by_independence as (partition by snapshot_date, peer_no order by independence),
        by_service as (partition by snapshot_date, peer_no order by service),
        by_trouble as (partition by snapshot_date, peer_no order by trouble),
        by_satisfaction as (partition by snapshot_date, peer_no order by satisfaction),
        by_trend as (partition by snapshot_date, peer_no order by trend),
        by_delay as (partition by snapshot_date, peer_no order by delay),
        by_cancelled as (partition by snapshot_date, peer_no order by cancelled),
        by_dependence as (partition by snapshot_date, peer_no order by dependence)
)

select * from final
