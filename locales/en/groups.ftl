# groups: figures by department, officer, counter, procedure; aspects and reasons

groups-departments = Departments
groups-officers = Officers
groups-counters = Counters
groups-procedures = Procedures
groups-column-departments = Department
groups-column-officers = Officer
groups-column-counters = Counter
groups-column-procedures = Procedure
groups-column-estimate = Adjusted share
groups-lists = Lists
groups-period = { $period } · { $days }
groups-note = { $count } with ratings · page { $page } of { $pages } · below { $from } ratings nothing is ranked. Choose a column’s title to sort.
groups-method-estimate = Adjusted share: combines the officer’s satisfied share with that of the department; the fewer ratings there are, the closer it is to the department’s.

groups-unranked-below = fewer than { $from } ratings: not ranked
groups-estimate-towards = combined with the department’s share; the fewer ratings, the closer to it
groups-below = { $count ->
    [one] See the rating below satisfied
   *[other] See the { $count } ratings below satisfied
}
groups-low = { $count ->
    [one] See the rating that is dissatisfied or worse
   *[other] See the { $count } ratings that are dissatisfied or worse
}
groups-its-officers = Officers of the department
groups-its-counters = Counters of the department
groups-its-procedures = Procedures of the department

groups-aspects = Aspects and reasons
groups-aspects-judged = Aspects
groups-aspects-none = No aspect was rated in this period.
groups-column-aspect = Aspect
groups-column-judged = Ratings
groups-reasons = Reasons named
groups-reasons-none = No reason was named in this period.
groups-column-reason = Reason
groups-column-named = Times named
groups-column-bar = Compared with the most named reason
groups-method-reasons = Reasons: ratings that named it; one rating may name several, so that they may add up to more than the ratings.

groups-answers = Asked and answered
groups-asked = Asked
groups-asked-what = visits to which a tablet showed the question
groups-answered = Answered
groups-answered-what = of those asked, visits that chose a level
groups-answered-ruled-out = { $count } of them were ruled out and are not counted
groups-abandoned = Not answered
groups-abandoned-what = of those asked, visits that ended without an answer
groups-abandoned-declined = of them { $count } chose “I do not want to rate”
groups-abandoned-disputed = of them { $count } said that another officer served them than the one on the screen
groups-open = Still open
groups-open-what = of those asked, visits that have neither answered nor ended
groups-rate = Answer rate
groups-rate-what = answered / asked
groups-answers-hours = By the hour of the day
groups-answers-none = Nobody has been asked on a tablet in this period yet.
groups-answers-all = See the whole list
groups-method-answers = Asked: somebody touched the tablet’s screen, or an invitation was shown on it. Imported ratings do not say who was asked. Each visit that was asked is one of three: answered (also if the rating was ruled out later), not answered, or still open; the three add up to those asked.

groups-column-change = Change against the period before (percentage points)
groups-change-higher = higher
groups-change-lower = lower
groups-change-alike = no ground to call it different
groups-change-alone-higher = higher if looked at alone; not certain among so many
groups-change-alone-lower = lower if looked at alone; not certain among so many
groups-change-few = too few ratings (fewer than { $from }) to compare
groups-change-way = collected in another way, not compared
groups-change-interval = { $low } to { $high }
groups-method-change = Change against the period before: this period’s satisfied share less that of the period just before (of nine months: of the same months a year earlier), with its 95% interval. Because many are compared at once, “higher” and “lower” are said only where the difference is more than chance explains with a confidence of 99.8% or more (95% where there is only one); periods with fewer than 30 ratings are not compared. A period that is not over is compared as far as it has come.
groups-see = See { $name }
groups-moved-lower = Against { $before }, the greatest clear change is { $name }: { $by } percentage points lower, now { $share }; that is more than chance explains.
groups-moved-higher = Against { $before }, the greatest clear change is { $name }: { $by } percentage points higher, now { $share }; that is more than chance explains.
groups-moved-unclear = Against { $before } there is no ground to say that anything changed; the greatest difference is { $name }: { $by } percentage points, now { $share }.
groups-moved-none = There is nothing to compare with { $before }: there are few ratings, or they were collected in another way.
groups-moved-nothing = There are no ratings of { $before } to compare with.
groups-lowest-clear = Lowest satisfied share: { $name }, { $share } ({ $count } of { $total } ratings); clearly lower than the rest.
groups-lowest-unclear = Lowest satisfied share: { $name }, { $share } ({ $count } of { $total } ratings); no ground to call it lower than the rest.
groups-lowest-full = All that are ranked have 100%.
groups-course = Over the last periods
groups-course-note = Satisfied share and ratings of each period. All charts have one axis, from { $low } to 100%; a dot stands for a period with { $from } ratings or more. A period that is not over is compared as far as it has come.
