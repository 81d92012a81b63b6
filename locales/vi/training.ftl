## Sessions in words

enrol-title = <b>{ $title }</b>
enrol-day = • { $day }: { $hours }
enrol-no-days = • Thời gian: sẽ thông báo sau
enrol-hours-am = sáng { $begin }–{ $end }
enrol-hours-pm = chiều { $begin }–{ $end }
enrol-place = Địa điểm: { $place }
enrol-topics = Chuyên đề: { $topics }
enrol-teacher = Giảng viên: { $teacher }
enrol-bring = Mang theo: { $bring }
enrol-details = { $details }
enrol-for = Cho: <b>{ $person }</b>

## /dangky

enrol-which = Các lớp đang nhận đăng ký:

    { $sessions }

    Anh/chị chọn lớp nào?
enrol-which-of = Các lớp khớp với nội dung anh/chị gõ:

    { $sessions }

    Anh/chị chọn lớp nào?
enrol-not-found = Chưa tìm thấy lớp anh/chị gõ. Các lớp đang nhận đăng ký:

    { $sessions }

    Anh/chị chọn lớp nào?
enrol-line = <b>{ $number }. { $title }</b>
    { $when }
    { $place }
    { $state }
enrol-line-yours = ✔ đã đăng ký
enrol-line-left =
    { $left ->
        [0] hết chỗ, còn nhận danh sách chờ
       *[other] còn { N($left) } chỗ
    }
enrol-none = Hiện chưa có lớp nào mở đăng ký cho chức danh và địa bàn của anh/chị. Khi cần, anh/chị gọi { $phone }.
enrol-from-start = Xem lại từ đầu
    .words = xem lai, tu dau, trang dau
enrol-others = Xem các lớp khác
    .words = lop khac, xem lop khac, xem cac lop, dang ky lop khac, dang ky
enrol-schedule = Lịch của tôi
    .words = lich, xem lich, lich hoc
enrol-sure = Còn { N($left) } chỗ, hạn đăng ký hết ngày { $deadline }. Anh/chị có đăng ký lớp này không?
enrol-yes = Đăng ký
    .words = dang ky, ghi danh, dong y, co, da, vang, u, uh, ok, oke, duoc, dc, dk, yes
enrol-full = Lớp đã đủ người. Anh/chị có vào <b>danh sách chờ</b> không? Số thứ tự chờ sẽ là { N($number) }.
enrol-wait = Vào danh sách chờ
    .words = danh sach cho, cho, vao cho, dong y, co, da, vang, u, uh, ok, duoc, dc, yes
enrol-done = ✔ Đã đăng ký lớp <b>{ $title }</b>
    { $when }
    Số thứ tự trong danh sách: <b>{ N($number) }</b>
enrol-provisional = Chỗ này là <b>tạm giữ</b> cho đến khi { $short } xác nhận chức danh của anh/chị.
enrol-next = Anh/chị cần làm gì tiếp?
enrol-waits = Đã ghi vào danh sách chờ lớp <b>{ $title }</b>. Số thứ tự chờ: <b>{ N($number) }</b>.
    Khi có chỗ trống, anh/chị được chuyển vào lớp và được báo tại đây.
enrol-yours = Anh/chị <b>đã có tên</b> trong lớp này, số thứ tự { N($number) }.
enrol-yours-waiting = Anh/chị đang trong <b>danh sách chờ</b> của lớp này, số thứ tự { N($number) }.

## Why not, and what has changed meanwhile

enrol-gone = Lớp này không còn trong danh sách. Anh/chị muốn làm gì tiếp?
enrol-is-closed = Lớp <b>{ $title }</b> đã khóa danh sách, không nhận đăng ký nữa. Nếu cần, anh/chị gọi { $phone }.
enrol-is-running = Lớp <b>{ $title }</b> đã khai giảng, không nhận đăng ký nữa. Nếu cần, anh/chị gọi { $phone }.
enrol-is-held = Lớp <b>{ $title }</b> đã kết thúc.
enrol-is-postponed = Lớp <b>{ $title }</b> tạm hoãn. Khi có lịch mới, lớp sẽ mở đăng ký lại.
enrol-is-cancelled = Lớp <b>{ $title }</b> đã hủy. Mời anh/chị xem các lớp khác.
enrol-late = Lớp <b>{ $title }</b> đã hết hạn đăng ký (ngày { $deadline }). Nếu cần, anh/chị gọi { $phone }.
enrol-not-for-you = Lớp <b>{ $title }</b> dành cho chức danh hoặc địa bàn khác. Mời anh/chị xem các lớp khác.
enrol-seat-taken = Chức danh của anh/chị ở xã này đã có người đăng ký lớp <b>{ $title }</b>. Nếu chưa đúng, anh/chị gọi { $phone }.
enrol-clash = Anh/chị đã đăng ký lớp <b>{ $other }</b> trùng buổi với lớp <b>{ $title }</b> ({ $when }). Muốn đổi lớp, anh/chị hủy đăng ký lớp kia trước.
enrol-state-closed = Danh sách lớp đã khóa.
enrol-state-running = Lớp đang học.
enrol-state-held = Lớp đã kết thúc.
enrol-state-postponed = ⚠ Lớp đang <b>tạm hoãn</b>, chờ thông báo lịch mới.
enrol-state-cancelled = ⚠ Lớp này <b>đã hủy</b>.
enrol-changed = ⚠ Thời gian hoặc địa điểm lớp <b>vừa thay đổi</b>. Anh/chị vui lòng xem lại:
enrol-full-now = Rất tiếc, chỗ cuối cùng vừa có người đăng ký.
enrol-room-now = Lớp vừa có chỗ trống, anh/chị không cần chờ nữa.

