"""Vietnamese telephone numbers in every form people write them. Kept as E.164, shown as 0912 345 678."""

import re
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from phonenumbers import PhoneNumberType

# The 11-digit mobile numbers ended in 2018; old lists still carry them.
_RENEWED = {
    **{f"16{last}": f"3{last}" for last in range(2, 10)},
    **{"120": "70", "121": "79", "122": "77", "126": "76", "128": "78"},
    **{"123": "83", "124": "84", "125": "85", "127": "81", "129": "82"},
    **{"186": "56", "188": "58", "199": "59"},
}
_WRITTEN = re.compile(r"\+?[0-9\s.\-()/\u2010-\u2015]+")
_IN_TEXT = re.compile(r"(?<![\w+])\+?[0-9](?:[ .\-()\u00a0]{0,2}[0-9]){8,12}(?!\w)")
_FRACTION = re.compile(r"^(\d{9,11})\.0+$")  # a spreadsheet's number


@dataclass(frozen=True, slots=True)
class Phone:
    """A valid number. `old` holds the 11-digit form it was given in, when it was."""

    e164: str
    kind: Literal["mobile", "landline"]
    old: str = ""


def read(text: str) -> Phone | None:
    """The number a text is, or None when it is no valid Vietnamese number (or several)."""
    written = text.strip()
    whole = _FRACTION.match(written)
    if whole:
        written = whole.group(1)
    if not _WRITTEN.fullmatch(written):
        return None
    number = _national(re.sub(r"\D", "", written), international=written.startswith("+"))
    if not number:
        return None
    renewed = _RENEWED.get(number[:3]) if len(number) == 10 else None
    if renewed:
        return _valid(renewed + number[3:], old=f"0{number}")
    return _valid(number)


def _national(digits: str, *, international: bool) -> str:
    """The digits after the country code or the leading 0, whichever was written, or lost in a spreadsheet."""
    if digits.startswith("0084"):
        digits, international = digits[2:], True
    if international:
        return digits[2:].removeprefix("0") if digits.startswith("84") else ""
    if digits.startswith("84") and len(digits) in (11, 12):
        return digits[2:].removeprefix("0")
    return digits.removeprefix("0")


def _valid(national: str, old: str = "") -> Phone | None:
    try:
        number = phonenumbers.parse(f"+84{national}", None)
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.MOBILE:
        return Phone(f"+84{national}", "mobile", old)
    if kind == PhoneNumberType.FIXED_LINE:
        return Phone(f"+84{national}", "landline", old)
    return None


def find_all(text: str) -> list[Phone]:
    """Every number in a free text, in order, each once."""
    found = [phone for match in _IN_TEXT.findall(text) if (phone := read(match))]
    return list({phone.e164: phone for phone in found}.values())


def show(e164: str) -> str:
    """As people write it: 0912 345 678; a landline 0237 3852 123."""
    local = f"0{e164.removeprefix('+84')}"
    return f"{local[:4]} {local[4:-3]} {local[-3:]}" if len(local) == 10 else f"{local[:4]} {local[4:]}"


def mask(e164: str) -> str:
    """Enough for its owner to know it by, too little for anyone else: 09*****678."""
    local = f"0{e164.removeprefix('+84')}"
    return local[:2] + "*" * (len(local) - 5) + local[-3:]
