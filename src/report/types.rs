//! What the page shows, as plain data: no text to translate, no colours, no strings made for display.
//!
//! These travel from the engine's worker to the page (serde), so they hold owned values.

use super::columns::Families;
use crate::aggregate::{Key, Sym};
use crate::model::{AuthClass, Count, Counts, Day, Refusal, TlsVersion};
use serde::{Deserialize, Serialize};

/// Everything the dashboard and the chart view show for one [`Query`](super::Query), computed in one pass.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overview {
    /// What is loaded in all.
    pub loaded: Loaded,
    /// The dashboard widget, with the last seven days behind it. `None` where no row has a date.
    pub week: Option<Week>,
    /// The days the query's range came to. `None` where nothing with a date is loaded.
    pub days: Option<DaySpan>,
    /// Sender domains in the whole of what is loaded, most messages first; the list of *Show data for*.
    pub domains: Vec<String>,
    /// Names of servers in the whole of what is loaded, by name; for clauses, and so only the first hundreds of them.
    pub servers: Vec<String>,
    /// Mechanisms, likewise.
    pub mechanisms: Vec<String>,
    /// The chart of *Sending Volume*.
    pub volume: SendingVolume,
    /// The chart of *TLS Usage*.
    pub tls: TlsUsage,
    /// Everything counted in the range (and domain).
    pub totals: Counts,
    /// What the numbers do not tell, to be said beside them.
    pub notices: Vec<Notice>,
}

/// How many days without logs are told one by one.
pub const MAX_LISTED_DAYS: usize = 14;

/// A period of UTC days, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DaySpan {
    /// First day.
    pub first: Day,
    /// Last day.
    pub last: Day,
}

/// What is loaded in all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Loaded {
    /// From the first to the last day any loaded log covers.
    pub days: Option<DaySpan>,
    /// How many of those days have logs.
    pub days_with_logs: u64,
    /// Distinct keys in the cube.
    pub rows: u64,
    /// Whether some rows have no date.
    pub has_undated: bool,
}

/// The widget and its flyout: the last seven days.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// The seven UTC days.
    pub days: DaySpan,
    /// Distinct users who signed in or sent on those days; a failed sign-in alone is no use, and nameless users are
    /// not counted.
    pub users: u64,
    /// For each of the seven days its distinct users; `None` on a day without logs.
    pub users_by_day: Vec<Option<u64>>,
    /// For each of the seven days its messages; `None` on a day without logs, and on one whose logs tell of
    /// sessions only.
    pub messages_by_day: Vec<Option<u64>>,
    /// Everything counted in the week.
    pub totals: Counts,
    /// Messages of the week by TLS version.
    pub tls: TlsBreakdown,
    /// The part of Basic authentication.
    pub basic: BasicUse,
}

/// Who signs in with user name and password, which goes away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasicUse {
    /// Distinct users, as in [`Week::users`].
    pub users: u64,
    /// What they sent that way, as far as is known.
    pub messages: u64,
    /// Whether any log names a mechanism; without one, zero would be a claim.
    pub is_known: bool,
}

impl Week {
    /// Its days without logs.
    pub fn days_without_logs(&self) -> impl Iterator<Item = Day> + '_ {
        self.days.iter().zip(&self.users_by_day).filter(|(_, users)| users.is_none()).map(|(day, _)| day)
    }
}

/// A number for each TLS version, indexed like [`TlsVersion::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsBreakdown(pub [u64; TlsVersion::ALL.len()]);

impl TlsBreakdown {
    /// The number for one version.
    pub const fn get(&self, version: TlsVersion) -> u64 {
        self.0[version as usize]
    }

    /// Adds to the number for one version.
    pub const fn add(&mut self, version: TlsVersion, n: u64) {
        self.0[version as usize] = self.0[version as usize].saturating_add(n);
    }

    /// The sum over all versions.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The sum over the versions below TLS 1.2, *No TLS* included, *Unknown* not.
    pub fn below_1_2(&self) -> u64 {
        TlsVersion::ALL.into_iter().filter(|v| v.is_below_1_2()).map(|v| self.get(v)).sum()
    }

