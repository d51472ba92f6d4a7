# dashboards: filters and figures by the hour

dashboards-department = Department
dashboards-site = Site
dashboards-procedure = Procedure
dashboards-stage = Stage
dashboards-channel = Channel
dashboards-whole = Whole centre
dashboards-all-departments = Your departments
dashboards-all-sites = All sites
dashboards-all-procedures = All procedures
dashboards-procedures-of-department = All procedures (choose a department to narrow)
dashboards-all-stages = Receiving and returning
dashboards-all-channels = All channels

dashboards-nothing = No ratings match the chosen filters.
dashboards-export = Export the ratings of this page
dashboards-table-xlsx = Download this table (XLSX)
dashboards-table-csv = Download this table (CSV)
dashboards-widen = Remove the filters
dashboards-future = This period has not begun yet, so there are no figures.

dashboards-days = By the hour
dashboards-day = By the hour, { $date }
dashboards-date = Day
dashboards-day-empty = There are no ratings on this day.
dashboards-hours = The hours of the day
dashboards-column-hour = Hour
dashboards-hour = { $from }:00–{ $to }:00
dashboards-lowest = lowest satisfied share
dashboards-worst-heading = The hour with the lowest satisfied share
dashboards-worst = { $total ->
    [one] { $hour }: satisfied { $share } of 1 rating; below satisfied: { $below }.
   *[other] { $hour }: satisfied { $share } of { $total } ratings; below satisfied: { $below }.
}
dashboards-worst-clear = Clearly lower than the other hours of the day.
dashboards-worst-unclear = There are few ratings: not enough to say that this hour differs from the others.
dashboards-reasons = See the reasons
dashboards-method-worst = Only hours with 5 or more ratings, some of them below satisfied, are considered. “Clearly lower”: of 30 ratings or more, and further from the other hours than chance explains (confidence of 99.8% and more, because many hours are compared at once).
dashboards-yesterday = Yesterday ({ $date }): lowest from { $hour }, below satisfied: { $below } → see the reasons
dashboards-working-day-before = The working day before ({ $date }): lowest from { $hour }, below satisfied: { $below } → see the reasons
dashboards-last-day = The last day with ratings ({ $date }): lowest from { $hour }, below satisfied: { $below } → see the reasons

dashboards-week = Hours of the week
dashboards-week-note = Above: satisfied share (%); below: ratings. The stronger the colour, the lower the share; red outline: clearly lower than the other hours. Choose a cell to see its ratings.
dashboards-week-day = Day
dashboards-quick = Usual periods
dashboards-filter = Filters
dashboards-today = Today
dashboards-working-day = Previous working day
dashboards-this-week = This week
dashboards-last-week = Last week
dashboards-this-month = This month
dashboards-this-quarter = This quarter
dashboards-week-low = clearly lower
dashboards-week-clear = Clearly lower than the other hours of the week.
dashboards-week-worst = The hour of the week with the lowest satisfied share: { $day }, { $hour }: { $share } of { $total } ratings; below satisfied: { $below }.

dashboards-before = Against the period before: { $difference }
dashboards-year-before = Against the same period a year earlier: { $difference }
dashboards-before-year = Against the year before: { $difference }
dashboards-served = { $total ->
    [one] 1 rating of { $served } people served
   *[other] { $total } ratings of { $served } people served
}
dashboards-cleaned = { $count ->
    [one] Without 1 flagged rating: { $share }
   *[other] Without { $count } flagged ratings: { $share }
}
dashboards-cleaned-none = no rating is left
dashboards-visits = See each rating
dashboards-answers = See by department, counter, officer and hour
dashboards-numbers = The numbers of the chart
dashboards-column-from = From

dashboards-chart-files = Take the chart:
dashboards-chart-departments = Satisfied share by department
dashboards-chart-source = Source: ratings at the counter right after being served; figures up to { $day }
dashboards-report = Report of a period
dashboards-report-note = Please choose a period and a part of the centre, and take the report in the official layout.
dashboards-report-choose = Choose the period and the part
dashboards-report-chosen = The chosen report
dashboards-report-days = Days
dashboards-report-part = Part
dashboards-report-pdf = Take the report (PDF)
dashboards-report-published = Take the report for publication (PDF)
dashboards-report-page = Page
dashboards-report-png = Take one page (PNG)
dashboards-report-contents = What it contains
dashboards-report-overall = Overall: the number of ratings, the levels, and the satisfied share with its interval.
dashboards-report-before = Against the period before and the same period a year earlier.
dashboards-report-course = The course of the period, and the reasons for not being satisfied.
dashboards-report-groups = Departments and officers; shortcomings; tasks ahead.
dashboards-report-annex = Annex I: tables, charts, and how they are counted.
dashboards-report-officers = Annex II: results of officers, only for the departments that sent them; the report for publication does not have it.

## What is to be done
dashboards-todo = To do
dashboards-todo-none = Nothing is waiting for you.
dashboards-todo-since = Ratings and comments are counted from { $date } on.
dashboards-todo-alerts = { $count ->
    [one] new alert that nobody has taken on
   *[other] new alerts that nobody has taken on
}
dashboards-todo-low = { $count ->
    [one] low rating not handled yet
   *[other] low ratings not handled yet
}
dashboards-todo-comments = { $count ->
    [one] comment not handled yet
   *[other] comments not handled yet
}
dashboards-todo-replies = { $count ->
    [one] reply waiting for an answer
   *[other] replies waiting for an answer
}
dashboards-todo-flags = { $count ->
    [one] flagged rating that is counted
   *[other] flagged ratings that are counted
}
dashboards-todo-proposals = { $count ->
    [one] proposed redaction waiting for a decision
   *[other] proposed redactions waiting for a decision
}
dashboards-todo-quarantine = { $count ->
    [one] record waiting for a check
   *[other] records waiting for a check
}
dashboards-todo-tablets = { $count ->
    [one] tablet out of contact
   *[other] tablets out of contact
}

## Last week
dashboards-weeks = Last week and the week before
dashboards-week-whole = See the whole of last week
dashboards-week-before = Satisfied share against the week before: { $difference }
dashboards-week-earlier = the week before: { $number }
dashboards-week-reasons = Reasons named most
dashboards-week-comments = Newest comments, below satisfied
dashboards-week-all-comments = See all comments below satisfied of last week
