# live: figures as they come in, the public page, the screen of the hall

## Today
live-today = Today
live-today-all = Today (not narrowed)
live-ratings = Ratings
live-satisfied = Satisfied or better
live-last = Last rating
live-at = Figures of { $time }
live-on = Updating live
live-off = Connection lost, trying again
live-over = The session is over
live-full = The server has many live pages open. This one tries again by itself in some minutes.
live-said = Today: { $ratings } ratings, { $satisfied } satisfied or better.
live-said-few = Today: { $ratings } ratings.

## The public page
live-public-title = How satisfied people and organisations are
live-public-counters = given at the counters
live-public-of = of { $total } ratings
live-public-no-response = not enough people were asked on a tablet yet
live-public-note = Ordered by number of ratings; this is no ranking. A share is given from 30 ratings on.
live-public-method = How it is counted
live-public-masks = Under 30 ratings no share is given; 1 to 4 ratings are written “<5”, so that nobody who rated can be recognised; “≥”, “≤”: only a bound of the share, because the exact one would give a count away; “…”: left out, because the hidden number of a department could be worked out from it.
live-public-over = the last month that is over
live-until = Up to the end of { $day }; figures move on only when a day is over and at least { $from } ratings have come, so that nobody learns what somebody else chose.
live-too-few = fewer than { $from } ratings

## Petitions
live-petition = Petitions
live-petition-text = If you are not satisfied, or have a proposal about an administrative regulation or about how you were treated, please file a petition:
live-petition-hotline = Hotline
live-petition-web = Online
live-petition-address = In person
live-petition-desk = The one-stop desk of the centre.
live-petition-need = A petition needs your name, an address or telephone number, and a clear content, so that it can be received and answered. A comment on a tablet has no name and does not take its place.

## The screen of the hall
live-screen-ratings = ratings
live-screen-satisfied = Satisfied or better
live-screen-month = satisfied or better, of { $total } ratings
live-screen-last = Last rating at { $time }
live-screen-invite = Thank you for rating the service you received.
live-screen-scan = Scan to see the figures and to file a petition
live-weekday-1 = Monday
live-weekday-2 = Tuesday
live-weekday-3 = Wednesday
live-weekday-4 = Thursday
live-weekday-5 = Friday
live-weekday-6 = Saturday
live-weekday-7 = Sunday
