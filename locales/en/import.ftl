# Files read in: pages and the command line share these sentences.

import-kind-sites = sites
import-kind-departments = departments
import-kind-counters = counters
import-kind-officers = officers
import-kind-procedures = procedures
import-kind-dossiers = dossiers
import-kind-tickets = queue tickets
import-kind-ratings = ratings
import-kind-journals = a tablet's journal
import-kind-petitions = petitions

import-rows-read = { $file }: { $kind }, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
    } read, { $new } new, { $changed } changed, { $there } already there, { $refused } refused
import-events-read = { $file }: { $kind }, { $rows ->
    [one] 1 record
   *[other] { $rows } records
    } read, { $new } new, { $there } already there
import-recognised = { $file }: { $kind }, recognised, not imported by this version
import-asked = { $file }: { $kind }, nothing stored yet, because there is a question
import-taken-along = , with further lines: { $count }
import-line = line { $line }: { $reason }
import-lines = lines { $line } to { $last }: { $reason }
import-note = note: { $note }
import-question = question: { $question }
import-more = { $count ->
    [one] … and 1 more refused row
   *[other] … and { $count } more refused rows
}

import-row-utf8 = The line is not UTF-8; save the file as “CSV UTF-8”.
import-row-control = The row contains a control character; delete it, or export the file again.
import-row-fields = The line has { $found } fields and the header { $expected }; look for a missing quotation mark or comma.
import-row-empty = “{ $column }” is empty.
import-row-long = “{ $column }” has more than { $limit } letters.
import-row-break = “{ $column }” contains a line break; a code or a moment must be on one line.
import-row-quote = The quotation mark at “{ $column }” is not closed and took the lines below with it; close it.
import-row-error = “{ $column }” contains a spreadsheet error ({ $word }); correct the formula or widen the column, and save again.
import-row-bytes = The line is longer than 64 KiB; close the quotation mark or shorten the text.
import-row-wide = The row has more than 256 fields, which no export has; remove the columns that are not needed.
import-row-moment = “{ $word }” is not a moment; write day/month/year hours:minutes:seconds, such as 03/01/2023 07:08:00.
import-row-range = “{ $word }” lies in the future or before 1996; check the year.
import-row-level = “{ $word }” is not a level of satisfaction; there are { $known }.
import-row-stage = “{ $word }” is not a stage; write Tiếp nhận or Trả kết quả, or leave it empty.
import-row-channel = “{ $word }” is not a channel; there are Trực tiếp, Bưu chính công ích, Trực tuyến toàn trình, Trực tuyến một phần.
import-row-dossier = “Mã hồ sơ” contains characters that cannot be printed; write the code again.
import-row-unknown-sites = There is no site with the code “{ $code }”; import the sites first.
import-row-unknown-departments = There is no department with the code “{ $code }”; import the departments first.
import-row-unknown-counters = There is no counter with the code “{ $code }”; import the counters first.
import-row-unknown-officers = There is no officer with the code “{ $code }”; import the officers first.
import-row-unknown-procedures = There is no procedure with the code “{ $code }”; import the procedures first.
import-row-near = The code “{ $code }” differs from “{ $known }”, which is stored, only by zeros, spaces or case; a spreadsheet program may have removed the zeros. Format the code column as text and write the code as it is.
import-row-number = There is a number (“{ $code }”) in place of a code, and digits or zeros may be lost; format the code column as text and write the code as it is.
import-row-date = There is a date (“{ $code }”) in place of a code; format the code column as text and write the code as it is.
import-row-yesno = There is TRUE or FALSE (“{ $code }”) in place of a code; format the code column as text and write the code as it is.
import-row-conflict = A rating of the same counter, officer, dossier, stage and second is stored with another level, scale or mark of simulation; the stored one was kept.
import-row-ticket = The same queue number of this moment is already stored with other times; the stored one was kept.

import-note-column-missing = There is no column “{ $column }”; its stored values stay as they are.
import-note-column-unused = The column “{ $column }” is not used.
import-note-spread = Lines taken as part of the row above them: { $count }, in a column that is not used; look for a quotation mark that is not closed.
import-note-precision = Rows that are already stored, where only one of the two has seconds or all columns: { $count }. They count as the same ratings.
import-note-comments = Reasons that are in no questionnaire, stored as comments: { $count }.
import-note-dossiers = Dossier codes of an unusual form, kept as they are in the file: { $count }.
import-note-older = Rows of an older export, without the return date that is stored: { $count }. The stored values stay as they are.
import-note-quarantined = Records waiting to be checked: { $count }; see “analytics-server quarantine list”.

import-unread-folder = The folder within the folder was not read; name it by itself.
import-unread-export = The file was not read, because its name does not end in .csv, .csv.gz, .xlsx or .hljournal; name it by itself, or save it as XLSX or CSV UTF-8, if it is needed.
import-unread-other = The file was not read; it is not a data file.
import-unread-sheets = Sheets that were not read, because they have no known header: { $sheets }.
import-unread-hidden = Hidden sheets were skipped: { $sheets }.

