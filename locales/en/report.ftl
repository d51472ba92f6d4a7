# report: figures in words, charts, the report

## Dates and periods
date-long = { $day } { $name } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
period-month = { $name } { $year }
period-quarter = quarter { $number } of { $year }
period-half-1 = the first half of { $year }
period-half-2 = the second half of { $year }
period-nine-months = the first nine months of { $year }
period-year = { $year }
period-day = { $day }
period-range = from { $from } to { $to }

## Charts
chart-empty = No ratings in this period
chart-too-few = Too few ratings to make points of at least { $from } each
chart-count-share = { $count } · { $share }
chart-levels = Ratings and share at each level ({ $total } in all)
chart-trend-day = { $total ->
    [one] Satisfied share by day (1 rating)
   *[other] Satisfied share by day ({ $total } ratings)
}
chart-trend-week = { $total ->
    [one] Satisfied share by week (1 rating)
   *[other] Satisfied share by week ({ $total } ratings)
}
chart-trend-month = { $total ->
    [one] Satisfied share by month (1 rating)
   *[other] Satisfied share by month ({ $total } ratings)
}
chart-trend-limits = Band: usual variation around the period’s { $mean }
chart-trend-outside = Red points: outside the usual variation
chart-trend-axis = The axis starts at { $low }
chart-trend-joined-day = A day with fewer than { $from } ratings is joined with its neighbour to one point, told by its first and last day (such days: { $count })
chart-trend-joined-week = A week with fewer than { $from } ratings is joined with its neighbour to one point, told by its first and last day (such weeks: { $count })
chart-trend-joined-month = A month with fewer than { $from } ratings is joined with its neighbour to one point, told by its first and last day (such months: { $count })
chart-hours = The darker, the more ratings ({ $total } in all, at most { $most } in a cell). Red outline: a satisfied share clearly below that of all other hours
chart-hours-none = No figures by the hour
chart-hour = { $hour }h
chart-weekday-1 = Mon
chart-weekday-2 = Tue
chart-weekday-3 = Wed
chart-weekday-4 = Thu
chart-weekday-5 = Fri
chart-weekday-6 = Sat
chart-weekday-7 = Sun
chart-groups = { $total ->
    [one] Satisfied share with its 95% interval by department (1 rating)
   *[other] Satisfied share with its 95% interval by department ({ $total } ratings)
}
chart-groups-line = Red line: all of these together, { $share }
chart-groups-few = Departments with fewer than { $from } ratings: grey, not ranked
chart-groups-more = … and { $count } more
chart-head-share = Satisfied share
chart-head-count = Ratings
chart-head-share-count = Satisfied share · ratings
chart-unranked = fewer than { $from }

## Comparison of two periods
compare-higher = { $by } percentage points higher (95%: { $low } to { $high })
compare-lower = { $by } percentage points lower (95%: { $low } to { $high })
compare-alike = a difference of { $by } percentage points, not enough to call it higher or lower
compare-full = 100% as before
compare-nothing = no figures to compare with
compare-few = one of the two periods has few ratings (fewer than { $from }) and is not compared
compare-way = collected in another way, not compared directly

## Layout of the document
report-nation = SOCIALIST REPUBLIC OF VIET NAM
report-motto = Independence - Freedom - Happiness
report-number = No. { $number }
report-place-date = { $place }, { $date }
report-kind = REPORT
report-title = Report on the satisfaction of citizens and organisations, { $period }
report-subject =
    Satisfaction of citizens and organisations
    with the handling of administrative procedures,
    { $period }
report-subject-part =
    Satisfaction of citizens and organisations
    with the handling of administrative procedures by
    { $part },
    { $period }
