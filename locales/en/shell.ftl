# What the command line and the demo say.

shell-doctor-zalo = Zalo: { N($count) } bots. Try each: ./run doctor zalo
shell-no-token = TELEGRAM_TOKEN and ZALO_TOKENS are missing. Make a bot with @BotFather on Telegram (or in Zalo) and write TELEGRAM_TOKEN=… (or ZALO_TOKENS=…) into .env.
    Without a token you can still try it: ./run demo
shell-exported = { N($count) } invitations were written to { $file }. Older unused codes of these people no longer work.
shell-granted-person = Send this link to the right person (works once, for { $hours } hours):
shell-granted-code = Telegram could not be reached, so there is no link. Give this line to the right person to type (works once, for { $hours } hours):
shell-board-no-area = The Board's group gets the summary of the whole province; leave out --area.
shell-in-use = Another process uses these data ({ $file }). Stop it and run this again.
shell-granted-board = Open this link and choose the Board's group (works once, for { $hours } hours):
shell-no-such-area = The area “{ $name }” is not clear: give a district, or a commune of the programme with its district.
shell-backed-up = Backed up to { $file }.
shell-restored = Restored from { $file }.
shell-kept = The data that were there are kept in { $file }.
shell-use-pg-dump = The database is PostgreSQL: use pg_dump and pg_restore (see docs/operations.md).
shell-doctor-programme = Programme: { $name } ({ N($seats) } seats by the decision).
shell-doctor-database = Database: { $engine }, { N($seats) } seats.
shell-doctor-telegram = Telegram: { $link }
shell-doctor-no-telegram = Telegram does not answer, or does not take the token. { $link }
shell-audit-whole = The audit is whole.
shell-audit-broken = The audit is BROKEN from row { N($row) }.

demo-open = Open this address in a browser (Ctrl-C stops):
demo-official = Official
demo-zalo = Official, Zalo
demo-admin = Admin
demo-board = The Board's group
demo-note-official = The phone “Official” is of { $name }, { $where }, { $phone } (a sample person). Press to open her invitation with the code { $code }.
demo-note-zalo = The phone on Zalo is of { $name }, { $where }: press to type the code { $code } of her invitation.
demo-note-admin = The phone “Admin”: press to take the right by a one-time link.
demo-note-board = “The Board's group”: press and choose the admin's phone, to bring the system into the group.

invitations-sheet = Invitations
invitations-district = District
invitations-commune = Commune
invitations-post = Post
invitations-name = Full name
invitations-code = Personal code
invitations-qr = Telegram: scan to open
invitations-zalo = Zalo: open and type the code
invitations-zalo-qr = Zalo: scan to open

doctor-zalo-no-token = ZALO_TOKENS is missing: make a bot in Zalo (Zalo Bot Manager → Zalo Bot Creator) and write ZALO_TOKENS=… into .env.
doctor-zalo-refused = { $bot }: Zalo does not take this token.
doctor-zalo-silent = { $bot }: Zalo does not answer ({ $why }).
doctor-zalo-me = { $bot }: { $name }
doctor-zalo-webhook = Webhook: { $url } (while it is set, nothing can be polled).
doctor-zalo-no-webhook = No webhook is set.
doctor-zalo-no-chat = To try sending: write to the bot from a phone of yours, then run ./run doctor zalo --chat CHAT
doctor-zalo-as-written = As documented: { $what }
doctor-zalo-otherwise = NOT as documented: { $what } (see docs/operations.md)
