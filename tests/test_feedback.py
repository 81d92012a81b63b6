"""Feedback: asked once, given with the name or without a trace of it, changed for seven days."""

from datetime import datetime, timedelta
from json import loads
from zoneinfo import ZoneInfo

import pytest

from storage import feedback, training
from storage.database import Tx
from tests import classes
from tests.talk import Phone, Talk
from tests.test_enrol import HA, PHONG, SENH

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SKIP = "Bỏ qua"


@pytest.fixture(autouse=True)
async def nothing_open(talk: Talk) -> None:
    await classes.clear(talk)


async def attended(talk: Talk, *seats: tuple[str, str], title: str = "Lớp 1", day: str = "2026-11-20am") -> int:
    """A session that has just ended, with these in it."""
    session = await classes.add(talk, title, "2026-11-19am", day, deadline="2026-11-10")
    for who in seats:
        seat = await talk.seat(*who)
        person = await talk.value("SELECT person_id FROM holding WHERE seat_id = :s AND until IS NULL", s=seat)
        await talk.db.transact(lambda tx, s=seat, p=person: _take(tx, session, s, p))  # type: ignore[misc]
    return session


async def _take(tx: Tx, session: int, seat: int, person: int) -> None:
    assert await training.take(tx, session, seat, person, "2026-11-01T00:00:00Z")


async def due(talk: Talk, local: str) -> list[str]:
    moment = datetime.fromisoformat(local).replace(tzinfo=HANOI)
    return await talk.db.transact(lambda tx: feedback.due_feedback(tx, moment))


async def sent(talk: Talk) -> None:
    """Everything that waits goes over the wire, as the outbox marks it."""
    await classes.run(
        talk,
        "UPDATE outbox SET state = 'sent', text = CASE WHEN private = 1 THEN '' ELSE text END WHERE state = 'waiting'",
    )


async def answers(phone: Phone, *said: str) -> None:
    """Answer question after question; each is sent before it is answered."""
    for one in said:
        await sent(phone.talk)
        await phone.says(one)


# Being asked -------------------------------------------------------------------------------------


async def test_the_clock_asks_after_the_last_half_day(talk: Talk) -> None:
    await attended(talk, PHONG, HA)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    assert await due(talk, "2026-11-20T11:29:00") == []
    keys = await due(talk, "2026-11-20T11:30:00")
    assert len(keys) == 2
    assert await due(talk, "2026-11-20T21:00:00") == await due(talk, "2026-11-21T06:59:00") == []
    assert await due(talk, "2026-12-04T12:00:00") == keys
    assert await due(talk, "2026-12-05T12:00:00") == []
    await talk.due(*keys)
    assert await due(talk, "2026-11-20T12:00:00") == []
    for phone, name in ((phong, "Phạm Đức Phong"), (ha, "Quách Thị Hà")):
        await phone.looks()
        phone.sees("Lớp 1", "đã kết thúc", name, buttons=["Góp ý ngay"])
    await phong.presses("Góp ý ngay")
    phong.sees("ghi tên", buttons=["Có ghi tên", "Không ghi tên"])


async def test_an_afternoon_ends_at_five(talk: Talk) -> None:
    await attended(talk, PHONG, day="2026-11-20pm")
    assert await due(talk, "2026-11-20T16:59:00") == []
    assert len(await due(talk, "2026-11-20T17:00:00")) == 1


async def test_who_waited_cancelled_or_has_given_is_not_asked(talk: Talk) -> None:
    await attended(talk, PHONG, HA, SENH)
    await classes.run(talk, "UPDATE enrolment SET feedback_given = 1 WHERE id = (SELECT min(id) FROM enrolment)")
    await classes.run(talk, "UPDATE enrolment SET state = 'cancelled' WHERE id = (SELECT max(id) FROM enrolment)")
    [key] = await due(talk, "2026-11-20T12:00:00")
    await classes.run(talk, "UPDATE session SET state = 'cancelled'")
    assert await due(talk, "2026-11-20T12:00:00") == []
    await classes.run(talk, "UPDATE session SET state = 'held'")
    await classes.run(talk, "UPDATE enrolment SET feedback_given = 1")
    ha = await talk.official(*HA)
    await talk.due(key)
    assert not await ha.looks()


async def test_nothing_to_say_yet(talk: Talk) -> None:
    phong = await talk.official(*PHONG)
    await phong.says("/gopy")
    phong.sees("chưa có lớp nào", buttons=["Về đầu"])
    mai = talk.phone()
    await mai.says("/start")
    await mai.presses("Đồng ý")
    await mai.says("/gopy")
    mai.sees("chưa đăng ký chức danh")


