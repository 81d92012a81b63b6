"""The invitation sheet: for each holder who has not confirmed, a personal code and its link, to print and cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import segno
import xlsxwriter

from locales import DEFAULT, Texts
from storage import audit
from storage.database import Tx
from storage.fold import name_key, text_key
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


def write(path: Path, rows: Sequence[Invitation], link: str, programme: Programme, texts: Texts) -> None:
    """Write the sheet: A4, one person a line, with the code in words and as a QR of the link where there is one."""
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(str(texts.say(DEFAULT, "invitations-sheet")))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "vcenter", "border": 1})
    code = book.add_format(
        {"font_name": "Courier New", "font_size": 14, "bold": True, "valign": "vcenter", "border": 1}
    )
    headings = ("district", "commune", "post", "name", "code", "qr")
    for column, (heading, width) in enumerate(zip(headings, (16, 18, 24, 26, 16, 14), strict=True)):
        sheet.write_string(0, column, str(texts.say(DEFAULT, f"invitations-{heading}")), bold)
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows, start=1):
        sheet.set_row(line, 76 if link else 24)
        words = (row.district, row.commune, programme.post(row.post).name, row.name)
        for column, text in enumerate(words):
            sheet.write_string(line, column, text, cell)
        sheet.write_string(line, 4, f"{row.code[:4]} {row.code[4:]}", code)
        sheet.write_string(line, 5, "", cell)
        if link:
            picture = BytesIO()
            segno.make(f"{link}?start={row.code}", error="m").save(picture, kind="png", scale=3, border=1)
            sheet.insert_image(line, 5, "qr.png", {"image_data": picture, "x_offset": 4, "y_offset": 4})
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
