# Every sentence of the bot. Vietnamese is the source; locales/en holds the same keys.
# $agency, $short, $phone and $programme may be used anywhere: they are the programme's own.

## Days

weekday-1 = thứ Hai
weekday-2 = thứ Ba
weekday-3 = thứ Tư
weekday-4 = thứ Năm
weekday-5 = thứ Sáu
weekday-6 = thứ Bảy
weekday-7 = Chủ nhật
day = { $weekday }, { $date }
half-am = sáng { $day }
half-pm = chiều { $day }
span = từ { $first } đến { $last }
span-none = chưa định ngày

## Commands and the words that mean them

command-start = Bắt đầu
    .words = bắt đầu, bat dau, start
command-dangky = Đăng ký lớp tập huấn
    .words = đăng ký, đăng ký lớp, dang ky lop, dangky, dk, enrol, enroll
command-lich = Lịch học của tôi
    .words = lịch, lịch học, lịch của tôi, schedule
command-gopy = Góp ý sau lớp học
    .words = góp ý, gop y, feedback
command-hoso = Hồ sơ của tôi
    .words = hồ sơ, hồ sơ của tôi, dữ liệu của tôi, xem dữ liệu của tôi, profile
command-trogiup = Trợ giúp
    .words = trợ giúp, giúp, giúp đỡ, hướng dẫn, help
command-huy = Về đầu
    .words = hủy, huỷ, thoát, về đầu, trang chủ, cancel, home
command-language = Ngôn ngữ / Language
    .words = ngôn ngữ, tiếng việt, english, language
command-themmay = Thêm máy khác
    .words = thêm máy, nối máy, liên kết zalo
command-doimay = Đổi máy
    .words = đổi máy, doi dien thoai, máy mới
command-duyet = Duyệt đề nghị
    .words = duyệt, duyet, approve
command-tonghop = Tổng hợp
    .words = tổng hợp, tong hop, báo cáo nhanh, summary
command-tinhtrang = Tình trạng hệ thống
    .words = tình trạng, tinh trang, status

## Everywhere

go-home = Về đầu
    .words = ve dau, trang chu, thoat, home
back = Quay lại
    .words = quay lai, tro lai, lui, back
more = Xem tiếp
    .words = xem tiep, tiep, trang sau, more, next
more-of = Anh/chị chọn tiếp:
share-phone = Chia sẻ số điện thoại của tôi
person-line = { $name } – { $post }, { $commune }
sorry-failed = Xin lỗi anh/chị, hệ thống gặp sự cố (mã { $code }). Anh/chị vui lòng thử lại sau ít phút, hoặc gọi { $phone } và đọc mã này.
again-unheard = Xin lỗi, hệ thống chưa hiểu câu trả lời. Anh/chị vui lòng chọn hoặc gõ lại (gõ 0 để về đầu, gõ <b>trợ giúp</b> khi cần).
again-by-word = Việc này không làm lại được, nên không nhận số. Nếu chắc chắn, anh/chị gõ <b>DONG Y</b> ({ $label }); nếu không, gõ 0.
consent-word = DONG Y
    .words = đồng ý, dong y, toi dong y
again-old-number = Câu hỏi này đã lâu, anh/chị vui lòng xem lại rồi trả lời.
unheard = Xin lỗi, hệ thống chưa hiểu. Anh/chị có thể chọn một việc dưới đây, hoặc gọi { $phone }.
stale-toast = Nút này đã cũ.
stale = Lựa chọn này đã cũ, không dùng được nữa.
left-it = Đã dừng việc đang làm.
no-right = Việc này dành cho cán bộ được phân quyền. Nếu cần, anh/chị gọi { $phone }.
not-your-seat = Người này không còn đăng ký trên máy của anh/chị.
not-registered = Anh/chị chưa đăng ký chức danh, nên chưa dùng được mục này.
for-whom = Anh/chị làm việc này cho ai?
sample-note = <i>{ $note }</i>

## Start and the notice

welcome = <b>{ $agency }</b> xin chào anh/chị.
    Đây là kênh đăng ký của chương trình: { $programme }. Anh/chị đang trao đổi với hệ thống tự động.
notice = <b>Thông báo về dữ liệu cá nhân</b>
    • Bên thu thập: { $controller }
    • Để: { $purpose }
    • Gồm: { $kinds }
    • Người được xem: { $seen_by }
    • Lưu: tin nhắn { $days } ngày; hồ sơ tối đa { $years } năm sau khi chương trình kết thúc
    • Anh/chị có quyền xem, sửa, lấy về, rút đồng ý, xóa: gõ <b>hồ sơ</b> bất cứ lúc nào, hoặc gọi { $phone }

    Anh/chị có đồng ý cung cấp dữ liệu như trên không?
