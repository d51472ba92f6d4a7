//! Which department an officer belonged to at a moment. A rating counts for the department of its
//! own moment, also when it arrives after the officer has moved; so a change of an officer's
//! department is written down with its moment, in the same transaction.

use super::statement::pieces;
use super::{Store, StoreError, for_both_databases, reading};
use sqlx::QueryBuilder;
use std::collections::HashMap;

/// The departments of some officers over time, by ids of the database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DepartmentHistory(HashMap<i64, Vec<(i64, i64)>>);

impl DepartmentHistory {
    /// Adds that an officer belongs to a department from a moment on; in the order of moments.
    pub(super) fn add(&mut self, officer: i64, since: i64, department: i64) {
        self.0.entry(officer).or_default().push((since, department));
    }

    /// The department of an officer at a moment, milliseconds since 1970. Before all that is known
    /// the first one holds.
    pub fn at(&self, officer: i64, moment: i64) -> Option<i64> {
        let known = self.0.get(&officer)?;
        let later = known.partition_point(|(since, _)| *since <= moment);
        known.get(later.saturating_sub(1)).map(|(_, department)| *department)
    }

    /// When an officer first changed departments since this is written down.
    pub fn first_change(&self, officer: i64) -> Option<i64> {
        self.0.get(&officer)?.get(1).map(|(since, _)| *since)
    }
}

impl Store {
    /// The departments of all officers over time.
    pub async fn department_history(&self) -> Result<DepartmentHistory, StoreError> {
        let rows: Vec<(i64, i64, i64)> = reading!(self, pool => sqlx::query_as(
            "select officer_id, since, department_id from officer_departments order by 1, 2",
        )
        .fetch_all(pool)
        .await?);
        let mut history = DepartmentHistory::default();
        for (officer, since, department) in rows {
            history.add(officer, since, department);
        }
        Ok(history)
    }
}

for_both_databases! {
    /// Statements within a transaction.
    pub(super) trait DepartmentSteps: sqlx::Database {
        /// Writes down the department that the officer of a code has now, if it is another one than
        /// before. A new officer has theirs since ever; moments never go back, also where the clock
        /// was set back.
        async fn record_department(
            tx: &mut Self::Connection,
            code: &str,
            now: i64,
        ) -> Result<(), StoreError> {
            sqlx::query(
                "insert into officer_departments (officer_id, since, department_id)
                 select o.id,
                   (select case when count(*) = 0 then 0
                      when max(h.since) >= $2 then max(h.since) + 1 else $2 end
                    from officer_departments h where h.officer_id = o.id),
                   o.department_id
                 from officers o
                 where o.code = $1 and o.department_id <> coalesce(
                   (select h.department_id from officer_departments h
                    where h.officer_id = o.id order by h.since desc limit 1), -1)",
            )
            .bind(code)
            .bind(now)
            .execute(tx)
            .await?;
            Ok(())
        }

        /// The departments of some officers over time.
        async fn departments_of(
            tx: &mut Self::Connection,
            officers: &[i64],
        ) -> Result<DepartmentHistory, StoreError> {
            let mut history = DepartmentHistory::default();
            for ids in pieces(officers) {
                let mut query = QueryBuilder::<Self>::new(
                    "select o.id, coalesce(h.since, 0), coalesce(h.department_id, o.department_id)
                     from officers o
                     left join officer_departments h on h.officer_id = o.id
                     where o.id in (",
                );
                let mut list = query.separated(", ");
                for id in ids {
                    list.push_bind(*id);
                }
                query.push(") order by 1, 2");
                let rows: Vec<(i64, i64, i64)> = query.build_query_as().fetch_all(&mut *tx).await?;
                for (officer, since, department) in rows {
                    history.add(officer, since, department);
                }
            }
            Ok(history)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_department_holds_from_its_moment_until_the_next() {
        let mut history = DepartmentHistory::default();
        for (since, department) in [(0, 1), (100, 2), (200, 1)] {
            history.add(7, since, department);
        }
        for (moment, department) in [(-5, 1), (0, 1), (99, 1), (100, 2), (199, 2), (200, 1)] {
            assert_eq!(history.at(7, moment), Some(department), "{moment}");
        }
        assert_eq!(history.at(8, 100), None);
    }
}
