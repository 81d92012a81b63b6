# What admins and the Board read: figures, never names of persons.

## The summary

summary-title = <b>Tổng hợp { $area }</b>
summary-title-districts = <b>Theo huyện – { $area }</b>
summary-title-communes = <b>Theo xã – { $area }</b>
summary-title-posts = <b>Theo chức danh – { $area }</b>
summary-title-sessions = <b>Theo lớp – { $area }</b>
summary-title-least = <b>Xã có tỷ lệ xác nhận thấp nhất – { $area }</b>
summary-province = toàn tỉnh
summary-at = Số liệu lúc { $time }, { $day }
summary-sample = <i>{ $note }</i>
summary-body = { $body }
summary-nothing = Chưa có số liệu.

summary-seats = <b>Vị trí cần tập huấn: { N($total) }</b>
summary-confirmed = • Đã xác nhận: <b>{ N($n) }/{ N($total) }</b>{ $change } – { N($percent) }%
summary-claimed = • Chờ duyệt: { N($n) }{ $change }
summary-named = • Có tên, chưa xác nhận: { N($n) }{ $change }
summary-vacant = • Còn khuyết: { N($n) }{ $change }

summary-no-sessions = <b>Lớp tập huấn:</b> chưa có lớp.
summary-sessions = <b>Lớp tập huấn: { N($sessions) }</b>, lượt đăng ký: { N($n) }{ $change }
summary-waiting = Danh sách chờ: { N($n) }{ $change }
summary-session = • { $title } ({ $when }): { N($enrolled) }/{ N($capacity) } chỗ
summary-session-area = • { $title } ({ $when }): { N($enrolled) } người từ địa bàn (lớp { N($capacity) } chỗ)
summary-session-waiting = , chờ { N($n) }
summary-session-provisional = , tạm giữ { N($n) }
summary-more-sessions = … và { N($n) } lớp khác.
summary-no-day = chưa định ngày

summary-feedback = <b>Góp ý sau lớp học</b> (thang điểm 5)
summary-scores = { N($n) } phiếu: nội dung { N($content) }; giảng viên { N($teacher) }; tổ chức { N($organisation) }; áp dụng tại địa phương { N($locality) }
summary-scores-few = { N($n) } phiếu góp ý (chưa đủ số phiếu để nêu điểm)

summary-least = <b>Tỷ lệ xác nhận thấp nhất</b>
summary-part = • { $name }: { N($confirmed) }/{ N($total) }{ $more }
summary-part-claimed = chờ duyệt { N($n) }
summary-part-vacant = khuyết { N($n) }
summary-page = Trang { N($page) }/{ N($pages) }

## Asking for it

summary-more-what = Anh/chị xem thêm mục nào? Gõ tên huyện hoặc xã để xem riêng địa bàn đó.
summary-more-group = Xem riêng một địa bàn: /tonghop kèm tên huyện hoặc xã.
summary-by-district = Theo huyện
    .words = theo huyen, huyen, cac huyen
summary-by-commune = Theo xã
    .words = theo xa, xa, cac xa
summary-by-post = Theo chức danh
    .words = theo chuc danh, chuc danh, chuc vu
summary-by-session = Theo lớp
    .words = theo lop, lop, cac lop
summary-by-least = Xã thấp nhất
    .words = xa thap nhat, thap nhat, cham nhat
summary-whole = Toàn tỉnh
    .words = toan tinh, ca tinh, tinh
summary-back = Bản tổng hợp
    .words = ban tong hop, quay lai, tro lai, lui
summary-send = Gửi Ban
    .words = gui ban, gui
summary-groups = Nhóm của Ban
    .words = nhom cua ban, nhom

summary-which-own = Anh/chị xem địa bàn nào?
summary-which-district = Anh/chị xem riêng huyện nào?
summary-which = “{ $name }” là địa bàn nào?
summary-no-such = Chưa tìm thấy huyện, xã “{ $name }”. Anh/chị gõ lại, ví dụ: <i>mường lát</i> hoặc <i>trung lý, mường lát</i>.
summary-not-served = Địa bàn { $name } không thuộc phạm vi chương trình, nên không có số liệu.
summary-not-yours = Anh/chị chưa được phân quyền xem { $name }.
summary-not-this = Anh/chị chưa được phân quyền xem địa bàn này.

## The Board's groups

