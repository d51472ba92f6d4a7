# alerts: the inbox, mail, webhooks
alerts-nav = Alerts
alerts-nav-open = open alerts
alerts-title = Alerts
alerts-one-title = Alert { $num }
alerts-count = { $count ->
    [one] 1 alert
   *[other] { $count } alerts
}
alerts-back = Back to the alerts
alerts-more = Alert settings
alerts-none = No alerts match what was chosen.
alerts-save = Save
alerts-simulated = Simulated data, not to be relied on.

## Filters
alerts-filter = Filter
alerts-filter-state = State
alerts-filter-rule = Kind
alerts-filter-department = Department
alerts-filter-days = Time
alerts-state-all = Every state
alerts-state-open = New
alerts-state-acknowledged = Acknowledged
alerts-state-closed = Closed
alerts-rule-all = Every kind
alerts-department-all = Every department
alerts-days = { $days ->
    [one] last day
   *[other] last { $days } days
}

## Kinds
alerts-rule-low_with_reason = Low level with a reason
alerts-rule-share_under_limit = Low satisfied share
alerts-rule-tablet_silent = Silent tablet
alerts-rule-tablet_blocked = Refused on the way
alerts-rule-burst = Burst of ratings
alerts-rule-quarantine = Events to be checked
alerts-rule-fork = Two chains, one tablet
alerts-rule-officer_disputed = Another officer
alerts-help-low_with_reason = Somebody chose one of the two lowest levels and gave a reason or a comment.
alerts-help-share_under_limit = The satisfied share of a department, counter or officer is under the limit, with enough ratings to say so.
alerts-help-tablet_silent = A tablet says nothing within working hours; the alert closes itself once it speaks again.
alerts-help-tablet_blocked = A tablet is there, and a firewall or a proxy refuses an event of it; the alert closes itself once the event has passed.
alerts-help-burst = Many ratings at one tablet within a minute.
alerts-help-quarantine = Events of a tablet can not be counted yet.
alerts-help-fork = Two different chains of events carry one tablet's identity; the one that sends later has to be enrolled anew.
alerts-help-officer_disputed = Somebody said on the tablet that another officer served them than the one on the screen; the visit counts for nobody.

## Sentences
alerts-place = { $counter } ({ $department })
alerts-place-unknown = a place that is not known
alerts-officer = Officer { $officer }, { $place }
alerts-officer-unnamed = An officer of { $place }
alerts-why-reasons = reason: { $reasons }
alerts-why-both = reason: { $reasons }; with a comment
alerts-why-comment = with a comment
alerts-what-low_with_reason = Somebody chose “{ $level }” at { $place } at { $when }; { $why }.
alerts-what-share_under_limit = { $ratings ->
    [one] { $subject }: the satisfied share of the { $days } days until { $when } is { $share } of 1 rating, under the limit of { $limit }%.
   *[other] { $subject }: the satisfied share of the { $days } days until { $when } is { $share } of { $ratings } ratings, under the limit of { $limit }%.
}
alerts-what-tablet_silent = The tablet at { $place } has said nothing since { $when }, within working hours.
alerts-what-tablet_blocked = Event { $number } of the tablet at { $place } has been refused on its way since { $when } (HTTP status: { $status }); those after it wait.
alerts-status-unknown = none
alerts-what-burst = The tablet at { $place } took { $taps } or more ratings within a minute, beginning at { $when }.
alerts-what-quarantine = { $count ->
    [one] 1 event of the tablet at { $place } has been waiting to be checked since { $when } and is not counted.
   *[other] { $count } events of the tablet at { $place } have been waiting to be checked since { $when } and are not counted.
}
alerts-what-fork = Two chains of events carry the identity of the tablet at { $place }, noticed at { $when }.
alerts-what-officer_disputed = At { $when } somebody at { $place } said that another officer served them than the one on the screen ({ $officer }). The visit counts for nobody.
alerts-shown-unnamed = an officer
alerts-what-unknown = This alert was raised by another version of the program.
alerts-todo-low_with_reason = Please look at the rating, talk with the counter and write down what was done.
alerts-todo-share_under_limit = Please look at the reasons that are named most and talk with those in charge.
alerts-todo-tablet_silent = Please check its power and network. Ratings are kept on the tablet.
alerts-todo-tablet_blocked = Please look at the firewall or the proxy before the server, or export the tablet’s data to USB and import it. Ratings are kept on the tablet.
alerts-todo-burst = Please compare with the people served at the counter. The ratings are counted all the same.
alerts-todo-quarantine = Please look at why and add the missing counter or officer; the events are counted then.
alerts-todo-fork = The tablet's data was copied to another one or set back to an older state. Please make a code for the counter of the tablet that says it needs a technician, and enrol it anew on that tablet; do not retire the other one. What was recorded is kept, and each rating is counted once.
alerts-todo-officer_disputed = Please see who worked at the counter then; have them sign in, or set the roster right, so that later ratings count for the right person.
alerts-todo-unknown = Please bring all servers to the same version.
alerts-link-records = The ratings of that hour
alerts-link-counter = The counter
alerts-link-department = The department
alerts-link-code = Make an enrolment code
alerts-link-tablets = The tablets

