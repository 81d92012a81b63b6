# What a person can see and do with her own data.

## What is kept

profile-head = <b>Hồ sơ của anh/chị</b>
profile-head-all = <b>Hồ sơ trên máy này</b>
profile-body = { $body }
profile-name = Họ và tên: <b>{ $name }</b>
profile-phone = Điện thoại: { $phone }
profile-no-phone = Điện thoại: chưa có
profile-no-post = Chưa gắn với chức danh nào.
profile-post-confirmed = • { $post }, { $commune }: đã xác nhận { $how }, { $at }
profile-post-claimed = • { $post }, { $commune }: đang chờ duyệt từ { $at }
profile-post-named = • { $post }, { $commune }: chưa xác nhận
profile-how-code = bằng mã cá nhân
profile-how-contact = bằng số điện thoại
profile-how-claim = qua cán bộ duyệt
profile-place = • Lớp { $title } ({ $day }): { $state }
profile-more-places = … và { N($n) } lượt đăng ký trước đó (có trong tệp dữ liệu).
profile-state-enrolled = đã đăng ký
profile-state-waiting = trong danh sách chờ
profile-state-offered = được mời nhận chỗ
profile-state-cancelled = đã hủy
profile-state-substituted = đã thay người
profile-role = • Quyền: { $role } ({ $area })
profile-consent = Đã đồng ý thông báo về dữ liệu cá nhân bản { $version }, lúc { $at }
profile-messages = Tin nhắn trên máy này được xóa sau { N($days) } ngày.
profile-chats = Hồ sơ này đang dùng trên { N($n) } máy.
profile-line = • { $name }: { $posts }
profile-what = Anh/chị muốn làm gì?
profile-whose = Anh/chị xem hồ sơ của ai?
profile-none = Hệ thống chưa lưu hồ sơ nào trên máy này. Tin nhắn được xóa sau { N($days) } ngày.
profile-not-here = Hồ sơ này không còn trên máy của anh/chị.

profile-show-phone = Hiện số điện thoại
    .words = hien so dien thoai, hien so, xem so
profile-edit = Sửa
    .words = sua, chinh sua, doi
profile-take = Lấy dữ liệu
    .words = lay du lieu, tai ve, tai du lieu
profile-erase = Xóa dữ liệu
    .words = xoa du lieu, xoa
profile-withdraw = Rút đồng ý
    .words = rut dong y, rut dang ky, rut
profile-back = Hồ sơ
    .words = ho so, quay lai, tro lai, lui

## Correcting

profile-edit-what = Anh/chị sửa mục nào? (Chức danh, xã: đăng ký lại chức danh đúng, cán bộ sẽ duyệt.)
profile-edit-name = Họ và tên
    .words = ho va ten, ho ten, ten
profile-edit-phone = Số điện thoại
    .words = so dien thoai, dien thoai, so
profile-new-name = Anh/chị gõ <b>họ và tên</b> đúng, đủ dấu.
profile-bad-name = Anh/chị vui lòng chỉ gõ họ và tên, không kèm số.
profile-new-phone = Anh/chị gõ <b>số điện thoại</b> mới{ $buttons ->
        [yes] , hoặc bấm nút chia sẻ số.
       *[no] .
    }
profile-bad-phone = Số điện thoại chưa đúng. Số di động gồm 10 số, ví dụ <i>0912 345 678</i>.
profile-sure-name = Sửa họ và tên thành <b>{ $value }</b>?
profile-sure-phone = Sửa số điện thoại thành <b>{ $value }</b>?
profile-sure-yes = Đúng, sửa
    .words = dung sua, dung, sua, dong y, co, da, vang, ok, yes
profile-sure-no = Không sửa
    .words = khong sua, khong, ko, thoi, no
profile-changed-name = Đã sửa họ và tên: <b>{ $value }</b>. Cán bộ { $short } được báo.
profile-changed-phone = Đã sửa số điện thoại: <b>{ $value }</b>. Cán bộ { $short } được báo.
profile-told-name = { $post }, { $commune }: người giữ chức danh đã sửa <b>họ và tên</b> thành { $value }. Nếu không đúng, xin liên hệ xã.
profile-told-phone = { $post }, { $commune }: người giữ chức danh đã sửa <b>số điện thoại</b> thành { $value }. Nếu không đúng, xin liên hệ xã.

