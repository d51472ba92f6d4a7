# admin: the administration of the centre
admin-title = Administration
admin-trail = Breadcrumb
admin-sites = Sites
admin-sites-note = The provincial centre and the communal centres.
admin-departments = Departments
admin-departments-note = Departments that have counters at the centre.
admin-counters = Counters
admin-counters-note = Counters that receive and return, by department and site.
admin-officers = Officers
admin-officers-note = Who serves at the counters, their titles and portraits.
admin-procedures = Procedures
admin-procedures-note = Administrative procedures, their fields and time limits.
admin-tablets = Tablets
admin-tablets-note = Codes for new tablets, moving them, retiring them.
admin-centre = Centre
admin-centre-note = Name, working hours, notice, form of reports, public page.
admin-users = Users
admin-users-note = Accounts, roles, departments in charge, links to set a password.
admin-tokens = Access tokens
admin-tokens-note = Connections of the one-stop, queueing and other software.
admin-alerts = Alert settings
admin-alerts-note = Thresholds, webhooks that receive alerts, delivery log.
admin-quarantine = Records to be checked
admin-quarantine-note = Records from tablets that are not counted because something is missing in the lists or they cannot be read.
admin-audit = Audit log
admin-audit-note = Who did what, when, before and after.
admin-status = System status
admin-status-note = Backups, disk, certificates, mail, tablets: how they are and what needs doing.
admin-first = Steps to the first rating
admin-first-left = { $count ->
    [one] One of 5 steps is left.
   *[other] { $count } of 5 steps are left.
}
admin-first-unrated = There is no rating yet. Figures appear here as soon as a tablet sends the first one.
admin-first-done = ✓ Done
admin-first-open = To do
admin-first-next = Next step: { $title }
admin-first-centre-title = The centre’s name, hours and letterhead
admin-first-counters-title = Departments and counters
admin-first-officers-title = Officers, and who usually sits at each counter
admin-first-tablet-title = A tablet at each counter
admin-first-rating-title = The first rating
admin-first-no-centre = Name, hours and letterhead are the preset ones; nobody has looked at them and saved them.
admin-first-no-letterhead = The issuing agency is not filled in; reports use the centre’s name.
admin-first-no-departments = There is no department yet.
admin-first-no-counters = { $count ->
    [one] There is one department and no counter yet.
   *[other] There are { $count } departments and no counter yet.
}
admin-first-no-officers = There is no officer yet.
admin-first-no-usual = { $count ->
    [one] One counter has no usual officer: { $names }.
   *[other] { $count } counters have no usual officer: { $names }.
}
admin-first-no-tablet-yet = There is no tablet yet.
admin-first-no-tablet = { $count ->
    [one] There is no tablet yet; one counter waits for one.
   *[other] There is no tablet yet; { $count } counters wait for one.
}
admin-first-no-bare = { $count ->
    [one] One counter has no tablet: { $names }.
   *[other] { $count } counters have no tablet: { $names }.
}
admin-first-no-rating-yet = There is no rating yet.
admin-first-no-rating = { $count ->
    [one] There is one tablet and no rating yet. Please touch a level on it and look whether it is connected.
   *[other] There are { $count } tablets and no rating yet. Please touch a level on one and look whether it is connected.
}
admin-first-open-centre = Open the centre’s settings
admin-first-upload-departments = Read departments from a file
admin-first-upload-counters = Read counters from a file
admin-first-upload-officers = Read officers from a file
admin-first-open-tablets = See how the tablets are

admin-search = Search code, name
admin-show = Show
admin-find = Search
admin-show-in-use = In use
admin-show-retired = Retired
admin-show-all = All
admin-count = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
admin-empty = No entry matches.
admin-none = There is no entry yet.
admin-none-in-use = No entry is in use.
admin-download = Download
admin-upload = Import from a file
admin-state = State
admin-in-use = In use
admin-retired = Retired
admin-save = Save
admin-cancel = Back
admin-remove = Remove
admin-choose = – Choose –

