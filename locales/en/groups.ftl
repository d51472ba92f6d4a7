# groups: figures by department, officer, counter, procedure; aspects and reasons

groups-departments = Departments
groups-officers = Officers
groups-counters = Counters
groups-procedures = Procedures
groups-column-departments = Department
groups-column-officers = Officer
groups-column-counters = Counter
groups-column-procedures = Procedure
groups-column-estimate = Adjusted estimate
groups-period = { $period } · { $days }
groups-note = { $count } with ratings · page { $page } of { $pages } · below { $from } ratings nothing is ranked. Choose a column’s title to sort.
groups-unranked = not ranked
groups-page-previous = Previous page
groups-page-next = Next page
groups-method-estimate = Adjusted estimate: the officer’s satisfied share drawn towards that of the department, the more the fewer ratings there are; not told where a “<5” could be worked out from it.
