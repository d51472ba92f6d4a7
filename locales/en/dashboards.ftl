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

dashboards-nothing = No ratings match what was chosen.
dashboards-export = Export the ratings of this page
dashboards-table-xlsx = Take this table (XLSX)
dashboards-table-csv = Take this table (CSV)
dashboards-widen = Remove the filters
dashboards-future = This time is still to come, so there are no figures yet.

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
dashboards-method-worst = Only hours with 5 or more ratings, some of them below satisfied, can be the lowest. “Clearly lower”: of 30 ratings or more, the interval of the difference from the other hours lies below 0 (99.8% and more, because many hours are compared at once).
dashboards-yesterday = Yesterday ({ $date }): lowest from { $hour }, below satisfied: { $below } → see the reasons
dashboards-last-day = The last day with ratings ({ $date }): lowest from { $hour }, below satisfied: { $below } → see the reasons

dashboards-week = Hours of the week
dashboards-week-note = Above: satisfied share (%); below: ratings. The stronger the colour, the lower the share; red outline: clearly lower than the other hours. Choose a cell to see its ratings.
dashboards-week-day = Day
dashboards-this-week = This week
dashboards-last-week = Last week
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
