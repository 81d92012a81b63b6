# What admins and the Board read: figures, never names of persons.

## The summary

summary-title = <b>Summary: { $area }</b>
summary-title-districts = <b>By district – { $area }</b>
summary-title-communes = <b>By commune – { $area }</b>
summary-title-posts = <b>By post – { $area }</b>
summary-title-sessions = <b>By session – { $area }</b>
summary-title-least = <b>Communes with the lowest share confirmed – { $area }</b>
summary-province = the whole province
summary-at = Figures at { $time }, { $day }
summary-sample = <i>{ $note }</i>
summary-body = { $body }
summary-nothing = No figures yet.

summary-seats = <b>Seats to be trained: { N($total) }</b>
summary-confirmed = • Confirmed: <b>{ N($n) }/{ N($total) }</b>{ $change } – { N($percent) }%
summary-claimed = • Waiting for approval: { N($n) }{ $change }
summary-named = • Named, not confirmed: { N($n) }{ $change }
summary-vacant = • Vacant: { N($n) }{ $change }

summary-no-sessions = <b>Sessions:</b> none yet.
summary-sessions = <b>Sessions: { N($sessions) }</b>, enrolments: { N($n) }{ $change }
summary-waiting = On waiting lists: { N($n) }{ $change }
summary-session = • { $title } ({ $when }): { N($enrolled) }/{ N($capacity) } places
summary-session-area = • { $title } ({ $when }): { N($enrolled) } from this area (session of { N($capacity) } places)
summary-session-waiting = , waiting { N($n) }
summary-session-provisional = , provisional { N($n) }
summary-more-sessions = … and { N($n) } more sessions.
summary-no-day = no date yet

summary-feedback = <b>Feedback after sessions</b> (out of 5)
summary-scores = { N($n) } answers: content { N($content) }; teacher { N($teacher) }; organisation { N($organisation) }; use for the locality { N($locality) }
summary-scores-few = { N($n) } answers (too few to tell the scores)

summary-least = <b>Lowest share confirmed</b>
summary-part = • { $name }: { N($confirmed) }/{ N($total) }{ $more }
summary-part-claimed = waiting { N($n) }
summary-part-vacant = vacant { N($n) }
summary-page = Page { N($page) }/{ N($pages) }

## Asking for it

summary-more-what = What else would you like to see? Type a district or a commune to see it alone.
summary-more-group = For one area: /tonghop with the name of a district or commune.
summary-by-district = By district
    .words = district, districts
summary-by-commune = By commune
    .words = commune, communes
summary-by-post = By post
    .words = post, posts
summary-by-session = By session
    .words = session, sessions
summary-by-least = Lowest communes
    .words = lowest
summary-whole = Whole province
    .words = province, all
summary-back = Summary
    .words = back
summary-send = Send to the Board
    .words = send
summary-groups = The Board's groups
    .words = groups, group

summary-which-own = Which area would you like to see?
summary-which-district = Which district would you like to see?
summary-which = Which area is “{ $name }”?
summary-no-such = No district or commune “{ $name }” was found. Please type it again, e.g. <i>mường lát</i> or <i>trung lý, mường lát</i>.
summary-not-served = { $name } is outside the programme, so there are no figures.
summary-not-yours = You have no right to see { $name }.
summary-not-this = You have no right to see this area.

## The Board's groups

board-bound = <b>{ $buttons ->
        [yes] This group receives
       *[no] You receive
    } the summary of { $agency }.</b>
    • Once a day, after { $hour }: seats confirmed, sessions, feedback, and what changed since the last time
    • When an admin chooses <b>Send to the Board</b>
    • When { $buttons ->
        [yes] somebody types /tonghop in the group
       *[no] you type <b>summary</b>
    } (a district or commune may follow)

    It names no person. To stop: an admin chooses /tonghop → <b>The Board's groups</b>{ $buttons ->
        [yes] , or removes the bot from the group.
       *[no] .
    }
board-bound-already = This group has been receiving the summary already.
board-joined = This is the training registration of { $agency }. For this group to receive the summary, the link that an admin gives has to be opened (/tonghop → <b>The Board's groups</b>). If it has just been opened, please wait for the next message.
board-daily = <b>Daily summary</b>

    { $body }

    { $changed }
board-sent = <b>{ $short } sends the summary</b>

    { $body }

    { $changed }
board-since = Compared with the one sent at { $time }, { $day }.
board-same = Nothing has changed since the one sent at { $time }, { $day }.
board-first = The first one for this group. For one area: /tonghop with the name of a district or commune.

board-none = No group of the Board receives the summary yet.
board-send-sure = Send the summary of the whole province to { N($n) } groups of the Board now?
board-send-yes = Yes, send
    .words = send, yes
board-send-no = Do not send
    .words = no
board-sent-to = The summary was sent to { N($n) } groups.
board-sent-before = This summary has been sent already.

board-list = <b>The Board's groups: { N($n) }</b>
board-line = • { $title }: since { $day }
board-what = What would you like to do?
board-add = Add a group
    .words = add
board-stop = Stop: { $title }
board-stop-sure = Stop sending the summary to the group “{ $title }”?
board-stop-yes = Yes, stop
    .words = stop, yes
board-stop-no = Do not stop
    .words = no
board-stopped = The summary is no longer sent to the group “{ $title }”.
board-stopped-group = This group no longer receives the daily summary.
board-gone = This group is not in the list any more.
board-left = The bot was removed from the Board's group “{ $title }”; nothing is sent there any more.
board-link = A link for one group, to be used once, valid for { N($days) } days:
    { $link }

    Open it and choose the group. Or add the bot to the group and type there: <code>/start { $code }</code>
board-link-code = A code for one group, to be used once, valid for { N($days) } days. Add the bot to the group and type there: <code>/start { $code }</code>

## /tinhtrang

state-title = <b>State of the system</b> at { $time }, { $day }
state-outbox = Outgoing, last 7 days: sent { N($sent) }, waiting { N($waiting) }, refused { N($refused) }, given up { N($given_up) }
state-oldest = Waiting longest: since { $time }, { $day }
state-trouble = • { $time } { $day }: { $what } – { $error }
state-refused = refused
state-given_up = given up
state-failed = <b>Failures, last 7 days: { N($n) }</b>
state-failure = • { $time } { $day }: { $error }
state-no-failures = No failures in the last 7 days.
state-chats = Phones that have written: { N($n) }; unreachable: { N($unreachable) }
state-database = Database: { N($size) } MB, version { $version }; received { N($inbox) }, outgoing { N($outbox) }
state-what = Look again when needed.
state-again = Refresh
    .words = refresh, again
