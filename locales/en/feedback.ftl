## How it begins

feedback-invite = <b>{ $title }</b> is over. { $short } asks <b>{ $name }</b> for a few words (about 2 minutes) to make the next sessions better.
    { $buttons ->
        [yes] Press the button, or type
       *[no] Type
    } <b>feedback</b> whenever it suits you.
feedback-start = Give feedback
    .words = feedback, begin
feedback-which = Which session is your feedback about?
feedback-none = There is no session you have attended yet. After a session you will be asked for your opinion.
feedback-all-given = You have given feedback on all your sessions, and the time to change it is over. Thank you.
feedback-not-yours = This session is not over yet, or belongs to nobody on this phone.
feedback-resume = Your feedback on <b>{ $title }</b> is unfinished. Do you want to go on?
feedback-go-on = Go on
    .words = go on, continue, yes, y, ok
feedback-drop = Discard it
    .words = discard, drop, no, n
feedback-dropped = The feedback was discarded; nothing was sent. To give feedback, type <b>feedback</b>.
feedback-name = Feedback by <b>{ $name }</b> on <b>{ $title }</b>: <b>with your name</b> or <b>without it</b>?
    Without: who wrote it is not kept, and your answering messages are deleted once it is sent. You get a code to change it within { $days } days.
feedback-named = With my name
    .words = with name, named, with my name
feedback-unnamed = Without my name
    .words = without name, anonymous, without my name, no name

## The questions

feedback-ask-content = <b>1/6. The content</b>: how was it?
    1 = very poor, 2 = poor, 3 = fair, 4 = good, 5 = very good
feedback-ask-teacher = <b>2/6. The teacher</b>: how was he or she?
    1 = very poor, 2 = poor, 3 = fair, 4 = good, 5 = very good
feedback-ask-organisation = <b>3/6. The organisation</b> (place, hours, papers): how was it?
    1 = very poor, 2 = poor, 3 = fair, 4 = good, 5 = very good
feedback-ask-locality = <b>4/6.</b> How <b>useful for your locality</b> was the session?
    1 = not at all, 2 = little, 3 = fairly, 4 = useful, 5 = very useful
feedback-score-1 = 1
    .words = one, very poor, very bad, not at all
feedback-score-2 = 2
    .words = two, poor, bad, little
feedback-score-3 = 3
    .words = three, fair, average, fairly
feedback-score-4 = 4
    .words = four, good, useful
feedback-score-5 = 5
    .words = five, very good, excellent, great, very useful
feedback-again-score = Please choose a number from 1 to 5.
feedback-why-content = Why the low score for the <b>content</b>? A few words, or skip.
feedback-why-teacher = Why the low score for the <b>teacher</b>? A few words, or skip.
feedback-why-organisation = Why the low score for the <b>organisation</b>? A few words, or skip.
feedback-why-locality = Why was it of little use for your <b>locality</b>? A few words, or skip.
feedback-comment = <b>5/6.</b> Anything <b>else</b> you would like to say? Type it here, or skip.
feedback-skip = Skip
    .words = skip, no, n, none, nothing
feedback-topics = <b>6/6.</b> Which <b>topics</b> would you like next time? Pick one or more, or type another; then press <b>Done</b>.
feedback-picked = Picked: <b>{ $topics }</b> (pick again to remove).
feedback-topics-done = Done
    .words = done, skip, no, none

## Looked over and sent

feedback-field-content = Content
    .words = content
feedback-field-teacher = Teacher
    .words = teacher
feedback-field-organisation = Organisation
    .words = organisation, organization
feedback-field-locality = Use for the locality
    .words = locality, use
feedback-field-comment = Other remarks
    .words = remarks, comment
feedback-field-topics = Topics next time
    .words = topics
feedback-answer = • { $field }: <b>{ $score }</b>/5
feedback-answer-why = <i>{ $why }</i>
feedback-answer-comment = • Other remarks: { $comment }
feedback-answer-topics = • Topics next time: { $topics }
feedback-nothing = none
feedback-send-named = <b>Feedback on { $title }</b> (with your name)
    { $answers }

    Do you want to send it?
feedback-send-unnamed = <b>Feedback on { $title }</b> (without your name)
    { $answers }

    Do you want to send it?
feedback-send = Send
    .words = send, yes, y, ok
feedback-change = Change
    .words = change, edit
feedback-change-which = Which answer do you want to change?
feedback-thanks = Your feedback was sent. { $short } thanks you. You can change it within { $days } days: type <b>feedback</b>.
feedback-thanks-code = Your feedback was sent without your name. { $short } thanks you.
    The code to change it within { $days } days: <code>{ $code }</code>
    It is shown once and nobody can look it up: please write it down. The messages on your phone are yours to delete.
feedback-changed = Your changed feedback was kept. Thank you.
feedback-twice = There is feedback of yours on this session already; it is given once for each session.

## Afterwards

feedback-given = You have given feedback on <b>{ $title }</b>. It can be changed within { $days } days.
feedback-edit = Change my feedback
    .words = change, edit
feedback-by-code = Change feedback given without a name
    .words = code, by code
feedback-too-late = Feedback on <b>{ $title }</b> can no longer be changed after { $days } days. Thank you.
feedback-code = Please type your <b>feedback code</b> (the 10 letters and digits you were shown).
feedback-code-wrong = This code is not right. Please check it and type it again. It cannot be looked up; if it is lost, your feedback stays as it was sent.
feedback-no-form = This feedback was sent or discarded; it can no longer be changed here.
feedback-again = Feedback
    .words = feedback
