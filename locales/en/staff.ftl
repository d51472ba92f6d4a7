# The staff's screen
staff-title = For staff
staff-close = Close
staff-back = Back
staff-erase = Erase
staff-ok = Enter

## Who is it?
staff-who = Please choose your name
staff-nobody = No PIN has been set for this counter yet. Please ask an administrator for a PIN.
staff-no-officer = No officer has a PIN at this counter yet. Please ask an administrator for a PIN.
staff-technician = Technician
staff-technician-about = Check, move, export, leave
staff-on-duty = On duty
staff-page = { $page }/{ $pages }
staff-page-back = Previous page
staff-page-on = Next page

## PIN
staff-pin = Enter the PIN
staff-pin-digits = { $count ->
    [one] 1 digit entered
   *[other] { $count } digits entered
}
staff-pin-checking = Checking…
staff-pin-wrong = The PIN is not right. Please try again.
staff-pin-locked = { $seconds ->
    [one] Too many wrong PINs. Please try again in 1 second.
   *[other] Too many wrong PINs. Please try again in { $seconds } seconds.
}

## Menu
staff-sign-in = Sign in
staff-sign-in-about = From now on ratings are counted for { $name }
staff-sign-out = Sign out
staff-sign-out-about = Ends { $name }’s session; after that the roster applies
staff-test = Test touch
staff-test-about = Checks the screen; nothing is counted
staff-wipe = Wipe the screen
staff-wipe-about = 30 seconds without touches
staff-wipe-hint = { $seconds ->
    [one] You can wipe the screen. No touch counts; the question comes back in 1 second.
   *[other] You can wipe the screen. No touch counts; the question comes back in { $seconds } seconds.
}
staff-enrol = Move to another counter
staff-enrol-about = Needs an enrolment code from an administrator
staff-enrol-again = Move / enrol again
staff-enrol-again-about = Needs a new code for this counter. What was recorded is kept and sent
staff-export = Export to USB
staff-export-about = When the tablet cannot be connected to the network
staff-leave = Leave the program
staff-leave-about = Stops the program on this tablet

## How it is
staff-facts = State of the tablet
fact-link = Connection
fact-link-online = Connected
fact-link-offline = Not connected
fact-link-forked = Data does not match the server, enrol again
fact-link-refused = The server does not accept this tablet
fact-link-clock = The tablet's clock may be wrong
fact-link-authority = The server's certificate is not known
fact-link-foreign = Something other than the server answers
fact-link-todo-offline = Check the network cable or Wi-Fi and the server { $server }. Ratings are kept and sent by themselves once there is a network.
fact-link-todo-refused = This tablet is not enrolled or has been retired. Get a new code on the administration page, under Tablets, and enter it at “Move / enrol again”.
fact-link-todo-clock = By the tablet’s clock the server’s certificate is not valid yet or no longer. Set the system’s clock (timedatectl); if it is right, ask an administrator to renew the certificate.
fact-link-todo-authority = Install the package ca-certificates and the centre's own certificate, where it has one, and run update-ca-certificates.
fact-link-todo-foreign = A network's sign-in page, a firewall or another machine answers at { $server }. Sign in to the network, let the tablet through the firewall, or check the address.
fact-link-todo-forked = The data on this tablet and on the server do not follow one another. Get a new code on the administration page, under Tablets, and enter it at “Move / enrol again”; ratings are kept.
fact-contact = Last contact
fact-pending = Waiting to be sent
fact-pending-count = { $recorded ->
    [one] { $pending } of 1 record
   *[other] { $pending } of { $recorded } records
}
fact-blocked = Blocked on the way
fact-blocked-event = Record { $number }, since { $since } (HTTP { $status })
fact-blocked-todo = A firewall or a proxy does not let this record through; the records after it have to wait. Check the firewall, or export the data to USB.
fact-skew = Clock off by
fact-skew-seconds = { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}
fact-battery = Battery
fact-battery-charging = { $percent }%, charging
fact-battery-percent = { $percent }%
fact-storage = Free storage
fact-storage-gigabytes = { $gigabytes } GB
fact-counter = Counter
fact-server = Server
fact-version = Version
fact-version-text = { $boots ->
    [one] { $version } · questionnaire { $questionnaire } · started once
   *[other] { $version } · questionnaire { $questionnaire } · started { $boots } times
}
fact-unknown = Not known

## Test touch
staff-test-hint = Please touch each face. Nothing touched here is recorded.
staff-test-touched = Received: { $level }

## Another counter
staff-enrol-hint = Enter the code of 8 letters and digits, or scan the QR code on the administration page.
staff-enrol-code = Enrolment code
staff-enrol-confirm = Move
staff-enrol-going = Checking with the server…
staff-enrol-done = This tablet now belongs to counter { $counter }. What was recorded is kept.
staff-enrol-failed-code = The server does not accept this code: it is wrong, used or expired. Please check it letter by letter or ask for a new one.
staff-enrol-failed-text = What was entered is not an enrolment code. Please enter the 8 letters and digits, or scan the QR code on the administration page again.
staff-enrol-failed-another = This code comes from another server. Please make a code on the administration page of the server that this tablet belongs to.
staff-enrol-failed-network = The server cannot be reached. Please check the connection and try again.
staff-enrol-failed-other = Not moved. Please try again; the reason is in the tablet’s log.