## Taking away

profile-taken = Tệp này chứa toàn bộ dữ liệu hệ thống đang lưu về anh/chị. Anh/chị giữ kín tệp này.
mydata-title = DỮ LIỆU CÁ NHÂN
mydata-created = Hồ sơ được lập lúc { $at }
mydata-feedback = GÓP Ý CÓ GHI TÊN (nội dung; giảng viên; tổ chức; áp dụng tại địa phương)
mydata-messages = TIN NHẮN ĐÃ GỬI TỪ MÁY NÀY

## Erasing

profile-erase-what = <b>Xóa dữ liệu của { $name }</b>
    Xóa ngay:
    • họ tên, số điện thoại, đề nghị xác nhận, mã cá nhân, quyền được cấp (nếu có)
    • tin nhắn đã trao đổi trên máy này, lưu ở hệ thống
    • các lớp chưa học: hủy đăng ký, chỗ dành cho người khác

    Còn giữ, không kèm tên:
    • chức danh, xã nào đã dự lớp nào: cơ quan phải báo cáo, quyết toán
    • nhật ký xử lý (chỉ có số thứ tự)

    Không xóa được: góp ý đã gửi không ghi tên (không biết là của ai), danh sách giấy của cơ quan, tin nhắn đang nằm trên điện thoại của anh/chị.
profile-erase-others = Máy này còn dùng cho { $names }: hồ sơ của những người đó vẫn giữ nguyên.
profile-erase-sure = Việc này <b>không hoàn lại được</b>. Nếu chắc chắn, anh/chị gõ <b>DONG Y</b>{ $buttons ->
        [yes] {" "}hoặc bấm nút.
       *[no] .
    }
profile-erase-no = Không xóa
    .words = khong xoa, khong, ko, thoi, no
profile-erase-yes = Đồng ý xóa
    .words = dong y xoa, dong y, dongy
profile-erased = Đã xóa dữ liệu và trả lại các chỗ đã đăng ký. Cảm ơn anh/chị đã tham gia.
    Khi cần đăng ký lại, anh/chị gõ /start; cần hỏi thêm, xin gọi { $phone }.
profile-erased-one = Đã xóa dữ liệu của người này và trả lại các chỗ đã đăng ký.
profile-vacated = { $post }, { $commune }: người giữ chức danh đã xóa dữ liệu của mình, vị trí này đang <b>khuyết</b>.

## Withdrawing

profile-withdraw-what = <b>Rút đồng ý</b>
    Hệ thống sẽ không chủ động nhắn tin đến máy này nữa (nhắc lịch, góp ý, thông báo). Dữ liệu đã có chỉ còn dùng cho việc pháp luật yêu cầu: danh sách, báo cáo, quyết toán. Việc đã làm trước khi rút vẫn có giá trị.
    Muốn xóa cả họ tên, số điện thoại: chọn <b>Xóa dữ liệu</b> trong /hoso.
profile-withdraw-others = Máy này dùng chung cho { $names }: rút đồng ý áp dụng cho cả máy.
profile-withdraw-sure = Các lớp đã đăng ký thì thế nào?
profile-withdraw-keep = Rút, giữ chỗ lớp học
    .words = rut giu cho, giu cho, giu
profile-withdraw-cancel = Rút, hủy các lớp
    .words = rut huy cac lop, huy cac lop, huy lop
profile-withdraw-no = Không rút
    .words = khong rut, khong, ko, thoi, no
profile-withdrawn = Đã ghi nhận việc rút đồng ý. Hệ thống không chủ động nhắn tin cho anh/chị nữa. Muốn dùng lại, anh/chị gõ /start; cần hỏi thêm, xin gọi { $phone }.
profile-withdrawn-cancelled = Các lớp chưa học đã được hủy đăng ký.
