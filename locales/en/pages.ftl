# pages: for leaders and officers

## Frame
moment = { $time } on { $date }
pages-brand = Hài lòng
pages-skip = Skip to content
pages-nav = Pages
pages-menu = Menu
pages-overview = Overview
pages-report-pdf = Report (PDF)
pages-languages = Language
pages-simulated = Simulated data
pages-simulated-note = This page contains simulated data, for showing and trying the system only; it must not be used to assess officers.
pages-footer = Ratings given at the counter right after the service; not the SIPAS survey.
pages-version = Version { $version }

## Period
pages-period = Period
pages-part = Period
pages-year = Year
pages-show = Show
pages-part-month = { $name }
pages-part-quarter = Quarter { $number }
pages-part-half-1 = First half
pages-part-half-2 = Second half
pages-part-nine-months = Nine months
pages-part-year = Whole year
pages-parts-months = Month
pages-parts-quarters = Quarter
pages-parts-longer = Longer periods
pages-range = Other days
pages-from = From
pages-to = To
pages-days = { $from } to { $to }
pages-nd09 = periods of Decree 09/2019
pages-previous = Previous: { $period }
pages-next = Next: { $period }

## Cards
pages-figures = Main figures
pages-ratings = Ratings
pages-stage-receive = receiving: { $count }
pages-stage-return = returning: { $count }
pages-stage-unstated = stage not known: { $count }
pages-source-tablet = from tablets: { $count }
pages-source-imported = from files: { $count }
pages-ruled-out = ruled out, not counted: { $count }
pages-satisfied = Satisfied share
pages-satisfied-of = { $total ->
    [one] { $count } of 1 rating satisfied or better
   *[other] { $count } of { $total } ratings satisfied or better
}
pages-interval = 95% interval: { $interval }
pages-no-ratings = no ratings in this period yet
pages-response = Answer rate
pages-participation = Participation rate
pages-asked = { $answered } answered of { $asked } asked
pages-abandoned = { $count } did not answer
pages-open = { $count } are still open
pages-asked-none = not known: imported files do not say how many were asked
pages-asked-nobody = nobody was asked in this period yet
pages-asked-some = counts only those asked by a tablet, not imported ratings

## Charts and tables
pages-method = How it is counted
pages-trend = Satisfied share over time
pages-levels = Levels
pages-departments = By department
pages-counters = By counter
pages-officers = By officer
pages-ordered = By number of ratings; with fewer than { $from } there is no ranking
pages-more-rows = All { $count } rows
pages-column-department = Department
pages-column-counter = Counter
pages-column-officer = Officer
pages-column-total = Ratings
pages-column-below = Below satisfied
pages-column-satisfied = Satisfied share
pages-column-share = Satisfied share
pages-column-interval = 95% interval
pages-unranked = fewer than { $from }: not ranked
pages-no-groups = There are no ratings in this period yet.
pages-centre = Total
pages-method-response = Answer rate: visits that were answered divided by visits to which a tablet showed the question in the period, including those whose rating was ruled out later.
pages-method-ruled-out = Ratings that were ruled out are kept and their number is shown, but they are in no level, share, reason or aspect.
pages-method-served = Participation rate: ratings divided by people served (or queue numbers issued) in the period, as reported by the queue system.
pages-method-quarantine = Records that wait for a check arrived unharmed from a tablet, but can not be counted as they are, for example because nobody has the officer's code. They are kept until an administrator has looked at them.
pages-method-axis = The axis of the intervals starts at { $low }; the ring is the share, the bar its interval.

## Tables to take away
pages-table-part = Part
pages-table-code = Code
pages-table-name = Name
pages-table-department = Department
pages-table-hour = Hour
pages-table-raw = Ratings given
pages-table-ruled-out = Ruled out
pages-table-total = Ratings
pages-table-well = Satisfied or better
pages-table-below = Below satisfied
pages-table-share = Satisfied share
pages-table-low = 95% interval, from
pages-table-high = 95% interval, to
pages-table-flagged = Flagged
pages-table-cleaned = Without flagged
pages-table-cleaned-share = Satisfied share without flagged
pages-table-asked = Asked
pages-table-answered = Answered
pages-table-abandoned = Not answered
pages-table-open = Still open
pages-table-rate = Answer rate
pages-table-days = By day
pages-table-week-hour = { $day }, { $hour }
pages-table-change-low = Change: 95% interval, from
pages-table-change-high = Change: 95% interval, to
pages-table-change-word = Result of the comparison

## Faults
pages-fault-period = There is no such period
pages-fault-period-form = “{ $word }” is not a period. Periods are written as 2023-09 (month), 2023-Q3 (quarter), 2023-H1 (half), 2023-9M (nine months), 2023 (year) or 15/01/2023 - 14/02/2023 (days).
pages-fault-period-missing = There is no “{ $word }”: a year has the months 01 to 12, the quarters Q1 to Q4 and the halves H1 and H2.
pages-fault-period-day = “{ $word }” names a day that no calendar has. Please check it; days are written as 14/02/2023 or 2023-02-14.
pages-fault-period-reversed = “{ $word }” ends before it begins. Write the earlier day first.
pages-fault-period-long = “{ $word }” is longer than ten years. Choose a shorter range.
pages-fault-period-year = “{ $word }” lies outside the years 1900 to 2199. Check the year.
pages-fault-request = The address is not right
pages-fault-request-text = A part of this page's address cannot be read. Go back to the overview and choose again.
pages-fault-format-text = A report comes as pdf or png; there is no “{ $format }”.
pages-fault-page-text = { $pages ->
    [one] This report has 1 page; there is no page { $page }.
   *[other] This report has { $pages } pages; there is no page { $page }.
}
pages-fault-missing = Page not found
pages-fault-missing-text = There is nothing at this address. It may be mistyped, or the page has moved.
pages-fault-form = This address only accepts forms
pages-fault-form-text = Nothing was sent. Please go back to the page before and send the form from there.
pages-fault-busy = The figures cannot be read at the moment
pages-fault-busy-text = The server cannot read its database. Ratings are kept on the tablets and are not lost. Please try again in a minute; if it does not help, please tell the administrator.
pages-fault-inner = Something went wrong with this page
pages-fault-inner-text = The server could not show this page; the error was logged. The figures are not affected. Please try again; if it does not help, please tell the administrator.
pages-fault-reports = Many reports are being made
pages-fault-reports-text = The server is making many reports just now; please try again in a few minutes. The figures are not affected.
pages-fault-home = To the overview
pages-fault-back = Go back and choose again
pages-fault-public = To the published results
pages-fault-forbidden = No permission
pages-fault-forbidden-text = Your account does not have permission to open this page. If you need it, please ask the administrator.
pages-fault-signed-out = Not signed in
pages-fault-signed-out-text = Your session has expired or you are not signed in; what you sent was not saved. Please sign in and send it again.
pages-fault-replayed = The form is no longer valid
pages-fault-replayed-text = This form belongs to another session; what you sent was not saved. Please open the page again and send it again.
pages-fault-unpublished = Nothing to publish
pages-fault-unpublished-text = A report for publication covers the whole centre and a complete period that is over (a month, quarter, half, nine months or year) with at least 10 ratings.
pages-fault-unbound = The account is not linked to an officer
pages-fault-unbound-text = Your account is not linked to an officer in the list yet. Please ask the administrator to choose one for it.
pages-pager = Pages of the list
pages-place = Page { $page } of { $pages }
pages-page-previous = ‹ Previous
pages-page-next = Next ›
pages-newer = ‹ Newer
pages-older = Older ›
