# English, the peer of locales/vi: the same keys, the same values.

## Days

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
day = { $weekday }, { $date }
half-am = morning of { $day }
half-pm = afternoon of { $day }
span = from { $first } to { $last }
span-none = no date yet

## Commands and the words that mean them

command-start = Start
    .words = start, begin
command-dangky = Enrol in a training session
    .words = enrol, enroll, register for a session
command-lich = My schedule
    .words = schedule, my schedule
command-gopy = Feedback after a session
    .words = feedback
command-hoso = My data
    .words = profile, my data, my profile
command-trogiup = Help
    .words = help
command-huy = Back home
    .words = cancel, home, stop
command-language = Language / Ngôn ngữ
    .words = language
command-themmay = Add another phone
    .words = add phone, link phone
command-doimay = New phone
    .words = new phone, change phone
command-duyet = Approve claims
    .words = approve, claims
command-tonghop = Summary
    .words = summary
command-tinhtrang = State of the system
    .words = status

## Everywhere

go-home = Home
    .words = home
back = Back
    .words = back
more = More
    .words = more, next
more-of = Please choose:
share-phone = Share my phone number
person-line = { $name } – { $post }, { $commune }
sorry-failed = Sorry, something went wrong (code { $code }). Please try again in a few minutes, or call { $phone } and read out this code.
again-unheard = Sorry, that was not understood. Please choose or type again (0 for home, <b>help</b> for help).
again-by-word = This cannot be undone, so a digit is not enough. If you are sure, type <b>DONG Y</b> ({ $label }); if not, type 0.
consent-word = DONG Y
    .words = đồng ý, dong y, i agree
again-old-number = This question is from some time ago. Please look at it again before you answer.
unheard = Sorry, that was not understood. Please choose one of the following, or call { $phone }.
stale-toast = This button is too old.
stale = This choice is too old to be used.
left-it = What you had begun was stopped.
no-right = This is for staff who have been given the right. If you need it, call { $phone }.
not-your-seat = This person is no longer registered on your phone.
not-registered = You have not registered a post yet, so this cannot be used.
for-whom = For whom is this?
sample-note = <i>{ $note }</i>

## Start and the notice

welcome = Welcome from <b>{ $agency }</b>.
    This is the registration channel of the programme: { $programme }. You are talking to an automated system.
notice = <b>Notice on personal data</b>
    • Collected by: { $controller }
    • In order to: { $purpose }
    • Data: { $kinds }
    • Seen by: { $seen_by }
    • Kept: messages { $days } days; your record at most { $years } years after the programme ends
    • You may see, correct, take away, withdraw and erase: type <b>profile</b> at any time, or call { $phone }

    Do you agree to give these data?
agree = I agree
    .words = agree, yes, ok, okay, y
refuse = I do not agree
    .words = refuse, no, do not agree, n
refused = Nothing about you is kept. To register in another way, call { $phone }.
see-notice = See the notice again
    .words = notice

## Commune and post

register = Register a post
    .words = register
which-commune = In which <b>commune</b> do you work?
    Type its name, for example <i>Trung Lý</i>. Marks are not needed.
pick-district = Choose by district
    .words = district, by district
which-district = In which <b>district</b> do you work?
which-commune-of = { $district } district: choose the <b>commune</b>.
which-of = Several communes have this name. Choose yours:
which-of-near = Did you mean this commune? If not, please type the name again.
outside-scope = <b>{ $name }</b> is outside this programme. If you think that is wrong, call { $phone }.
    Please type another commune.
no-such-commune = No commune “{ $name }” was found. Please type it again, perhaps with the district, for example <i>Trung Lý, Mường Lát</i>.
commune-changed = The list of communes has just changed. Please choose again.
which-post = <b>{ $commune }</b>. Which post do you hold?
no-such-post = This post is not known. Please choose one of the posts below.

## Is it you?

prove = To confirm that you are <b>{ $post }</b>, { $commune }, { $buttons ->
        [yes] choose one way:
            • press <b>Share my phone number</b>; or
            • type the 8-character <b>personal code</b> of your invitation.
       *[no] type the 8-character <b>personal code</b> of your invitation.
    }
