# records: single ratings, comments, flags, tablets, the officer's page

## List
records-list = Ratings
records-list-intro = Single ratings, newest first. Dossier codes are only for handling a case and are in no report.
records-comments = Comments
records-comments-intro = Ratings with a comment. Comments are never edited; personal data is redacted, and the outcome is recorded beside them. The original, signed by the tablet, only serves to verify the integrity of the data; it is neither shown nor exported.
records-one = One rating
records-one-number = Rating no. { $number }
records-filter = Filter
records-search = Search in comments
records-hour = Hour (0–23)
records-level = Level
records-all = All
records-low = Dissatisfied or worse
records-well = Satisfied or better
records-flagged = Flagged
records-unflagged = Not flagged
records-state = State
records-state-counted = Counted
records-state-unexamined = Flagged, without a ruling
records-state-examined = Examined, still counted
records-state-open = Not handled
records-state-handled = Handled
records-state-replied = With a reply
records-state-unanswered = Reply waiting for an answer
records-state-proposed = Redaction proposed
records-state-ruled_out = Ruled out
records-tag-handled = handled
records-tag-waits = not handled
records-tag-exempt = need not be handled
records-tag-reply = reply waiting for an answer
records-tag-ruled-out = not counted
records-tag-examined = examined, counted
records-reasons = Reasons
records-aspects = Aspects
records-dossier = Dossier
records-none = No rating matches the filters.
records-list-none = There are no ratings yet.
records-comments-none = There are no comments in the last 30 days.
records-waiting = Not handled: { $count }
records-chips = Filters in force
records-chip-clear = clear this filter
records-chips-clear = Clear all filters
records-column-moment = Time
records-column-service = Procedure, stage
records-column-said = Reasons, comment
records-nothing-read = Nothing is listed, because a filter is not valid.
records-everything = all
records-line = { $count ->
    [one] 1 rating: { $what }
   *[other] { $count } ratings: { $what }
}
records-line-ruled-out = { $count } of them were ruled out and are not counted.
records-line-more = More than { $count } ratings: { $what }
records-line-found = { $count ->
    [one] 1 rating found: { $what }
   *[other] { $count } ratings found: { $what }
}
records-line-found-more = { $count ->
    [one] At least 1 rating found: { $what }
   *[other] At least { $count } ratings found: { $what }
}
records-line-search-none = No rating was found in this part: { $what }
records-line-search = { $count ->
    [one] This page has 1 rating: { $what }
   *[other] This page has { $count } ratings: { $what }
}
records-first = First page
records-exempt-what = To be handled: ratings that are dissatisfied or worse, and ratings with a comment. Others below satisfied count like every rating and need not be handled.
records-ways = In the list
records-back = Back to the list
records-back-alert = Back to the alert
records-newer = Newer rating
records-older = Older rating
records-alert = See the alert
records-alert-note = Writing down what was done closes this alert.
records-part-day = on { $day }
records-part-from = from { $day }
records-part-to = until { $day }
records-part-hour = from { $from }:00 to { $to }:00
records-stage-unstated = stage not known
records-channel-unknown = channel not known
records-source-tablet = from tablets
records-source-imported = from files
records-part-search = with “{ $words }”
records-part-commented = with a comment

## What cannot be taken
records-refused-day = “{ $word }” is not a day. Days are written as year, month, day, such as 2023-02-14.
records-refused-order = The last day ({ $to }) is before the first one ({ $from }). Please change one of them.
records-refused-hour = “{ $word }” is not an hour of the day. Write a number from 0 to 23.
records-refused-weekday = “{ $word }” is no day of the week. Days of the week are numbers from 1 (Monday) to 7.
records-refused-level = “{ $word }” is not a level. Choose one from the list.
records-refused-state = “{ $word }” is not a state. Choose one from the list.
records-refused-empty = There is no text. Please write briefly what was done, or why.
records-refused-long = The text has more than { $most } characters. Please write less.
records-refused-letters = The text has characters that cannot be shown. Please enter it again.
records-refused-part = The comment does not contain this passage. Please copy the passage to be redacted exactly.
records-refused-no-part = The passage to be redacted is empty. Please copy it from the comment, or choose the whole comment.
records-refused-extent = Please choose whether a passage or the whole comment is to be redacted.
records-refused-reason = Please choose a reason.
records-refused-why = With “Another reason”, please explain briefly.
records-refused-answer = Please choose whether the reply is accepted or not.
records-refused-answered = This reply has just been answered or ruled on; your text was not recorded. If it is still needed, please write it under “Record the outcome”.
records-refused-gone-already = The whole comment has already been redacted.
records-refused-dossier = The dossier code does not have the right form, such as H53.02-230914-0027. Please check it or leave it empty.
records-refused-ticket = A ticket number has only letters, digits and hyphens, at most { $most }, such as A012. Please check it or leave it empty.
records-refused-code = The dossier code or ticket is too long or has characters that cannot be shown. Please check it.
records-refused-gone = The counter or officer is no longer in the list. Please tell the administrator.
records-refused-again = This invitation has the number of an earlier one with different content. Please make a new one.
records-refused-often = You sent many invitations within a minute. Please wait some seconds and send it again.

