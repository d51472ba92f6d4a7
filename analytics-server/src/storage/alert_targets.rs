//! The receivers of alerts outside of the pages: other software by webhooks, people by mail. A
//! webhook's secret leaves this room only to sign; the audit log never has it.

use super::{Store, StoreError, log_change, reading, row_struct, writing};

/// Where one delivery goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To other software.
    Webhook {
        /// Number of the webhook.
        webhook: i64,
        /// Its address.
        address: String,
    },
    /// To a person.
    Mail {
        /// Id of the person.
        user: i64,
        /// Their mail address.
        address: String,
    },
}

impl Target {
    pub(super) const fn channel(&self) -> &'static str {
        match self {
            Self::Webhook { .. } => "webhook",
            Self::Mail { .. } => "mail",
        }
    }

    pub(super) fn address(&self) -> &str {
        let (Self::Webhook { address, .. } | Self::Mail { address, .. }) = self;
        address
    }

    pub(super) const fn webhook(&self) -> Option<i64> {
        match self {
            Self::Webhook { webhook, .. } => Some(*webhook),
            Self::Mail { .. } => None,
        }
    }

    pub(super) const fn user(&self) -> Option<i64> {
        match self {
            Self::Webhook { .. } => None,
            Self::Mail { user, .. } => Some(*user),
        }
    }
}

/// Software that receives alerts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhook {
    /// Its number.
    pub num: i64,
    /// The address that alerts are sent to.
    pub address: String,
    /// Words of the rules.
    pub rules: Vec<String>,
    /// When it was added, milliseconds since 1970.
    pub created_at: i64,
    /// By whom.
    pub created_by: String,
    /// When it was retired.
    pub retired_at: Option<i64>,
}

/// A person who is told by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Id of the person.
    pub user: i64,
    /// Words of the rules.
    pub rules: Vec<String>,
}

row_struct! {
    struct WebhookRow {
        num: i64,
        address: String,
        rules: String,
        created_at: i64,
        created_by: String,
        retired_at: Option<i64>,
    }
}

impl Store {
    /// Adds a webhook; its number.
    pub async fn add_webhook(
        &self,
        address: &str,
        secret: &str,
        rules: &[String],
        actor: &str,
        now: i64,
    ) -> Result<i64, StoreError> {
        let rules = rules.join(",");
        Ok(writing!(self, Db, tx => {
            let num: i64 = sqlx::query_scalar(
                "insert into alert_webhooks (address, secret, rules, created_at, created_by)
                 values ($1, $2, $3, $4, $5) returning num",
            )
            .bind(address)
            .bind(secret)
            .bind(&rules)
            .bind(now)
            .bind(actor)
            .fetch_one(&mut *tx)
            .await?;
            let subject = format!("webhook {num}");
            let after = format!("{address} ({rules})");
            log_change!(tx, now, actor, "add", subject, None::<String>, Some(after));
            num
        }))
    }

    /// Retires a webhook: what waits for it is given up. Whether this did it.
    pub async fn retire_webhook(
        &self,
        num: i64,
        actor: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        Ok(writing!(self, Db, tx => {
            let address: Option<String> = sqlx::query_scalar(
                "update alert_webhooks set retired_at = $2
                 where num = $1 and retired_at is null returning address",
            )
            .bind(num)
            .bind(now)
            .fetch_optional(&mut *tx)
            .await?;
            if let Some(address) = &address {
                sqlx::query(
                    "update alert_deliveries set status = 'failed', finished_at = $2
                     where webhook_num = $1 and status = 'waiting'",
                )
                .bind(num)
                .bind(now)
                .execute(&mut *tx)
                .await?;
                let subject = format!("webhook {num}");
                log_change!(tx, now, actor, "retire", subject, Some(address), None::<String>);
            }
            address.is_some()
        }))
    }

    /// All webhooks, those in use first.
    pub async fn webhooks(&self) -> Result<Vec<Webhook>, StoreError> {
        let rows: Vec<WebhookRow> = reading!(self, pool => sqlx::query_as(
            "select num, address, rules, created_at, created_by, retired_at from alert_webhooks
             order by case when retired_at is null then 0 else 1 end, num",
        )
        .fetch_all(pool)
        .await?);
        let webhook = |row: WebhookRow| Webhook {
            num: row.num,
            address: row.address,
            rules: words(&row.rules),
            created_at: row.created_at,
            created_by: row.created_by,
            retired_at: row.retired_at,
        };
        Ok(rows.into_iter().map(webhook).collect())
    }

    /// What signs the deliveries of a webhook in use.
    pub async fn webhook_secret(&self, num: i64) -> Result<Option<String>, StoreError> {
        Ok(reading!(self, pool => sqlx::query_scalar(
            "select secret from alert_webhooks where num = $1 and retired_at is null",
        )
        .bind(num)
        .fetch_optional(pool)
        .await?))
    }

    /// Of which rules each person is told by mail.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, StoreError> {
        let rows: Vec<(i64, String)> = reading!(self, pool => {
            sqlx::query_as("select user_id, rules from alert_subscriptions order by user_id")
                .fetch_all(pool)
                .await?
        });
        let one = |(user, rules): (i64, String)| Subscription { user, rules: words(&rules) };
        Ok(rows.into_iter().map(one).collect())
    }

    /// Sets of which rules a person is told by mail.
    pub async fn subscribe(
        &self,
        user: i64,
        rules: &[String],
        actor: &str,
        now: i64,
    ) -> Result<(), StoreError> {
        let rules = rules.join(",");
        writing!(self, Db, tx => {
            let before: Option<String> = sqlx::query_scalar(
                "select rules from alert_subscriptions where user_id = $1",
            )
            .bind(user)
            .fetch_optional(&mut *tx)
            .await?;
            sqlx::query(
                "insert into alert_subscriptions (user_id, rules, changed_at) values ($1, $2, $3)
                 on conflict (user_id) do update
                 set rules = excluded.rules, changed_at = excluded.changed_at",
            )
            .bind(user)
            .bind(&rules)
            .bind(now)
            .execute(&mut *tx)
            .await?;
            if before.as_deref() != Some(&*rules) {
                let subject = format!("alert mail of user id {user}");
                log_change!(tx, now, actor, "change", subject, before, Some(rules));
            }
        });
        Ok(())
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