report-simulated = SIMULATED DATA
report-simulated-note = This report contains simulated data, for showing and testing the system only; it must not be used to assess officers.
report-distribution = Distribution:
report-distribution-annex = (Annex II goes only to the agencies that sent the officers)
report-annex = ANNEX
report-annex-1 = ANNEX I
report-annex-2 = ANNEX II
report-annex-in-text = Annex
report-annex-1-in-text = Annex I
report-annex-2-in-text = Annex II
report-annex-figures = FIGURES
report-annex-officers = RESULTS BY OFFICER
report-annex-to = (Annexed to report No. { $number }, { $date })
report-annex-officers-note = This annex has the names of officers: it goes to the agency that sent them, and to no other receiver.
report-published-note = Published figures: a department with fewer than { $from } ratings in a month of the period (months without any are passed over) is not shown separately. Such departments, where needed with the next smallest, are put together for the whole period, so that nobody can be recognised.
report-chart-failed = This chart could not be drawn; its figures are in the tables.
report-letters-lost = Some characters in names cannot be drawn and are shown as “�”.
letterhead-parent = OFFICE OF THE PROVINCIAL PEOPLE’S COMMITTEE
letterhead-agency =
    PUBLIC ADMINISTRATIVE
    SERVICE CENTER
letterhead-number = …/BC-TTPVHCC
letterhead-place = …
letterhead-signer-title = DIRECTOR
letterhead-receiver-1 = Office of the Provincial People’s Committee (to report)
letterhead-receiver-2 = Departments with officers at the Centre
letterhead-receiver-3 = Archives

## Opening and closing
report-law-61 = Decree No. 61/2018/NĐ-CP of 23 April 2018 of the Government on the one-stop-shop mechanism in the handling of administrative procedures
report-law-107 = Decree No. 107/2021/NĐ-CP of 6 December 2021 of the Government amending Decree No. 61/2018/NĐ-CP
report-law-118 = Decree No. 118/2025/NĐ-CP of 9 June 2025 of the Government on administrative procedures by the one-stop-shop mechanism at one-stop desks and the National Public Service Portal
report-opening-law = Under { $law }, the Public Administrative Service Center (the Centre) { $report }
report-opening-plain = The Public Administrative Service Center (the Centre) { $report }
report-opening = reports on the satisfaction of citizens and organisations in { $period } (from { $from } to { $to }; { $figures }):
report-opening-days = reports on the satisfaction of citizens and organisations from { $from } to { $to } ({ $figures }):
report-cut-off = figures as of { $day }
report-cut-off-over = figures of the period up to { $to }, as received by { $day }
report-cut-off-published = published figures of the period, up to { $to }
report-closing = This is the Centre’s report on the satisfaction of citizens and organisations in { $period }.