agree = Đồng ý
    .words = dong y, co, da, vang, u, uh, ok, oke, duoc, dc, yes, toi dong y, dạ đồng ý
refuse = Không đồng ý
    .words = khong dong y, khong, ko, k, hong, no
refused = Hệ thống không lưu thông tin nào của anh/chị. Nếu muốn đăng ký cách khác, anh/chị gọi { $phone }.
see-notice = Xem lại thông báo
    .words = xem lai, thong bao

## Commune and post

register = Đăng ký chức danh
    .words = dang ky chuc danh, xac nhan chuc danh, bat dau
which-commune = Anh/chị công tác ở <b>xã</b> nào?
    Gõ tên xã, ví dụ: <i>Trung Lý</i>. Không cần gõ dấu.
pick-district = Chọn theo huyện
    .words = chon theo huyen, theo huyen, huyen, danh sach huyen
which-district = Anh/chị công tác ở <b>huyện</b> nào?
which-commune-of = Huyện { $district }: anh/chị chọn <b>xã</b>.
which-of = Có nhiều xã trùng tên. Anh/chị chọn đúng xã của mình:
which-of-near = Có phải anh/chị muốn nói xã này không? Nếu không phải, vui lòng gõ lại tên xã.
outside-scope = <b>{ $name }</b> không thuộc phạm vi chương trình này. Nếu anh/chị thấy chưa đúng, xin gọi { $phone }.
    Anh/chị vui lòng gõ tên xã khác.
no-such-commune = Chưa tìm thấy xã “{ $name }”. Anh/chị vui lòng gõ lại tên xã, có thể kèm huyện, ví dụ: <i>Trung Lý, Mường Lát</i>.
commune-changed = Danh sách xã vừa thay đổi, anh/chị vui lòng chọn lại.
which-post = <b>{ $commune }</b>. Anh/chị giữ chức danh nào?
no-such-post = Chưa rõ chức danh này. Anh/chị vui lòng chọn một trong các chức danh dưới đây.

## Is it you?

prove = Để xác nhận anh/chị là <b>{ $post }</b>, { $commune }, { $buttons ->
        [yes] anh/chị chọn một cách:
            • bấm <b>Chia sẻ số điện thoại của tôi</b>; hoặc
            • gõ <b>mã cá nhân</b> 8 ký tự trên giấy mời.
       *[no] anh/chị gõ <b>mã cá nhân</b> 8 ký tự trên giấy mời.
    }
no-proof = Tôi không có mã
    .words = khong co ma, khong co, khong, ko, ko co ma, toi khong co ma
again-proof = Mã cá nhân gồm 8 chữ và số, ví dụ <i>K7XP 29AB</i>. Anh/chị vui lòng gõ lại{ $buttons ->
        [yes] , chia sẻ số,
       *[no] {" "}
    } hoặc chọn <b>Tôi không có mã</b>.
contact-not-own = Anh/chị vui lòng chia sẻ số <b>của chính mình</b> bằng nút bên dưới.
contact-differs = Số này khác với số trong danh sách, nên cần cán bộ { $short } duyệt.
phone-unverified = Đã ghi số điện thoại. Số gõ tay chưa xác minh được, nên cần cán bộ { $short } duyệt.
is-it-you = Anh/chị là <b>{ $name }</b>, { $post }, { $commune }?
yes-me = Đúng
    .words = dung, dung roi, dung vay, phai, chinh xac, da, da dung, vang, co, u, ok, yes
not-me = Không phải
    .words = khong phai, khong dung, khong, sai, ko, no
confirmed = Đã xác nhận: <b>{ $name }</b>, { $post }, { $commune }. { $agency } cảm ơn anh/chị.
confirmed-already = Chức danh này đã được xác nhận trên máy của anh/chị.
what-next = Anh/chị có muốn xem các lớp tập huấn đang mở không?
not-me-then = Danh sách đang ghi tên người khác. Anh/chị muốn làm gì?
claim-it = Tôi đang giữ chức danh này
    .words = toi dang giu chuc danh nay, de nghi, cua toi
other-seat = Chọn xã, chức danh khác
    .words = chon lai, chon khac
already-here = Chức danh này đã đăng ký trên máy của anh/chị.
seat-vacant = Danh sách chưa có tên người giữ chức danh <b>{ $post }</b>, { $commune }.
claim-why = Đề nghị của anh/chị sẽ được cán bộ { $short } kiểm tra.
claim-name = Anh/chị vui lòng gõ <b>họ và tên</b> đầy đủ.
again-name = Anh/chị vui lòng chỉ gõ họ và tên, không kèm số.
claim-phone = Anh/chị vui lòng gõ <b>số điện thoại</b>{ $buttons ->
        [yes] , hoặc bấm nút chia sẻ số.
       *[no] .
    }