board-bound = <b>{ $buttons ->
        [yes] Nhóm này nhận
       *[no] Anh/chị nhận
    } bản tổng hợp của { $agency }.</b>
    • Mỗi ngày một lần, sau { $hour }: số vị trí đã xác nhận, lớp tập huấn, góp ý, và thay đổi so với lần trước
    • Khi cán bộ quản trị chọn <b>Gửi Ban</b>
    • Khi { $buttons ->
        [yes] có người gõ /tonghop trong nhóm
       *[no] anh/chị gõ <b>tổng hợp</b>
    } (có thể kèm tên huyện, xã)

    Bản tổng hợp không nêu tên cá nhân. Muốn dừng: cán bộ quản trị chọn /tonghop → <b>Nhóm của Ban</b>{ $buttons ->
        [yes] , hoặc đưa hệ thống ra khỏi nhóm.
       *[no] .
    }
board-bound-already = Nhóm này đã được nhận bản tổng hợp từ trước.
board-joined = Đây là hệ thống đăng ký tập huấn của { $agency }. Để nhóm nhận bản tổng hợp, cần mở đường liên kết do cán bộ quản trị cấp (/tonghop → <b>Nhóm của Ban</b>). Nếu nhóm vừa mở bằng đường liên kết đó, xin chờ thông báo tiếp theo.
board-daily = <b>Bản tổng hợp hằng ngày</b>

    { $body }

    { $changed }
board-sent = <b>{ $short } gửi bản tổng hợp</b>

    { $body }

    { $changed }
board-since = So với bản gửi lúc { $time }, { $day }.
board-same = Không thay đổi so với bản gửi lúc { $time }, { $day }.
board-first = Bản đầu tiên gửi nhóm này. Xem riêng một địa bàn: /tonghop kèm tên huyện hoặc xã.

board-none = Chưa có nhóm nào của Ban nhận bản tổng hợp.
board-send-sure = Gửi bản tổng hợp toàn tỉnh đến { N($n) } nhóm của Ban ngay bây giờ?
board-send-yes = Đồng ý gửi
    .words = dong y gui, dong y, gui, co, da, vang, ok, yes
board-send-no = Không gửi
    .words = khong gui, khong, ko, thoi, no
board-sent-to = Đã gửi bản tổng hợp đến { N($n) } nhóm.
board-sent-before = Bản tổng hợp này đã được gửi rồi.

board-list = <b>Nhóm của Ban: { N($n) }</b>
board-line = • { $title }: nhận từ { $day }
board-what = Anh/chị muốn làm gì?
board-add = Thêm nhóm
    .words = them nhom, them, nhom moi
board-stop = Dừng gửi: { $title }
board-stop-sure = Dừng gửi bản tổng hợp đến nhóm “{ $title }”?
board-stop-yes = Đồng ý dừng
    .words = dong y dung, dong y, dung, co, da, vang, ok, yes
board-stop-no = Không dừng
    .words = khong dung, khong, ko, thoi, no
board-stopped = Đã dừng gửi bản tổng hợp đến nhóm “{ $title }”.
board-stopped-group = Nhóm này không còn nhận bản tổng hợp hằng ngày.
board-gone = Nhóm này không còn trong danh sách.
board-left = Hệ thống đã bị đưa ra khỏi nhóm của Ban “{ $title }”, nên không gửi bản tổng hợp đến nhóm đó nữa.
board-link = Đường liên kết cho một nhóm, dùng một lần, hết hạn sau { N($days) } ngày:
    { $link }

    Mở liên kết rồi chọn nhóm. Hoặc thêm hệ thống vào nhóm và gõ trong nhóm: <code>/start { $code }</code>
board-link-code = Mã cho một nhóm, dùng một lần, hết hạn sau { N($days) } ngày. Thêm hệ thống vào nhóm và gõ trong nhóm: <code>/start { $code }</code>

## /tinhtrang

state-title = <b>Tình trạng hệ thống</b> lúc { $time }, { $day }
state-outbox = Tin gửi đi, 7 ngày qua: đã gửi { N($sent) }, đang chờ { N($waiting) }, bị từ chối { N($refused) }, bỏ { N($given_up) }
state-oldest = Tin chờ lâu nhất: từ { $time }, { $day }
state-trouble = • { $time } { $day }: { $what } – { $error }
state-refused = bị từ chối
state-given_up = bỏ
state-failed = <b>Lỗi xử lý, 7 ngày qua: { N($n) }</b>
state-failure = • { $time } { $day }: { $error }
state-no-failures = Không có lỗi xử lý trong 7 ngày qua.
state-chats = Máy đã liên hệ: { N($n) }; không liên lạc được: { N($unreachable) }
state-database = Cơ sở dữ liệu: { N($size) } MB, bản { $version }; tin nhận { N($inbox) }, tin gửi { N($outbox) }
state-what = Xem lại khi cần.
state-again = Cập nhật
    .words = cap nhat, xem lai, tai lai
