# Báo cáo nhập dữ liệu từ tệp.

import-title = { $kind ->
    [units] Nhập danh mục đơn vị hành chính từ tệp { $file }
    [scope] Nhập phạm vi chương trình từ tệp { $file }
    [roster] Nhập danh sách cán bộ từ tệp { $file }
   *[sessions] Nhập lớp tập huấn từ tệp { $file }
}
import-read = Đã đọc { $rows } dòng.
import-unknown-headings = Cột không nhận biết, được bỏ qua: { $headings }.
import-added = Thêm mới: { $count }
import-changed = Thay đổi: { $count }
import-unchanged = Giữ nguyên: { $count }
import-missing = Có trong hệ thống nhưng không có trong tệp (vẫn được giữ lại): { $count }
import-kept = Cán bộ đã tự xác nhận, khác với tệp (chưa thay đổi; muốn thay theo tệp, thêm --force): { $count }
import-seats = Vị trí mới được lập: { $count }
import-warnings = Lưu ý ({ $count }):
import-more = … và { $count } mục khác.
import-rehearsed = Đây là bước kiểm tra, chưa ghi gì vào hệ thống. Để ghi, chạy lại lệnh với --apply.
import-applied = Đã ghi vào hệ thống.
import-nothing-done = Chưa ghi gì vào hệ thống.

import-bad-count = Có { $rows } dòng cần sửa:
import-bad-line = Dòng { $row }, cột { $column }, giá trị "{ $value }": { $reason }
import-returned = Các dòng cần sửa kèm lý do: { $file }. Sửa xong có thể nhập lại chính tệp này.
import-sheet = Cần sửa

import-refused-no-file = Không tìm thấy tệp { $file }.
import-refused-unreadable = Không đọc được tệp { $file }: kiểm tra quyền truy cập hoặc đường dẫn.
import-refused-size = Tệp lớn hơn { $limit } MB. Đề nghị chia thành nhiều tệp nhỏ.
import-refused-rows = Tệp có quá { $limit } dòng. Đề nghị chia thành nhiều tệp nhỏ.
import-refused-columns = Tệp có quá { $limit } cột. Đề nghị xóa các cột thừa.
import-refused-empty = Tệp không có dòng dữ liệu nào.
import-refused-kind = Tệp không phải là XLSX hoặc CSV.
import-refused-old-excel = Tệp ở định dạng Excel cũ (.xls) hoặc được đặt mật khẩu. Đề nghị lưu lại thành .xlsx không có mật khẩu.
import-refused-broken = Tệp bị hỏng, không đọc được. Đề nghị mở bằng Excel và lưu lại.
import-refused-bomb = Tệp giải nén ra quá lớn, không an toàn để đọc.
import-refused-encoding = Tệp CSV không phải mã UTF-8. Đề nghị lưu lại bằng "CSV UTF-8" hoặc .xlsx.
import-refused-headings = Thiếu cột bắt buộc: { $columns }. Tiêu đề đọc được: { $seen }.
import-refused-changed = Danh mục đơn vị vừa được thay đổi trong lúc nhập. Đề nghị chạy lại lệnh.

import-bad-empty = không được để trống.
import-bad-twice = đã có ở một dòng phía trên.
import-bad-twice-row = trùng với dòng { $row }.
import-bad-code = không có mã này trong danh mục đơn vị.
import-bad-code-name = mã này là của { $place }, không khớp với tên xã trong dòng.
import-bad-commune = không có xã này trong danh mục đơn vị.
import-bad-commune-near = không khớp. Có phải là: { $places }?
import-bad-commune-several = nhiều xã trùng tên, cần ghi rõ huyện: { $places }.
import-bad-scope = { $place } không thuộc phạm vi chương trình.
import-bad-unit-type = thiếu loại đơn vị (xã, phường hoặc thị trấn).
import-bad-district-code = mã huyện này đã dùng cho một huyện khác.
import-bad-class = cần ghi khu vực II hoặc III.
import-bad-class-differs = khác với dòng { $row }, ở đó xã thuộc khu vực { $region }.
import-bad-post = không có chức danh này. Các chức danh: { $posts }.
import-bad-post-several = có thể là nhiều chức danh: { $posts }. Cần ghi rõ một chức danh.
import-bad-post-listed = không rõ chức danh "{ $text }". Các chức danh: { $posts }.
import-bad-name = không giống họ và tên.
import-bad-phone = không phải số điện thoại Việt Nam hợp lệ (mỗi ô một số).
import-bad-capacity = cần là số từ 1 đến { $most }.
import-bad-capacity-taken = nhỏ hơn số đã đăng ký ({ $taken }).
import-bad-halves = không đọc được thời gian. Ví dụ: 05/06/2026 sáng; 05/06/2026 chiều hoặc 05/06/2026-07/06/2026.
import-bad-date = không phải ngày hợp lệ. Ví dụ: 05/06/2026.
import-bad-deadline-late = hạn đăng ký sau ngày khai giảng.
import-bad-area = không rõ huyện hoặc xã "{ $text }".
import-bad-topic = không có chuyên đề "{ $text }" trong chương trình. Mã chuyên đề: { $topics }.

import-check-commune = Số xã khu vực { $region } là { $found }, theo quyết định là { $expected }.
import-check-village = Số thôn, bản thuộc xã khu vực { $region } là { $found }, theo quyết định là { $expected }.
import-warn-old-phone = Dòng { $row }: số 11 chữ số { $old } được đổi thành { $new }.
import-warn-shared-phone = Số { $phone } dùng chung cho nhiều người (dòng { $rows }).
import-warn-enrolled-seats = { $count } vị trí thay người đang có đăng ký lớp. Đề nghị kiểm tra lại danh sách lớp.
import-warn-moved = Lớp { $code } đổi thời gian hoặc địa điểm khi đã có { $count } người đăng ký. Việc nhập tệp không gửi thông báo; đề nghị báo cho học viên.

import-col-code = Mã
import-col-commune = Xã
import-col-district = Huyện
import-col-district-code = Mã huyện
import-col-type = Loại
import-col-class = Khu vực
import-col-village = Thôn, bản
import-col-decision = Quyết định
import-col-post = Chức danh
import-col-name = Họ và tên
import-col-phone = Số điện thoại
import-col-title = Tên lớp
import-col-place = Địa điểm
import-col-teacher = Giảng viên
import-col-capacity = Số chỗ
import-col-posts = Chức danh
import-col-areas = Địa bàn
import-col-halves = Thời gian
import-col-deadline = Hạn đăng ký
import-col-bring = Mang theo
import-col-topics = Chuyên đề
import-col-reason = Lý do
import-col-row = Dòng
