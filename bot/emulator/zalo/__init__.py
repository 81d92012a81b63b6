"""A strict pretend Zalo Bot Platform with phones; it knows nothing of the bot that it serves."""

from bot.emulator.zalo.emulator import ZaloEmulator
from bot.emulator.zalo.phone import ZaloPhone
from bot.emulator.zalo.records import Handed, Lost, Request, Sent, Shown, Usage
from bot.emulator.zalo.settings import Settings

__all__ = ["Handed", "Lost", "Request", "Sent", "Settings", "Shown", "Usage", "ZaloEmulator", "ZaloPhone"]
