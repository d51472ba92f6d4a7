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
alerts-back-rating = Back to the rating
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
alerts-rule-low_with_reason = Dissatisfied, with a reason or a comment
alerts-rule-share_under_limit = Low satisfied share
alerts-rule-tablet_silent = Tablet out of contact
alerts-rule-tablet_blocked = Tablet blocked on the way
alerts-rule-burst = Burst of ratings
alerts-rule-quarantine = Records to be checked
alerts-rule-fork = Duplicate tablet identity
alerts-rule-officer_disputed = Another officer
alerts-help-low_with_reason = A rating is dissatisfied or worse and has a reason or a comment.
alerts-help-share_under_limit = The satisfied share of a department, counter or officer is under the limit, with enough ratings to say so.
alerts-help-tablet_silent = A tablet is out of contact during working hours; the alert closes itself when the tablet is in contact again.
alerts-help-tablet_blocked = A tablet is in contact, but a firewall or proxy blocks one of its records; the alert closes itself once the record has been sent.
alerts-help-burst = Many ratings at one tablet within a minute.
alerts-help-quarantine = Records from a tablet cannot be counted yet.
alerts-help-fork = Two different chains of records carry the identity of one tablet; the one that sends later has to be enrolled again.
alerts-help-officer_disputed = Somebody said on the tablet that they were served by another officer than the one on the screen; the rating counts for nobody.

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
alerts-also = All ratings below satisfied of { $names } are among these.
alerts-what-tablet_silent = The tablet at { $place } has been out of contact since { $when }, during working hours.
alerts-what-tablet_blocked = Record { $number } of the tablet at { $place } has been blocked on its way since { $when } (HTTP status: { $status }); the records after it have to wait.
alerts-status-unknown = none
alerts-what-burst = The tablet at { $place } took { $taps } or more ratings within a minute, beginning at { $when }.
alerts-what-quarantine = { $count ->
    [one] 1 record of the tablet at { $place } has been waiting to be checked since { $when } and is not counted.
   *[other] { $count } records of the tablet at { $place } have been waiting to be checked since { $when } and are not counted.
}
alerts-what-fork = Two chains of records carry the identity of the tablet at { $place }, noticed at { $when }.
alerts-what-officer_disputed = At { $when } somebody at { $place } said that they were served by another officer than the one on the screen ({ $officer }). The rating counts for nobody.
alerts-shown-unnamed = an officer
alerts-what-unknown = This alert was raised by another version of the program.
alerts-todo-low_with_reason = Please look at the rating, talk with the counter and record the outcome.
alerts-todo-share_under_limit = Please look at the reasons that are named most and talk with those in charge.
alerts-todo-tablet_silent = Please check its power and network. Ratings are kept on the tablet.
alerts-todo-tablet_blocked = Please look at the firewall or the proxy before the server, or export the tablet’s data to USB and import it. Ratings are kept on the tablet.
alerts-todo-burst = Please compare with the people served at the counter. The ratings are counted all the same.
alerts-todo-quarantine = Please look at the reason and add the missing counter or officer to the lists; the records are counted then.
alerts-todo-fork = The tablet’s data was copied to another tablet or set back to an older state. Please make a code for the counter of the tablet that says it needs a technician, and enrol it again on that tablet; do not retire the other one. What was recorded is kept, and each rating is counted once.
alerts-todo-officer_disputed = Please see who worked at the counter then; have them sign in, or set the roster right, so that later ratings count for the right person.
alerts-todo-unknown = Please bring all servers to the same version.
alerts-link-records = The ratings of that hour
alerts-link-rating = The rating
alerts-link-below = The ratings below satisfied of these days
alerts-link-officer = The officer and the reasons in these days
alerts-link-officer-month = The officer and the reasons in that month
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
alerts-close-rating = The same note is recorded with the rating, which is handled with it, unless somebody has handled it already.
alerts-closed-by = Closed by { $person } at { $when }.
alerts-closed-itself = Closed by itself at { $when }: its cause is gone.
alerts-note = What was done
alerts-note-missing = Please write briefly what was done.
alerts-note-long = Please be shorter: at most { $letters } characters.
alerts-choose = Choose alert { $num }
alerts-choose-all = Choose all on this page
alerts-chosen = With the chosen alerts
alerts-chosen-none = Please choose at least one alert.
alerts-chosen-acknowledged = The chosen alerts were acknowledged.
alerts-chosen-closed = The chosen alerts were closed.
alerts-chosen-late = Alert { $num } was left as it is: { $how }

