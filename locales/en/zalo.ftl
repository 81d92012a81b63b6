# What only Zalo needs to say: no buttons there, and no files.

zalo-answer = (Type a number or the words.)
zalo-firm = type DONG Y
zalo-file = The file is at this address; it opens <b>once</b>, within { $hours } hours: { $link }
zalo-no-files = Zalo cannot take files yet. You can get this file on Telegram, or call { $phone }.
zalo-token-refused = <b>The token of the bot { $bot } is refused.</b> This bot has stopped; the others go on. The server's administrator gets a new token, corrects the settings and starts again.

## The page behind a link to a file

zalo-web-title = Your file
zalo-web-ready = { $short } has a file for you. It can be fetched <b>once</b>, until { $until }.
zalo-web-get = Get the file
zalo-web-gone-title = This link can no longer be used
zalo-web-gone = The file was fetched already, or its time is over. For a new link, open the chat with { $short } again and ask for the file once more (type <b>schedule</b> or <b>profile</b>, for example), or call { $phone }.
zalo-web-unknown-title = There is no such file
zalo-web-unknown = The address is wrong or not complete. Please open the link in { $short }'s message, or call { $phone }.
zalo-web-failed-title = The file cannot be fetched yet
zalo-web-failed = Something went wrong; the file is still there. Please try again in a few minutes, or call { $phone }.
