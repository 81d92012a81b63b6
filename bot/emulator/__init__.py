"""A strict pretend Telegram and Zalo with phones; they know nothing of the bot that they serve."""

from bot.emulator.emulator import Emulator
from bot.emulator.faults import Fault
from bot.emulator.group import Group
from bot.emulator.limits import STRICT, Limits
from bot.emulator.phone import Phone
from bot.emulator.screen import Shown
from bot.emulator.zalo import ZaloEmulator, ZaloPhone

__all__ = ["STRICT", "Emulator", "Fault", "Group", "Limits", "Phone", "Shown", "ZaloEmulator", "ZaloPhone"]
