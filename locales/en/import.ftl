# Reports of imports from files.

import-title = { $kind ->
    [units] Import of administrative units from { $file }
    [scope] Import of the programme's scope from { $file }
    [roster] Import of the roster from { $file }
   *[sessions] Import of training sessions from { $file }
}
import-read = { $rows } rows read.
import-unknown-headings = Unknown columns, ignored: { $headings }.
import-added = Added: { $count }
import-changed = Changed: { $count }
import-unchanged = Unchanged: { $count }
import-missing = Stored but not in the file (kept): { $count }
import-kept = Holders who confirmed their seat and differ from the file (not changed; --force replaces them): { $count }
import-seats = Seats made: { $count }
import-warnings = Please note ({ $count }):
import-more = … and { $count } more.
import-rehearsed = This was a rehearsal; nothing was stored. To store it, run the command again with --apply.
import-applied = Stored.
import-nothing-done = Nothing was stored.

import-bad-count = { $rows } rows need correction:
import-bad-line = Row { $row }, column { $column }, value "{ $value }": { $reason }
import-returned = The rows with their reasons: { $file }. Once corrected, this very file can be imported.
import-sheet = To correct

import-refused-no-file = There is no file { $file }.
import-refused-unreadable = { $file } cannot be read: check the path and its permissions.
import-refused-size = The file is larger than { $limit } MB. Please split it.
import-refused-rows = The file has more than { $limit } rows. Please split it.
import-refused-columns = The file has more than { $limit } columns. Please remove those not needed.
import-refused-empty = The file has no rows of data.
import-refused-kind = The file is neither XLSX nor CSV.
import-refused-old-excel = The file is in the old Excel format (.xls) or has a password. Please save it as .xlsx without a password.
import-refused-broken = The file is damaged. Please open it in Excel and save it again.
import-refused-bomb = The file unpacks to too much to be read safely.
import-refused-encoding = The CSV file is not UTF-8. Please save it as "CSV UTF-8" or .xlsx.
import-refused-headings = Required columns are missing: { $columns }. Headings seen: { $seen }.
import-refused-changed = The units were changed during the import. Please run the command again.

import-bad-empty = must not be empty.
import-bad-twice = stands in a row above already.
import-bad-twice-row = repeats row { $row }.
import-bad-code = no unit has this code.
import-bad-code-name = this is the code of { $place }, which is not the commune named in the row.
import-bad-commune = there is no such commune.
import-bad-commune-near = does not match. Is it: { $places }?
import-bad-commune-several = several communes have this name; name the district: { $places }.
import-bad-scope = { $place } is not in the programme.
import-bad-unit-type = the type of unit is missing (xã, phường or thị trấn).
import-bad-district-code = this code belongs to another district.
import-bad-class = region II or III is needed.
import-bad-class-differs = differs from row { $row }, where the commune is in region { $region }.
import-bad-post = there is no such post. The posts: { $posts }.
import-bad-post-several = may be several posts: { $posts }. Name one.
import-bad-post-listed = the post "{ $text }" is not clear. The posts: { $posts }.
import-bad-name = does not look like a name.
import-bad-phone = is not a valid Vietnamese telephone number (one number in a cell).
import-bad-capacity = must be a number from 1 to { $most }.
import-bad-capacity-taken = is less than the number enrolled ({ $taken }).
import-bad-halves = the time cannot be read. Examples: 05/06/2026 sáng; 05/06/2026 chiều or 05/06/2026-07/06/2026.
import-bad-date = is not a date. Example: 05/06/2026.
import-bad-deadline-late = the deadline is after the first day.
import-bad-area = the district or commune "{ $text }" is not clear.
import-bad-topic = the programme has no topic "{ $text }". Codes of topics: { $topics }.

import-check-commune = Communes of region { $region }: { $found }; the decision says { $expected }.
import-check-village = Villages in communes of region { $region }: { $found }; the decision says { $expected }.
import-warn-old-phone = Row { $row }: the 11-digit number { $old } is taken as { $new }.
import-warn-shared-phone = The number { $phone } is shared by several people (rows { $rows }).
import-warn-enrolled-seats = { $count } seats that change hands have enrolments. Please check the lists.
import-warn-moved = Session { $code } changes time or place, and { $count } people are enrolled. An import sends no notice; please tell them.

import-col-code = Code
import-col-commune = Commune
import-col-district = District
import-col-district-code = District code
import-col-type = Type
import-col-class = Region
import-col-village = Village
import-col-decision = Decision
import-col-post = Post
import-col-name = Name
import-col-phone = Telephone
import-col-title = Title
import-col-place = Place
import-col-teacher = Teacher
import-col-capacity = Capacity
import-col-posts = Posts
import-col-areas = Areas
import-col-halves = Time
import-col-deadline = Deadline
import-col-bring = Bring
import-col-topics = Topics
import-col-reason = Reason
import-col-row = Row