## Leaving

enrol-leave = Hủy đăng ký
    .words = huy dang ky, huy lop, xin nghi, khong hoc nua, rut ten
enrol-why = <b>{ $name }</b> hủy đăng ký lớp <b>{ $title }</b>. Xin anh/chị cho biết lý do (chọn hoặc gõ):
enrol-reason-work = Bận công tác
    .words = ban, ban viec, ban cong tac, cong tac
enrol-reason-health = Sức khỏe, việc gia đình
    .words = suc khoe, om, benh, gia dinh, viec gia dinh, viec nha
enrol-reason-road = Đường xa, đi lại khó khăn
    .words = duong xa, xa, di lai, di lai kho khan, kho di
enrol-reason-mistake = Đăng ký nhầm lớp
    .words = nham, nham lop, dang ky nham, chon nham
enrol-keep = Giữ chỗ, không hủy
    .words = giu cho, khong huy, khong, ko, k, no, thoi
enrol-leave-sure = Hủy chỗ của <b>{ $name }</b> ở lớp <b>{ $title }</b> ({ $when })? Lý do: { $reason }.
    Chỗ này sẽ dành cho người đang chờ.
enrol-leave-list-sure = Rút tên <b>{ $name }</b> khỏi danh sách chờ lớp <b>{ $title }</b> ({ $when })?
enrol-leave-yes = Đồng ý hủy
    .words = dong y huy, dong y, huy dang ky, co, da, vang, u, ok, yes
enrol-left = Đã hủy: <b>{ $name }</b>, lớp <b>{ $title }</b>.
enrol-left-already = Đăng ký lớp <b>{ $title }</b> đã được hủy từ trước.
enrol-not-yours = Đăng ký này không thuộc người dùng máy này nữa.
enrol-begun = Lớp <b>{ $title }</b> đã khai giảng nên không hủy được ở đây. Nếu không dự được, anh/chị gọi { $phone }.
enrol-moved-up = Tin vui: <b>{ $name }</b> đã được chuyển từ danh sách chờ vào lớp <b>{ $title }</b>, khai giảng ngày { $date }.
    Nếu không dự được, anh/chị vui lòng nhường chỗ cho người sau.
enrol-passed-over = Lớp <b>{ $title }</b> (ngày { $date }) vừa có chỗ trống, nhưng <b>{ $name }</b> đã đăng ký lớp <b>{ $other }</b> cùng buổi nên chưa chuyển được. Tên vẫn giữ trong danh sách chờ. Muốn học lớp này, anh/chị hủy lớp kia ở mục <b>lịch</b>.
enrol-decline = Tôi không dự được
    .words = khong du duoc, nhuong cho, khong hoc

## /lich

schedule-ahead = <b>Lịch học</b>

    { $sessions }
schedule-person = 👤 <b>{ $person }</b>
schedule-line = <b>{ $number }. { $title }</b>
    { $when }
    { $place }
    { $state }
schedule-enrolled = ✔ đã đăng ký, số thứ tự { N($number) }
schedule-provisional = ✔ đã đăng ký (tạm giữ, chờ xác nhận chức danh), số thứ tự { N($number) }
schedule-waiting = … danh sách chờ, số thứ tự { N($number) }
schedule-offered = … có chỗ, chờ anh/chị trả lời
schedule-postponed = ⚠ tạm hoãn, chờ lịch mới
schedule-cancelled = ⚠ lớp đã hủy
schedule-past = <b>Các lớp đã qua</b>
    { $sessions }
schedule-past-line = • { $title } ({ $when })
schedule-which = Chọn lớp để xem chi tiết hoặc hủy đăng ký.
schedule-empty = Anh/chị chưa đăng ký lớp nào sắp tới.
schedule-calendar = Lịch vào máy
    .words = lich vao may, tai lich, file lich, tep lich
schedule-file = Tệp lịch học của anh/chị: mở tệp để thêm vào lịch trên máy. Máy sẽ nhắc trước một ngày.
ics-reminder = Ngày mai: { $title }
