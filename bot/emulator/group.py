"""A group chat: its members speak by name, the bot comes and goes."""

from __future__ import annotations

from bot.emulator.phone import Phone, Screen
from bot.emulator.records import Query
from bot.emulator.screen import Shown


class Group(Screen):
    """A group of people, with the bot in it or not."""

    def add(self, member: Phone, status: str = "member") -> None:
        """Let a person in; "administrator" or "creator" for those who run the group."""
        joined = member.user_id not in self.chat.members
        self.chat.members[member.user_id] = status
        if joined and self.chat.bot_status in ("member", "administrator"):
            self.world.service(self.chat, member.user, {"new_chat_members": [member.user.json()]})
        self.world.changed("chat", self.chat.id)

    def add_bot(self, by: Phone, code: str | None = None) -> None:
        """Add the bot; with a code as through a `startgroup` link."""
        if self.chat.bot_status not in ("member", "administrator"):
            self.world.set_bot_status(self.chat, by.user, "member")
            self.world.service(self.chat, by.user, {"new_chat_members": [self.world.bot.json()]})
        if code is not None:
            self.send(by, f"/start@{self.world.bot.username} {code}".strip())

    def remove_bot(self, by: Phone) -> None:
        """Throw the bot out."""
        self.world.service(self.chat, by.user, {"left_chat_member": self.world.bot.json()})
        self.world.set_bot_status(self.chat, by.user, "kicked")

    def promote_bot(self, by: Phone) -> None:
        """Make the bot an administrator, which ends privacy mode here."""
        self.world.set_bot_status(self.chat, by.user, "administrator")

    def send(self, by: Phone, text: str, reply_to: int | None = None) -> Shown:
        """A member writes."""
        return self.post_by(by.user, {"text": text}, reply_to)

    def press(self, by: Phone, label: str) -> Query | str | None:
        """A member presses an inline button."""
        return self.press_by(by.user, *self.find(label))