## I.1. Overall
report-heading-satisfaction = I. SATISFACTION OF CITIZENS AND ORGANISATIONS
report-heading-overall = { $nth }. Overall result
report-total = { $total ->
    [one] In this period there is 1 rating by citizens and organisations of the spirit, responsibility and attitude of the service ({ $stages }).
   *[other] In this period there are { $total } ratings by citizens and organisations of the spirit, responsibility and attitude of the service ({ $stages }).
}
report-total-published = { $total ->
    [one] In this period there is 1 rating by citizens and organisations of the spirit, responsibility and attitude of the service.
   *[other] In this period there are { $total } ratings by citizens and organisations of the spirit, responsibility and attitude of the service.
}
report-stages = { $receive } when a dossier was received, { $return } when a result was returned
report-stages-unstated = { $receive } when a dossier was received, { $return } when a result was returned, { $unstated } at an unstated stage
report-served = { $total ->
    [one] The participation rate is { $share } (1 rating of { $served } people served).
   *[other] The participation rate is { $share } ({ $total } ratings of { $served } people served).
}
report-levels = Result: { $list } ({ $annex }, Table 1).
report-level-share = { $level } { $count } ({ $share })
report-level-count = { $level } { $count }
report-level-none = none { $levels }
report-level-none-below = none from { $level } down
report-none = There were no ratings in this period; therefore no satisfied share is given.
report-too-few = There were few ratings in this period (fewer than { $from }); no result is given, so that nobody can be recognised.
report-few = The ratings are few (fewer than { $from }), too few to give a share.
report-satisfied = { $count ->
    [one] The satisfied share (“Satisfied” and better) is { $share } (1 rating); with a confidence of 95% it lies between { $low } and { $high }.
   *[other] The satisfied share (“Satisfied” and better) is { $share } ({ $count } ratings); with a confidence of 95% it lies between { $low } and { $high }.
}
report-response = { $asked ->
    [one] Counter tablets put the question on 1 visit; { $answered } were answered, an answer rate of { $share }; { $abandoned } were not.
   *[other] Counter tablets put the question on { $asked } visits; { $answered } were answered, an answer rate of { $share }; { $abandoned } were not.
}
report-response-few = { $asked ->
    [one] Counter tablets put the question on 1 visit; { $answered } were answered; { $abandoned } were not.
   *[other] Counter tablets put the question on { $asked } visits; { $answered } were answered; { $abandoned } were not.
}
report-response-open = At the cut-off, { $open } of them were still open.
report-response-unknown = The earlier system did not record who was asked, so no answer rate is given.
report-scale-three = Of these, { $three } were given on the scale of three levels (without “Neutral” and “Very dissatisfied”); levels of the two scales are not mapped onto one another.
report-source-imported = The ratings come from the earlier system.
report-source-tablet = The ratings were recorded by counter tablets.
report-source-both = Of these, { $tablet } were recorded by counter tablets and { $imported } come from the earlier system.
report-not-sipas = These are ratings given at the counter right after the service. They are not the Satisfaction Index of Public Administrative Services (SIPAS) and do not replace it.

## I.2. Comparison
report-before-days = the days from { $from } to { $to }
report-heading-before = { $nth }. Comparison with earlier periods
report-before-none = There are no figures of { $before } to compare with.
report-before-few = The ratings of this period or of { $before } are few (fewer than { $from }) and are not compared.
report-before-way = The figures of { $before } were collected in another way and are not compared directly.
report-before-higher = The satisfied share rose by { $by } percentage points against { $before } ({ $share }); with a confidence of 95%, by { $low } to { $high }.
report-before-lower = The satisfied share fell by { $by } percentage points against { $before } ({ $share }); with a confidence of 95%, by { $low } to { $high }.
report-before-alike = Against { $before } ({ $share }), the satisfied share differs by { $by } percentage points; that is not enough to call it higher or lower.
report-before-full = The satisfied share stays at 100% as in { $before }.
report-before-more = The number of ratings rose by { $share } against { $before } ({ $count }).
report-before-less = The number of ratings fell by { $share } against { $before } ({ $count }).
report-before-departments-lower = Clearly lower than in { $before }: { $list }.
report-before-departments-higher = Clearly higher than in { $before }: { $list }.
report-before-departments-none = No department is clearly higher or lower than in { $before } (departments with enough ratings to compare: { $count }).
report-before-item-lower = { $name } (by { $by } percentage points, to { $share })
report-before-item-higher = { $name } (by { $by } percentage points, to { $share })
report-note-lower = { $by } percentage points lower than in { $before }
report-note-higher = { $by } percentage points higher than in { $before }
report-note-below-rest-departments = clearly below all other departments
report-note-below-rest-officers = clearly below all other officers

