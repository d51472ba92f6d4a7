# records: single ratings, comments, flags, tablets, the officer's page

## List
records-list = Ratings
records-list-intro = Single ratings, newest first. Dossier codes serve the handling of a case only and stand in no report.
records-comments = Comments
records-comments-intro = Ratings with a comment. Comments are never edited; personal data is redacted, and what was done is written beside them. The signed event stays in the chain of proof and is neither shown nor exported.
records-one = One rating
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
records-state-open = Not handled
records-state-handled = Handled
records-state-replied = With a reply
records-state-proposed = Redaction proposed
records-state-ruled_out = Ruled out
records-tag-handled = handled
records-tag-ruled-out = not counted
records-reasons = Reasons
records-aspects = Aspects
records-dossier = Dossier
records-none = No rating is as chosen. Leave out some of the conditions.
records-nothing-read = Nothing is listed, because a condition can not be read.
records-everything = all
records-line = { $count ->
    [one] 1 rating: { $what }
   *[other] { $count } ratings: { $what }
}
records-line-ruled-out = { $count } of them were ruled out and are not counted.
records-line-more = More than { $count } ratings: { $what }
records-line-search = { $count ->
    [one] This page has 1 rating: { $what }
   *[other] This page has { $count } ratings: { $what }
}
records-next = Next page
records-first = First page
records-part-day = on { $day }
records-part-from = from { $day }
records-part-to = until { $day }
records-part-hour = from { $from }:00 to { $to }:00
records-stage-unstated = stage not known
records-channel-unknown = channel not known
records-source-tablet = from tablets
records-source-imported = from files
records-part-search = with “{ $words }”

## What can not be taken
records-refused-day = “{ $word }” is not a day. Days are written as year, month, day, such as 2023-02-14.
records-refused-hour = “{ $word }” is not an hour of the day. Write a number from 0 to 23.
records-refused-weekday = “{ $word }” is no day of the week. Days of the week are numbers from 1 (Monday) to 7.
records-refused-level = “{ $word }” is not a level. Choose one from the list.
records-refused-state = “{ $word }” is not a state. Choose one from the list.
records-refused-empty = There is no text. Write in short what was done, or why.
records-refused-long = The text has more than { $most } letters. Write it shorter.
records-refused-letters = The text has letters that can not be shown. Type it again.
records-refused-part = The comment has no such part. Please copy exactly the part that is to go.
records-refused-no-part = The part that is to go is empty. Please copy it from the comment, or choose the whole comment.
records-refused-extent = Please choose whether a part or the whole comment is to go.
records-refused-reason = Please choose a reason.
records-refused-gone-already = The whole of this comment was redacted already.
records-refused-dossier = The dossier code has not the right form, such as H53.02-230914-0027. Check it or leave it empty.
records-refused-code = The dossier code or ticket is too long or has letters that can not be shown. Check it.
records-refused-gone = The counter or officer is not in the directory any more. Tell the administrator.
records-refused-again = This invitation has the number of an earlier one with another content. Please make a new one.
records-refused-often = You sent many invitations within a minute. Please wait some seconds and send it again.

