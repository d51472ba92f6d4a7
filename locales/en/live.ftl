# live: figures as they come in, the public page, the screen of the hall

## Today
live-today = Today
live-today-all = Today (without filters)
live-ratings = Ratings
live-satisfied = Satisfied share
live-last = Last rating
live-at = Figures of { $time }
live-on = Updating live
live-off = Connection lost, trying again
live-over = Your session has expired: sign in again
live-full = The server has many live pages open. This page reconnects by itself in a few minutes.
live-said = { $ratings ->
    [one] Today: 1 rating, satisfied share { $satisfied }.
   *[other] Today: { $ratings } ratings, satisfied share { $satisfied }.
}
live-said-few = { $ratings ->
    [one] Today: 1 rating.
   *[other] Today: { $ratings } ratings.
}

## The public page
live-public-link = Public results
live-screen-link = Screen of the hall
live-public-title = Satisfaction of citizens and organisations
live-satisfied-word = satisfied
live-level-count = { $total ->
    [one] 1 rating
   *[other] { $total } ratings
}
live-public-counters = ratings given at the counters
live-public-satisfied = Satisfied share
live-public-response = Answer rate
live-public-asked = answers divided by people asked by a tablet, in whole percent
live-public-few = under 30 ratings: only the number at each level
live-public-others = Other departments
live-public-none = There are not enough ratings yet to show departments separately.
live-public-no-response = not enough people were asked on a tablet yet
live-public-note = Ordered by number of ratings; this is not a ranking. From 30 ratings on the share is shown; from 10 to 29 the number at each level.
live-public-method = How it is counted
live-public-masks = No share is shown for a group with fewer than 30 ratings, and nothing for a group with fewer than 10, so that nobody who rated can be recognised. Departments with fewer than 10 are combined in the row “Other departments”, where needed with the next smallest one. Published figures stay until the next update; late ratings and rulings of the auditors enter with that update.
live-public-over = the last complete month
live-until = Figures up to the end of { $day }; they are updated only when a day is over and at least { $from } more ratings have come in, so that everybody’s choice stays confidential.
live-too-few = fewer than { $from } ratings

## Petitions
live-petition = Petitions
live-petition-text = To file a petition about a regulation or an officer's conduct:
live-petition-hotline = By telephone
live-petition-web = Online
live-petition-address = In person
live-petition-desk = The help desk of the centre.
live-petition-need = A petition needs your name, address, telephone number and its content, so that it can be received and answered. A comment on a tablet has no name and does not take its place.

## The screen of the hall
live-screen-ratings = ratings
live-screen-levels = Number at each level
live-screen-interval = 95% interval: { $interval }
live-screen-closed = The results are not published here at the moment.
live-screen-invite = Please rate the service after your visit. Thank you.
live-screen-scan = Please scan to see the results and to file a petition
live-weekday-1 = Monday
live-weekday-2 = Tuesday
live-weekday-3 = Wednesday
live-weekday-4 = Thursday
live-weekday-5 = Friday
live-weekday-6 = Saturday
live-weekday-7 = Sunday
