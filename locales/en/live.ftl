# live: figures as they come in, the public page, the screen of the hall

## Today
live-today = Today
live-today-all = Today (not narrowed)
live-ratings = Ratings
live-satisfied = Satisfied share
live-last = Last rating
live-at = Figures of { $time }
live-on = Updating live
live-off = Connection lost, trying again
live-over = The session is over: sign in again
live-full = The server has many live pages open. This one tries again by itself in some minutes.
live-said = { $ratings ->
    [one] Today: 1 rating, { $satisfied } satisfied or better.
   *[other] Today: { $ratings } ratings, { $satisfied } satisfied or better.
}
live-said-few = { $ratings ->
    [one] Today: 1 rating.
   *[other] Today: { $ratings } ratings.
}

## The public page
live-public-title = How satisfied organisations and people are
live-public-counters = given at the counters
live-public-of = { $total ->
    [one] of 1 rating
   *[other] of { $total } ratings
}
live-public-satisfied = Satisfied share
live-public-response = Answer rate
live-public-asked = answers of those whom a tablet asked, in whole percents
live-public-few = under 30 ratings: only the number at each level
live-public-others = Other departments
live-public-none = There are not enough ratings to tell departments apart.
live-public-no-response = not enough people were asked on a tablet yet
live-public-note = Ordered by number of ratings; this is no ranking. From 30 ratings on the share is given; from 10 to 29 the number at each level.
live-public-method = How it is counted
live-public-masks = No share is given of a group with fewer than 30 ratings, and nothing of a group with fewer than 10, so that nobody who rated can be recognised. Departments with fewer than 10 are put together in the row “Other departments”, where needed with the next smallest one. What was published stands until the next update; ratings that come late and rulings of the auditors enter with that update.
live-public-over = the last month that is over
live-until = Up to the end of { $day }; figures move on only when a day is over and at least { $from } ratings have come, so that everybody's choice stays their own.
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
live-screen-satisfied = Satisfied share
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
