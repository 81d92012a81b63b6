# What only Zalo needs to say: no buttons there, and no files.

zalo-answer = (Anh/chị gõ số hoặc gõ chữ để chọn.)
zalo-firm = gõ DONG Y
zalo-file = Tệp ở địa chỉ này, mở được <b>một lần</b> trong { $hours } giờ: { $link }
zalo-no-files = Zalo chưa nhận được tệp. Anh/chị lấy tệp này trên Telegram, hoặc gọi { $phone }.
zalo-token-refused = <b>Token của bot { $bot } không còn dùng được.</b> Bot này đã dừng; các bot khác vẫn chạy. Quản trị máy chủ lấy token mới, sửa cấu hình rồi khởi động lại.

## The page behind a link to a file

zalo-web-title = Tệp của anh/chị
zalo-web-ready = { $short } gửi anh/chị một tệp. Tệp tải được <b>một lần</b>, đến { $until }.
zalo-web-get = Tải tệp về
zalo-web-gone-title = Đường liên kết này không còn dùng được
zalo-web-gone = Tệp đã được tải về, hoặc đã quá hạn. Để có đường liên kết mới, anh/chị mở lại cuộc trò chuyện với { $short } và yêu cầu tệp lần nữa (ví dụ gõ <b>lịch</b> hoặc <b>hồ sơ</b>), hoặc gọi { $phone }.
zalo-web-unknown-title = Không có tệp này
zalo-web-unknown = Địa chỉ không đúng hoặc chưa đủ. Anh/chị mở đúng đường liên kết trong tin nhắn của { $short }, hoặc gọi { $phone }.
zalo-web-failed-title = Chưa tải được tệp
zalo-web-failed = Hệ thống đang gặp sự cố, tệp vẫn còn đó. Anh/chị vui lòng mở lại sau ít phút, hoặc gọi { $phone }.