admin-done-added = Added.
admin-done-saved = Saved.
admin-done-retired = Retired. Past figures stay as they are.
admin-done-back = In use again.
admin-done-moved = Moved. The tablet receives its new counter within 30 seconds when it is online.
admin-done-imported = The file was imported.
admin-done-photo = The picture is saved. Tablets show it within 30 seconds.
admin-done-published = The new version is published.
admin-done-dropped = The draft was dropped.
admin-ask-retire = Retire “{ $name }”?
admin-entry-hint = Type a code or a name, with or without marks; suggestions appear as you type.
admin-fault-several = { $count } entries fit “{ $typed }”: { $some }. Please type the code or more of the name.

admin-site-add = Add a site
admin-site-code = Code
admin-site-name = Name of the site
admin-site-kind = Kind
admin-site-kind-province = Provincial centre
admin-site-kind-commune = Commune
admin-department-add = Add a department
admin-department-code = Code
admin-department-name = Name of the department
admin-department-prefix = Letter of queue numbers
admin-counter-add = Add a counter
admin-counter-code = Code
admin-counter-name = Name of the counter
admin-counter-department = Department
admin-counter-site = Site
admin-officer-add = Add an officer
admin-officer-code = Code
admin-officer-name = Full name
admin-officer-title = Title
admin-officer-department = Department
admin-officer-counter = Counter
admin-procedure-add = Add a procedure
admin-procedure-code = Code
admin-procedure-name = Name of the procedure
admin-procedure-field = Field
admin-procedure-department = Department
admin-procedure-days = Working days
admin-label-department = Department
admin-label-site = Site
admin-label-counter = Counter
admin-no-site = The centre itself (no site of its own)
admin-no-counter = No usual counter
admin-hint-code = The code in the one-stop software. Once saved it cannot be changed.
admin-hint-prefix = The letter before queue numbers, such as the B of B001. May be left empty.

admin-fault-form = Nothing was saved. Please look at the marked fields below.
admin-fault-at = { $field }: { $fault }
admin-fault-empty = This field may not be empty.
admin-fault-control = There is a control character in it; please type it again.
admin-fault-spaces = A code has no spaces.
admin-fault-long = At most { $limit } letters.
admin-fault-kind = Please choose provincial centre or commune.
admin-fault-days = Please enter a number of working days from 0 to 3,650.
admin-fault-unknown = There is no code “{ $code }”.
admin-fault-retired = The code “{ $code }” is retired; please choose another.
admin-fault-taken = “{ $name }” has this code already. Please enter another one.
admin-fault-taken-retired = “{ $name }”, which is retired, has this code already. Please enter another one, or open “{ $name }” among the retired entries and bring it back.
admin-fault-page = A page’s address begins with https:// or http://, such as https://dichvucong.gov.vn.
admin-fault-stale = While you were writing, somebody else changed this. Nothing was overwritten. Please compare below, and press Save if you still want your change.
admin-fault-back = The department or site is retired; please bring that back first.
admin-fault-standing-site = { $count ->
    [one] 1 counter in use belongs to this site; please move or retire it first.
   *[other] { $count } counters in use belong to this site; please move or retire them first.
}
admin-fault-standing-department = { $count ->
    [one] 1 counter, officer or procedure in use belongs to this department; please move or retire it first.
   *[other] { $count } counters, officers or procedures in use belong to this department; please move or retire them first.
}
admin-fault-standing-counter = { $count ->
    [one] 1 tablet is at this counter; please move it to another counter first.
   *[other] { $count } tablets are at this counter; please move them to other counters first.
}
admin-fault-choice = Please choose one of the list.
admin-fault-counter = Please choose a counter in use.
admin-fault-officer = Please choose an officer who is not retired.
admin-fault-stage = Please choose a stage of the list.