again-phone = Số điện thoại chưa đúng. Số di động gồm 10 số, ví dụ <i>0912 345 678</i>.
no-phone = Tôi không có số
    .words = khong co so, khong co, bo qua, khong, ko
claim-sent = Đã ghi: <b>{ $name }</b>, { $post }, { $commune }. Cán bộ { $short } sẽ kiểm tra và báo lại cho anh/chị tại đây.
    Trong lúc chờ, anh/chị vẫn đăng ký lớp được; chỗ là tạm giữ cho đến khi được duyệt.

## Codes

type-code = Anh/chị vui lòng gõ mã cá nhân (8 chữ và số trên giấy mời).
code-wrong = Mã này không đúng, đã dùng rồi hoặc đã hết hạn. Anh/chị kiểm tra lại, hoặc gọi { $phone }.
code-locked = Mã đã nhập sai nhiều lần, vui lòng thử lại sau một giờ, hoặc gọi { $phone }.
code-outdated = Mã này không còn dùng được. Anh/chị xin mã mới ở cán bộ phụ trách, hoặc gọi { $phone }.
code-elsewhere-group = Mã này dùng cho nhóm chat: anh/chị thêm hệ thống vào nhóm rồi bấm lại đường liên kết.
code-elsewhere-private = Mã này dùng trong tin nhắn riêng với hệ thống, không dùng trong nhóm.
granted = Đã cấp quyền: <b>{ $role }</b>.
role-admin = Quản trị
role-organiser = Tổ chức lớp
role-coordinator = Phụ trách địa bàn
role-board = Lãnh đạo Ban

## Home

home-confirmed = ✔ { $person }, huyện { $district }: <b>đã xác nhận</b>.
home-claimed = … { $person }, huyện { $district }: <b>đang chờ duyệt</b>.
home = Anh/chị cần làm gì?
home-enrol = Đăng ký lớp
    .words = dang ky, dang ky lop, dk, lop, co
home-schedule = Lịch của tôi
    .words = lich, lich hoc
home-feedback = Góp ý
    .words = gop y
home-another = Đăng ký cho người khác
    .words = nguoi khac, dang ky ho, cho nguoi khac
home-profile = Hồ sơ
    .words = ho so
home-help = Trợ giúp
    .words = tro giup, giup
home-approve = Duyệt đề nghị
    .words = duyet
home-summary = Tổng hợp
    .words = tong hop
help = <b>Trợ giúp</b>
    Anh/chị { $buttons ->
        [yes] bấm nút, hoặc gõ
       *[no] gõ
    } số thứ tự, hoặc gõ chữ (không cần dấu):
    /dangky – đăng ký lớp tập huấn
    /lich – lịch học của tôi
    /gopy – góp ý sau lớp học
    /hoso – xem, sửa, xóa dữ liệu của tôi
    /themmay – dùng thêm máy khác hoặc Zalo
    /doimay – đổi máy
    /language – đổi ngôn ngữ (Tiếng Việt, English)
    /huy hoặc số 0 – về đầu

    Cần gặp cán bộ, xin gọi <b>{ $phone }</b> ({ $short }). Thông báo về dữ liệu cá nhân: bản { $version }.
language = Anh/chị muốn dùng ngôn ngữ nào? / Which language?
language-vi = Tiếng Việt
    .words = tieng viet, viet, vi, vietnamese
language-en = English
    .words = tieng anh, anh, en
language-set = Đã chuyển sang tiếng Việt.

## What is no words

odd-voice = Hệ thống không nghe được tin thoại. Anh/chị vui lòng gõ chữ, hoặc gọi { $phone }.
odd-picture = Hệ thống không đọc được hình ảnh. Anh/chị vui lòng gõ chữ, hoặc gọi { $phone }.
odd-file = Hệ thống không nhận tệp ở đây. Anh/chị vui lòng gõ chữ, hoặc gọi { $phone }.
odd-contact = Hiện hệ thống không cần số điện thoại. Anh/chị gõ <b>trợ giúp</b> để xem các việc có thể làm.
odd-edited = Tin nhắn sửa lại không được tính. Nếu muốn đổi câu trả lời, anh/chị vui lòng gửi tin mới.
odd-other = Hệ thống chỉ đọc được tin chữ. Anh/chị vui lòng gõ chữ, hoặc gọi { $phone }.

## Claims

claims-wait = Có { N($count) } đề nghị xác nhận chức danh đang chờ duyệt.
claims-none = Không còn đề nghị nào chờ duyệt.
claim-head = <b>Đề nghị xác nhận chức danh</b>
    { $post }, { $commune }
    Gửi lúc { $at }