## Notes, handling, redaction, rulings
records-notes = Written beside it
records-notes-none = No note yet.
records-note-handled = What was done
records-note-further = Further note
records-note-reply = Reply
records-note-ruled_out = Ruling: not counted
records-note-ruled_in = Ruling: counted again
records-note-redacted = Comment redacted
records-note-proposed = Redaction proposed
records-note-declined = Comment left as it is
records-note-restored = Comment restored
records-text = Text
records-do-note = Write down what was done
records-do-note-what = A note stays as it is; further ones can be added.
records-do-reply = Send a reply
records-do-reply-what = The word of the officer, or of who answers for them, about this rating. It stays counted until an auditor rules otherwise.
records-do-ruling = Write down a ruling
records-do-ruling-what = Give the grounds. A rating that is not counted is kept and told by number; a further ruling can reverse this one.
records-ruling = Ruling
records-ruling-out = Do not count it
records-ruling-in = Count it again
records-do-redact = Redact the comment
records-do-redact-what = What is redacted is gone at once for everybody. The log says who, when and why, not what. For 30 days an auditor can look at the original and put it back; then it is deleted for good.
records-redact-extent = How much
records-redact-whole = The whole comment
records-redact-words = The part that is to go (copied exactly from the comment)
records-redact-choose = Choose a reason
records-redact-look = Preview
records-redact-check = Nothing has changed yet. Please check what will go and what will be left before you confirm.
records-redact-now = The comment now; what is struck through will go
records-redact-then = The comment afterwards
records-redact-confirm = Confirm the redaction
records-redact-back = Back, redact nothing
records-redact-changed = Somebody else has just changed the comment. Please look again at what will be left.
records-do-propose = Propose a redaction
records-do-propose-what = Supervisors and leaders redact no comments about their own part. The proposal is recorded; an auditor or an administrator decides.
records-do-decline = Leave the comment as it is
records-do-decline-what = Somebody proposed to redact this comment. If it stays, please say why; the proposal is then answered.
records-originals = What was redacted
records-originals-what = Only auditors see this part. Each look at an original is written into the log.
records-original-head = { $name } redacted it { $when }, reason: { $why }. The original is kept until { $until }.
records-original-look = Look at the original
records-original-restore = Restore
records-redact-part = A part
records-redact-why = Reason
records-redact-personal = It has personal data
records-redact-names = It names somebody else
records-redact-insult = It is an insult
records-redact-other = Another reason
records-redacted-mark = [redacted]

## Flags
records-flags = Flags
records-flags-intro = Rules only flag: what is flagged is counted like all others until an auditor rules otherwise.
records-flags-rules = Rules and what they found
records-flags-rule = Rule
records-flags-what = What it finds
records-flags-replied = An officer replied; whoever is in charge and the auditor may want to read it.
records-flags-proposed = Redaction of the comment was proposed and waits for an auditor or an administrator.
records-flags-ruled-out = It was ruled that they are not counted; only their number is told, they stand in no share.
records-flags-all = All
records-flags-sides = Ratings given, ratings that count, and those without flagged ones
records-flags-sides-what = Below each share: its 95% interval. Ratings given are all of them, those included that were ruled out.
records-flags-raw = Ratings given
records-flags-counted = Counted
records-flags-marked = Flagged
records-flags-cleaned = Without flagged
records-flags-list = The newest flagged ratings
records-flags-none = No visit has been marked yet.
records-flags-everything = See all
records-rule-quick_repeat = Too soon after another
records-rule-quick_repeat-what = Uninvited, and begun within { $seconds } seconds after the answer before it at the same tablet.
records-rule-dossier_twice = Dossier rated twice
records-rule-dossier_twice-what = The dossier had been rated at the same stage before; the later one is flagged.