admin-both = What is stored and what you entered
admin-both-field = Field
admin-both-now = Stored
admin-both-typed = You entered
admin-is-retired = Retired
admin-retire = Retire
admin-retire-note = { $kind ->
    [officer] This person is no longer offered in any list of choices. Past figures stay and are still shown.
   *[other] It is no longer offered in any list of choices. Its past figures stay and are still shown.
}
admin-retire-duties = { $count ->
    [one] 1 coming entry of the roster remains at { $counters }. Once retired, this person is not shown there; the tablet shows the counter’s usual officer, if there is one. Please plan somebody else.
   *[other] { $count } coming entries of the roster remain at { $counters }. Once retired, this person is not shown there; tablets show the counter’s usual officer, if there is one. Please plan somebody else.
}
admin-retire-usual = This person is the usual officer of { $counter }. Once retired, its tablet shows { $next } when the roster names nobody.
admin-retire-usual-last = The usual officer of { $counter }. Afterwards the counter has none, and its tablet is out of service and takes no ratings until somebody is planned there or signs in at it.
admin-ask-share = { $counter } already has a usual officer: { $others }. Save anyway?
admin-share-effect = When the roster names nobody, the tablet of this counter shows { $shown } alone, and ratings count for this person. The others are rated only when the roster names them or when they sign in at the tablet.
admin-share = Save anyway
admin-shared-counter = { $counter } (several usual officers; the tablet shows { $shown })
admin-back = Bring back
admin-back-note = { $kind ->
    [officer] This person can be chosen again as before.
   *[other] It can be chosen again as before.
}

admin-photo = Portrait
admin-photo-alt = The present portrait
admin-photo-none = There is no picture yet; tablets show the initials.
admin-photo-file = Picture
admin-photo-hint = JPEG or PNG, 5 MB at most. It is cropped to a square and scaled down.
admin-photo-send = Save the picture
admin-photo-remove = Remove the picture
admin-photo-fault-none = Please choose a picture.
admin-photo-fault-large = The file has more than 5 MB; please make the picture smaller and send it again.
admin-photo-fault-format = The file is neither a JPEG nor a PNG picture; please save it as one of these.
admin-photo-fault-unreadable = The picture cannot be read: it is damaged or has more than 25 million pixels (such as 5,000 × 5,000).

admin-tablet-add = Make an enrolment code
admin-tablet-make = Make the code
admin-tablet-one = Tablet { $id }
admin-tablet-counter = Counter
admin-tablet-counter-name = Name of the counter
admin-tablet-officer = Officer
admin-tablet-officer-hint = Choose somebody only if the tablet always asks about this person. Otherwise: by the roster, and without one the counter’s usual officer.
admin-tablet-usual-officer = By the counter's roster
admin-tablet-stage = Stage
admin-tablet-stage-receive = Receiving
admin-tablet-stage-return = Returning
admin-tablet-both-stages = Both stages
admin-tablet-contact = Last contact
admin-tablet-pending = Records waiting to be sent
admin-tablet-blocked = Blocked on the way
admin-tablet-pending-blocked = { $pending } (blocked)
admin-tablet-fork = Duplicate tablet identity
admin-tablet-other = Second machine
admin-tablet-pending-forked = { $pending } (duplicate identity)
admin-tablet-events = Records received
admin-tablet-version = Version
admin-tablet-enrolled = Enrolled
admin-tablet-id = Tablet
admin-tablet-continues = Continues the tablet
admin-tablet-continued = Continued by the tablet
admin-tablet-itself = { $id }
admin-tablet-by-hand = { $id } (a journal from a file)
admin-tablet-retire-note = The tablet can no longer send data. Records that were received stay; records that were not sent stay on the tablet, which sends them under a new number once it gets a new code.
admin-tablet-ask-retire = Retire the tablet { $id } at { $counter }?
admin-tablet-retire-asks = The tablet does not stop by itself: it goes on asking people, and keeps their ratings, until it is switched off or enrolled anew. A retired tablet cannot be brought back; to use it again, make a new code.
admin-tablet-retire-pending = { $count ->
    [one] The tablet has one record that was not sent to the server.
   *[other] The tablet has { $count } records that were not sent to the server.
}
admin-tablet-no-counter = There is no counter yet to put a tablet at. Please add the counter first, then come back here for the code.
admin-tablet-ask-nobody = Nobody sits at { $counter } yet
admin-tablet-nobody-note = This counter has no usual officer, so after the code is typed in the tablet says that nobody is being served there and takes no ratings until somebody is assigned. Go back to choose the officer, or get the code now and assign somebody later.
admin-tablet-nobody-go = Get the code all the same
admin-tablet-fault-retired = The tablet is retired and cannot be moved. Please make a new code to use it again.

