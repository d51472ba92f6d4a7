//! One visit: whose service it asks about, and what the person said so far. It stays what it was
//! when it began, even if an officer leaves or a new questionnaire comes meanwhile.

use crate::typing::{Draft, Method};
use protocol::Level;
use protocol::event::{Detailed, Shown};
use protocol::invitation::Invitation;
use protocol::settings::{Officer, Settings};
use protocol::words::Stage;
use std::sync::Arc;
use uuid::Uuid;

/// What a service is called where it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference<'a> {
    /// Code of the dossier.
    Dossier(&'a str),
    /// Queue number.
    Ticket(&'a str),
}

/// Whose service, and which one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct About<'a> {
    /// The officer who is rated.
    pub officer: &'a Officer,
    /// The step of the service.
    pub stage: Option<Stage>,
    /// Code of the dossier, or the queue number, where one of them is known.
    pub reference: Option<Reference<'a>>,
}

/// What a visit is about, kept as it was when the visit began.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Service {
    officer: Arc<Officer>,
    stage: Option<Stage>,
    dossier: Option<String>,
    ticket: Option<String>,
    /// The invitation that opened the question.
    invitation: Option<Uuid>,
}

impl Service {
    /// What a person who comes by themselves is asked about.
    pub(super) fn walk_up(officer: &Officer, settings: &Settings) -> Self {
        let officer = Arc::new(officer.clone());
        Self { officer, stage: settings.stage, dossier: None, ticket: None, invitation: None }
    }

    /// What an invitation asks about. `on_duty` is rated where it names nobody.
    pub(super) fn invited(
        invitation: &Invitation,
        on_duty: Option<&Officer>,
        settings: &Settings,
    ) -> Option<Self> {
        // The settings have the photo, which an invitation does not carry.
        let named = invitation.officer.as_ref();
        let named = named.map(|named| settings.officer_of(&named.code).unwrap_or(named));
        Some(Self {
            officer: Arc::new(named.or(on_duty)?.clone()),
            stage: invitation.stage.or(settings.stage),
            dossier: invitation.dossier.clone(),
            ticket: invitation.ticket.clone(),
            invitation: Some(invitation.id),
        })
    }

    /// What stands of it on the screen.
    pub(super) fn about(&self) -> About<'_> {
        let dossier = self.dossier.as_deref().map(Reference::Dossier);
        let reference = dossier.or(self.ticket.as_deref().map(Reference::Ticket));
        About { officer: &self.officer, stage: self.stage, reference }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Visit {
    pub(super) session: Uuid,
    pub(super) service: Service,
    /// The level that counts.
    pub(super) level: Option<Level>,
    /// Whether the choice was made again, which can be done once.
    pub(super) changed: bool,
    /// The person says that somebody else served them, and may still take it back.
    pub(super) disputes: bool,
    /// Said to have ended without a level.
    pub(super) ended: bool,
    /// What was added so far.
    pub(super) added: Detailed,
    /// What of it is recorded.
    pub(super) kept: Detailed,
    pub(super) draft: Draft,
}

impl Visit {
    pub(super) fn new(session: Uuid, service: Service, language: &str) -> Self {
        // A person who reads another language does not type Vietnamese diacritics.
        let method = if language == "vi" { Method::Telex } else { Method::Plain };
        Self {
            session,
            service,
            level: None,
            changed: false,
            disputes: false,
            ended: false,
            added: Detailed::default(),
            kept: Detailed::default(),
            draft: Draft::new(method),
        }
    }

    /// Whether an invitation opened it.
    pub(super) fn is_invited(&self) -> bool {
        self.service.invitation.is_some()
    }

    /// The event of the question.
    pub(super) fn shown(&self, settings: &Settings, language: &str) -> Shown {
        let Service { officer, stage, dossier, ticket, invitation } = &self.service;
        Shown {
            counter: settings.counter.code.clone(),
            officer: officer.code.clone(),
            stage: *stage,
            dossier: dossier.clone(),
            ticket: ticket.clone(),
            invitation: *invitation,
            scale: settings.questionnaire.scale,
            questionnaire: settings.questionnaire.version,
            language: language.to_owned(),
        }
    }

    /// Takes the draft over into what was added.
    pub(super) fn take_draft(&mut self) {
        let text = self.draft.text();
        let text = text.trim();
        self.added.comment = (!text.is_empty()).then(|| text.to_owned());
    }
}