## I.3. Course
report-heading-trend = { $nth }. Trend over the period
report-trend-day = Days with ratings: { $days }; Chart 2 of { $annex } shows the satisfied share by day.
report-trend-week = Days with ratings: { $days }; Chart 2 of { $annex } shows the satisfied share by week.
report-trend-month = Days with ratings: { $days }; Chart 2 of { $annex } shows the satisfied share by month.
report-trend-joined-day = Days with fewer than { $from } ratings, joined with their neighbours: { $count }.
report-trend-joined-week = Weeks with fewer than { $from } ratings, joined with their neighbours: { $count }.
report-trend-joined-month = Months with fewer than { $from } ratings, joined with their neighbours: { $count }.
report-trend-inside = { $unit ->
    [day] The satisfied share of all { $count } days lies within the usual variation.
    [week] The satisfied share of all { $count } weeks lies within the usual variation.
    [month] The satisfied share of all { $count } months lies within the usual variation.
   *[joined] Once they are joined there are { $count } spans of time; the satisfied share of each lies within the usual variation.
}
report-trend-outside = { $unit ->
    [day] Days outside the usual variation, { $count } of { $points }: { $list }.
    [week] Weeks outside the usual variation, { $count } of { $points }: { $list }.
    [month] Months outside the usual variation, { $count } of { $points }: { $list }.
   *[joined] Spans of time outside the usual variation once they are joined, { $count } of { $points }: { $list }.
}
report-trend-below = { $when } ({ $share } of { $total }, below the usual variation of { $low } to { $high })
report-trend-above = { $when } ({ $share } of { $total }, above the usual variation of { $low } to { $high })
report-trend-more = and { $count } more
report-trend-few = There are too few ratings to make points of at least { $from } each, so the trend is not described.
report-when-day = { $day }
report-when-days = { $from } to { $to }

## I.4. Reasons
report-heading-reasons = { $nth }. Reasons
report-below = Ratings below satisfied (Neutral, Dissatisfied, Very dissatisfied): { $below }.
report-below-none = There are no ratings below satisfied.
report-reasons = Reasons named most: { $list }.
report-reasons-none = None of them names a reason.
report-reason-item = { $reason } ({ $count })

## I.5. Departments, officers
report-heading-groups = { $nth }. By department and officer
report-heading-departments = { $nth }. By department
report-heading-officers = { $nth }. By officer
report-departments = Departments with ratings: { $count } ({ $annex }, Table 2). { $parts }.
report-departments-published = Departments shown separately: { $count } ({ $annex }, Table 2). { $parts }.
report-departments-pooled = The other departments are put together in one row: { $total } ratings.
report-departments-full = all ratings satisfied: { $count }
report-departments-lower = clearly below all others ({ $count }): { $list }
report-departments-lower-one = clearly below all others (1): { $list }
report-departments-lower-none = none is clearly below all others
report-departments-few = with fewer than { $from } ratings, too few to compare: { $count }
report-department-item = { $name } ({ $share } of { $total })
report-department-more = and { $count } more
report-none-departments = No department received ratings in this period.
report-officers = Officers with ratings: { $count }.
report-officers-one-department = Officers of the department with ratings: { $count }.
report-officers-annex = Their results go to each agency by themselves ({ $annex }).
report-officers-apart = Their results go by themselves to the agencies that sent them.
report-officers-lower = Officers with a satisfied share clearly below all others: { $count } (of those with at least { $from } ratings).
report-concentrated = { $part } of the ratings below satisfied ({ $of } of { $below }) are about only { $count } of the officers.
report-concentrated-departments = { $part } of the ratings below satisfied ({ $of } of { $below }) are about only { $count } of the officers, of { $departments }.
report-concentrated-all = All
report-concentrated-none = Ratings below satisfied are not concentrated on single officers.
report-none-officers = No officer received ratings in this period.

## I.6. About the figures
report-heading-data = { $nth }. About the figures
report-flagged = { $total ->
    [one] Ratings with signs of irregularity, kept in the figures: { $count }; without them the satisfied share is { $share } (1 rating).
   *[other] Ratings with signs of irregularity, kept in the figures: { $count }; without them the satisfied share is { $share } ({ $total } ratings).
}
report-flagged-few = Ratings with signs of irregularity, kept in the figures: { $count }; without them there are { $total }.
report-flagged-none = No rating has signs of irregularity.
report-ruled-out = Ratings not counted after a ruling: { $count } (before it: { $raw }).
report-quarantined = Records of tablets that wait for a check at the cut-off, of any period, not counted here: { $count }.

