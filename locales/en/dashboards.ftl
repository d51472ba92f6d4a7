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
dashboards-lowest = { $enough ->
    [yes] lowest of the hours with { $from } ratings or more
   *[no] lowest satisfied share
 }
dashboards-worst-heading = The hour with the lowest satisfied share
dashboards-worst = { $enough ->
    [yes] { $hour }: satisfied { $share } of { $total } ratings; below satisfied: { $below } (only hours with { $from } ratings or more are considered).
   *[no] { $total ->
        [one] { $hour }: satisfied { $share } of 1 rating; below satisfied: { $below }.
       *[other] { $hour }: satisfied { $share } of { $total } ratings; below satisfied: { $below }.
    }
 }
dashboards-worst-clear = Clearly lower than the other hours of the day.
dashboards-worst-unclear = Not enough to say that this hour is lower than the others: it may be chance.
dashboards-reasons = See the reasons
dashboards-method-worst = The hour with the lowest satisfied share is looked for among the hours with 5 or more ratings; where only hours with fewer have ratings below satisfied, among all. “Clearly lower”: against the other hours by Fisher’s exact test, with a confidence of 99.8% and more, because many hours are compared at once.
dashboards-yesterday = { $enough ->
    [yes] Yesterday ({ $date }): of the hours with { $from } ratings or more the lowest was { $hour } ({ $share } of { $total }), below satisfied: { $below } → see the reasons
   *[no] Yesterday ({ $date }): the lowest was { $hour } ({ $share }; ratings: { $total }), below satisfied: { $below } → see the reasons
 }
dashboards-working-day-before = { $enough ->
    [yes] The working day before ({ $date }): of the hours with { $from } ratings or more the lowest was { $hour } ({ $share } of { $total }), below satisfied: { $below } → see the reasons
   *[no] The working day before ({ $date }): the lowest was { $hour } ({ $share }; ratings: { $total }), below satisfied: { $below } → see the reasons
 }
dashboards-last-day = { $enough ->
    [yes] The last day with ratings ({ $date }): of the hours with { $from } ratings or more the lowest was { $hour } ({ $share } of { $total }), below satisfied: { $below } → see the reasons
   *[no] The last day with ratings ({ $date }): the lowest was { $hour } ({ $share }; ratings: { $total }), below satisfied: { $below } → see the reasons
 }

dashboards-week = Hours of the week
dashboards-week-note = Above: satisfied share (%); below: ratings. The stronger the colour, the lower the share; no colour: fewer than { $from } ratings; red outline: clearly lower than the other hours.
dashboards-week-choose = Choose a cell to see its ratings.
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
dashboards-week-worst = { $enough ->
    [yes] The hour of the week with the lowest satisfied share (only hours with { $from } ratings or more are considered): { $day }, { $hour }: { $share } of { $total } ratings; below satisfied: { $below }.
   *[no] The hour of the week with the lowest satisfied share: { $day }, { $hour }: { $share } (ratings: { $total }); below satisfied: { $below }.
 }

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
dashboards-column-days = Days

dashboards-chart-files = Take the chart:
dashboards-chart-departments = Satisfied share by department
dashboards-chart-source = Source: ratings at the counter right after being served; { $figures }
dashboards-report = Report of a period
dashboards-report-note = Please choose a period and a part of the centre, and take the report in the official layout.
dashboards-report-choose = Choose the period and the part
dashboards-report-chosen = The chosen report
dashboards-report-days = Days
dashboards-report-part = Part
dashboards-report-pdf = Take the report (PDF)
dashboards-report-for = Which report
dashboards-report-for-sent = To be sent
dashboards-report-for-internal = With Annex II, for use inside
dashboards-report-for-publication = For publication
dashboards-report-page = Page
dashboards-report-png = Take one page (PNG)
dashboards-report-contents = What it contains
dashboards-report-annex = Annex: tables, charts, and how they are counted.
dashboards-report-officers = The report for use inside alone has Annex II: results of each officer, only for the departments that sent them.
dashboards-report-outside = The report for publication has published figures alone: the overall result, earlier periods, departments, shortcomings, tasks and the annex; no officers, no course and no reasons.

## What is to be done
dashboards-todo = To do
dashboards-todo-none = Nothing is waiting for you.
dashboards-todo-since = Ratings and comments are counted from { $date } on.
dashboards-todo-alerts = { $count ->
    [one] new alert that nobody has taken on
   *[other] new alerts that nobody has taken on
}
dashboards-todo-low = { $count ->
    [one] rating that is dissatisfied or worse, not handled yet
   *[other] ratings that are dissatisfied or worse, not handled yet
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
    [one] flagged rating without a ruling
   *[other] flagged ratings without a ruling
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
dashboards-todo-status = { $count ->
    [one] thing in the system status that needs somebody
   *[other] things in the system status that need somebody
}

## Last week
dashboards-weeks = Last week and the week before
dashboards-week-whole = See the whole of last week
dashboards-week-before = Satisfied share against the week before: { $difference }
dashboards-week-earlier = the week before: { $number }
dashboards-week-reasons = Reasons named most
dashboards-week-comments = Newest comments, below satisfied
dashboards-week-all-comments = See all comments below satisfied of last week
