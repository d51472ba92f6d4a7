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
groups-method-estimate = Adjusted share: the officer’s satisfied share drawn towards that of the department, the more the fewer ratings there are.

groups-unranked-below = fewer than { $from } ratings: not ranked
groups-estimate-towards = drawn towards the department’s share, the more the fewer ratings
groups-low = See the dissatisfied ratings
groups-its-officers = Officers of the department
groups-its-counters = Counters of the department
groups-its-procedures = Procedures of the department

groups-aspects = Aspects and reasons
groups-aspects-judged = Aspects
groups-aspects-none = No aspect was judged in this period.
groups-column-aspect = Aspect
groups-column-judged = Ratings
groups-reasons = Reasons named
groups-reasons-none = No reason was named in this period.
groups-column-reason = Reason
groups-column-named = Times named
groups-column-bar = Beside the most named reason
groups-method-reasons = Reasons: ratings that named it; one rating may name several, so that they may add up to more than the ratings.

groups-answers = Asked and answered
groups-asked = Asked
groups-asked-what = visits to whom a tablet put the question
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
groups-answers-none = No tablet asked anybody in this period yet.
groups-answers-all = See the whole list
groups-method-answers = Asked: somebody touched the tablet’s screen, or an invitation appeared on it. Imported ratings were asked by no tablet. Each visit that was asked is one of three: answered (also if the rating was ruled out later), not answered, or still open; the three add up to those asked.
