# The counter's rating screen

## Footer
tablet-hint = Voluntary, to serve you better. Your choice is kept confidential.
tablet-hint-dossier = { tablet-hint } The dossier code is stored with it.
tablet-decline = I do not want to rate
tablet-clock = { $time } · { $weekday }, { $date }
tablet-clock-unknown = Time not known
tablet-offline = The server cannot be reached at the moment; your rating is kept safely.
tablet-not-sent = This tablet cannot send data at the moment; your rating is kept safely.
tablet-forked = This tablet needs a technician; your rating is kept safely.
tablet-simulated = Simulated data – not the opinion of real citizens
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
# Inside a sentence or line.
weekday-inside-1 = { weekday-1 }
weekday-inside-2 = { weekday-2 }
weekday-inside-3 = { weekday-3 }
weekday-inside-4 = { weekday-4 }
weekday-inside-5 = { weekday-5 }
weekday-inside-6 = { weekday-6 }
weekday-inside-7 = { weekday-7 }

## The officer's card
tablet-served-by = Serving you
tablet-not-this-officer = It was somebody else
tablet-title-department = { $title } · { $department }

## Thanks
tablet-thanks = Thank you!
tablet-thanks-recorded = Your opinion has been recorded.
tablet-thanks-again = If that was a slip, you can choose again for a few seconds.
tablet-choose-again = Choose again
tablet-again-hint = Please choose again. Without a choice your first answer stands.

## Ended without a rating
tablet-declined = Thank you!
tablet-declined-more = You chose not to rate this time.
tablet-officer-disputed = Thank you for telling us!
tablet-officer-disputed-more = This visit does not count for the officer on the screen, and the supervisor is informed.
tablet-officer-disputed-then = Please ask the officer who served you to sign in; then you can rate.
tablet-take-back = Go back
tablet-take-back-hint = If that was a slip, you can go back for a few seconds.
tablet-sign-in = Officers sign in here: hold the clock at the lower right for 3 seconds, then choose your name and enter your PIN.

## Not in service
tablet-not-in-service = This counter is not in service
tablet-not-in-service-more = Please watch for your number or ask at the information desk.
tablet-officer-unknown = It is not known who serves here
tablet-officer-unknown-more = This tablet does not know the time yet, so nobody can be rated. An officer has to sign in.
tablet-starting = Getting the counter's details
tablet-starting-more = The tablet is connecting to the server { $server } and will go on by itself.
tablet-starting-offline = The server { $server } cannot be reached yet. The tablet keeps trying; if this lasts, please call a technician.
tablet-starting-refused = The server { $server } does not accept this tablet: it has no code, or was retired. Please ask an administrator for a new code.
tablet-starting-clock = By this tablet’s clock the certificate of the server { $server } is not valid yet or no longer. Please ask a technician to set the clock.
tablet-starting-authority = This tablet does not know who issued the certificate of the server { $server }. Please ask a technician to install the centre's certificate.
tablet-starting-foreign = At { $server } something other than the survey's server answers, such as a network's sign-in page or a firewall. Please ask a technician to look at the network.

## Out of service
tablet-out-of-service = Ratings cannot be taken at the moment
tablet-out-of-service-more = We are sorry. The tablet goes on by itself once this is mended.
tablet-trouble-full = Please call a technician: the tablet’s storage is full.
tablet-trouble-read-only = Please call a technician: the tablet cannot write its data.
tablet-trouble-damaged = Please call a technician: the tablet’s data is damaged.
tablet-trouble-slow = Please call a technician: the tablet writes too slowly.
tablet-trouble-other = Please call a technician: the tablet could not save a rating.

## How it is shown
tablet-size-normal = Text size: normal
tablet-size-large = Text size: large
tablet-size-largest = Text size: largest
tablet-contrast = High contrast
tablet-staff = Staff
tablet-dossier = Dossier { $code }
tablet-ticket = Ticket { $code }

## Further questions
tablet-kept = Thank you. Your rating has been recorded.
tablet-next = Continue
tablet-done = Done
tablet-skip = Skip
tablet-next-person = Next person
tablet-covered = Touch to go on
tablet-covered-more = Your answers are saved, and covered.
tablet-page-back = Previous page
tablet-page-on = Next page

## A comment
tablet-comment = Your comment
tablet-comment-hint = Please type your comment.
tablet-privacy = Please write no names, phone or identity numbers.
tablet-typing-telex = Telex typing: aa â · aw ă · ee ê · oo ô · ow ơ · uw ư · dd đ · tones s f r x j
tablet-typing-vni = VNI typing: 6 â ê ô · 7 ơ ư · 8 ă · 9 đ · tones 1 2 3 4 5
tablet-typing-plain = ABC typing: letters as they are
tablet-key-erase = Erase
tablet-key-shift = Capitals
tablet-key-space = Space
tablet-key-symbols = Digits and marks
tablet-key-letters = Letters
tablet-key-method = Typing: { $method }

## Outside working hours
tablet-touch-to-rate = Please touch the screen to rate
tablet-from-to = { $from } – { $to }
tablet-day-closed = Closed
tablet-closed-days = Closed on: { $days }

## Reading aloud
tablet-aloud = Read the screen aloud
tablet-aloud-key-1 = Key one.
tablet-aloud-key-2 = Key two.
tablet-aloud-key-3 = Key three.
tablet-aloud-key-4 = Key four.
tablet-aloud-key-5 = Key five.
tablet-aloud-again = Press key zero to hear this again.
