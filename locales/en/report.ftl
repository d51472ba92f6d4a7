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
chart-too-few = Too few ratings a day (under 5) to draw
chart-count-share = { $count } · { $share }
chart-levels = Ratings and share at each level (n = { $total }).
chart-trend-day = Satisfied share by day (n = { $total }).
chart-trend-week = Satisfied share by week (periods longer than 62 days are drawn by week; n = { $total }).
chart-trend-limits = Band: 3σ control limits around the period's { $mean }; red points lie outside; the axis starts at { $low }.
chart-trend-part = Figures of a part: only times with at least 30 ratings that give no count below 5 away are drawn. Band: 3σ control limits around the share { $mean } of the times drawn; the axis starts at { $low }.
chart-hours = The darker, the more ratings (n = { $total }, at most { $most } in a cell). Red outline: at least { $from } ratings and a satisfied share below that of all by more than chance.
chart-hours-none = No figures by the hour
chart-hour = { $hour }h
chart-weekday-1 = Mon
chart-weekday-2 = Tue
chart-weekday-3 = Wed
chart-weekday-4 = Thu
chart-weekday-5 = Fri
chart-weekday-6 = Sat
chart-weekday-7 = Sun
chart-groups = Satisfied share with its 95{"\u00A0"}% interval by department (n = { $total }).
chart-groups-line = Red line: all of these together, { $share }; departments with fewer than 30 ratings are grey and not ranked.
chart-groups-bound = Thin line: only a bound and not the exact share is told, so that a count below 5 can not be worked out.
chart-groups-more = … and { $count } more
chart-head-share = Satisfied
chart-head-count = Ratings
chart-head-share-count = Satisfied · ratings
chart-unranked = fewer than { $from }

## Layout of the document
report-nation = SOCIALIST REPUBLIC OF VIET NAM
report-motto = Independence - Freedom - Happiness
report-number = No. { $number }
report-place-date = { $place }, { $date }
report-kind = REPORT
report-title = Report on the satisfaction of citizens and organisations, { $period }
report-part = Part: { $part }
report-subject =
    Satisfaction of citizens and organisations
    with the service of the Centre,
    { $period }
report-period = (From { $from } to { $to }; figures as of { $cut-off })
report-simulated = SIMULATED DATA
report-simulated-note = This report contains simulated data and serves to show and test the system; it is no ground for any assessment.
report-distribution = Distribution:
letterhead-parent = PEOPLE’S COMMITTEE OF … PROVINCE
letterhead-agency =
    PUBLIC ADMINISTRATIVE
    SERVICE CENTER
letterhead-number = …/BC-TTPVHCC
letterhead-place = …
letterhead-signer-title = DIRECTOR
letterhead-receiver-1 = Provincial People’s Committee (to report)
letterhead-receiver-2 = Departments with officers at the Centre
letterhead-receiver-3 = Archives

## I. Overall
report-heading-overall = I. OVERALL RESULT
report-total = In this period there are { $total } ratings by citizens and organisations of the spirit, responsibility and attitude of the service.
report-stages = Of these, { $receive } were given when a dossier was received and { $return } when a result was returned.
report-stages-unstated = Of these, { $receive } were given when a dossier was received, { $return } when a result was returned, and { $unstated } at an unstated stage.
report-none = There were no ratings by citizens or organisations in this period; therefore no share is given.
report-satisfied = { $count } ratings were satisfied (“Very satisfied” and “Satisfied”) out of { $total }, a share of { $share } (95% confidence interval: { $low } to { $high }). Table 1 and Chart 1 give the ratings at each level.
report-response = Counter tablets put the question on { $asked } visits; { $answered } were answered, a response rate of { $share } (n = { $asked }); { $abandoned } ended without an answer.
report-response-unknown = The number of visits that were asked, and of those that did not answer, is not known for this period (the earlier system did not record it), so no response rate is given; compare with other periods with care.
report-scale-three = Of these ratings, { $three } were given on the scale of three levels (without “Neutral” and “Very dissatisfied”); levels of the two scales are not mapped onto one another.
report-source-imported = All of these ratings were imported from files of the earlier system.
report-source-tablet = All of these ratings were recorded by counter tablets.
report-source-both = Of these ratings, { $tablet } were recorded by counter tablets and { $imported } were imported from files of the earlier system.
report-quarantined = { $count } records of tablets are waiting to be checked and are not counted here.
report-quarantined-none = No record is waiting to be checked.
report-not-sipas = These are ratings given at the counter right after the service. They are not the Satisfaction Index of Public Administrative Services (SIPAS) and do not replace it.
report-table-levels = Table 1. Ratings by level of satisfaction (n = { $total })
report-head-level = Level
report-head-count = Ratings
report-head-share = Share
report-row-total = Total
report-chart-levels = Chart 1. { $caption }

## II. Course
report-heading-trend = II. COURSE OF THE PERIOD
report-trend-day = Ratings were given on { $days } days. Chart 2 shows the satisfied share of each day with 3σ control limits: points inside them vary by chance, points outside deserve a look for the cause.
report-trend-week = Ratings were given on { $days } days. Chart 2 shows the satisfied share of each week with 3σ control limits: points inside them vary by chance, points outside deserve a look for the cause.
report-trend-inside = No point lies outside the control limits.
report-trend-outside-day = Days outside the control limits ({ $count }): { $list }.
report-trend-outside-week = Weeks outside the control limits ({ $count }): { $list }.
report-trend-day-item = { $day } ({ $share }, limits { $limits }, n = { $total })
report-trend-week-item = the week from { $day } ({ $share }, limits { $limits }, n = { $total })
report-trend-left-out = Points with fewer than 5 ratings that are not drawn: { $count }.
report-chart-trend = Chart 2. { $caption }

## III. Departments, IV. Officers
report-heading-departments = III. BY DEPARTMENT
report-departments = { $count } departments received ratings. Table 2 and Chart 3 list them by number of ratings. Where the intervals of two departments overlap, there is no ground to call them different.
report-none-departments = No department received ratings in this period.
report-table-departments = Table 2. Ratings by department
report-head-department = Department
report-head-number = No.
report-head-total = Ratings
report-head-below = Below satisfied
report-head-satisfied = Satisfied share
report-head-interval = 95% interval
report-row-centre = All together
report-unranked = fewer than { $from } ratings, not ranked
report-chart-groups = Chart 3. { $caption }
report-heading-officers = IV. BY OFFICER
report-officers = { $count } officers received ratings; Table 3 lists them by department and number of ratings. Officers with fewer than { $from } ratings are shown but not ranked.
report-none-officers = No officer received ratings in this period.
report-table-officers = Table 3. Ratings by officer
report-head-officer = Officer
report-no-department = Department not known
report-masks = Note: “<5” stands for 1 to 4 ratings, not told so that nobody can be recognised; “…” is not told so that “<5” can not be worked out; “≥” and “≤” tell only a bound of the share (with 4 ratings for “<5”), because the exact share would give the count away; “–” means no figure.

## V. Method
report-heading-method = V. METHOD
report-method-1 = Rating: a citizen or organisation chooses a level of satisfaction right after an officer received a dossier or returned a result.
report-method-2 = Satisfied share: “Very satisfied” and “Satisfied” ratings divided by all ratings (n).
report-method-3 = 95% interval: Wilson score; the smaller n, the wider it is.
report-method-4 = Response rate: answers divided by visits on which a tablet put the question.
report-method-5 = 3σ control limits: p ± 3√(p(1 − p)/n), p being the share of the period and n the ratings of the day or week.
report-trend-withheld = There are few ratings in each day and week; the course is not told, so that it points at nobody.