import-ask-mixed = The column “{ $column }” has cells that are dates ({ $dates }) and others that are texts ({ $texts }), from line { $line } on. A spreadsheet program may have taken days for months. Are these dates right?
import-ask-formats = The column “{ $column }” writes moments in two ways, such as “{ $one }” and “{ $other }” (line { $line }). A spreadsheet program may have taken days for months. Are these dates right?
import-ask-far = The column “{ $column }” has moments weeks away from the date in the dossier's code: { $count }, first in line { $line } (“{ $word }”, dossier “{ $code }”). Day and month may have changed places. Are these dates right?

import-file-read = The file cannot be read: { $cause }. Check its name and permissions.
import-file-unpack = The file cannot be unpacked: { $cause }. It is damaged, cut short or has extra data at its end; fetch it again.
import-file-empty = The file is empty; export it again.
import-file-utf8 = The file is not UTF-8 (perhaps Windows-1258, TCVN3 or VNI, or damaged); save it as “CSV UTF-8”.
import-file-utf16 = The file is UTF-16 that is damaged or cut short; save it as “CSV UTF-8”.
import-file-old-excel = The file is an Excel file of the old format (.xls); save it as XLSX.
import-file-password = The file is protected by a password; save it without one.
import-file-binary = The file is a binary Excel workbook (.xlsb); save it as XLSX.
import-file-opendocument = The file is an OpenDocument file (.ods, .odt); save it as XLSX.
import-file-document = The file is a text document or a presentation and no spreadsheet; export it as XLSX or “CSV UTF-8”.
import-file-pdf = The file is a PDF; export it as XLSX or “CSV UTF-8”.
import-file-picture = The file is a picture; export it as XLSX or “CSV UTF-8”.
import-file-html = The file is a web page (HTML), whatever its name says; open it in a spreadsheet program and save it as XLSX.
import-file-xml = The file is XML; open it in a spreadsheet program and save it as XLSX.
import-file-archive = The file is an archive of several files; unpack it and import each.
import-file-damaged = The XLSX file is damaged or cut short; fetch it again, or open it in a spreadsheet program and save it again.
import-file-workbook = The XLSX file cannot be read: { $cause }; open it in a spreadsheet program and save it again.
import-file-large = The XLSX file has more than { $limit } MiB; save it as “CSV UTF-8”, which has no limit.
import-file-unpacks-large = The XLSX file unpacks to too much; save it as “CSV UTF-8”.
import-file-cells = The sheet has more than { $limit } cells; divide it, or save it as “CSV UTF-8”.
import-file-header = The file has no known header; its first line is “{ $first }”. The header must name the columns.
import-file-columns = The file has no column { $columns }; add it or export the file again.
import-file-columns-of = The file has no column { $columns }, which a file of { $kind } needs; add it or export the file again.
import-file-twice = The file has two columns “{ $column }”; rename one of them.
import-file-line = The file cannot be read from line { $line } on: the line is longer than 64 KiB. Close the quotation mark there and import again; the lines after it were not read.
import-file-wide = Line { $line } has more than 256 fields, which no export has; remove the columns that are not needed.
import-file-no-journal = The file is not a tablet’s journal, or its first line was changed; export the journal again at the tablet. Nothing was stored.
import-file-tablet = The file is the journal of a tablet that is not known here ({ $tablet }, counter { $counter }); import it at the server where that tablet was enrolled.
import-file-cut = The journal is cut short: it announces { $said } records and has { $found }, which are stored; export it again at the tablet and import it again.
import-file-changed = The journal was changed at line { $line } ({ $cause }); the part before that line is stored, the part after it is not. Export it again at the tablet.
import-file-endless = Line { $line } of the journal does not end; the part before that line is stored, the part after it is not. Export it again at the tablet.
import-file-gap = The journal begins with record { $first }, but the server has only those up to { $after }; import an older journal of this tablet first or, where there is none, this one again with --continues (“analytics-server import --continues”).
import-file-salvaged-gap = The journal was salvaged from a damaged one and lacks records { $from } to { $to }; the part before them is stored, the { $left } records after them do not follow and are not counted. Keep the file, and import an older export of this tablet if there is one.
import-file-sealed-another = The journal is sealed for another server; import it at the server where the tablet was enrolled, or at one that was restored from a backup of that server. Nothing was stored.
import-file-sealed-cut = The sealed journal is cut short; the part before the cut is stored. Copy it from the USB stick again or export it again at the tablet, and import it again.
import-file-sealed-changed = The sealed journal was changed; the part before the change is stored, the part after it is not. Copy it from the USB stick again or export it again at the tablet, and import it again.
import-file-fork = Line { $line } of the journal has other records than the server has under the same numbers: a copy of this tablet’s data was used elsewhere, or it was set back. That line was not stored; an alert was raised. To count the ratings of the journal, each once, import it again with --continues (“analytics-server import --continues”).
