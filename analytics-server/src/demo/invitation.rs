//! How a simulated tablet answers an invitation: as any visit, with what the invitation says it is
//! about. Somebody who tries “Mời đánh giá” in a demonstration finds a person at the counter.

use super::dice::Dice;
use super::visit::{Mood, VisitStep, visit};
use protocol::event::What;
use protocol::invitation::Invitation;
use protocol::settings::Settings;

/// The visit that an invitation opens; none when there is nobody to be asked about.
pub(super) fn invited(
    invitation: &Invitation,
    settings: &Settings,
    dice: &mut Dice,
) -> Option<Vec<VisitStep>> {
    let mut settings = settings.clone();
    settings.officer = invitation.officer.clone().or(settings.officer);
    let mut steps = visit(&settings, Mood::USUAL, dice)?;
    if let Some((_, What::Shown(shown))) = steps.first_mut() {
        shown.stage = invitation.stage.or(shown.stage);
        shown.dossier.clone_from(&invitation.dossier);
        shown.ticket.clone_from(&invitation.ticket);
        shown.invitation = Some(invitation.id);
    }
    Some(steps)
}
