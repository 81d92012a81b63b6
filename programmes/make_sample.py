"""Makes the sample files of the Program 135 folder anew, always the same: python -m programmes.make_sample

Everything here is made up. Which communes are in is drawn by a hash of their codes, and so is the region class: neither
says anything about the real commune. Names are put together from lists; the telephone numbers are of a range that looks
unassigned. The agency's own lists take the place of these files by `./run import`.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path

FOLDER = Path(__file__).parent / "thanh-hoa-135-2020"
TITLE = "DỮ LIỆU MẪU, KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC"
NO_DECISION = "Dữ liệu mẫu, không theo quyết định nào"
MOUNTAIN = ("384", "385", "386", "387", "388", "389", "390", "391", "396", "402", "403")
COMMUNES = {"III": 95, "II": 29}
VILLAGES = {"III": 741, "II": 59}
POSTS = ("PCT UBND", "VP-TK", "CT HND", "KNV")

FAMILIES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ"),
    ("Bùi", "Quách", "Trương", "Đinh", "Cao", "Phạm"),
    ("Lò", "Vi", "Lương", "Hà", "Ngân", "Lộc"),
    ("Thao", "Giàng", "Vàng", "Sùng", "Hơ", "Lâu"),
)
MIDDLES = (("Văn", "Đức", "Minh", "Quốc"), ("Thị", "Thị", "Thu", "Thị Minh"))
GIVEN = (
    ("An", "Bình", "Chung", "Dũng", "Hải", "Khánh", "Lâm", "Nam", "Phong", "Sơn", "Thắng", "Tuấn"),
    ("Bích", "Dung", "Hà", "Hiền", "Hoa", "Huệ", "Lan", "Mai", "Nga", "Thảo", "Vân", "Xuân"),
)
HMONG_GIVEN = ("Dia", "Pó", "Chứ", "Sênh", "Dế", "Tủa", "Lâu", "Say")

# T+n: n working days after today (T-n: before), so that there are always classes ahead and one just held.
SESSIONS = (
    ("MAU-01", "Phát triển cộng đồng và lập kế hoạch có sự tham gia (đợt trước)", "Hội trường UBND huyện Quan Hóa",
     140, "", "Mường Lát; Quan Hóa; Quan Sơn", "T-7; T-6", "T-9", "cong-dong; van-dong"),
    ("MAU-02", "Giám sát đầu tư của cộng đồng dành cho Phó Chủ tịch UBND xã", "Trung tâm chính trị huyện Ngọc Lặc",
     140, "PCT UBND", "", "T-1", "T-3", "giam-sat"),
    ("MAU-03", "Nâng cao năng lực cán bộ cơ sở, cụm Mường Lát - Quan Hóa - Quan Sơn", "Hội trường UBND huyện Quan Sơn",
     120, "", "Mường Lát; Quan Hóa; Quan Sơn", "T+4; T+5; T+6 sáng", "T+2", "cong-dong; giam-sat; van-dong"),
    ("MAU-04", "Nâng cao năng lực cán bộ cơ sở, cụm Bá Thước - Lang Chánh", "Trung tâm văn hóa huyện Bá Thước",
     100, "", "Bá Thước; Lang Chánh", "T+4; T+5", "T+2", "cong-dong; van-hanh"),
    ("MAU-05", "Tổng hợp, báo cáo số liệu Chương trình 135", "Trung tâm chính trị huyện Ngọc Lặc",
     60, "VP-TK", "", "T+5", "T+3", "giam-sat"),
    ("MAU-06", "Tham quan, học tập mô hình sinh kế (số chỗ hạn chế)", "Trụ sở UBND huyện Cẩm Thủy",
     2, "", "", "T+8 sáng", "T+6", "van-dong"),
    ("MAU-07", "Nâng cao năng lực cán bộ cơ sở, cụm Ngọc Lặc - Cẩm Thủy - Thạch Thành",
     "Hội trường UBND huyện Cẩm Thủy",
     120, "", "Ngọc Lặc; Cẩm Thủy; Thạch Thành", "T+8 chiều; T+9; T+10", "T+6", "cong-dong; van-hanh; van-dong"),
    ("MAU-08", "Nâng cao năng lực cán bộ cơ sở, cụm Thường Xuân - Như Xuân - Như Thanh",
     "Hội trường UBND huyện Thường Xuân",
     120, "", "Thường Xuân; Như Xuân; Như Thanh", "T+11; T+12", "T+8", "cong-dong; giam-sat; van-dong"),
    ("MAU-09", "Vận hành, duy tu, bảo dưỡng công trình hạ tầng", "Trung tâm chính trị huyện Ngọc Lặc",
     80, "KNV; CT HND", "", "T+12 chiều; T+13", "T+9", "van-hanh"),
)  # fmt: skip
Commune = dict[str, str]
Row = Sequence[object]


def main(folder: Path = FOLDER) -> None:
    """Write the three files."""
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as file:
        communes = draw(list(csv.DictReader(file)))
    _write(folder / "mau_pham_vi.csv", "PHẠM VI CHƯƠNG TRÌNH", scope(communes))
    _write(folder / "mau_danh_sach.csv", "DANH SÁCH CÁN BỘ", roster(communes))
    _write(folder / "mau_lop.csv", "LỚP TẬP HUẤN (T+3 LÀ NGÀY LÀM VIỆC THỨ BA SAU HÔM NAY)", sessions())


def draw(units: Iterable[Commune]) -> list[Commune]:
    """The xã of the mountainous districts in the order of a hash; the first are class III, the next class II."""
    frame = [unit for unit in units if unit["district_code"] in MOUNTAIN and unit["type"] == "Xã"]
    hashed = iter(sorted(frame, key=lambda unit: _number("commune", unit["commune_code"])))
    drawn = [unit | {"class": region} for region, n in COMMUNES.items() for unit in islice(hashed, n)]
    return sorted(drawn, key=lambda unit: unit["commune_code"])


def scope(communes: Sequence[Commune]) -> list[Row]:
    """Every commune, then its villages, spread as evenly as the figures allow."""
    rows: list[Row] = [("Mã xã", "Xã", "Huyện", "Khu vực", "Thôn, bản", "Quyết định")]
    for region, wanted in VILLAGES.items():
        of_class = [commune for commune in communes if commune["class"] == region]
        each, more = divmod(wanted, len(of_class))
        for at, c in enumerate(of_class):
            head = (c["commune_code"], c["commune"], c["district"], region)
            rows.append((*head, "", NO_DECISION))
            rows += [(*head, f"Bản Mẫu {n}", NO_DECISION) for n in range(1, each + (at < more) + 1)]
    return rows


def roster(communes: Sequence[Commune]) -> list[Row]:
    """Every seat: most are filled, some are vacant, some rows are as untidy as in life."""
    rows: list[list[str]] = []
    for commune in communes:
        for post in POSTS:
            rows.append([commune["commune"], commune["district"], post, *_holder(commune, post, len(rows))])
    _make_untidy(rows)
    return [("Xã", "Huyện", "Chức danh", "Họ và tên", "Số điện thoại"), *rows]


def _holder(commune: Commune, post: str, at: int) -> tuple[str, str]:
    number = _number("holder", commune["commune_code"], post)
    if number % 19 == 0:
        return "", ""
    phone = "" if number % 23 == 0 else f"0990 000 {at + 1:03}"
    return _person(number), phone


def _person(number: int) -> str:
    people, sex = number // 19 % 4, number // 97 % 2
    family = _pick(FAMILIES[people], number // 7)
    if people == 3:
        return f"{family} {('A', 'Thị')[sex]} {_pick(HMONG_GIVEN, number // 11)}"
    return f"{family} {_pick(MIDDLES[sex], number // 13)} {_pick(GIVEN[sex], number // 17)}"


def _make_untidy(rows: list[list[str]]) -> None:
    """What every real list has: no marks, another word for a post, a person with two posts, a shared phone."""
    filled = [row for row in rows if row[3] and row[4]]
    first, second, third, fourth, fifth, sixth = filled[3::60][:6]
    first[0], first[2] = first[0].upper(), "Cán bộ khuyến nông" if first[2] == "KNV" else first[2]
    second[1] = second[1].replace("Huyện", "H.")
    third[4] = third[4].replace(" ", ".")
    fourth[4] = "+84 " + fourth[4].removeprefix("0")
    fifth[4] = "0199 0000 999"  # eleven digits, as before 2018
    twin = next(row for row in filled if row[0] == sixth[0] and row is not sixth)
    twin[3:] = sixth[3:]  # one person, two posts
    lender, borrower = filled[100], filled[101]
    borrower[4] = lender[4]  # one phone, two people


def sessions() -> list[Row]:
    """The classes, with working days counted from the day they are loaded."""
    heading: Row = (
        "Mã lớp", "Tên lớp", "Địa điểm", "Giảng viên", "Số chỗ", "Chức danh", "Địa bàn", "Thời gian",
        "Hạn đăng ký", "Mang theo", "Chuyên đề",
    )  # fmt: skip
    bring = "Giấy mời, sổ ghi chép"
    return [
        heading,
        *(
            (code, f"{title} (mẫu)", place, f"Giảng viên mẫu {n}", seats, posts, areas, when, until, bring, topics)
            for n, (code, title, place, seats, posts, areas, when, until, topics) in enumerate(SESSIONS, start=1)
        ),
    ]


def _number(*parts: str) -> int:
    return int.from_bytes(sha256("\n".join(("mau", *parts)).encode()).digest()[:8], "big")


def _pick(words: Sequence[str], number: int) -> str:
    return words[number % len(words)]


def _write(path: Path, title: str, rows: Iterable[Row]) -> None:
    """As a Vietnamese Excel reads it: UTF-8 with its mark, semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([f"{TITLE}: {title}"])
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


if __name__ == "__main__":
    main()