admin-code-title = Enrolment code for a tablet
admin-code-until = Valid for one tablet, until { $moment }.
admin-code-once = The code is shown only this once and is not stored. If you lose it, please make another one.
admin-code-new = A new tablet: switch it on and wait for the screen “Enrol this tablet”. Enter the code at “Enrolment code, or the text of the QR code” and { $server } at “Address of the server”, then press “Enrol”. With a scanner, scanning the QR code is enough.
admin-code-used = A tablet in use: hold the clock in the lower right corner of the screen for 3 seconds, choose “Technician” and enter the PIN, open “Move to another counter” (or “Move / enrol again”), and enter the code or scan the QR code.
admin-code-command = From the tablet’s command line: run tablet-app --enrol with the following line in quotes.
admin-code-picture = The QR code contains the line that begins with hai-long://
admin-code-unreachable = Tablets cannot reach { $address }: it only works on the server itself or in one part of the network. Please open this page by an address that tablets can reach, or fill in “{ $setting }”, and get another code.
admin-code-setting = Open this setting

admin-weekday-1 = Monday
admin-weekday-2 = Tuesday
admin-weekday-3 = Wednesday
admin-weekday-4 = Thursday
admin-weekday-5 = Friday
admin-weekday-6 = Saturday
admin-weekday-7 = Sunday

admin-centre-general = General
admin-centre-name-vi = Name of the centre (Vietnamese)
admin-centre-name-en = Name of the centre (English)
admin-centre-zone = Time zone
admin-centre-zone-hint = IANA name, such as Asia/Ho_Chi_Minh. A new time zone applies to figures after the server has been restarted.
admin-centre-zone-waits = The new time zone is saved and applies after the server has been restarted.
admin-centre-policy = Reporting period
admin-centre-policy-hint = On which days a month, a quarter and a year begin and end in reports.
admin-centre-policy-calendar = Calendar: from the first to the last day of the month
admin-centre-policy-nd09 = Decree 09/2019: from the 15th of the month before to the 14th
admin-centre-duty = Who is rated
admin-centre-duty-hint = How a tablet decides whom a rating is about.
admin-centre-duty-roster = By the roster; an officer who signs in at the tablet takes precedence
admin-centre-duty-sign-in = Only an officer who signed in at the tablet
admin-centre-tap-sound = Sound after a tap
admin-centre-tap-sound-hint = Tablets sound a short tone when a choice has been recorded; they need a loudspeaker.
admin-centre-tap-sound-no = No
admin-centre-tap-sound-yes = Yes
admin-centre-comments = Comments are stored for (months)
admin-centre-comments-hint = Older comments are deleted for good, once a day; their ratings still count. Enter 1 to 120; left empty, comments are kept for good.
admin-centre-ask-comments = { $months ->
    [one] Keep comments for only one month?
   *[other] Keep comments for only { $months } months?
}
admin-centre-ask-comments-effect = { $count ->
    [0] No comment is older than that now. From now on, comments past this time (in months: { $months }) are deleted for good, once a day; their ratings still count.
    [one] 1 comment is older than that now. It and, later, others past this time (in months: { $months }) are deleted for good, once a day; their ratings still count.
   *[other] { $count } comments are older than that now. They and, later, others past this time (in months: { $months }) are deleted for good, once a day; their ratings still count.
}
admin-centre-repeat = Flag quick repetitions (seconds)
admin-centre-repeat-hint = A rating that follows another within this many seconds is flagged, never deleted. 0: none is flagged.
admin-centre-languages = Languages on tablets
admin-centre-factor = Two-step sign-in
admin-centre-factor-note = Users who have a chosen role and have not set up two-step sign-in can do nothing else after signing in. Access tokens of other software are not affected.
admin-centre-factor-roles = Required for the roles
admin-centre-hours = Working hours
admin-centre-hours-note = Outside working hours the tablet’s screen is dimmed and shows the working hours. For a day off leave all four fields empty.
admin-centre-span-0-from = Morning from
admin-centre-span-0-until = Morning until
admin-centre-span-1-from = Afternoon from
admin-centre-span-1-until = Afternoon until
admin-centre-notice = Notice on tablets
admin-centre-notice-note = At most 300 letters. Leave it empty when there is nothing to announce.
admin-centre-notice-shown = Shown at present
admin-centre-notice-vi = Vietnamese
admin-centre-notice-en = English
admin-centre-notice-km = Khmer
admin-centre-letterhead = Form of reports
admin-centre-letterhead-note = Head and signature of reports by Decree 30/2020.
admin-centre-parent = Agency above
admin-centre-agency = Issuing agency
admin-centre-agency-hint = A line break where the name should break; at most 3 lines.
admin-centre-number = Number and symbol
admin-centre-place = Place
admin-centre-authority = Authority of the signer
admin-centre-signer-title = Title of the signer
admin-centre-signer-name = Name of the signer
admin-centre-distribution = Distribution list
admin-centre-distribution-hint = One receiver a line; at most 30 lines.
admin-centre-public = Public page
admin-centre-public-note = The page /public for everybody and the screen /screen in the hall show figures of past days and where to file petitions. A channel that is empty is not shown.
admin-centre-public-shown = Results are public
admin-centre-public-shown-hint = While results are not public, /public can not be opened and /screen says only that nothing is published.
admin-centre-public-shown-yes = Public
admin-centre-public-shown-no = Not public
admin-centre-public-site = Address of the page from outside
admin-centre-public-site-hint = Such as https://hailong.example.gov.vn. Empty: the address that the reader’s browser is using.
admin-centre-public-hotline = Hotline
admin-centre-public-hotline-hint = The telephone number for petitions.
admin-centre-public-web = Page where petitions are filed
admin-centre-public-web-hint = Such as https://dichvucong.gov.vn.
admin-centre-public-address-vi = Where to go or write to (Vietnamese)
admin-centre-public-address-en = Where to go or write to (English)