    /// The share of one version, 0 to 1; 0 where there is nothing.
    pub fn share(&self, version: TlsVersion) -> f64 {
        match self.total() {
            0 => 0.0,
            total => self.get(version) as f64 / total as f64,
        }
    }

    /// The versions with a number above zero, in order of [`TlsVersion::ALL`].
    pub fn present(&self) -> impl Iterator<Item = (TlsVersion, u64)> + '_ {
        TlsVersion::ALL.into_iter().map(|v| (v, self.get(v))).filter(|&(_, n)| n > 0)
    }
}

/// Messages per sender domain and day.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SendingVolume {
    /// Every day of the range, in order, with or without logs; of a range of more than ten years the newest ones.
    pub days: Vec<Day>,
    /// One series per sender domain that sent something, most messages first; where there are too many, the last
    /// is the rest. The one domain of a query has its series even if it sent nothing.
    pub series: Vec<VolumeSeries>,
}

/// One line of the Sending Volume chart.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VolumeSeries {
    /// The domain; `None` is "Other domains".
    pub domain: Option<String>,
    /// Messages on each of [`SendingVolume::days`]; `None` on a day without logs, and on one whose logs tell of
    /// sessions only.
    pub messages: Vec<Option<u64>>,
    /// Messages in all, those without a date included.
    pub total: u64,
}

/// TLS versions over the range.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TlsUsage {
    /// Over all domains shown, in messages or, as the query asks, in rows of the details table.
    pub total: TlsBreakdown,
    /// Per sender domain, most first. A sender of two versions counts in both when senders are counted.
    pub by_domain: Vec<(String, TlsBreakdown)>,
}

/// What a table row stands for: the sender address, or, where nothing is known of what was sent, the login name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SenderId {
    /// A MAIL FROM address; empty for the null sender.
    Address(String),
    /// A login that signed in without a message that is known to us.
    Login(String),
}

/// A row of the details table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SenderRow {
    /// Who.
    pub sender: SenderId,
    /// Messages; unknown where only sessions are known.
    pub messages: Count,
    /// Messages by TLS version. For a row of unknown messages all zero; see `tls_seen`.
    pub tls: TlsBreakdown,
    /// Sessions or messages by TLS version: which versions were seen at all.
    pub tls_seen: TlsBreakdown,
    /// Families of the mechanisms used; empty unless [`Column::Authentication`](super::Column) is asked for.
    pub families: Families,
    /// The user, where there is just one.
    pub only_user: Option<String>,
    /// What the columns beyond Microsoft's tell; at their defaults where none of them is asked for.
    pub facts: SenderFacts,
}

/// Further facts of a sender: those of [`SenderDetails`], in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SenderFacts {
    /// Login names that sent as this sender.
    pub users: u64,
    /// Client addresses, unknown ones aside.
    pub clients: u64,
    /// Accepted recipients.
    pub recipients: Count,
    /// Successful sign-ins.
    pub sessions: Count,
    /// Refused sign-ins of those users, and of the address itself.
    pub failed_signins: Count,
    /// First and last day of use, failed sign-ins aside; `None` where the source has no dates.
    pub seen: Option<DaySpan>,
}

/// A window of the sorted and searched details table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DetailsPage {
    /// Rows in all, after the search.
    pub total_rows: u64,
    /// Rows in all, before the search.
    pub unfiltered_rows: u64,
    /// Index of the first of `rows`.
    pub start: u64,
    /// The window.
    pub rows: Vec<SenderRow>,
}

