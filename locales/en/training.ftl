## Sessions in words

enrol-title = <b>{ $title }</b>
enrol-day = • { $day }: { $hours }
enrol-no-days = • Time: to be announced
enrol-hours-am = morning { $begin }–{ $end }
enrol-hours-pm = afternoon { $begin }–{ $end }
enrol-place = Place: { $place }
enrol-topics = Topics: { $topics }
enrol-teacher = Teacher: { $teacher }
enrol-bring = Please bring: { $bring }
enrol-details = { $details }
enrol-for = For: <b>{ $person }</b>

## /dangky

enrol-which = Sessions open for enrolment:

    { $sessions }

    Which one would you like?
enrol-which-of = Sessions that match what you typed:

    { $sessions }

    Which one would you like?
enrol-not-found = No session matches what you typed. Sessions open for enrolment:

    { $sessions }

    Which one would you like?
enrol-line = <b>{ $number }. { $title }</b>
    { $when }
    { $place }
    { $state }
enrol-line-yours = ✔ enrolled
enrol-line-left =
    { $left ->
        [0] full, waiting list open
        [one] { N($left) } place left
       *[other] { N($left) } places left
    }
enrol-none = No session is open for your post and area at present. If needed, please call { $phone }.
enrol-from-start = From the start
    .words = start again, first page
enrol-others = See other sessions
    .words = other, others, other sessions, sessions, enrol
enrol-schedule = My schedule
    .words = schedule
enrol-sure = Places left: { N($left) }. Please enrol by { $deadline }. Do you want to enrol in this session?
enrol-yes = Enrol
    .words = yes, y, ok, okay, sure, enroll, register
enrol-full = This session is full. Do you want to join the <b>waiting list</b>? Your number would be { N($number) }.
enrol-wait = Join the waiting list
    .words = wait, waiting list, join, yes, y, ok
enrol-done = ✔ Enrolled in <b>{ $title }</b>
    { $when }
    Your number on the list: <b>{ N($number) }</b>
enrol-provisional = This place is <b>provisional</b> until { $short } has confirmed your post.
enrol-next = What would you like to do next?
enrol-waits = You are on the waiting list of <b>{ $title }</b>. Your number: <b>{ N($number) }</b>.
    When a place becomes free, you are moved into the session and told here.
enrol-yours = You <b>are enrolled</b> in this session, number { N($number) } on the list.
enrol-yours-waiting = You are on the <b>waiting list</b> of this session, number { N($number) }.

## Why not, and what has changed meanwhile

enrol-gone = This session is no longer on the list. What would you like to do?
enrol-is-closed = The list of <b>{ $title }</b> is closed. If needed, please call { $phone }.
enrol-is-running = <b>{ $title }</b> has already begun and takes no more enrolments. If needed, please call { $phone }.
enrol-is-held = <b>{ $title }</b> is over.
enrol-is-postponed = <b>{ $title }</b> is postponed. It will open again with its new dates.
enrol-is-cancelled = <b>{ $title }</b> has been cancelled. Please see the other sessions.
enrol-late = Enrolment in <b>{ $title }</b> ended on { $deadline }. If needed, please call { $phone }.
enrol-not-for-you = <b>{ $title }</b> is for other posts or areas. Please see the other sessions.
enrol-seat-taken = Somebody is already enrolled in <b>{ $title }</b> for your post in this commune. If this is wrong, please call { $phone }.
enrol-clash = You are enrolled in <b>{ $other }</b> on a half-day of <b>{ $title }</b> ({ $when }). To change, please cancel that one first.
enrol-state-closed = The list of this session is closed.
enrol-state-running = The session is going on.
enrol-state-held = The session is over.
enrol-state-postponed = ⚠ The session is <b>postponed</b>; new dates will be announced.
enrol-state-cancelled = ⚠ The session has been <b>cancelled</b>.
enrol-changed = ⚠ The time or place has <b>just changed</b>. Please look again:
enrol-full-now = Unfortunately the last place has just been taken.
enrol-room-now = A place has just become free; you need not wait.

## Leaving

enrol-leave = Cancel enrolment
    .words = cancel enrolment, withdraw, leave
enrol-why = Cancel the enrolment of <b>{ $name }</b> in <b>{ $title }</b>. Why? Please choose or type:
enrol-reason-work = Other work
    .words = work, busy
enrol-reason-health = Health or family
    .words = health, ill, sick, family
enrol-reason-road = Too far, hard to get there
    .words = far, too far, road
enrol-reason-mistake = Enrolled by mistake
    .words = mistake, by mistake, wrong session
enrol-keep = Keep the place
    .words = keep, no, n
enrol-leave-sure = Give up the place of <b>{ $name }</b> in <b>{ $title }</b> ({ $when })? Reason: { $reason }.
    The place will go to whoever is waiting.
enrol-leave-list-sure = Take <b>{ $name }</b> off the waiting list of <b>{ $title }</b> ({ $when })?
enrol-leave-yes = Yes, cancel it
    .words = yes, y, ok, cancel it
enrol-left = Cancelled: <b>{ $name }</b>, <b>{ $title }</b>.
enrol-left-already = This enrolment in <b>{ $title }</b> was cancelled before.
enrol-not-yours = This enrolment no longer belongs to anybody on this phone.
enrol-begun = <b>{ $title }</b> has begun, so it cannot be cancelled here. If you cannot attend, please call { $phone }.
enrol-moved-up = Good news: <b>{ $name }</b> has moved from the waiting list into <b>{ $title }</b>, beginning on { $date }.
    If you cannot attend, please leave the place to the next in line.
enrol-passed-over = A place in <b>{ $title }</b> ({ $date }) became free, but <b>{ $name }</b> is enrolled in <b>{ $other }</b> at the same time and could not be moved up. The name stays on the waiting list. To attend this one, please cancel the other under <b>schedule</b>.
enrol-decline = I cannot attend
    .words = cannot attend, decline

## /lich

schedule-ahead = <b>Schedule</b>

    { $sessions }
schedule-person = 👤 <b>{ $person }</b>
schedule-line = <b>{ $number }. { $title }</b>
    { $when }
    { $place }
    { $state }
schedule-enrolled = ✔ enrolled, number { N($number) }
schedule-provisional = ✔ enrolled (provisional until your post is confirmed), number { N($number) }
schedule-waiting = … waiting list, number { N($number) }
schedule-offered = … a place is offered, please answer
schedule-postponed = ⚠ postponed, new dates to come
schedule-cancelled = ⚠ cancelled
schedule-past = <b>Past sessions</b>
    { $sessions }
schedule-past-line = • { $title } ({ $when })
schedule-which = Choose a session to see details or cancel.
schedule-empty = You are not enrolled in any coming session.
schedule-calendar = Calendar file
    .words = calendar, file, ics
schedule-file = Your calendar file: tap it to add the sessions to your phone's calendar. It reminds you a day ahead.
ics-reminder = Tomorrow: { $title }