## Notes, handling, redaction, rulings
records-notes = Notes
records-notes-none = No note yet.
records-kept = Recorded. What you typed for other things is kept below and was not sent.
records-note-handled = Outcome
records-note-further = Further note
records-note-reply = Reply
records-note-accepted = Answer to the reply: accepted
records-note-not_accepted = Answer to the reply: not accepted
records-note-ruled_out = Ruling: not counted
records-note-ruled_in = Ruling: counted
records-note-redacted = Comment redacted
records-note-proposed = Redaction proposed
records-note-declined = Comment left as it is
records-note-restored = Comment restored
records-text = Text
records-do-note = Record the outcome
records-do-note-what = A note cannot be changed; further notes can be added.
records-do-answer = Answer the reply
records-do-answer-what = An officer who sent a reply reads the answer on their own page; please write nothing by which the person who rated could be recognised. The answer does not change whether the rating counts; only a ruling does.
records-answer = After consideration
records-answer-accepted = Accepted
records-answer-not_accepted = Not accepted
records-do-reply = Send a reply
records-do-reply-what = A statement of the officer or the supervisor about this rating. The rating is counted until an auditor rules otherwise.
records-do-ruling = Record a ruling
records-do-ruling-what = Please give the grounds. A rating that is not counted is kept and its number is reported; a later ruling replaces an earlier one.
records-ruling = Ruling
records-ruling-out = Do not count it
records-ruling-in = Count it again
records-ruling-keep = Examined, goes on counting
records-refused-ruled = The rating of { $moment } was ruled on by { $name } at { $when }, after you opened this page. Nothing was recorded; please look again before you rule on it.
records-refused-ruled-already = This rating is ruled so already; nothing more was recorded.
records-do-redact = Redact the comment
records-do-redact-what = What is redacted disappears at once for everybody. The audit log records who, when and why, not the content. For 30 days an auditor can look at the original and restore it; then it is deleted for good.
records-redact-extent = Extent
records-redact-whole = The whole comment
records-redact-words = The passage to be redacted (copied exactly from the comment)
records-redact-choose = Choose a reason
records-redact-look = Preview
records-redact-check = Nothing has changed yet. Please check what will be removed and what will be left before you confirm.
records-redact-now = The comment now; what is struck through will be removed
records-redact-then = The comment afterwards
records-redact-confirm = Confirm the redaction
records-redact-back = Back, redact nothing
records-redact-changed = Somebody else has just changed the comment. Please look again at what will be left.
records-do-propose = Propose a redaction
records-do-propose-what = Supervisors and leaders do not redact comments about their own department. The proposal is recorded; an auditor or an administrator decides.
records-ask-propose = Propose to redact the comment?
records-ask-propose-reason = Reason: { $reason }
records-ask-propose-note = The proposal is recorded with your name and cannot be taken back. The comment stays as it is until an auditor or an administrator decides.
records-do-decline = Leave the comment as it is
records-do-decline-what = Somebody proposed to redact this comment. If it stays, please say why; the proposal is then answered.
records-originals = What was redacted
records-originals-what = Only auditors see this part. Each look at an original is recorded in the audit log.
records-original-head = { $name } redacted it { $when }, reason: { $why }. The original is kept until { $until }.
records-original-look = Look at the original
records-original-restore = Restore
records-redact-part = A passage
records-redact-why = Reason
records-redact-personal = Contains personal data
records-redact-names = Names another person
records-redact-insult = Insulting language
records-redact-other = Another reason
records-redact-explain = Explanation (needed with “Another reason”; please do not repeat what is to be redacted)
records-proposed-why = { $reason }: { $why }
records-redacted-mark = [redacted]