## Export
staff-export-hint = Plug in a USB stick and press the button below. Every record that is still stored is copied to a signed file, sealed if the server has sent its key; the file is loaded into the server with “analytics-server import”. Nothing is deleted from the tablet.
staff-export-confirm = Export
staff-export-going = Writing, please leave the stick in…
staff-export-done = Written; you can remove the stick. File: { $file }
staff-export-done-readable = Written; you can remove the stick. The file is not sealed, because this server has not sent its key yet: whoever has the stick can read it, so please keep it safe. File: { $file }
staff-export-choose = Please choose where to write to
staff-stick-usb = USB, removable
staff-stick-fixed = Card or disk of the tablet
staff-stick-about = { $kind } · { $size } GB, { $free } GB free
staff-export-failed-stick = No USB stick found. Plug one in, wait a few seconds and try again.
staff-export-failed-write = The stick could not be written: it may be full or write-protected. Please use another one.
staff-export-failed-other = The tablet’s data could not be read; the reason is in its log.

## Leaving
staff-leave-hint = The tablet accepts no ratings until the program is started again. What was recorded is kept.
staff-leave-confirm = Leave

## Before there is a question
start-title = Starting
start-opening = Opening the tablet's data…
start-again = Try again
start-again-in = { $seconds ->
    [one] It tries again by itself in 1 second.
   *[other] It tries again by itself in { $seconds } seconds.
}
start-detail = For technicians: { $detail }

start-enrol = Enrol this tablet
start-enrol-hint = This tablet is not enrolled yet. Enter the code and the server’s address from the page Administration, Tablets (Make an enrolment code), or scan the QR code there.
start-enrol-code = Enrolment code, or the text of the QR code
start-enrol-server = Address of the server
start-enrol-confirm = Enrol
start-leave = Leave
start-enrol-failed-text = What was entered is not an enrolment code. Please enter the 8 letters and digits, or scan the QR code on the administration page again.
start-enrol-failed-server = Please enter the server's address as well, such as https://hai-long.example.gov.vn.
start-enrol-failed-address = This address cannot be used: it has to begin with https:// or http:// and belong to a Hài Lòng server. Please check it letter by letter.
start-enrol-failed-code = The server does not accept this code: it is wrong, used or expired. Please check it letter by letter or ask for a new one.
start-enrol-failed-network = The server cannot be reached. Please check the cable or Wi-Fi, and the address.
start-enrol-failed-other = Not enrolled; the reason is in the tablet’s log. Please try again.

start-trouble = The tablet does not start
start-trouble-in-use = The program is running somewhere else on this machine
start-trouble-in-use-more = Please close that window or command. This screen goes on by itself as soon as the data is free.
start-trouble-damaged = The data on this tablet is damaged
start-trouble-damaged-more = Nothing is deleted. Please plug in a USB stick and press “Save the data to USB”, then enrol the tablet with a new code. The damaged data is kept in a folder beside it.
start-trouble-newer = A newer version of the program has written the data
start-trouble-newer-more = Please install the newer hai-long-tablet package again. The data is kept.
start-trouble-read-only = The data directory cannot be written to
start-trouble-read-only-more = Please check the permissions of the directory, and the disk. This screen goes on by itself when it can be written to.
start-trouble-full = The tablet's disk is full
start-trouble-full-more = Please free some space. This screen goes on by itself when there is room; what was recorded is kept.
start-trouble-other = The program failed while it started
start-trouble-other-more = Please tell the technicians, with the details below. What was recorded is kept.

start-salvage = Save the data
start-salvage-go = Save the data to USB
start-salvage-hint = Plug in a USB stick and press the button below. What can still be read is written to a sealed file, which only the server can open with “analytics-server import”. The damaged data is moved to a folder beside it and not deleted.
start-salvage-confirm = Save the data
start-salvage-failed-stick = No USB stick found. Plug one in, wait a few seconds and try again.
start-salvage-failed-write = The stick could not be written: it may be full or write-protected. Please use another one.
start-salvage-failed-key = The server’s key cannot be read, so the file cannot be sealed. Please use “tablet-app salvage” on the tablet.
start-salvage-failed-other = The data was not saved; the reason is in the tablet’s log. It is left as it was.
start-saved-all = Everything was saved; you can remove the stick. File: { $file }
start-saved-some = { $missing ->
    [one] Written; you can remove the stick. 1 record could not be read. File: { $file }
   *[other] Written; you can remove the stick. { $missing } records could not be read. File: { $file }
}
start-saved-none = No record that can be verified could be read, so no file was written.
start-saved-more = The damaged data is kept in a folder beside it. Next: enrol the tablet with a new code.
start-saved-confirm = Enrol again