## Tablets
records-tablets = Tablets
records-tablets-line = { $count ->
    [one] 1 tablet: { $silent } silent, { $trouble } in trouble, { $waiting } events waiting to be sent
   *[other] { $count } tablets: { $silent } silent, { $trouble } in trouble, { $waiting } events waiting to be sent
}
records-tablets-closed = Out of hours: a tablet that is not heard of is not called silent.
records-tablets-none = No tablet is as chosen.
records-tablets-silent = Silent
records-tablets-waiting = With events waiting
records-tablets-trouble = In trouble
records-tablets-retired = Tablets out of use
records-tablets-retired-note = What these tablets sent is still counted, and their chains can still be checked.
records-tablets-retired-one = { $counter } · { $name }, out of use since { $when }
records-tablet-contact = Last contact
records-tablet-never = never
records-tablet-health = State
records-tablet-never-told = has not told yet
records-tablet-pending = Waiting
records-tablet-trouble = Trouble
records-tablet-blocked = Refused on the way
records-tablet-blocked-event = Event { $number }, since { $when } (HTTP status: { $status }); look at the firewall
records-tablet-blocked-no-status = none
records-tablet-fork = Two chains, one tablet
records-tablet-fork-since = Noticed at { $when }: the tablet's data was copied to another one or set back to an older state. Please make a code for the counter of the tablet that says it needs a technician, and enrol it anew on that tablet; do not retire the other one.
records-tablet-other = Second machine
records-tablet-other-told = { $count ->
    [one] Heard of { $when }, with 1 event that it can not send; all else here is of the one that carries on
   *[other] Heard of { $when }, with { $count } events that it can not send; all else here is of the one that carries on
}
records-tablet-continued = Continued by
records-tablet-continued-at = Tablet { $id } at counter { $counter }; this one was not heard of since. If it is no longer in use, please retire it at Administration → Tablets.
records-tablet-continued-elsewhere = Tablet { $id }; this one was not heard of since. If it is no longer in use, please ask an administrator to retire it.
records-trouble-full = Storage is full: ratings can not be written
records-trouble-read-only = Storage is read-only: ratings can not be written
records-trouble-damaged = The journal is damaged: ratings can not be written
records-trouble-slow = Storage writes too slowly
records-trouble-other = Ratings can not be written, the cause is not known
records-tablet-officer = On duty
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
records-chain = Check the chain of data
records-chain-note = Every event is read exactly as it is stored, the chain is computed anew from the first one and compared with each digest and with the tablet’s head. Checking changes no data.
records-chain-holds = { $count ->
    [one] The chain holds: it has 1 event, which is not altered.
   *[other] The chain holds: { $count } events follow one another from the first to the last, none altered, missing or inserted.
}
records-chain-none = This tablet has sent no events yet.
records-chain-breaks = The chain breaks at event { $number }: what is stored from there on is not what the tablet sent. Please leave the database as it is, tell the administrator, and compare it with a backup.
records-chain-counter = Counter
records-chain-tablet = Tablet
records-chain-events = Events
records-chain-first = First event
records-chain-last = Last event
records-chain-head = Head
records-ago-now = just now
records-ago-minutes = { $count } min ago
records-ago-hours = { $count } h ago

## Quarantine
records-quarantine = Events to check
records-quarantine-line = { $count ->
    [one] 1 event waits
   *[other] { $count } events wait
}
records-quarantine-none = No event waits.
records-quarantine-place = Tablet at counter { $counter }, event { $number }
records-quarantine-detail = Technical detail
records-quarantine-release = Count again
records-quarantine-release-what = Once what is missing was added to the directory, press “Count again”: what can be read is counted with its own moment, the rest goes on waiting.
records-odd-unreadable = The event can not be read
records-odd-unknown_counter = No counter has the code
records-odd-unknown_officer = No officer has the code
records-odd-no_question = No question goes with it
records-odd-other_tablet = The visit is another tablet's
records-odd-asked_twice = The visit was asked twice
records-odd-answered_twice = The visit was answered twice
records-odd-not_answered = There is no answer to change
records-odd-level_off_scale = The level is not on the scale
records-odd-other = Another reason

## The officer's page
records-me = My page
records-me-results = My results
records-me-until = Up to the end of { $day }; figures move on only when a day is over and at least { $from } ratings have come, so that everybody's choice stays their own.
records-me-level = Level
records-me-few = fewer than 30: to be read with care, not ranked
records-me-comments-what = Comments come with the update that counts their ratings, in random order; without moments and codes.
records-me-code = [code]
records-me-replies = Right of reply
records-me-replies-what = Ratings with a low level, or flagged; they come with an update, in random order. So that nobody is recognised, only the period and the reasons are told; a ruling is told with the next update.
records-me-replies-none = Nothing to reply to in this period.
records-me-low = Low level
records-invite = Ask for a rating
records-invite-heading = Ask the person at the counter
records-invite-stage = Stage
records-invite-stage-none = Not stated
records-invite-dossier = Dossier code (optional)
records-invite-ticket = Ticket (optional)
records-invite-back = To my page
records-invite-cancel = Cancel the invitation
records-invited-sent = The invitation was sent to the counter's tablet. This page does not tell whether the person answers.
records-invited-silent = The counter's tablet has not been heard of, so the invitation may not be shown. Please look at the tablet, or cancel.
records-invited-no-tablet = This counter has no tablet, so the invitation can not be shown. Please cancel it and choose another counter.
records-invited-over = The invitation is over.