async def test_of_which_session_and_whose(talk: Talk) -> None:
    await attended(talk, PHONG, HA)
    await attended(talk, PHONG, title="Lớp 2")
    phong = await talk.official(*PHONG)
    code = await talk.code(*HA)
    await phong.says(f"/start {code}")
    await phong.presses("Đúng")
    await phong.says("góp ý")
    labels = {"Lớp 1 – Phạm Đức Phong", "Lớp 1 – Quách Thị Hà", "Lớp 2 – Phạm Đức Phong"}
    assert set(phong.screen.buttons) == {*labels, "Về đầu"}
    await phong.presses("Lớp 1 – Quách Thị Hà")
    phong.sees("Góp ý của Quách Thị Hà về lớp Lớp 1")


# With the name ------------------------------------------------------------------------------------


async def test_with_the_name(talk: Talk) -> None:
    session = await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await phong.says("/gopy")
    await phong.presses("Có ghi tên")
    phong.sees("1/6. Nội dung", buttons=["1", "2", "3", "4", "5"])
    await phong.says("4")
    phong.sees("2/6. Giảng viên")
    await phong.presses("2")
    phong.sees("Vì sao", "giảng viên", buttons=[SKIP])
    await phong.says("Nói nhanh quá, <b>khó</b> ghi")
    phong.sees("3/6.")
    await phong.says("rất tốt")
    phong.sees("4/6.")
    await phong.says("tạm được nhé")
    phong.sees("từ 1 đến 5", "4/6.")
    await phong.says("1")
    await phong.presses(SKIP)
    phong.sees("5/6.", "ý kiến khác")
    await phong.says("Cảm ơn\nBan tổ chức")
    phong.sees("6/6.")
    topics = [*phong.screen.buttons]
    assert topics[-1] == "Xong" and len(topics) == 5
    await phong.presses(topics[1])
    phong.sees("Đã chọn: Giám sát đầu tư của cộng đồng")
    await phong.says("Chăn nuôi dê")
    await phong.says("van dong dong bao thuc hien chuong trinh 135")
    phong.sees("Giám sát đầu tư của cộng đồng; Chăn nuôi dê; Vận động đồng bào thực hiện Chương trình 135")
    await phong.presses(topics[1])
    phong.sees_nothing_of("Giám sát đầu tư của cộng đồng;")
    await phong.says("xong")
    phong.sees("có ghi tên", "Nội dung: 4/5", "Giảng viên: 2/5 – Nói nhanh quá, <b>khó</b> ghi", "tổ chức: 5/5")
    phong.sees("địa phương: 1/5", "Cảm ơn Ban tổ chức", "Chăn nuôi dê", buttons=["Gửi", "Sửa", "Bỏ phiếu này"])
    await phong.says("gửi")
    phong.sees("Đã gửi góp ý", "7 ngày")
    [row] = await talk.rows("SELECT f.*, e.feedback_given FROM feedback f JOIN enrolment e ON e.id = f.enrolment_id")
    assert row["session_id"] == session and row["feedback_given"] == 1 and row["given_on"] == "2026-11-20"
    assert [row[score] for score in feedback.SCORES] == [4, 2, 5, 1]
    assert row["why"] == "teacher: Nói nhanh quá, <b>khó</b> ghi"
    assert loads(row["topics"]) == ["Chăn nuôi dê", "van-dong"]
    assert await talk.value("SELECT draft FROM chat WHERE id = :c", c=phong.chat) == "{}"
    assert await talk.value("SELECT count(*) FROM audit WHERE action = 'feedback.given'") == 1


async def give(phone: Phone, name: str, *scores: str) -> None:
    await answers(phone, "/gopy", name, *(scores or ("5",) * 4), "bỏ qua", "xong", "gửi")


