# What the command line and the demo say.

shell-doctor-zalo = Zalo: { N($count) } bot. Thử từng bot: ./run doctor zalo
shell-no-token = Chưa có TELEGRAM_TOKEN hay ZALO_TOKENS. Tạo bot với @BotFather trên Telegram (hoặc trong Zalo), rồi ghi TELEGRAM_TOKEN=… (hoặc ZALO_TOKENS=…) vào tệp .env.
    Chưa có token vẫn chạy thử được: ./run demo
shell-exported = Đã ghi { N($count) } giấy mời vào { $file }. Mã cũ chưa dùng của những người này không còn hiệu lực.
shell-granted-person = Gửi đường liên kết này cho đúng người (dùng một lần, hạn { $hours } giờ):
shell-granted-code = Chưa nối được Telegram nên không có đường liên kết. Gửi đúng người dòng này để gõ cho hệ thống (dùng một lần, hạn { $hours } giờ):
shell-board-no-area = Nhóm của Ban nhận tổng hợp toàn tỉnh, không kèm --area.
shell-in-use = Đang có một tiến trình khác dùng dữ liệu này ({ $file }). Dừng tiến trình đó rồi chạy lại.
shell-granted-board = Mở đường liên kết này và chọn nhóm của Ban (dùng một lần, hạn { $hours } giờ):
shell-no-such-area = Không rõ địa bàn “{ $name }”: ghi tên huyện, hoặc tên xã trong phạm vi chương trình kèm huyện.
shell-backed-up = Đã sao lưu vào { $file }.
shell-restored = Đã phục hồi từ { $file }.
shell-kept = Dữ liệu đang có được giữ lại ở { $file }.
shell-use-pg-dump = Cơ sở dữ liệu là PostgreSQL: dùng pg_dump và pg_restore (xem docs/operations.md).
shell-doctor-programme = Chương trình: { $name } ({ N($seats) } chức danh theo quyết định).
shell-doctor-database = Cơ sở dữ liệu: { $engine }, { N($seats) } chức danh.
shell-doctor-telegram = Telegram: { $link }
shell-doctor-no-telegram = Telegram không trả lời, hoặc không nhận token. { $link }
shell-audit-whole = Nhật ký nguyên vẹn.
shell-audit-broken = Nhật ký KHÔNG nguyên vẹn từ dòng { N($row) }.

demo-open = Mở địa chỉ này trong trình duyệt (Ctrl-C để dừng):
demo-official = Cán bộ xã
demo-zalo = Cán bộ xã, Zalo
demo-admin = Quản trị
demo-board = Nhóm Ban Dân tộc
demo-note-official = Máy “Cán bộ xã” là của { $name }, { $where }, số { $phone } (người mẫu). Bấm để mở giấy mời có mã { $code }.
demo-note-zalo = Máy Zalo là của { $name }, { $where }: bấm để gõ mã { $code } trên giấy mời.
demo-note-admin = Máy “Quản trị”: bấm để nhận quyền bằng đường liên kết dùng một lần.
demo-note-board = “Nhóm Ban Dân tộc”: bấm, rồi chọn máy Quản trị, để đưa hệ thống vào nhóm.

invitations-sheet = Giấy mời
invitations-district = Huyện
invitations-commune = Xã
invitations-post = Chức danh
invitations-name = Họ và tên
invitations-code = Mã cá nhân
invitations-qr = Telegram: quét để mở
invitations-zalo = Zalo: mở và gõ mã
invitations-zalo-qr = Zalo: quét để mở

doctor-zalo-no-token = Chưa có ZALO_TOKENS: tạo bot trong Zalo (Zalo Bot Manager → Zalo Bot Creator), rồi ghi ZALO_TOKENS=… vào tệp .env.
doctor-zalo-refused = { $bot }: Zalo không nhận token này.
doctor-zalo-silent = { $bot }: Zalo không trả lời ({ $why }).
doctor-zalo-me = { $bot }: { $name }
doctor-zalo-webhook = Webhook: { $url } (khi có webhook, không lấy tin bằng polling được).
doctor-zalo-no-webhook = Chưa đặt webhook.
doctor-zalo-no-chat = Thử gửi tin: nhắn bot một tin từ máy của mình, lấy mã chat như docs/operations.md chỉ, rồi chạy ./run doctor zalo --chat MÃ
doctor-zalo-as-written = Đúng như tài liệu: { $what }
doctor-zalo-otherwise = KHÁC tài liệu: { $what } (xem docs/operations.md)