## Flags
records-flags = Flags
records-flags-intro = Rules only flag: a flagged rating is counted like any other until an auditor rules otherwise. A ruling is also recorded where a flagged rating was examined and goes on counting.
records-flags-rules = Rules and what they found
records-flags-rule = Rule
records-flags-what = What the rule finds
records-flags-unexamined = Flagged and counted; waits for an auditor’s ruling.
records-flags-examined = Flagged, examined, and ruled to go on counting; this ruling changes no figure.
records-flags-unanswered = An officer has sent a statement that nobody has answered.
records-flags-proposed = Redaction of the comment has been proposed and waits for an auditor or an administrator.
records-flags-ruled-out = Ruled out, also ratings that were not flagged: only their number is shown, they are in no share.
records-flags-all = All
records-flags-sides = Ratings given, ratings that count, and those without flagged ones
records-flags-sides-what = Below each share: its 95% interval. Ratings given are all of them, those included that were ruled out.
records-flags-raw = Ratings given
records-flags-counted = Counted
records-flags-marked = Flagged and counted
records-flags-cleaned = Without flagged
records-flags-list = Flagged ratings
records-flags-listed = { $count ->
    [one] 1 flagged rating
   *[other] { $count } flagged ratings
}
records-flags-listed-out = { $count ->
    [one] 1 flagged rating, of which { $out } is ruled out
   *[other] { $count } flagged ratings, of which { $out } are ruled out
}
records-flags-listed-more = More than { $count } flagged ratings
records-flags-state = Ruling
records-flags-counts = counted, without a ruling
records-flags-ruling = { $kind } · { $name } · { $when }: { $why }
records-flags-together = Choose ratings in the table, give a reason and rule on them together. Each is written down by itself in the audit log; a ruling can be changed later.
records-flags-choose = Choose
records-flags-rule-in = Examined, count them
records-flags-rule-chosen = Rule on the chosen ratings
records-flags-unchosen = Please choose at least one rating in the table.
records-flags-already = All chosen ratings are ruled so already; nothing more was recorded.
records-flags-late = { $count ->
    [one] One chosen rating was just ruled on by somebody else and was left as it is; your ruling on the others is recorded. Please look at it again.
   *[other] { $count } chosen ratings were just ruled on by somebody else and were left as they are; your ruling on the others is recorded. Please look at them again.
}
records-flags-refused-way = Go to the form of the ruling
records-flags-ruled = The ruling on the chosen ratings is written down.
records-flags-ruled-some = The ruling on the chosen ratings is written down, except on those that were ruled so before.
records-flags-none = No rating has been flagged yet.
records-rule-quick_repeat = Too soon after another
records-rule-quick_repeat-what = Without an invitation, and begun right after the previous answer on the same tablet, by the limit of the time when it was recorded. The limit today: { $seconds ->
    [one] 1 second.
   *[other] { $seconds } seconds.
}
records-rule-quick_repeat-off = Without an invitation, and begun right after the previous answer on the same tablet, by the limit of the time when it was recorded. The limit today is 0 seconds: the rule flags no new ratings.
records-rule-dossier_twice = Dossier rated twice
records-found-quick = begun { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
} after the previous rating on the same tablet
records-found-at-once = begun less than 1 second after the previous rating on the same tablet
records-found-dossier = the dossier’s previous rating at the same stage: { $when }
records-rule-dossier_twice-what = The dossier had been rated at the same stage before; the later one is flagged.

