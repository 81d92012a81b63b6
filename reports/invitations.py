"""The invitation sheet: for each holder who has not confirmed, a personal code and its link, to print and cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import xlsxwriter

from locales import DEFAULT, Texts
from storage import audit
from storage.database import Tx
from storage.fold import name_key, text_key
from storage.lanes import Lane
from storage.programme import Programme
from storage.rights import make_code


@dataclass(frozen=True, slots=True)
class Invitation:
    """A line of the sheet. The code is shown here once and is kept nowhere."""

    district: str
    commune: str
    post: str
    name: str
    code: str


async def issue(tx: Tx, now: datetime, valid: timedelta, area: int | None) -> list[Invitation]:
    """New codes for every unconfirmed holder of an area (None: the province); their older unused codes end."""
    at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    rows = await tx.all(
        "SELECT h.id, p.name, s.post, u.type || ' ' || u.name AS commune, coalesce(d.name, '') AS district"
        " FROM holding h JOIN person p ON p.id = h.person_id JOIN seat s ON s.id = h.seat_id"
        " JOIN unit u ON u.id = s.unit_id LEFT JOIN unit d ON d.id = u.parent_id"
        " WHERE h.until IS NULL AND h.confirmed_at IS NULL"
        " AND (CAST(:area AS BIGINT) IS NULL OR u.id = :area OR d.id = :area)",
        area=area,
    )
    issued: list[Invitation] = []
    for row in rows:
        await tx.run(
            "UPDATE code SET expires_at = :at WHERE holding_id = :holding AND used_at IS NULL AND expires_at > :at",
            holding=row["id"],
            at=at,
        )
        code = await make_code(tx, "seat", now, valid, holding=row["id"])
        issued.append(Invitation(row["district"], row["commune"], row["post"], row["name"], code))
    await audit.append(tx, [audit.Entry("shell", "invitations.issued", f"area:{area}", {"count": len(issued)})], at)
    return sorted(issued, key=lambda i: (text_key(i.district), text_key(i.commune), name_key(i.name)))


def spread(count: int, rooms: Sequence[tuple[Lane, int]]) -> list[str]:
    """The Zalo link of each line: bots in turn, as far as each has room for people; empty when none has.

    rooms: each bot with a link, and how many more people it takes.
    """
    links = [lane.link for lane, room in rooms for _ in range(min(room, count))]
    return links[:count] + [""] * (count - len(links))


def write(
    path: Path, rows: Sequence[Invitation], link: str, programme: Programme, texts: Texts, zalo: Sequence[str] = ()
) -> None:
    """Write the sheet: A4, one person a line, with the code in words and a QR for each messenger there is.

    link: the bot on Telegram, or empty. zalo: the link of the Zalo bot with room for each line, or empty.
    """
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(str(texts.say(DEFAULT, "invitations-sheet")))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
    code = book.add_format(
        {"font_name": "Courier New", "font_size": 14, "bold": True, "valign": "vcenter", "border": 1}
    )
    small = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1, "font_size": 8})
    headings = ("district", "commune", "post", "name", "code", "qr", "zalo", "zalo-qr")
    for column, (heading, width) in enumerate(zip(headings, (14, 16, 22, 24, 15, 13, 20, 13), strict=True)):
        sheet.write_string(0, column, str(texts.say(DEFAULT, f"invitations-{heading}")), bold)
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows, start=1):
        on_zalo = zalo[line - 1] if line <= len(zalo) else ""
        sheet.set_row(line, 76 if link or on_zalo else 24)
        words = (row.district, row.commune, programme.post(row.post).name, row.name)
        for column, text in enumerate(words):
            sheet.write_string(line, column, text, cell)
        sheet.write_string(line, 4, f"{row.code[:4]} {row.code[4:]}", code)
        _draw(sheet, line, 5, f"{link}?start={row.code}" if link else "", cell)
        sheet.write_string(line, 6, on_zalo, small)
        _draw(sheet, line, 7, on_zalo, cell)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()


def _draw(sheet: Any, line: int, column: int, link: str, cell: Any) -> None:
    sheet.write_string(line, column, "", cell)
    if link:
        picture = BytesIO()
        segno.make(link, error="m").save(picture, kind="png", scale=3, border=1)
        sheet.insert_image(line, column, "qr.png", {"image_data": picture, "x_offset": 4, "y_offset": 4})
