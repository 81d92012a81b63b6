"""A strict pretend Telegram with phones; it knows nothing of the bot that it serves."""

from bot.emulator.emulator import Emulator
from bot.emulator.faults import Fault
from bot.emulator.group import Group
from bot.emulator.limits import STRICT, Limits
from bot.emulator.phone import Phone
from bot.emulator.screen import Shown

__all__ = ["STRICT", "Emulator", "Fault", "Group", "Limits", "Phone", "Shown"]