## Tablets
records-tablets = Tablets
records-tablets-line = { $count ->
    [one] 1 tablet: { $silent } out of contact, { $trouble } with a problem, { $waiting } records waiting to be sent
   *[other] { $count } tablets: { $silent } out of contact, { $trouble } with a problem, { $waiting } records waiting to be sent
}
records-tablets-closed = Outside working hours a tablet without contact is not reported as out of contact.
records-tablets-none-yet = There is no tablet yet.
records-tablets-none = No tablets match the chosen filters.
records-tablets-silent = Out of contact
records-tablets-waiting = With records waiting to be sent
records-tablets-trouble = With a problem
records-tablets-retired = Tablets out of use
records-tablets-retired-note = What these tablets sent is still counted, and their chains can still be verified.
records-tablets-retired-one = { $counter } · { $name }, out of use since { $when }
records-tablet-contact = Last contact
records-tablet-never = never
records-tablet-health = State
records-tablet-never-told = no information yet
records-tablet-pending = Waiting to be sent
records-tablet-trouble = Problem
records-tablet-blocked = Blocked on the way
records-tablet-blocked-event = Record { $number }, since { $when } (HTTP status: { $status }); check the firewall
records-tablet-blocked-no-status = none
records-tablet-fork = Duplicate tablet identity
records-tablet-fork-since = Noticed at { $when }: the tablet’s data was copied to another tablet or set back to an older state. Please make a code for the counter of the tablet that says it needs a technician, and enrol it again on that tablet; do not retire the other one.
records-tablet-other = Second machine
records-tablet-other-told = { $count ->
    [one] Last contact { $when }, with 1 record that it cannot send; the other entries are about the tablet that goes on sending
   *[other] Last contact { $when }, with { $count } records that it cannot send; the other entries are about the tablet that goes on sending
}
records-tablet-continued = Continued by
records-tablet-continued-at = Tablet { $id } at counter { $counter }; this tablet has not been in contact since. If it is no longer in use, please retire it at Administration → Tablets.
records-tablet-continued-elsewhere = Tablet { $id }; this tablet has not been in contact since. If it is no longer in use, please ask an administrator to retire it.
records-trouble-full = Storage is full: ratings cannot be written
records-trouble-read-only = Storage is read-only: ratings cannot be written
records-trouble-damaged = The journal is damaged: ratings cannot be written
records-trouble-slow = Storage writes too slowly
records-trouble-other = Ratings cannot be written, the cause is not known
records-tablet-officer = On duty
records-tablet-questionnaire = Questionnaire
records-tablet-asks = version { $version }
records-tablet-skew = Clock
records-tablet-skew-right = right
records-tablet-skew-ahead = { $seconds } s ahead
records-tablet-skew-behind = { $seconds } s behind
records-tablet-battery = Battery
records-tablet-charging = { $percent }%, charging
records-tablet-discharging = { $percent }%
records-tablet-storage = Free storage
records-tablet-megabytes = { $count } MB
records-tablet-version = Version
records-chain = Verify the integrity of the data
records-chain-note = Every record is read exactly as it is stored, the chain is computed again from the first one and compared with each digest, with the tablet’s head and with its signatures that are stored. Verifying changes no data.
records-chain-holds = { $count ->
    [one] The chain is intact: it has 1 record, which is not altered.
   *[other] The chain is intact: { $count } records follow one another from the first to the last, none altered, missing or inserted.
}
records-chain-redactions = Comments that were redacted, restored or deleted at the end of their term, and rulings, do not change this result: they change only what is shown and are written in the audit log, while the records that the tablet sent stay in the chain as they are. The check says whether what the tablet sent is still whole.
records-chain-none = This tablet has not sent any records yet.
records-chain-breaks = The chain is broken from record { $number } on: what is stored is not what the tablet sent. Please leave the database as it is, tell the administrator, and compare it with a backup.
records-chain-counter = Counter
records-chain-tablet = Tablet
records-chain-events = Records
records-chain-first = First record
records-chain-last = Last record
records-chain-head = Head
records-chain-signed = Signature of the tablet
records-chain-signed-whole = Vouches for the whole chain, up to record { $number }
records-chain-signed-to = Vouches for the chain up to record { $number }; no signature is stored for the { $count } after it
records-chain-unsigned = No signature is stored for this chain
records-chains = Check the chains of all tablets
records-chains-note = Checking all of them runs beside the server’s other work, once at a time; what is found is kept on this page until the server starts again. The audit log keeps for each tablet up to which record it was checked, the beginning of that record’s digest, and what was found. To compare single ratings, imports and figures too, please ask an administrator to run “analytics-server verify”.
records-chains-line = { $count ->
    [one] 1 tablet: { $whole } whole, { $wrong } not whole, { $open } not checked
   *[other] { $count } tablets: { $whole } whole, { $wrong } not whole, { $open } not checked
}
records-chains-verify = Check all
records-chains-running = Checking: { $done } of { $count } { $count ->
    [one] tablet
   *[other] tablets
} done, since { $when }. This page is renewed by itself.
records-chains-again = Renew now
records-chains-ended = All chains were last checked at { $when }.
records-chains-wrong = Tablets whose data is not whole
records-chains-wrong-what = Please leave the database as it is, tell the administrator, and compare it with a backup.
records-chains-verified = What was found
records-chains-not-yet = Not checked since the server started
records-chains-holds = Whole up to record { $number }, checked at { $when }.
records-chains-since = { $count ->
    [one] 1 record has come since.
   *[other] { $count } records have come since.
}
records-chains-breaks = Not whole from record { $number } on, checked at { $when }.
records-chains-unreadable = The tablet’s data cannot be read, checked at { $when }.
records-chains-retired = retired
records-ago-now = just now
records-ago-minutes = { $count } min ago
records-ago-hours = { $count } h ago

