//! A database in which everything happened: what a check reads, and what moves as a whole, is not made
//! of one subject. The subjects whose rows fit beside others fill it, each of which has its own tests.

use super::fixtures::{NOON, add_officer, push_two_visits, send_foreign_events, send_odd_events};
use super::{
    accounts, admin, alerts, chains, counters, directory, figures, forks, imported, invitations,
    live, moments, outside, records,
};
use analytics_server::storage::Store;
use uuid::Uuid;
use whole_system_tests::chain::Chain;

/// Fills an empty database. The tablet that it returns is simulated, has events that were counted,
/// released and quarantined, and sent the first of them at [`NOON`].
pub async fn everything(store: &Store) -> Uuid {
    directory::directory_by_code(store).await;
    directory::centre_settings(store).await;
    let tablet = chains::one_code_admits_one_tablet(store).await;
    let mut chain = Chain::new(tablet, 1);
    push_two_visits(&mut chain, Uuid::from_u128(1), Uuid::from_u128(2));
    chain.append(store, &chain.batch(0, 99, NOON)).await;
    send_odd_events(store, &mut chain, 3).await;
    chains::imports_are_stored_once(store).await;
    send_foreign_events(store, &mut chain, Uuid::from_u128(100)).await;
    add_officer(store, "CC999").await;
    store.release(tablet, 60_000, NOON).await.unwrap();
    Box::pin(at_the_counter(store)).await;
    Box::pin(in_the_house(store)).await;
    tablet
}

async fn at_the_counter(store: &Store) {
    counters::questionnaires_never_change(store).await;
    counters::officers_with_a_pin_may_sign_in(store).await;
    counters::machines_are_known_by_their_tokens(store).await;
    counters::a_heartbeat_takes_the_place_of_the_one_before(store).await;
    counters::a_sign_in_is_kept_and_counted_nowhere(store).await;
    counters::a_tablet_moves_with_its_chain(store).await;
    invitations::an_invitation_is_one_tablets_and_followed_to_its_end(store).await;
    invitations::a_strange_invitation_changes_nothing(store).await;
    invitations::rules_find_odd_ratings_in_every_order_of_arrival(store).await;
    outside::what_was_told_stands(store).await;
    live::the_clock_moves_with_every_rating(store).await;
    figures::a_rating_gets_what_its_dossier_says(store).await;
    figures::a_flag_on_another_rating_reaches_the_columns(store).await;
    figures::queue_numbers_are_counted_once(store).await;
    imported::a_rating_is_found_by_its_minute(store).await;
    imported::free_text_leaves_the_reasons(store).await;
}

async fn in_the_house(store: &Store) {
    alerts::rules_look_at_what_was_rated_and_at_what_was_not(store).await;
    alerts::alerts_are_raised_once_told_and_closed(store).await;
    alerts::a_fork_is_closed_with_its_alarm(store).await;
    // Before the administrators: they retire an officer and what stands at a counter.
    accounts::people_come_and_go(store).await;
    accounts::a_link_and_a_session_end(store).await;
    accounts::a_reset_stands_against_what_was_looked_at_before(store).await;
    accounts::a_second_factor_counts_each_code_once(store).await;
    Box::pin(accounts::concurrent_tries_are_all_counted(store)).await;
    admin::what_stands_on_something_goes_first(store).await;
    admin::a_tablet_is_moved_and_retired(store).await;
    forks::what_another_machine_tells_is_kept_apart(store).await;
    forks::a_tablet_that_another_one_continues_is_not_awaited(store).await;
    records::what_is_redacted_stays_away(store).await;
    records::what_was_redacted_is_put_back_or_deleted(store).await;
    records::notes_stand_and_rulings_are_counted(store).await;
    moments::a_rating_counts_for_the_department_of_its_moment(store).await;
    moments::a_history_has_a_number_until_another_begins(store).await;
}