@pytest.mark.buttons
async def test_it_is_given_once(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await answers(phong, "/gopy", "có ghi tên", "5", "5", "5", "5", "không", "xong")
    asked = phong.screen.id
    await phong.presses_old(asked, 0)
    phong.sees("Đã gửi")
    await phong.presses_old(asked, 0)
    phong.sees("đã gửi hoặc đã bỏ")
    await phong.says("/gopy")
    phong.sees(buttons=["✎ Lớp 1", "Về đầu"])
    assert await talk.value("SELECT count(*) FROM feedback") == 1


@pytest.mark.buttons
async def test_it_can_be_changed_for_seven_days(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await give(phong, "có ghi tên", "2", "không rõ đề tài", "5", "5", "5")
    talk.pass_time(days=7)
    await phong.says("/gopy")
    await phong.presses("✎ Lớp 1")
    phong.sees("Nội dung: 2/5 – không rõ đề tài", buttons=["Gửi", "Sửa", "Bỏ phiếu này"])
    await phong.presses("Sửa")
    await phong.says("nội dung")
    await phong.says("4")
    phong.sees("Nội dung: 4/5")
    phong.sees_nothing_of("không rõ đề tài")
    waiting = phong.screen.id
    await phong.presses("Gửi")
    phong.sees("góp ý sửa lại")
    row = (await talk.rows("SELECT * FROM feedback"))[0]
    assert (row["content"], row["why"], row["given_on"]) == (4, "", "2026-11-20")
    await phong.says("/gopy")
    await phong.presses("✎ Lớp 1")
    talk.pass_time(days=1)
    await phong.presses("Gửi")
    phong.sees("quá 7 ngày")
    await phong.says("/gopy")
    phong.sees("quá hạn sửa")
    await phong.presses_old(waiting, 0)
    phong.sees("đã gửi hoặc đã bỏ")


async def test_the_draft_outlives_other_commands_and_a_restart(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await answers(phong, "/gopy", "có ghi tên", "5", "4")
    await phong.says("/lich")
    phong.sees("Lớp 1")
    await phong.says("/dangky")
    for word in ("/trogiup", "/huy", "0", "/start", "/hoso"):
        await phong.says(word)
    talk.pass_time(days=2)
    await phong.says("/gopy")
    phong.sees("viết dở", "Lớp 1", buttons=["Viết tiếp", "Bỏ phiếu này"])
    await phong.says("tiếp")
    phong.sees("3/6.")
    await phong.says("/gopy")
    await phong.says("bỏ")
    phong.sees("Đã bỏ phiếu")
    await phong.says("/gopy")
    phong.sees("ghi tên")
    assert await talk.value("SELECT count(*) FROM feedback") == 0


@pytest.mark.buttons
async def test_an_old_score_button_changes_the_answer(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await answers(phong, "/gopy", "có ghi tên")
    first = phong.screen.id
    await phong.says("1")
    await phong.presses_old(first, 4)
    phong.sees("2/6.")
    form = loads(await talk.value("SELECT draft FROM chat WHERE id = :c", c=phong.chat))["feedback"]
    assert form["content"] == 5 and form["why"] == {}


@pytest.mark.buttons
async def test_only_her_own_and_only_when_it_is_over(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    await phong.says("/gopy")
    await classes.run(talk, "UPDATE outbox SET chat = :c WHERE id = :id", c=ha.chat, id=phong.screen.id)
    await ha.presses_old(phong.screen.id, 0)
    ha.sees("không thuộc người dùng máy này")


# Without the name ---------------------------------------------------------------------------------


async def test_without_the_name_nothing_links_it_to_her(talk: Talk) -> None:
    session = await attended(talk, PHONG, HA, SENH)
    phones = [await talk.official(*who) for who in (PHONG, HA, SENH)]
    before = await talk.value("SELECT coalesce(max(id), 0) FROM inbox")
    codes = []
    for phone, scores in zip(phones, (("1", "Giảng viên đọc chép", "5", "2", "Phòng nóng", "3"), (), ()), strict=True):
        await answers(phone, "/gopy", "không ghi tên", *(scores or ("4",) * 4), "Ý riêng của tôi", "1", "2", "xong")
        await sent(talk)
        phone.sees("không ghi tên", "Ý riêng của tôi")
        await phone.presses("Gửi")
        phone.sees("không ghi tên", "Mã để sửa")
        codes.append(phone.screen.text.split("ngày: ")[1].split()[0])
    await sent(talk)
    # The feedback knows no enrolment, and its code is kept only as a digest.
    rows = await talk.rows("SELECT * FROM feedback")
    assert len(rows) == len(set(codes)) == 3
    assert all(row["enrolment_id"] is None and row["session_id"] == session for row in rows)
    assert all(row["given_on"] == "2026-11-20" and row["code_hash"] not in codes for row in rows)
    # The rows lie in the order of their random numbers, not in the order they came.
    if talk.db.name == "sqlite":
        in_file = [row["id"] for row in await talk.rows("SELECT id FROM feedback ORDER BY rowid")]
        assert in_file == sorted(in_file)
    # The enrolment knows that there was some, and nothing else.
    assert await talk.value("SELECT sum(feedback_given) FROM enrolment") == 3
    assert await talk.value("SELECT count(*) FROM enrolment WHERE changed_at > '2026-11-02'") == 0
    # Neither message nor question nor draft nor audit remains. (The two commands and the first question may.)
    bodies = [row["body"] for row in await talk.rows("SELECT body FROM inbox WHERE id > :b", b=before)]
    assert {loads(body).get("text", "press" if "choice" in body else "") for body in bodies} == {"/gopy", ""}
    kept = str(await talk.rows("SELECT text, choices, hints, keys FROM outbox"))
    for word in ("đọc chép", "Phòng nóng", "Ý riêng", "feedback_form", "feedback-why", "feedback-ask", "3/5", *codes):
        assert word not in kept
    assert {row["draft"] for row in await talk.rows("SELECT draft FROM chat")} == {"{}"}
    assert await talk.value("SELECT count(*) FROM audit WHERE action LIKE 'feedback%'") == 0


async def test_while_it_is_written_no_choice_tells_an_answer(talk: Talk) -> None:
    """What a button carries is only the value it stands for; picks are named only in what is sealed."""
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await answers(phong, "/gopy", "không ghi tên", "1", "Vì nói nhanh", "4", "4", "4", "Ý riêng")
    first = phong.screen
    await answers(phong, "2")
    phong.sees("Đã chọn")
    assert phong.screen.buttons == first.buttons
    await answers(phong, "xong")
    phong.sees("Vì nói nhanh")
    await sent(talk)
    kept = str(await talk.rows("SELECT text, choices FROM outbox")) + str(await talk.rows("SELECT carry FROM chat"))
    for word in ("Đã chọn", "Vì nói nhanh", "Ý riêng"):
        assert word not in kept


async def test_it_is_changed_by_its_code_alone(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await give(phong, "không ghi tên")
    code = phong.screen.text.split("ngày: ")[1].split()[0]
    assert code not in str(await talk.rows("SELECT * FROM feedback"))
    await answers(phong, "/gopy")
    phong.sees(buttons=["Sửa góp ý không ghi tên", "Về đầu"])
    await phong.presses("Sửa góp ý không ghi tên")
    phong.sees("mã góp ý")
    await answers(phong, "AAAAA-AAAAA")
    phong.sees("không đúng")
    await answers(phong, code.lower().replace("-", " "))
    phong.sees("không ghi tên", "Nội dung: 5/5")
    await answers(phong, "sửa", "chuyên đề", "1", "xong", "sửa", "1", "2", "Khó hiểu", "gửi")
    phong.sees("góp ý sửa lại")
    await sent(talk)
    [row] = await talk.rows("SELECT * FROM feedback")
    assert (row["content"], row["why"], row["enrolment_id"]) == (2, "content: Khó hiểu", None)
    assert loads(row["topics"]) == ["cong-dong"]
    bodies = str(await talk.rows("SELECT body FROM inbox")) + str(await talk.rows("SELECT text, choices FROM outbox"))
    for word in (code, code.lower().replace("-", " "), "Khó hiểu", row["id"]):
        assert word not in bodies
    talk.pass_time(days=8)
    await answers(phong, "/gopy")
    await phong.presses("Sửa góp ý không ghi tên")
    await answers(phong, code)
    phong.sees("quá 7 ngày")


@pytest.mark.buttons
async def test_answers_with_the_name_do_not_become_unnamed_ones(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await answers(phong, "/gopy")
    asked = phong.screen.id
    await phong.presses_old(asked, 0)
    await answers(phong, "1")
    await phong.presses_old(asked, 1)
    phong.sees("1/6.")


async def test_an_unnamed_form_nobody_finishes_goes(talk: Talk) -> None:
    await attended(talk, PHONG, HA)
    phong, ha = await talk.official(*PHONG), await talk.official(*HA)
    await answers(phong, "/gopy", "không ghi tên", "1", "Vì nói nhanh")
    await answers(ha, "/gopy", "có ghi tên", "1")
    before = (talk.now + timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert await talk.db.transact(lambda tx: feedback.drop_old_drafts(tx, "2026-11-20T00:00:00Z")) == 0
    assert await talk.db.transact(lambda tx: feedback.drop_old_drafts(tx, before)) == 1
    await phong.says("/gopy")
    phong.sees("ghi tên hay không ghi tên")
    await ha.says("/gopy")
    ha.sees("viết dở")


async def test_english(talk: Talk) -> None:
    await attended(talk, PHONG)
    phong = await talk.official(*PHONG)
    await phong.says("/language")
    await phong.presses("English")
    await answers(phong, "feedback", "without my name", "very good", "5", "4", "good", "skip", "done")
    phong.sees("without your name", "Content: 5/5")
    await answers(phong, "send")
    phong.sees("thanks you", "The code to change it")