## Quarantine
records-quarantine = Records to be checked
records-quarantine-line = { $count ->
    [one] 1 record is waiting
   *[other] { $count } records are waiting
}
records-quarantine-none = No record waits to be checked.
records-quarantine-place = Tablet at counter { $counter }, record { $number }
records-quarantine-detail = Technical detail
records-quarantine-release = Count them now
records-quarantine-release-what = Once the missing entry has been added to the lists, press “Count them now”: records that can be read are counted at their original time, the others go on waiting.
records-quarantine-release-who = Administrators release them; this is recorded in the audit log.
records-quarantine-changes = Once it is counted, a record counts for the day on which it happened (not the day it came), at the counter and for the officer that it names; the figures of that day and its period change with it. What cannot be counted yet goes on waiting.
records-quarantine-done-released = What can be counted is counted now.
records-quarantine-done-unchanged = Nothing can be counted yet.
records-quarantine-since = Waiting since
records-quarantine-tablet = Tablet and record
records-quarantine-happened = Happened at
records-quarantine-reason = Why
records-quarantine-way = What it needs
records-odd-unreadable = The record cannot be read
records-odd-unreadable-way = This version of the program cannot read it; it is kept as it is, and a later version may.
records-odd-unknown_counter = The counter’s code is not in the list
records-odd-unknown_counter-way = An administrator adds the counter whose code the technical detail names, then counts again.
records-odd-unknown_officer = The officer’s code is not in the list
records-odd-unknown_officer-way = An administrator adds the officer whose code the technical detail names, then counts again.
records-odd-no_question = There is no question belonging to it
records-odd-no_question-way = It is counted with the question of its visit once that is; without one it goes on waiting.
records-odd-other_tablet = The rating belongs to another tablet
records-odd-other_tablet-way = The visit belongs to another tablet, so this adds nothing; please have the tablet looked at.
records-odd-asked_twice = The visit was asked twice
records-odd-asked_twice-way = The visit counts as it was asked first; what repeats it adds nothing.
records-odd-answered_twice = The visit was answered twice
records-odd-answered_twice-way = The visit counts as it was answered first; what repeats it adds nothing.
records-odd-not_answered = A level was changed before there was an answer
records-odd-not_answered-way = The visit has no answer that could be changed; the record goes on waiting.
records-odd-level_off_scale = The level is not on the scale
records-odd-level_off_scale-way = The level was not on offer, so it is not counted; please check the tablet’s questionnaire.
records-odd-other = Another reason
records-odd-other-way = Please read the technical detail and tell the technical staff.

