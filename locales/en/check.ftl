# check: the state of the system, on a page of the administration and by "analytics-server check"
check-title = System status
check-note = The server, the database, backups, mail, tablets: how they are and what needs doing. On the server, “analytics-server check” says the same.
check-all-good = No faults and no warnings.
check-some = { $faults ->
    [one] 1 fault, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }.
   *[other] { $faults } faults, { $warnings ->
        [one] 1 warning
       *[other] { $warnings } warnings
    }.
}
check-some-warnings = { $warnings ->
    [one] No faults, 1 warning.
   *[other] No faults, { $warnings } warnings.
}
check-level = Level
check-subject = Subject
check-sentence = State and what to do
check-level-good = Good
check-level-hint = Note
check-level-warning = Warning
check-level-fault = Fault
check-at = Checked at { $at }, version { $version }.

check-subject-server = Server
check-subject-configuration = Configuration
check-subject-database = Database
check-subject-writing = Writing
check-subject-disk = Disk
check-subject-clock = Clock
check-subject-certificate = TLS certificate
check-subject-mail = Mail
check-subject-backup = Backup
check-subject-events = Records to be checked
check-subject-deliveries = Deliveries of alerts
check-subject-tablets = Tablets
check-subject-accounts = Administrators

check-server-good = A server answers at { $address }, version { $version }.
check-server-other = The server at { $address } is version { $version }, this program is { $ours }: restart it (systemctl restart hai-long).
check-server-ill = The server at { $address } says that it cannot work: { $why }
check-server-none = No server answers at { $address } ({ $why }): see “systemctl status hai-long” and “journalctl -u hai-long”. If it listens at another address, give this command the server's own configuration (--config).
check-configuration-good = Read from { $file }.
check-configuration-none = There is no { $file }; the defaults are used.
check-database-sqlite = SQLite { $version }, { $size }, at { $place }.
check-database-postgres = PostgreSQL { $version }, { $size }.
check-database-encoding = PostgreSQL stores text as { $encoding }; create a new database with UTF8 and move over (pg_dump, pg_restore).
check-database-older = The database is of an older version and cannot be looked into. The next start of the server copies it and brings it up to date: { $why }
check-database-older-postgres = The database is of an older version and cannot be looked into. Make a pg_dump first; the next start of the server brings it up to date: { $why }
check-database-fault = It cannot be opened: { $why }
check-database-missing = There is no data in { $place }: check --data-dir and --config, or start the server for the first time.
check-writing-good = The database can be written.
check-writing-fault = Nothing can be written: { $why }
check-disk-good = { $free } are free at { $place }.
check-disk-little = Only { $free } are free at { $place }; the database has { $size }, and a backup or an upgrade needs as much again. Make room, or enlarge the disk.
check-disk-full = Only { $free } are free at { $place }: soon nothing can be written. Make room now.
check-disk-open = Others on this machine can read { $place } (mode { $mode }). Run: chmod { $want } { $place }
check-clock-good = Set by the network (NTP).
check-clock-alone = Not set by the network: moments of ratings may be wrong. Run: timedatectl set-ntp true
check-clock-untold = The operating system does not say whether the clock is synchronised.
check-clock-back = { $minutes ->
    [one] A tablet was last in contact 1 minute later than the present time: the server’s clock was set back. Set it, and turn NTP on.
   *[other] A tablet was last in contact { $minutes } minutes later than the present time: the server’s clock was set back. Set it, and turn NTP on.
}
check-certificate-good = { $days ->
    [one] { $file } is valid until { $day } (1 day).
   *[other] { $file } is valid until { $day } ({ $days } days).
}
check-certificate-soon = { $days ->
    [one] { $file } expires on { $day } (1 day) and was not renewed. Renew it; the server reads it by itself.
   *[other] { $file } expires on { $day } ({ $days } days) and was not renewed. Renew it; the server reads it by itself.
}
check-certificate-over = { $file } expired on { $day }: browsers and tablets can no longer connect. Renew it now; the server reads it by itself.
check-certificate-unreadable = { $file } cannot be read: { $why }. The user hai-long must be able to read it.
check-certificate-proxy = A proxy in front uses TLS (trust_proxy); the server listens at { $listen }.
check-certificate-local = Without TLS; the server takes connections from this machine alone ({ $listen }).
check-certificate-plain = The server listens at { $listen } without TLS: passwords and ratings cross the network in the clear. Set [tls], or put a proxy in front.
check-mail-none = [mail] is not configured: alerts are shown on pages only.
check-mail-good = Connected to { $server }.
check-mail-fault = { $server } cannot be used: { $why }
check-mail-silent = { $server } does not answer within seconds.
check-backup-good = { $hours ->
    [one] The last backup was made 1 hour ago.
   *[other] The last backup was made { $hours } hours ago.
}
check-backup-old = { $hours ->
    [one] The last backup was made 1 hour ago. See “systemctl status hai-long-backup”.
   *[other] The last backup was made { $hours } hours ago. See “systemctl status hai-long-backup”.
}
check-backup-never = There never was a backup. Run: systemctl enable --now hai-long-backup.timer
check-backup-postgres = PostgreSQL is backed up by its own tools (pg_dump); this program does not know when that was.
check-events-good = No record waits to be checked.
check-events-waiting = { $count ->
    [one] 1 record waits to be checked, because something is missing in the lists or it cannot be read: Administration → Records to be checked.
   *[other] { $count } records wait to be checked, because something is missing in the lists or they cannot be read: Administration → Records to be checked.
}
check-deliveries-good = No delivery has been waiting for long.
check-deliveries-late = { $count ->
    [one] 1 delivery has been waiting for { $hours } hours: see Alerts → Delivery log for the reason.
   *[other] { $count } deliveries are waiting, the oldest for { $hours } hours: see Alerts → Delivery log for the reason.
}
check-tablets-good = { $count ->
    [one] 1 tablet, working normally.
   *[other] { $count } tablets, all working normally.
}
check-tablets-none = There are no tablets yet. Make a code for the first one: Administration → Tablets.
check-tablets-trouble = { $count ->
    [one] 1 tablet says that it cannot store ratings: counter { $names }. Please go and look.
   *[other] { $count } tablets say that they cannot store ratings: counters { $names }. Please go and look.
}
check-tablets-blocked = { $count ->
    [one] 1 tablet with a record that is blocked on its way: counter { $names }. Check the firewall or the proxy in front of the server; the page Tablets says which record.
   *[other] { $count } tablets with a record that is blocked on its way: counters { $names }. Check the firewall or the proxy in front of the server; the page Tablets says which record.
}
check-tablets-fork = { $count ->
    [one] 1 tablet whose identity is carried by two chains of records (the data was copied, or set back to an older state): counter { $names }. Make a code for the counter of the tablet that says it needs a technician, and enrol it again on that tablet; do not retire the other one.
   *[other] { $count } tablets whose identity is carried by two chains of records (the data was copied, or set back to an older state): counters { $names }. Make a code for the counter of the tablet that says it needs a technician, and enrol it again on that tablet; do not retire the other one.
}
check-tablets-silent = { $count ->
    [one] 1 tablet out of contact for { $minutes } minutes or more during working hours: counter { $names }. It goes on recording; please check the network and the power.
   *[other] { $count } tablets out of contact for { $minutes } minutes or more during working hours: counters { $names }. They go on recording; please check the network and the power.
}
check-tablets-continued = { $count ->
    [one] 1 tablet was continued by another one and has not been in contact since: counter { $names }. Retire it if it is no longer in use: analytics-server tablet retire ID
   *[other] { $count } tablets were continued by others and have not been in contact since: counters { $names }. Retire those that are no longer in use: analytics-server tablet retire ID
}
check-tablets-clock = { $count ->
    [one] 1 tablet whose clock is more than 5 minutes off: counter { $names }. Turn NTP on there.
   *[other] { $count } tablets whose clock is more than 5 minutes off: counters { $names }. Turn NTP on there.
}
check-tablets-version = { $count ->
    [one] 1 tablet does not run version { $version }: counter { $names }. Please update it when convenient.
   *[other] { $count } tablets do not run version { $version }: counters { $names }. Please update them when convenient.
}
check-tablets-pin = There is no technician's PIN: nobody can leave the kiosk. Run: analytics-server technician pin
check-accounts-good = { $count ->
    [one] 1 administrator, with a second factor.
   *[other] { $count } administrators, all with a second factor.
}
check-accounts-none = No administrator can sign in: analytics-server user add … --role administrator
check-accounts-link = The administrator { $names } has not chosen a password: open the link that was printed, or make another: analytics-server user password NAME
check-accounts-factor = { $count ->
    [one] 1 administrator without a second factor: { $names }.
   *[other] { $count } administrators without a second factor: { $names }.
}