no-proof = I have no code
    .words = no code, none, no, i have no code
again-proof = A personal code has 8 letters and digits, for example <i>K7XP 29AB</i>. Please type it again{ $buttons ->
        [yes] , share your number,
       *[no] {" "}
    } or choose <b>I have no code</b>.
contact-not-own = Please share <b>your own</b> number with the button below.
contact-differs = This number differs from the one on the list, so { $short } has to approve.
phone-unverified = The number was noted. A typed number is not verified, so { $short } has to approve.
is-it-you = Are you <b>{ $name }</b>, { $post }, { $commune }?
yes-me = Yes
    .words = yes, y, correct, right, ok
not-me = No
    .words = no, n, not me, wrong
confirmed = Confirmed: <b>{ $name }</b>, { $post }, { $commune }. { $agency } thanks you.
confirmed-already = This post is confirmed on your phone already.
what-next = Would you like to see the training sessions that are open?
not-me-then = The list names somebody else. What would you like to do?
claim-it = I hold this post
    .words = i hold this post, claim
other-seat = Choose another commune or post
    .words = other, again
already-here = This post is registered on your phone already.
seat-vacant = The list names nobody for <b>{ $post }</b>, { $commune }.
claim-why = Your request will be checked by { $short }.
claim-name = Please type your <b>full name</b>.
again-name = Please type the full name only, without digits.
claim-phone = Please type your <b>phone number</b>{ $buttons ->
        [yes] , or press the button to share it.
       *[no] .
    }
again-phone = This phone number is not right. A mobile number has 10 digits, for example <i>0912 345 678</i>.
no-phone = I have no phone number
    .words = no phone, none, skip, no
claim-sent = Noted: <b>{ $name }</b>, { $post }, { $commune }. { $short } will check it and tell you here.
    Meanwhile you can enrol; your place is provisional until it is approved.

## Codes

type-code = Please type your personal code (8 letters and digits, on the invitation).
code-wrong = This code is wrong, used, or expired. Please check it, or call { $phone }.
code-locked = Wrong codes were typed several times. Please try again in an hour, or call { $phone }.
code-outdated = This code can no longer be used. Ask the staff in charge for a new one, or call { $phone }.
code-elsewhere-group = This code is for a group: add the system to the group and open the link again.
code-elsewhere-private = This code is for a private chat with the system, not for a group.
granted = Right given: <b>{ $role }</b>.
role-admin = Administrator
role-organiser = Organiser
role-coordinator = Coordinator
role-board = Board

## Home

home-confirmed = ✔ { $person }, { $district } district: <b>confirmed</b>.
home-claimed = … { $person }, { $district } district: <b>waiting for approval</b>.
home = What would you like to do?
home-enrol = Enrol
    .words = enrol, enroll, sessions, yes
home-schedule = My schedule
    .words = schedule
home-feedback = Feedback
    .words = feedback
home-another = Register somebody else
    .words = somebody else, another
home-profile = My data
    .words = profile, data
home-help = Help
    .words = help
home-approve = Approve claims
    .words = approve, claims
home-summary = Summary
    .words = summary
help = <b>Help</b>
    { $buttons ->
        [yes] Press a button, type its number,
       *[no] Type a number
    } or type words:
    /dangky – enrol in a training session
    /lich – my schedule
    /gopy – feedback after a session
    /hoso – see, correct, erase my data
    /themmay – use another phone or Zalo as well
    /doimay – a new phone
    /language – change the language (Tiếng Việt, English)
    /huy or 0 – home

    To talk to a person, call <b>{ $phone }</b> ({ $short }). Notice on personal data: version { $version }.
language = Anh/chị muốn dùng ngôn ngữ nào? / Which language?
language-vi = Tiếng Việt
    .words = tieng viet, viet, vi, vietnamese
language-en = English
    .words = tieng anh, anh, en
language-set = The language is now English.

## What is no words

odd-voice = Voice messages cannot be heard here. Please type, or call { $phone }.
odd-picture = Pictures cannot be read here. Please type, or call { $phone }.
odd-file = Files are not taken here. Please type, or call { $phone }.
odd-contact = No phone number is needed now. Type <b>help</b> to see what can be done.
odd-edited = An edited message does not count. To change an answer, please send a new message.
odd-other = Only text can be read here. Please type, or call { $phone }.