admin-holidays = Days off
admin-holidays-note = Holidays and days on which the centre is closed, year by year.
admin-holidays-about = Holidays and days on which the centre is closed. On these days tablets say so, and none is reported as out of contact.
admin-holidays-see = See and change days off
admin-holidays-year = Days off in { $year }
admin-holidays-years = Years
admin-holidays-day = Day off
admin-holidays-weekday = Weekday
admin-holidays-until = Until the end of
admin-holidays-until-hint = Leave it empty for a single day.
admin-holidays-name = Name of the day off
admin-holidays-name-hint = For example: National Day. It may be left empty.
admin-holidays-add = Add days off
admin-holidays-removed = The day off was removed: { $day }.
admin-holidays-none = There are no days off yet.
admin-holidays-public = Public holidays of { $year }
admin-holidays-public-note = Public holidays by article 112 of the Labour Code 2019. Days with a fixed date are filled in; please fill in those that follow the lunar calendar or the yearly notice. Empty lines are passed over. Days in lieu are added under “Add days off”.
admin-holidays-public-add = Add the days that are filled in
admin-holidays-public-none = No day is filled in, or these days are in the list already.
admin-holiday-new-year = New Year’s Day
admin-holiday-tet = Lunar New Year (Tết)
admin-holiday-tet-hint = The first of five days, by the lunar calendar and the yearly notice.
admin-holiday-hung-kings = Hùng Kings’ Commemoration Day
admin-holiday-hung-kings-hint = The tenth day of the third lunar month.
admin-holiday-reunification = Reunification Day
admin-holiday-labour = International Labour Day
admin-holiday-national = National Day
admin-holiday-national-beside = National Day (the day beside it)
admin-holiday-national-beside-hint = The day before or after 2 September, as the yearly notice says.
admin-holiday-until = { $name }: until
admin-holidays-files = The list as a file
admin-holidays-file-note = The header row must name the column of days; “Name of the day off” may be missing. One day a row, such as 02/09/2026. Importing a file only adds days off and their names; none is removed.