## The officer's page
records-me = My page
records-me-results = My results
records-me-until = Figures up to the end of { $day }; they are updated only when a day is over and at least { $from } more ratings have come in, so that everybody’s choice stays confidential.
records-me-few = fewer than 30: for information only, not ranked
records-me-comments-what = Comments are shown with the update that counts their ratings, in random order; without times and codes.
records-me-code = [code]
records-me-replies = Right of reply
records-me-replies-what = Ratings with a low level, or flagged; they are shown with an update, in random order. So that nobody is recognised, only the period and the reasons are given; a ruling is shown with the next update.
records-me-replies-none = Nothing to reply to in this period.
records-me-low = Dissatisfied or worse
records-me-open = { $count ->
    [one] You may reply to 1 rating in { $period }, and need not
   *[other] You may reply to { $count } ratings in { $period }, and need not
}
records-me-no-reason = No reason is recorded.
records-me-counts = counted
records-me-reply-hint = At most { $most } letters. It goes to the department’s supervisor and to the auditors; once sent it cannot be changed, but you may add to it.
records-me-reply-more = Add to the reply
records-me-reply-waits = reply waits to be considered
records-me-reply-answered = reply was considered
records-me-reply-empty = Nothing was written. Please write your reply to this rating.
records-me-reply-refused = The reply was not sent. See why, and what you typed
records-me-replied = The reply was sent to the department’s supervisor and to the auditors. Their answer will stand here; a ruling, if there is one, is shown with the next update. The reply does not change whether the rating counts; only a ruling does.
records-me-comments-none = There is no comment in this period.
records-me-before = Nearest earlier period with figures: { $period }
records-me-after = Nearest later period with figures: { $period }
records-me-method-all = Aspects and reasons are those of all ratings that count, neutral ones too; so their number can differ from that under “Right of reply”, where only ratings of dissatisfied or worse and flagged ones stand.
records-me-method-weeks = Your figures are told by month and longer periods, not by week or day: a short period has few ratings, and the difference of two readings could tell who chose what.
records-me-pin = The PIN for signing in at the tablet is set by an administrator. Please ask one if you have none or forgot it.
records-standing = Current state
records-duty-until = On duty at { $counter } until { $time }
records-duty-usual = Your usual counter: { $counter }
records-duty-taken = By the roster somebody else serves at { $counter } now
records-duty-none = No counter is assigned to you. Please ask an administrator to assign one.
records-tablet-is-missing = The counter has no tablet
records-tablet-is-silent = The tablet is out of contact; last contact: { $when }
records-tablet-is-broken = The tablet is out of service, because it cannot store ratings
records-tablet-is-blocked = The tablet works; its ratings are stored on it and do not reach the server yet
records-tablet-is-ready = The tablet is ready
records-option-missing = no tablet
records-option-silent = out of contact
records-option-broken = out of service
records-refused-tablet-missing = Nothing was sent: { $counter } has no tablet. Please choose another counter or tell an administrator.
records-refused-tablet-silent = Nothing was sent: the tablet at { $counter } is out of contact (last contact: { $when }). Please check its power and network, then send again.
records-refused-tablet-broken = Nothing was sent: the tablet at { $counter } is out of service, because it cannot store ratings. Please tell an administrator.
records-invite = Ask for a rating
records-invite-heading = Ask the person at the counter
records-invite-stage = Stage
records-invite-stage-none = Not stated
records-invite-dossier = Dossier code (optional)
records-invite-ticket = Ticket (optional)
records-invite-back = To my page
records-invite-look = Look again
records-invite-cancel = Cancel the invitation
records-invited-sent = The invitation was sent; the counter’s tablet has not fetched it yet.
records-invited-fetched = The counter’s tablet has the invitation. This page does not tell whether the person answers.
records-invited-unfetched = The counter’s tablet has not fetched the invitation. Please check that the question page is open on it, or cancel the invitation.
records-invited-silent = The counter’s tablet is out of contact, so the invitation may not be shown. Please check the tablet, or cancel the invitation.
records-invited-missing = The counter has no tablet any more, so the invitation cannot be shown. Please cancel it and choose another counter.
records-invited-broken = The counter’s tablet is out of service, so the invitation cannot be shown. Please cancel it and tell an administrator.
records-invited-replaced = A later invitation was made for this counter, so this one opens no more; whoever has begun to answer can go on.
records-invitations = Invitations just sent
records-invitation-replaces = It took the place of the counter’s earlier invitation; whoever has begun to answer that one can go on.
records-invitation-ticket = Ticket number
records-invitation-sent = Sent at
records-invitation-until = Time is over at
records-invited-cancelled = The invitation was cancelled. The tablet will not open it any more; a person who has begun to answer can go on.
records-invited-over = The time of the invitation is over.