claim-roster = Danh sách ghi: { $name }, { $phone } (chưa xác nhận)
claim-roster-confirmed = Danh sách ghi: { $name }, { $phone } (<b>đã xác nhận</b>)
claim-roster-vacant = Danh sách ghi: còn trống
claim-says = Người đề nghị: <b>{ $name }</b>, { $phone }
phone-verified = { $phone } (số đã xác minh)
phone-typed = { $phone } (số gõ tay)
phone-none = không có số
claim-compare = So sánh: tên { $name }, số điện thoại { $phone }
same = <b>trùng</b>
differs = <b>khác</b>
claim-rivals = Còn { N($count) } đề nghị khác cho cùng chức danh này.
claim-decide = Anh/chị quyết định thế nào? (đang chờ: { N($count) })
approve = Duyệt
    .words = duyet, dong y
reject = Từ chối
    .words = tu choi, khong duyet
later = Để sau
    .words = de sau, bo qua, tiep
claim-closed = Đề nghị này đã được xử lý.
claim-approved = Đề nghị của anh/chị đã được <b>duyệt</b>: { $post }, { $commune }. Cảm ơn anh/chị.
claim-rejected = Đề nghị giữ chức danh { $post } <b>không được duyệt</b>. Lý do: { $reason }.
    Các chỗ tạm giữ đã được trả lại. Nếu chưa đúng, anh/chị gọi { $phone }.
approved-toast = Đã duyệt: { $name }.
rejected-toast = Đã từ chối: { $name }. Người đề nghị đã được báo lý do.
reject-why = Lý do từ chối <b>{ $name }</b>? Anh/chị chọn hoặc gõ lý do; người đề nghị sẽ đọc được.
reject-sure = Từ chối đề nghị của <b>{ $name }</b>, lý do: { $reason }? Việc này không làm lại được: anh/chị gõ <b>DONG Y</b>{ $buttons ->
        [yes] {" "}hoặc bấm nút.
       *[no] .
    }
reject-not-holder = Không phải người giữ chức danh này
reject-wrong-post = Sai xã hoặc sai chức danh
reject-unknown = Chưa xác minh được, cần liên hệ trực tiếp
reject-other-approved = Đã duyệt cho người khác
seat-passed = Chức danh { $post } trên máy của anh/chị đã chuyển sang người khác theo danh sách mới. Nếu chưa đúng, anh/chị gọi { $phone }.

## One person, several phones

home-link = Thêm máy khác
    .words = them may, may khac, may thu hai
phone-code = Mã nối máy của <b>{ $name }</b>: <code>{ $code }</code>
    Trên máy (hoặc Zalo) kia, anh/chị mở hệ thống này và gõ mã. Mã dùng một lần, trong { $minutes } phút; không đưa cho người khác.
phone-linked = Đã nối máy này với hồ sơ của anh/chị.
newphone-call = Đổi sang máy mới mà <b>không còn máy cũ</b>: anh/chị gọi { $phone } hoặc cán bộ phụ trách để được cấp mã. Còn máy cũ thì tự lấy mã ở <b>Thêm máy khác</b>.
newphone-whose = Cấp mã máy mới cho ai? Anh/chị gõ <b>chức danh và xã</b>, ví dụ: <i>PCT Trung Lý</i>.
newphone-unclear = Chưa rõ chức danh hoặc xã. Anh/chị gõ lại, ví dụ: <i>KNV xã Trung Lý</i>.
newphone-none = Không có người đã xác nhận giữ chức danh này trong địa bàn của anh/chị.
newphone-who = Có phải người này không?
newphone-sure = Máy cũ của <b>{ $name }</b> sẽ bị ngắt ngay. Nếu chắc chắn, anh/chị gõ <b>DONG Y</b>{ $buttons ->
        [yes] {" "}hoặc bấm nút.
       *[no] .
    }
newphone-yes = Ngắt máy cũ, cấp mã mới
newphone-cut = Máy này không còn đăng ký cho <b>{ $name }</b>: người này đã đổi sang máy mới. Nếu chưa đúng, anh/chị gọi { $phone }.
newphone-code = Đã ngắt máy cũ. Mã máy mới của <b>{ $name }</b>: <code>{ $code }</code>
    Anh/chị đọc mã cho đúng người; gõ mã vào máy mới trong { $days } ngày, dùng một lần.

## A pool of bots

pool-elsewhere = Kênh này đã đủ người. Mời anh/chị mở kênh này để đăng ký: { $link }
pool-line = • { $bot }: { $people }/{ $people_limit } người; tháng này { $messages }/{ $messages_limit } tin
pool-warn-people = Kênh <b>{ $bot }</b> đã có { N($used) }/{ N($limit) } người. Anh/chị chuẩn bị thêm bot, hoặc nâng gói.
pool-warn-messages = Kênh <b>{ $bot }</b> đã gửi { N($used) }/{ N($limit) } tin tháng này. Từ 95%, tin gửi hàng loạt sẽ tạm giữ để còn chỗ trả lời người dùng.