admin-fault-zone = There is no such time zone; please write a name such as Asia/Ho_Chi_Minh.
admin-fault-comments = Please enter 1 to 120 months.
admin-fault-repeat = Please enter 0 to 3,600 seconds.
admin-fault-language = Please choose at least one language.
admin-fault-notice = The notice must have a text in Vietnamese.
admin-fault-lines = At most { $most } lines of at most 200 letters.
admin-fault-time = Each part of the day needs both times, such as 07:00 and 11:30.
admin-fault-span = The end must be after the beginning, and the afternoon after the morning.
admin-fault-day = There is no such day; please choose one of the calendar.
admin-fault-day-twice = This day is on the list already.
admin-fault-day-before = The last day must not be before the first.
admin-fault-day-year = This day is not in the year that is shown.
admin-fault-days-long = At most 31 days are added at once; please add them in parts.
admin-fault-day-file = The day cannot be read; please write it as 02/09/2026.
admin-fault-days-full = The list already has 1,000 days; please remove some past ones.

admin-file = CSV or XLSX file
admin-file-hint = At most 10 MB and 5,000 rows. Nothing is stored before you have seen and confirmed it.
admin-file-send = Preview
admin-file-columns = Columns of the file
admin-file-columns-note = The header row must name these columns, in any order. Values whose column is not in the file stay as they are stored. Importing brings no retired entry back into use.
admin-file-sample = Download the present list as a sample (XLSX)
admin-file-none = Please choose a file.
admin-file-large = The file is larger than 10 MB; please split it.
admin-file-rows = The file has more than 5,000 rows; please split it.
admin-file-empty = The file has no rows of data.
admin-preview = What the file would change
admin-preview-note = Nothing is stored yet. Faulty rows are left out.
admin-rows-new = { $count } new
admin-rows-changed = { $count } changed
admin-rows-same = { $count } unchanged
admin-rows-faulty = { $count } faulty
admin-rows-more = { $count ->
    [one] 1 more row is not shown here but is counted.
   *[other] { $count } more rows are not shown here but are counted.
}
admin-rows-title-faulty = Faulty rows
admin-rows-title-changed = Changed rows
admin-rows-title-new = New rows
admin-row-line = Line
admin-row-code = Code
admin-row-name = Name
admin-row-what = What
admin-row-new = New
admin-row-twice = The code already appears in a row above.
admin-import = { $count ->
    [one] Import 1 row
   *[other] Import { $count } rows
}
admin-import-nothing = There is nothing to import.
admin-import-stale = The data changed while you were looking. Nothing was stored. Please look again, then press Import.