## Claims

claims-wait = { N($count) } claims wait for approval.
claims-none = No claim waits for approval.
claim-head = <b>Claim of a post</b>
    { $post }, { $commune }
    Sent { $at }
claim-roster = The list says: { $name }, { $phone } (not confirmed)
claim-roster-confirmed = The list says: { $name }, { $phone } (<b>confirmed</b>)
claim-roster-vacant = The list says: vacant
claim-says = The claimant: <b>{ $name }</b>, { $phone }
phone-verified = { $phone } (verified)
phone-typed = { $phone } (typed)
phone-none = no phone
claim-compare = Compared: name { $name }, phone { $phone }
same = <b>the same</b>
differs = <b>different</b>
claim-rivals = { N($count) } other claims for the same post.
claim-decide = What do you decide? (waiting: { N($count) })
approve = Approve
    .words = approve, yes
reject = Reject
    .words = reject, no
later = Later
    .words = later, skip, next
claim-closed = This claim has been dealt with.
claim-approved = Your claim was <b>approved</b>: { $post }, { $commune }. Thank you.
claim-rejected = Your claim of the post { $post } was <b>not approved</b>. Reason: { $reason }.
    Provisional places were given back. If this is wrong, call { $phone }.
approved-toast = Approved: { $name }.
rejected-toast = Rejected: { $name }. The claimant was told why.
reject-why = Why is <b>{ $name }</b> rejected? Choose or type a reason; the claimant will read it.
reject-sure = Reject the claim of <b>{ $name }</b>, reason: { $reason }? This cannot be undone: type <b>DONG Y</b>{ $buttons ->
        [yes] {" "}or press the button.
       *[no] .
    }
reject-not-holder = Does not hold this post
reject-wrong-post = Wrong commune or post
reject-unknown = Could not be verified; direct contact needed
reject-other-approved = Somebody else was approved
seat-passed = The post { $post } on your phone has passed to somebody else on the new list. If this is wrong, call { $phone }.

## One person, several phones

home-link = Add another phone
    .words = another phone, second phone
phone-code = The code that links a phone to <b>{ $name }</b>: <code>{ $code }</code>
    Open this system on the other phone (or on Zalo) and type the code. It works once, for { $minutes } minutes; give it to nobody.
phone-linked = This phone is now linked to your record.
newphone-call = A new phone, and the old one is <b>gone</b>: call { $phone } or your coordinator for a code. If you still have the old one, take a code yourself under <b>Add another phone</b>.
newphone-whose = Who has a new phone? Type the <b>post and the commune</b>, for example <i>PCT Trung Lý</i>.
newphone-unclear = The post or the commune is not clear. Please type again, for example <i>KNV xã Trung Lý</i>.
newphone-none = Nobody who has confirmed holds this post in your area.
newphone-who = Is it this person?
newphone-sure = The old phone of <b>{ $name }</b> will be cut off at once. If you are sure, type <b>DONG Y</b>{ $buttons ->
        [yes] {" "}or press the button.
       *[no] .
    }
newphone-yes = Cut off the old phone, give a code
newphone-cut = This phone no longer stands for <b>{ $name }</b>, who has a new one. If this is wrong, call { $phone }.
newphone-code = The old phone is cut off. The code for the new phone of <b>{ $name }</b>: <code>{ $code }</code>
    Read it to the right person only; it is typed on the new phone within { $days } days and works once.

## A pool of bots

pool-elsewhere = This channel is full. Please open this one to register: { $link }
pool-line = • { $bot }: { $people }/{ $people_limit } people; this month { $messages }/{ $messages_limit } messages
pool-warn-people = The channel <b>{ $bot }</b> has { N($used) }/{ N($limit) } people. Prepare another bot, or a larger plan.
pool-warn-messages = The channel <b>{ $bot }</b> has sent { N($used) }/{ N($limit) } messages this month. From 95 % on mass mail is held, so that people are still answered.
