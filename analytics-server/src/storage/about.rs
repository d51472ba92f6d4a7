//! Which database it is, and how large.

use super::{Store, StoreError, reading};

/// What a database says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Version of SQLite or PostgreSQL.
    pub version: String,
    /// Its size in bytes.
    pub bytes: i64,
    /// How PostgreSQL writes letters; none: SQLite.
    pub encoding: Option<String>,
}

impl About {
    /// Its size, where it lies in the data directory.
    pub fn bytes_here(&self) -> Option<i64> {
        self.encoding.is_none().then_some(self.bytes)
    }
}

impl Store {
    /// What the database says of itself.
    pub async fn about(&self) -> Result<About, StoreError> {
        let sql = match self {
            Self::Sqlite(_) => {
                "select sqlite_version(), page_count * page_size, null
                 from pragma_page_count, pragma_page_size"
            }
            Self::Postgres(_) => {
                "select current_setting('server_version'), pg_database_size(current_database()),
                        current_setting('server_encoding')"
            }
        };
        let (version, bytes, encoding) =
            reading!(self, pool => sqlx::query_as(sql).fetch_one(pool).await?);
        Ok(About { version, bytes, encoding })
    }

    /// When a tablet was last heard of, milliseconds since 1970.
    pub async fn last_contact(&self) -> Result<Option<i64>, StoreError> {
        Ok(reading!(self, pool => {
            sqlx::query_scalar("select max(last_contact_at) from tablets").fetch_one(pool).await?
        }))
    }

    /// Connections to the database that are open and, of these, that nobody uses.
    pub fn connections(&self) -> (u32, u32) {
        let counted = |size: u32, idle: usize| (size, u32::try_from(idle).unwrap_or(size));
        match self {
            Self::Sqlite(sqlite) => {
                let (size, idle) = counted(sqlite.readers.size(), sqlite.readers.num_idle());
                let (writers, idle_ones) = counted(sqlite.writer.size(), sqlite.writer.num_idle());
                (size + writers, idle + idle_ones)
            }
            Self::Postgres(postgres) => counted(postgres.pool.size(), postgres.pool.num_idle()),
        }
    }
}