/// Everything known of one sender in the range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SenderDetails {
    /// Who.
    pub sender: SenderId,
    /// First and last day of use, failed sign-ins aside; `None` where the source has no dates.
    pub seen: Option<DaySpan>,
    /// The same in all that is loaded, whatever the range and the filter. Filled in by whoever knows
    /// ([`seen_in_all`](super::seen_in_all)).
    pub seen_in_all: Option<DaySpan>,
    /// Everything counted. Failed sign-ins are those of the logins below, and of the address itself.
    pub totals: Counts,
    /// Messages by TLS version.
    pub tls: TlsBreakdown,
    /// Sessions or messages by TLS version: which versions were seen at all.
    pub tls_seen: TlsBreakdown,
    /// Day by day, the days on which something was counted, in order. This and the lists below each sum to `totals`,
    /// unless undated rows or [`MAX_LIST`](super::sender::MAX_LIST) keep something out.
    pub days: Vec<(Day, Counts)>,
    /// Login names that sent as this sender, and the address itself where sign-ins with it failed; most messages
    /// first.
    pub users: Vec<(String, Counts)>,
    /// Mechanisms with their family, most messages first.
    pub mechanisms: Vec<(String, AuthClass, Counts)>,
    /// Clients by address and name, most messages first.
    pub clients: Vec<Client>,
    /// Servers, most messages first.
    pub servers: Vec<(String, Counts)>,
    /// Why the logins were refused, as far as sources say, whenever that was; most often first. Not in the cube, so it
    /// is for whoever has [`Merged::refusals`](crate::aggregate::Merged::refusals) to fill in.
    pub refusals: Vec<(Refusal, u64)>,
}

/// A client: where it connected from and what it called itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Client {
    /// Address without port; empty if unknown.
    pub ip: String,
    /// HELO/EHLO name; empty if unknown.
    pub name: String,
    /// What it did.
    pub counts: Counts,
    /// Which TLS versions it used, in sessions or messages.
    pub tls_seen: TlsBreakdown,
}

/// Something the numbers do not tell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Sessions seen only in a Front End log: how many messages they sent stands in the Hub log.
    HubLogMissing {
        /// How many sessions.
        sessions: u64,
    },
    /// Messages seen only in a Hub log: user, TLS and mechanism stand in the Front End log.
    FrontEndLogMissing {
        /// How many messages.
        messages: u64,
    },
    /// Rows without a date are left out of a range of days.
    UndatedLeftOut {
        /// How many rows of the cube.
        rows: u64,
    },
    /// Days of the range without any log.
    DaysWithoutLogs {
        /// How many.
        days: u64,
        /// The first of them; at most [`MAX_LISTED_DAYS`].
        first: Vec<Day>,
    },
    /// There were too many names of failed sign-ins to tell them apart: some are counted as
    /// [`OTHER`](crate::aggregate::OTHER).
    FailedNamesGivenUp {
        /// How many failed sign-ins are counted so.
        signins: u64,
        /// How many names are told apart.
        names: u64,
    },
    /// There were too many of these to tell them apart: some are counted as [`OTHER`](crate::aggregate::OTHER).
    NamesGivenUp(Vec<NamesOf>),
}

/// What there may be too many different names of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NamesOf {
    /// Names that clients give in HELO/EHLO.
    ClientNames,
    /// Addresses of clients.
    ClientAddresses,
    /// Sender addresses.
    Senders,
    /// Users who signed in or sent.
    Users,
    /// Domains of senders.
    SenderDomains,
    /// Mechanisms.
    Mechanisms,
    /// Servers.
    Servers,
}

impl NamesOf {
    /// All, in the order in which they are given up.
    pub const ALL: [Self; 7] = [
        Self::ClientNames,
        Self::ClientAddresses,
        Self::Senders,
        Self::Users,
        Self::SenderDomains,
        Self::Mechanisms,
        Self::Servers,
    ];

    /// A row's name of this kind.
    pub(crate) const fn of(self, key: &Key) -> Sym {
        match self {
            Self::ClientNames => key.client_name,
            Self::ClientAddresses => key.client_ip,
            Self::Senders => key.sender,
            Self::Users => key.user,
            Self::SenderDomains => key.sender_domain,
            Self::Mechanisms => key.mechanism,
            Self::Servers => key.server,
        }
    }
}
