# What a person can see and do with her own data.

## What is kept

profile-head = <b>Your data</b>
profile-head-all = <b>The data on this phone</b>
profile-body = { $body }
profile-name = Full name: <b>{ $name }</b>
profile-phone = Phone: { $phone }
profile-no-phone = Phone: none
profile-no-post = No post yet.
profile-post-confirmed = • { $post }, { $commune }: confirmed { $how }, { $at }
profile-post-claimed = • { $post }, { $commune }: waiting for approval since { $at }
profile-post-named = • { $post }, { $commune }: not confirmed
profile-how-code = by personal code
profile-how-contact = by phone number
profile-how-claim = by an official's approval
profile-place = • Session { $title } ({ $day }): { $state }
profile-more-places = … and { N($n) } earlier enrolments (they are in the file).
profile-state-enrolled = enrolled
profile-state-waiting = on the waiting list
profile-state-offered = a place is offered
profile-state-cancelled = cancelled
profile-state-substituted = substituted
profile-role = • Role: { $role } ({ $area })
profile-consent = Agreed to the personal-data notice, version { $version }, at { $at }
profile-messages = Messages on this phone are deleted after { N($days) } days.
profile-chats = These data are in use on { N($n) } phones.
profile-line = • { $name }: { $posts }
profile-what = What would you like to do?
profile-whose = Whose data would you like to see?
profile-none = Nothing is kept for this phone. Messages are deleted after { N($days) } days.
profile-not-here = These data are no longer on your phone.

profile-show-phone = Show the phone number
    .words = show phone, show
profile-edit = Correct
    .words = edit, change
profile-take = Take my data
    .words = take, download, export
profile-erase = Erase my data
    .words = erase, delete
profile-withdraw = Withdraw consent
    .words = withdraw
profile-back = My data
    .words = back

## Correcting

profile-edit-what = What is to be corrected? (For post or commune: register the right one, an official will approve it.)
profile-edit-name = Full name
    .words = name
profile-edit-phone = Phone number
    .words = phone
profile-new-name = Please type the right <b>full name</b>.
profile-bad-name = Please type the name only, without numbers.
profile-new-phone = Please type the new <b>phone number</b>{ $buttons ->
        [yes] , or press the button that shares yours.
       *[no] .
    }
profile-bad-phone = This is no valid number. Mobile numbers have 10 digits, e.g. <i>0912 345 678</i>.
profile-sure-name = Change the name to <b>{ $value }</b>?
profile-sure-phone = Change the phone number to <b>{ $value }</b>?
profile-sure-yes = Yes, change it
    .words = yes, change
profile-sure-no = Do not change
    .words = no
profile-changed-name = The name is now <b>{ $value }</b>. The officials of { $short } are told.
profile-changed-phone = The phone number is now <b>{ $value }</b>. The officials of { $short } are told.
profile-told-name = { $post }, { $commune }: the holder has changed the <b>name</b> to { $value }. If that is wrong, please call the commune.
profile-told-phone = { $post }, { $commune }: the holder has changed the <b>phone number</b> to { $value }. If that is wrong, please call the commune.

## Taking away

profile-taken = This file holds all data that are kept of you. Please keep it safe.
mydata-title = PERSONAL DATA
mydata-created = Recorded at { $at }
mydata-feedback = FEEDBACK GIVEN WITH THE NAME (content; teacher; organisation; use for the locality)
mydata-messages = MESSAGES SENT FROM THIS PHONE

## Erasing

profile-erase-what = <b>Erase the data of { $name }</b>
    Erased at once:
    • name, phone number, claims, personal code, roles (if any)
    • the messages of this phone, as kept by the system
    • enrolments in sessions to come: cancelled, the places go to others

    Kept, without a name:
    • which post of which commune attended which session: the agency has to report and settle accounts
    • the log (numbers only)

    Cannot be erased: feedback given without a name (nobody knows whose it is), the agency's paper lists, the messages on your own phone.
profile-erase-others = This phone also serves { $names }: their data stay.
profile-erase-sure = This <b>cannot be undone</b>. If you are sure, type <b>DONG Y</b>{ $buttons ->
        [yes] {" "}or press the button.
       *[no] .
    }
profile-erase-no = Do not erase
    .words = no
profile-erase-yes = Erase it
    .words = yes erase, i agree
profile-erased = The data are erased and the places given back. Thank you for taking part.
    To register again, type /start; for questions, please call { $phone }.
profile-erased-one = The data of this person are erased and the places given back.
profile-vacated = { $post }, { $commune }: the holder has erased her data; this seat is now <b>vacant</b>.

## Withdrawing

profile-withdraw-what = <b>Withdraw consent</b>
    The system will send nothing to this phone any more that you do not ask for (reminders, feedback, announcements). What is kept is used only as the law requires: lists, reports, accounts. What was done before stays valid.
    To have name and phone number erased too: choose <b>Erase my data</b> in /hoso.
profile-withdraw-others = This phone is shared by { $names }: consent is withdrawn for all of it.
profile-withdraw-sure = And the sessions you are enrolled in?
profile-withdraw-keep = Withdraw, keep the places
    .words = keep
profile-withdraw-cancel = Withdraw, cancel the places
    .words = cancel places
profile-withdraw-no = Do not withdraw
    .words = no
profile-withdrawn = Your withdrawal is recorded. Nothing more is sent to you unasked. To come back, type /start; for questions, please call { $phone }.
profile-withdrawn-cancelled = The enrolments in sessions to come are cancelled.