admin-rosters = Roster
admin-rosters-note = Who serves where this week when it is not the usual officer.
admin-roster-note = Only what differs from the counter’s usual officer needs an entry. Where two entries overlap, the later one applies.
admin-roster-save = Save the week
admin-roster-before = ‹ Previous week
admin-roster-after = Next week ›
admin-roster-all = All departments
admin-roster-department = Department
admin-roster-counters = Counters { $from }–{ $to } of { $count }
admin-roster-page-note = This form holds the counters of this page only; saving and filling in from the week before apply to them. Save before going to another page.
admin-roster-show = Show
admin-roster-none = There is no counter in use yet. Please add a counter first.
admin-roster-officers-note = Officer takes a code or a name, with or without marks. Left empty, the usual officer serves.
admin-roster-officers-others = Only officers of the departments of these counters are suggested; type the code or the full name of anybody else.
admin-roster-nobody = – Nobody instead –
admin-roster-session = Session
admin-roster-is-whole = Whole day
admin-roster-is-morning = Morning
admin-roster-is-afternoon = Afternoon
admin-roster-is-other = Other hours
admin-roster-more = Add another entry
admin-roster-closed = closed
admin-roster-closed-named = closed: { $name }
admin-roster-over = This week is over, so its roster is only for reading.
admin-roster-off = The centre is closed all this week, so there is nothing to plan.
admin-roster-usual-others = Several people are the usual officer of this counter. Its tablet shows { $shown }, not { $others }.
admin-roster-retired = This person is retired, so the tablet shows the counter’s usual officer, if there is one. Please choose somebody else.
admin-roster-retired-entry = { $entry } (retired)
admin-roster-drop = Cancel this entry
admin-roster-copy = Fill in from the week before
admin-roster-copied = { $count ->
    [one] 1 entry of the week before was filled into an empty cell. Nothing is saved yet; please check it, then press “Save the week”.
   *[other] { $count } entries of the week before were filled into empty cells. Nothing is saved yet; please check them, then press “Save the week”.
}
admin-roster-copied-none = The week before has no entry that could be filled into an empty cell.
admin-roster-left-retired = { $count ->
    [one] 1 entry of somebody who is retired was left out.
   *[other] { $count } entries of people who are retired were left out.
}
admin-roster-left-closed = { $count ->
    [one] 1 entry on a day when the centre is closed was left out.
   *[other] { $count } entries on days when the centre is closed were left out.
}
admin-roster-left-long = { $count ->
    [one] 1 entry that reaches into another day was left out.
   *[other] { $count } entries that reach into another day were left out.
}
admin-roster-overlaps = Nothing was saved. Some entries need a second look; they are listed below. If this is meant, press “Save anyway”; otherwise please correct them and save again.
admin-roster-sure-title = Entries to look at again
admin-roster-sure = Save anyway
admin-roster-sure-officer = From { $from }: { $subject } is planned at { $one } and at { $other } at the same time.
admin-roster-sure-counter = From { $from }: { $subject } has two people planned at the same time, { $one } and { $other }; the tablet shows { $holds }, whose entry was made last.
admin-roster-sure-usual = From { $from }: { $subject } is planned at { $one } while nobody else is planned at { $other }, so the tablet at { $other } still shows { $subject }.
admin-roster-twice-officer = Overlap: also planned at { $named }, { $hours }.
admin-roster-twice-counter = Overlap at this counter with { $named }, { $hours }; the tablet shows { $holds }, whose entry was made last.
admin-roster-twice-usual = Nobody else is planned at { $named }, { $hours }: the tablet there still shows this person.
admin-roster-files = The roster as a file
admin-roster-file-from = From
admin-roster-file-until = Until
admin-roster-file-csv = Download CSV
admin-roster-file-xlsx = Download XLSX
admin-roster-file-note = The header row must name these columns, in any order; counters and officers are given by their codes. For each day of a counter that is in the file, the file replaces all entries of that day; days and counters that are not in it stay as they are.
admin-roster-row-day = Day, counter
admin-roster-row-who = Officer, hours
admin-roster-row-twice = A row above has an entry for this counter at the same time.
admin-roster-row-long = This counter has an entry that reaches into another day; please cancel it before importing the file.
admin-roster-day-whole = Entries of the counter’s day
admin-roster-counter = Counter
admin-roster-usual = Usual
admin-roster-officer = Officer
admin-roster-day = Day
admin-roster-from = From
admin-roster-until = Until
admin-fault-clock = Please enter a time such as 07:30.
admin-fault-until = The end must be after the beginning.
admin-fault-past = This time has passed; please choose another day.