## II, III. Limits, tasks
report-heading-limits = II. LIMITS
report-heading-tasks = III. NEXT TASKS
report-limit-participation = There are few ratings compared with the people served ({ $share }), so the result does not fully reflect the views of citizens and organisations.
report-task-participation = Invite more people to rate at counters and by phone and QR code; help the elderly, disabled people and ethnic minorities to take part.
report-limit-lower = The satisfied share fell by { $by } percentage points against { $before }.
report-task-lower = Find the causes and act on them in the next period.
report-limit-departments = The satisfied share of { $list } is clearly below all others.
report-task-departments = { $list }: find the causes and improve the spirit, responsibility and attitude of the service.
report-limit-concentrated = { $part } of the ratings below satisfied are about only { $count } of the officers.
report-task-concentrated = The agencies that sent these officers should hear them and take appropriate measures.
report-limit-few = Departments with fewer than { $from } ratings, too few to judge: { $count }.
report-task-few = Set up tablets and help people rate at the counters of departments with few ratings.
report-limit-outside = { $unit ->
    [day] Days with a satisfied share below the usual variation: { $count }.
    [week] Weeks with a satisfied share below the usual variation: { $count }.
    [month] Months with a satisfied share below the usual variation: { $count }.
   *[joined] Spans of time with a satisfied share below the usual variation: { $count }.
}
report-task-outside = Find out what happened when the satisfied share lay below the usual variation.
report-limit-none = No opinions of citizens and organisations were collected.

## Annexes
report-table-levels = Table 1. Ratings by level of satisfaction ({ $total } in all)
report-head-level = Level
report-head-count = Ratings
report-head-share = Share
report-row-total = Total
report-chart-levels = Chart 1. { $caption }
report-chart-trend = Chart 2. { $caption }
report-chart-groups = Chart 3. { $caption }
report-table-departments = Table 2. Ratings by department
report-table-officers = Table { $nth }. Ratings by officer
report-head-department = Department
report-head-number = No.
report-head-total = Ratings
report-head-below = Below satisfied
report-head-satisfied = Satisfied share
report-head-interval = 95% interval
report-row-centre = Total
report-unranked = fewer than { $from } ratings, not ranked
report-head-officer = Officer
report-no-department = Department not known
report-heading-method = METHOD
report-method-1 = Rating: a citizen or organisation chooses a level of satisfaction after a dossier was received or a result returned.
report-method-2 = Satisfied share: “Very satisfied” and “Satisfied” ratings divided by all ratings.
report-method-3 = 95% interval: Wilson score; the fewer ratings, the wider it is.
report-method-4 = Answer rate: answers divided by visits to which a tablet showed the question; a rating that was ruled out is still an answer. Participation rate: ratings divided by people served, as reported by the queue system.
report-method-5 = Usual variation: the 0.135% and 99.865% quantiles of the binomial distribution with the share of the whole period and the ratings of each point. A point is a day, week or month: the shortest step at which those with fewer than 10 ratings hold no more than 5% of all, with at most 62 points of days or weeks; one with fewer than 10 is joined with its neighbour.
report-method-6 = Higher or lower than another period: only where the 95% interval of the difference (Newcombe) does not contain 0; each period has at least 30 ratings.
report-method-7 = Clearly below, higher, lower where many departments or officers are looked at: only where the interval of the difference of the two shares (Newcombe) with a confidence of at least 99.8% (95% where only one can be compared), so that few are called so by mistake, does not contain 0; each with at least 30 ratings is compared with all the others together, or with itself in another period.
report-alt-levels = Bar chart. { $list }
report-alt-trend = Line chart, { $points } points, from { $lowest } to { $highest }. { $outside }
report-alt-groups = Dot chart with intervals. { $list }