## Acknowledge and close
alerts-acknowledge = Acknowledge
alerts-taken-by = Acknowledged by { $person } at { $when }.
alerts-close = Close the alert
alerts-close-open = Close…
alerts-close-button = Close
alerts-closed-by = Closed by { $person } at { $when }.
alerts-closed-itself = Closed by itself at { $when }: its cause is gone.
alerts-note = What was done
alerts-note-missing = Please write briefly what was done.
alerts-note-long = Please be shorter: at most { $letters } characters.

## Mail
alerts-mail-title = Alerts by mail
alerts-mail-to = Mail goes to { $email }. To change the address, please ask an administrator.
alerts-mail-nowhere = Your account has no mail address. Please ask an administrator to add it.
alerts-mail-which = Of which alerts do you want to be told by mail?
alerts-mail-on = Mail is sent by { $server }, from { $sender }.
alerts-mail-off = No mail server is set up, so no mail is sent. It is set up in the server's configuration file.
alerts-mail-subject = [Hài Lòng] Alert { $num }: { $rule }
alerts-mail-greeting = Dear Sir or Madam,
alerts-mail-open = Open the alert: { $address }
alerts-mail-foot = This mail was sent automatically; please do not answer it. Which mail you get can be chosen under Alerts, Alerts by mail.

## Settings
alerts-settings-title = Alert settings
alerts-settings-rules = Kinds of alerts in use
alerts-settings-numbers = Thresholds
alerts-number-share_percent = Lowest satisfied share (%)
alerts-number-share_ratings = Fewest ratings for a share to be looked at
alerts-number-share_days = Days of which the share is looked at
alerts-number-silent_minutes = Minutes without a word of a tablet, within working hours
alerts-number-burst_taps = Ratings at one tablet within a minute
alerts-number-fresh_hours = Hours after which a rating that arrives late raises no alert
alerts-number-wrong = Please write a number from { $from } to { $until }.
alerts-share-certain = Only when it is certain
alerts-share-certain-help = When even the upper end of the 95% interval (Wilson) is under the limit; few ratings then hardly raise a false alarm. Otherwise the share alone is compared.
alerts-link-local = Webhooks may go to link-local addresses
alerts-link-local-help = Addresses such as 169.254.x.x, where clouds keep private information. Only where it is really needed.

## Webhooks
alerts-webhooks-title = Webhooks
alerts-webhooks-none = No software is told yet.
alerts-webhook-add = Add a webhook
alerts-webhook-note = Each alert is sent by POST as JSON, as Standard Webhooks has it: webhook-id is the id, webhook-signature is “v1,” and the HMAC-SHA256 (base64) of “webhook-id, a point, webhook-timestamp, a point, the body”, with what follows “whsec_” (base64) for a key. Words of comments and names of officers are not sent.
alerts-webhook-address = Address
alerts-webhook-address-wrong = Please write an address such as https://host/path, without a name and password.
alerts-webhook-secret = Signing key (please copy it now: once saved it is not shown again)
alerts-webhook-secret-wrong = Please write a key of 32 to 200 plain characters without spaces.
alerts-webhook-rules = Alerts that are sent
alerts-webhook-rules-wrong = Please choose at least one kind of alert.
alerts-webhook-save = Add
alerts-webhook-test = Send a test
alerts-webhook-retire = Retire
alerts-webhook-added = Added at { $when }.
alerts-webhook-retired = Retired at { $when }.

## Log of deliveries
alerts-deliveries-title = Delivery log
alerts-deliveries-note = What could not be delivered is tried again with growing waits for a day. Its id stays the same.
alerts-deliveries-none = Nothing was sent yet.
alerts-column-made = Made
alerts-column-alert = Alert
alerts-column-target = Receiver
alerts-column-status = Status
alerts-column-attempts = Attempts
alerts-column-answer = Answer
alerts-test = test
alerts-channel-mail = Mail
alerts-channel-webhook = Webhook
alerts-delivery-waiting = Waiting
alerts-delivery-delivered = Delivered
alerts-delivery-failed = Failed
alerts-delivery-next = next attempt { $when }
alerts-answer-http = HTTP { $detail }
alerts-answer-smtp = The mail server took it ({ $detail })
alerts-answer-mail = The mail could not be sent: { $detail }
alerts-answer-form = Not a web address
alerts-answer-unknown = The receiver's name is not known
alerts-answer-reserved = A link-local or reserved address, not allowed
alerts-answer-timeout = No answer within 10 seconds
alerts-answer-unreachable = Can not be reached: { $detail }
alerts-answer-refused = Refused: nothing listens at that port
alerts-answer-certificate = The receiver's TLS certificate is not trusted: { $detail }
alerts-answer-retired = The receiver is no longer one
alerts-answer-off = No mail server is set up
alerts-answer-other = { $detail }
alerts-mail-test = Send a test mail
alerts-mail-test-sent = The mail server took the test mail to { $email }. If it does not come within minutes, look among unwanted mail.
alerts-mail-test-failed = The test mail could not be sent: { $why }
alerts-mail-test-subject = Test mail of Hài Lòng
alerts-mail-test-text = You get this mail because somebody pressed “Send a test mail”. Alerts will be sent to this address.