## Mail
alerts-mail-title = Alerts by mail
alerts-mail-to = Mail goes to { $email }. To change the address, please ask an administrator.
alerts-mail-nowhere = Your account has no mail address. Please ask an administrator to add it.
alerts-mail-which = Which alerts would you like to receive by mail?
alerts-mail-on = Mail is sent by { $server }, from { $sender }.
alerts-mail-off = No mail server is set up, so no mail is sent. It is set up in the server's configuration file.
alerts-mail-unset = The centre has not set up mail, so no alert can be sent by mail. Please ask an administrator.
alerts-mail-subject = [Hài Lòng] Alert { $num }: { $rule }
alerts-mail-greeting = Dear Sir or Madam,
alerts-mail-open = Open the alert: { $address }
alerts-mail-foot = This mail was sent automatically; please do not answer it. Which mail you get can be chosen under Alerts, Alerts by mail.

## Settings
alerts-settings-title = Alert settings
alerts-settings-saved = The thresholds were saved.
alerts-settings-preset = Nobody has saved any thresholds yet. The usual ones below are in use.
alerts-settings-rules = Kinds of alerts in use
alerts-settings-numbers = Thresholds
alerts-number-share_percent = Lowest satisfied share (%)
alerts-number-share_ratings = Fewest ratings for a share to be checked
alerts-number-share_days = Days over which the share is checked
alerts-number-silent_minutes = Minutes out of contact, during working hours
alerts-number-burst_taps = Ratings at one tablet within a minute
alerts-number-fresh_hours = Hours after which a rating that arrives late raises no alert
alerts-number-wrong = Please enter a number from { $from } to { $until }.
alerts-percent-wrong = Please write a number from { $from } to { $until } with at most one decimal, such as 98.5.
alerts-share-certain = Only when there is enough evidence
alerts-share-certain-help = An alert is raised only when the upper end of the 95% interval is also under the limit, which avoids false alarms when there are few ratings. Otherwise the share alone is compared with the limit.
alerts-link-local = Webhooks may go to link-local addresses
alerts-link-local-help = Addresses such as 169.254.x.x, where cloud providers serve internal information. Only where it is really needed.

## Webhooks
alerts-webhooks-title = Webhooks
alerts-webhooks-none = There are no webhooks yet.
alerts-webhook-add = Add a webhook
alerts-webhook-note = Each alert is sent by POST as JSON, following Standard Webhooks: webhook-id is the id, webhook-signature is “v1,” and the HMAC-SHA256 (base64) of “webhook-id, a point, webhook-timestamp, a point, the body”; the key is the base64 part after “whsec_”. Texts of comments and names of officers are not sent.
alerts-webhook-address = Address
alerts-webhook-address-wrong = Please write an address such as https://host/path, without a name and password.
alerts-webhook-secret = Signing key (may be left empty)
alerts-webhook-secret-wrong = Please write a key of 32 to 200 plain characters without spaces.
alerts-webhook-rules = Alerts that are sent
alerts-webhook-rules-wrong = Please choose at least one kind of alert.
alerts-webhook-save = Add
alerts-webhook-address-hint = For example https://server.example.gov.vn/alerts.
alerts-webhook-secret-hint = Leave it empty: the system makes a key and shows it once after the address is added. Fill it in only where the receiver has a key of its own, of 32 to 200 characters.
alerts-webhook-done = { $address } was added.
alerts-webhook-key = Signing key of the address that was added
alerts-webhook-key-once = This is the key that was stored. Please copy it into the receiving software now; it is shown this once.
alerts-webhook-test = Send a test
alerts-webhook-retire = Retire
alerts-webhook-ask-retire = Stop sending alerts to { $address }?
alerts-webhook-retire-note = Alerts that wait for this address are no longer sent, and its signing key is of no more use. To use it again, add the address with a new key.
alerts-webhook-added = Added at { $when }.
alerts-webhook-retired = Retired at { $when }.

## Log of deliveries
alerts-deliveries-title = Delivery log
alerts-deliveries-note = What could not be delivered is tried again for a day, at growing intervals. Its id stays the same.
alerts-deliveries-none = Nothing has been sent yet.
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
alerts-answer-smtp = The mail server accepted it ({ $detail })
alerts-answer-mail = The mail could not be sent: { $detail }
alerts-answer-form = Not a web address
alerts-answer-unknown = The receiver's name is not known
alerts-answer-reserved = A link-local or reserved address, not allowed
alerts-answer-timeout = No answer within 10 seconds
alerts-answer-unreachable = Can not be reached: { $detail }
alerts-answer-refused = Refused: nothing listens at that port
alerts-answer-certificate = The receiver's TLS certificate is not trusted: { $detail }
alerts-answer-retired = The receiver is no longer in use
alerts-answer-off = No mail server is set up
alerts-answer-other = { $detail }
alerts-mail-test = Send a test mail
alerts-mail-test-sent = The mail server accepted the test mail to { $email }. If it does not arrive within minutes, please look in the spam folder.
alerts-mail-test-failed = The test mail could not be sent: { $why }
alerts-mail-test-subject = Test mail of Hài Lòng
alerts-mail-test-text = You get this mail because somebody pressed “Send a test mail”. Alerts will be sent to this address.
