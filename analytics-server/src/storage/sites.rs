//! What figures are named and compared by, beside the ratings: sites, and the tickets of the queue by day.
//! Small enough to be read for every page.

use super::{Store, StoreError, reading};

/// A site and its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteName {
    /// Id in this database.
    pub id: i64,
    /// Code, unique.
    pub code: String,
    /// Name.
    pub name: String,
}

/// Where counters stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites {
    /// By id.
    pub sites: Vec<SiteName>,
    /// Counter and site, both by id; only counters that have one.
    pub counters: Vec<(i64, i64)>,
}

/// What the queue of one counter came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CounterQueue {
    /// Id of the counter.
    pub counter: i64,
    /// Numbers drawn.
    pub tickets: u64,
    /// People served.
    pub served: u64,
}

impl Store {
    /// The sites, and which counters stand where.
    pub async fn counter_sites(&self) -> Result<Sites, StoreError> {
        reading!(self, pool => {
            let sites: Vec<(i64, String, String)> =
                sqlx::query_as("select id, code, name from sites order by id")
                    .fetch_all(pool).await?;
            let counters = sqlx::query_as(
                "select id, site_id from counters where site_id is not null order by id",
            ).fetch_all(pool).await?;
            let site = |(id, code, name)| SiteName { id, code, name };
            Ok(Sites { sites: sites.into_iter().map(site).collect(), counters })
        })
    }

    /// What the queue tells of each counter, from one day to another (days since 1970-01-01),
    /// both counted.
    pub async fn queues(&self, from: i64, to: i64) -> Result<Vec<CounterQueue>, StoreError> {
        let rows: Vec<(i64, i64, i64)> = reading!(self, pool => sqlx::query_as(
            "select counter_id, cast(sum(tickets) as bigint), cast(sum(served) as bigint)
             from queue_days where day >= $1 and day <= $2
             group by counter_id order by counter_id",
        )
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?);
        let queue = |(counter, tickets, served): (i64, i64, i64)| CounterQueue {
            counter,
            tickets: tickets.unsigned_abs(),
            served: served.unsigned_abs(),
        };
        Ok(rows.into_iter().map(queue).collect())
    }
}