admin-questionnaires = Questionnaires
admin-questionnaires-note = The question on tablets, the steps after it and the published versions.
admin-questionnaire-edit = Write a new version
admin-questionnaire-on = Go on with the draft
admin-questionnaire-draft = Draft of the questionnaire
admin-questionnaire-draft-note = The draft is not shown on tablets until it is published.
admin-questionnaire-look = Preview as on a tablet
admin-questionnaire-version = Questionnaire, version { $version }
admin-questionnaire-publish = Publish
admin-questionnaire-publish-note = A published version cannot be changed. Tablets use the new version within 30 seconds, after the rating in progress has ended.
admin-questionnaire-sure = I have looked at all screens above, in every language of the tablets.
admin-questionnaire-edit-draft = Edit the draft
admin-questionnaire-whole = See all languages, to publish
admin-questionnaire-missing-note = In this preview the Vietnamese texts stand in for what is missing.
admin-questionnaire-off = This language is off in the centre’s settings, so tablets do not offer it.
admin-questionnaire-likeness = The preview shows the texts and the order of the screens. Colours, faces, sizes and layout can differ on a tablet.
admin-draft-look = Save and preview
admin-draft-unsaved = Not saved yet
admin-draft-waits = There is a draft that has not been published.
admin-draft-waits-since = There is a draft that has not been published, last saved { $at }. By: { $by }.
admin-draft-drop = Drop the draft and go back to the newest version
admin-draft-drop-title = Drop the draft?
admin-draft-drop-effect = All changes in the draft that are not published will be lost for good. Tablets go on using the newest published version.
admin-drop-stale = Somebody else changed the draft. Nothing was dropped. Please look at the draft as it is shown now, and drop it if you still want to.
admin-draft-stale = Somebody else changed the draft. Nothing was overwritten. Please open the draft in another window to compare, and press Save if you still want your change.
admin-draft-same = The draft is the same as the newest version; there is nothing to publish.
admin-draft-sure = Please tick the confirmation before publishing.
admin-ask-file = Import a questionnaire from a file
admin-ask-file-note = The file becomes the draft; tablets change only after you have previewed and published it. Each version can be downloaded as a file from its own page.
admin-ask-file-json-label = JSON file
admin-ask-file-send = Import as the draft
admin-ask-file-get = Download this version (JSON)
admin-ask-file-large = The file is larger than 256 KB, so it is not a questionnaire.
admin-ask-file-json = The file is not a questionnaire; please choose a JSON file that was downloaded here or printed by “questionnaire show”.
admin-ask-file-draft = There is a draft that has not been published, so the file was not imported. Please publish or drop that draft first.
admin-ask-file-more = The file contains more than the form can store, such as more than 6 steps or a language that tablets do not have; please shorten it and send it again.
admin-ask-file-unfit = The questionnaire in the file cannot be used. { $why }
admin-ask-version = Version
admin-ask-published = Published
admin-ask-by = By
admin-ask-question = Question
admin-ask-scale = Scale
admin-ask-is-five = Five levels
admin-ask-is-three = Three levels
admin-ask-question-vi = Question (Vietnamese)
admin-ask-question-en = Question (English)
admin-ask-question-km = Question (Khmer)
admin-ask-step = Step { $number } after the level
admin-ask-kind = Kind of step
admin-ask-is-none = No such step
admin-ask-is-aspects = A level for each aspect
admin-ask-is-reasons = Reasons to choose
admin-ask-is-comment = Comment
admin-ask-text-vi = Text (Vietnamese)
admin-ask-text-en = Text (English)
admin-ask-text-km = Text (Khmer)
admin-ask-id = Item code
admin-ask-after = Asked for the levels
admin-ask-after-hint = With no level chosen it is asked for all levels.
admin-ask-after-all = For all levels
admin-ask-first = First screen
admin-ask-items-note = The item code names the item in the figures and in exported files; left empty, it is made from the Vietnamese text. The code of a published item stays, so that figures can be compared over time. After saving there are further empty rows.
admin-ask-contents = Parts of the questionnaire
admin-ask-count = { $count ->
    [one] 1 item
   *[other] { $count } items
}
admin-ask-item = item { $number }: { $text }
admin-ask-missing = { $count ->
    [one] { $language }: 1 text is missing
   *[other] { $language }: { $count } texts are missing
}
admin-ask-closed = { $count ->
    [one] { $language }: 1 text is missing. Tablets will not offer this language until nothing is missing.
   *[other] { $language }: { $count } texts are missing. Tablets will not offer this language until nothing is missing.
}
admin-ask-shown = { $count ->
    [one] { $language }: 1 text is missing. Tablets show the Vietnamese text in its place.
   *[other] { $language }: { $count } texts are missing. Tablets show the Vietnamese texts in their place.
}
admin-ask-move-up = Up
admin-ask-move-down = Down
admin-ask-move-remove = Remove
admin-ask-times = Waiting times (seconds)
admin-ask-time-answer = For an answer
admin-ask-time-undo = To choose again
admin-ask-time-step = At each step
admin-ask-time-comment = For a comment
admin-fault-vietnamese = There must be a text in Vietnamese.
admin-fault-seconds = Please enter { $least } to { $most } seconds.
admin-fault-item = The code must differ from all others and have only lower-case letters, digits and underscores; at most 64.
admin-fault-items = This step needs at least one item.
admin-fault-choices = Steps of one kind may have at most { $most } items together.
