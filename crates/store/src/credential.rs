//! How a person signs in: private, one row per person. Secrets stand here only as hashes or sealed by the caller.

use crate::{Result, Tx};
use programme::ids::PersonId;
use programme::moment::Moment;
use sqlx::FromRow;

/// One person's way in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    pub person: PersonId,
    /// The name that is typed, folded to lower case; unique.
    pub login: String,
    /// Argon2id in PHC form; `None` until the person chose a password.
    pub password: Option<String>,
    /// The secret of the authenticator app, sealed.
    pub second_factor: Option<String>,
    /// The last time step whose code was taken: no code counts twice.
    pub second_factor_step: i64,
    /// Digests of the recovery codes that are left, 64 hex digits each.
    pub recovery: Vec<String>,
    /// Digest of the invitation code, until it was used.
    pub invitation: Option<String>,
    pub invited_until: Option<Moment>,
    /// When the password was chosen last.
    pub changed_at: Option<Moment>,
}

#[derive(FromRow)]
struct Row {
    person: String,
    login: String,
    password: Option<String>,
    second_factor: Option<String>,
    second_factor_step: i64,
    recovery: String,
    invitation: Option<String>,
    invited_until: Option<String>,
    changed_at: Option<String>,
}

impl TryFrom<Row> for Credential {
    type Error = crate::Error;
    fn try_from(row: Row) -> Result<Credential> {
        let bad = |what: &dyn ToString| crate::projection::damaged("credential", &row.person, what);
        let moment = |text: &Option<String>| text.as_deref().map(str::parse).transpose().map_err(|_| bad(&"not a time"));
        Ok(Credential {
            person: row.person.parse().map_err(|_| bad(&"not an id"))?,
            invited_until: moment(&row.invited_until)?,
            changed_at: moment(&row.changed_at)?,
            recovery: row.recovery.split_whitespace().map(str::to_owned).collect(),
            login: row.login,
            password: row.password,
            second_factor: row.second_factor,
            second_factor_step: row.second_factor_step,
            invitation: row.invitation,
        })
    }
}

/// Keeps a credential in place of the one that the person had. Two persons with one login are refused by the database.
pub async fn put(tx: &mut Tx, c: &Credential) -> Result<()> {
    on!(tx, conn => { sqlx::query(
        "insert into credential (person, login, password, second_factor, second_factor_step, recovery, invitation,
         invited_until, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (person) do update set login = excluded.login, password = excluded.password,
         second_factor = excluded.second_factor, second_factor_step = excluded.second_factor_step,
         recovery = excluded.recovery, invitation = excluded.invitation, invited_until = excluded.invited_until,
         changed_at = excluded.changed_at")
        .bind(c.person.as_str()).bind(&c.login).bind(&c.password).bind(&c.second_factor).bind(c.second_factor_step)
        .bind(c.recovery.join(" ")).bind(&c.invitation).bind(c.invited_until.map(|m| m.to_string()))
        .bind(c.changed_at.map(|m| m.to_string())).execute(conn).await?; });
    Ok(())
}

pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Credential>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select person, login, password, second_factor, second_factor_step, recovery, invitation, invited_until,
         changed_at from credential where login = $1").bind(login).fetch_optional(c).await?);
    row.map(Credential::try_from).transpose()
}

pub async fn of(tx: &mut Tx, person: &PersonId) -> Result<Option<Credential>> {
    let row: Option<Row> = on!(tx, c => sqlx::query_as(
        "select person, login, password, second_factor, second_factor_step, recovery, invitation, invited_until,
         changed_at from credential where person = $1").bind(person.as_str()).fetch_optional(c).await?);
    row.map(Credential::try_from).transpose()
}

/// As [`of`], and nobody else changes the account until this transaction ends, not even by reading it like this.
pub async fn locked(tx: &mut Tx, person: &PersonId) -> Result<Option<Credential>> {
    let row: Option<Row> = match tx {
        // One writer at a time as it is.
        Tx::Sqlite(_) => return of(tx, person).await,
        Tx::Postgres(t) => {
            let locking = sqlx::query_as(
                "select person, login, password, second_factor, second_factor_step, recovery, invitation, invited_until,
                 changed_at from credential where person = $1 for update",
            );
            locking.bind(person.as_str()).fetch_optional(&mut **t).await?
        }
    };
    row.map(Credential::try_from).transpose()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Credential>> {
    let rows: Vec<Row> = on!(tx, c => sqlx::query_as(
        "select person, login, password, second_factor, second_factor_step, recovery, invitation, invited_until,
         changed_at from credential order by login").fetch_all(c).await?);
    rows.into_iter().map(Credential::try_from).collect()
}

pub async fn remove(tx: &mut Tx, person: &PersonId) -> Result<()> {
    on!(tx, c => { sqlx::query("delete from credential where person = $1").bind(person.as_str()).execute(c).await?; });
    Ok(())
}
