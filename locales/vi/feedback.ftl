## How it begins

feedback-invite = Lớp <b>{ $title }</b> đã kết thúc. { $short } xin <b>{ $name }</b> góp ý vài câu (khoảng 2 phút) để các lớp sau tốt hơn.
    { $buttons ->
        [yes] Bấm nút dưới đây, hoặc gõ
       *[no] Anh/chị gõ
    } <b>góp ý</b> lúc nào thuận tiện.
feedback-start = Góp ý ngay
    .words = gop y, gop y ngay, bat dau
feedback-which = Anh/chị góp ý cho lớp nào?
feedback-none = Hiện chưa có lớp nào anh/chị đã học để góp ý. Học xong lớp, hệ thống sẽ hỏi ý kiến anh/chị.
feedback-all-given = Anh/chị đã góp ý cho tất cả các lớp đã học, và đã quá hạn sửa. Cảm ơn anh/chị.
feedback-not-yours = Lớp này chưa kết thúc, hoặc không thuộc người dùng máy này.
feedback-resume = Phiếu góp ý lớp <b>{ $title }</b> đang viết dở. Anh/chị viết tiếp không?
feedback-go-on = Viết tiếp
    .words = viet tiep, tiep, tiep tuc, co, da, vang, u, ok, yes
feedback-drop = Bỏ phiếu này
    .words = bo, bo phieu, khong gui, huy phieu, khong, ko
feedback-dropped = Đã bỏ phiếu góp ý, không có gì được gửi. Khi muốn góp ý, anh/chị gõ <b>góp ý</b>.
feedback-name = Góp ý của <b>{ $name }</b> về lớp <b>{ $title }</b>. Anh/chị muốn <b>ghi tên</b> hay <b>không ghi tên</b>?
    Không ghi tên: hệ thống không lưu ai đã viết, và xóa các tin trả lời sau khi gửi. Anh/chị nhận một mã riêng để sửa trong { $days } ngày.
feedback-named = Có ghi tên
    .words = co ghi ten, ghi ten, co ten, co
feedback-unnamed = Không ghi tên
    .words = khong ghi ten, khong ten, an danh, khong, ko

## The questions

feedback-ask-content = <b>1/6. Nội dung</b> lớp học thế nào?
    1 = rất kém, 2 = kém, 3 = trung bình, 4 = tốt, 5 = rất tốt
feedback-ask-teacher = <b>2/6. Giảng viên</b> thế nào?
    1 = rất kém, 2 = kém, 3 = trung bình, 4 = tốt, 5 = rất tốt
feedback-ask-organisation = <b>3/6. Công tác tổ chức</b> (địa điểm, giờ giấc, tài liệu) thế nào?
    1 = rất kém, 2 = kém, 3 = trung bình, 4 = tốt, 5 = rất tốt
feedback-ask-locality = <b>4/6.</b> Lớp học <b>có ích cho địa phương</b> của anh/chị đến đâu?
    1 = không có ích, 2 = ít, 3 = trung bình, 4 = có ích, 5 = rất có ích
feedback-score-1 = 1
    .words = mot, rat kem, rat te, qua te, khong co ich, khong huu ich, kem lam
feedback-score-2 = 2
    .words = hai, kem, yeu, te, chua tot, khong tot, it, it co ich
feedback-score-3 = 3
    .words = ba, trung binh, binh thuong, tam, tam duoc, duoc
feedback-score-4 = 4
    .words = bon, tot, kha, kha tot, co ich, huu ich
feedback-score-5 = 5
    .words = nam, rat tot, tot lam, xuat sac, tuyet voi, rat hay, rat co ich, rat huu ich
feedback-again-score = Anh/chị vui lòng chọn một số từ 1 đến 5.
feedback-why-content = Vì sao anh/chị cho điểm thấp về <b>nội dung</b>? Xin gõ vài chữ, hoặc bỏ qua.
feedback-why-teacher = Vì sao anh/chị cho điểm thấp về <b>giảng viên</b>? Xin gõ vài chữ, hoặc bỏ qua.
feedback-why-organisation = Vì sao anh/chị cho điểm thấp về <b>công tác tổ chức</b>? Xin gõ vài chữ, hoặc bỏ qua.
feedback-why-locality = Vì sao lớp học ít có ích cho <b>địa phương</b>? Xin gõ vài chữ, hoặc bỏ qua.
feedback-comment = <b>5/6.</b> Anh/chị có <b>ý kiến khác</b> không? Xin gõ vào đây, hoặc bỏ qua.
feedback-skip = Bỏ qua
    .words = bo qua, khong, ko, k, khong co, khong co y kien, thoi, het, no, skip
feedback-topics = <b>6/6.</b> Lần sau anh/chị muốn học <b>chuyên đề</b> nào? Chọn một hoặc nhiều, hoặc gõ chuyên đề khác; rồi chọn <b>Xong</b>.
feedback-picked = Đã chọn: <b>{ $topics }</b> (chọn lần nữa để bỏ).
feedback-topics-done = Xong
    .words = xong, xong roi, het, bo qua, khong, ko, khong co, done

## Looked over and sent

feedback-field-content = Nội dung
    .words = noi dung
feedback-field-teacher = Giảng viên
    .words = giang vien
feedback-field-organisation = Công tác tổ chức
    .words = to chuc, cong tac to chuc
feedback-field-locality = Ích lợi cho địa phương
    .words = dia phuong, ich loi, ich loi cho dia phuong
feedback-field-comment = Ý kiến khác
    .words = y kien, y kien khac
feedback-field-topics = Chuyên đề lần sau
    .words = chuyen de, chuyen de lan sau
feedback-answer = • { $field }: <b>{ $score }</b>/5
feedback-answer-why = <i>{ $why }</i>
feedback-answer-comment = • Ý kiến khác: { $comment }
feedback-answer-topics = • Chuyên đề lần sau: { $topics }
feedback-nothing = không
feedback-send-named = <b>Góp ý lớp { $title }</b> (có ghi tên)
    { $answers }

    Anh/chị gửi góp ý này không?
feedback-send-unnamed = <b>Góp ý lớp { $title }</b> (không ghi tên)
    { $answers }

    Anh/chị gửi góp ý này không?
feedback-send = Gửi
    .words = gui, gui di, dong y, co, da, vang, u, ok, yes, send
feedback-change = Sửa
    .words = sua, sua lai, thay doi
feedback-change-which = Anh/chị muốn sửa câu nào?
feedback-thanks = Đã gửi góp ý. { $short } trân trọng cảm ơn anh/chị. Trong { $days } ngày, anh/chị có thể sửa: gõ <b>góp ý</b>.
feedback-thanks-code = Đã gửi góp ý không ghi tên. { $short } trân trọng cảm ơn anh/chị.
    Mã để sửa trong { $days } ngày: <code>{ $code }</code>
    Mã chỉ hiện một lần và không ai tra lại được: anh/chị vui lòng ghi lại. Các tin còn trên máy, anh/chị tự xóa nếu cần.
feedback-changed = Đã ghi góp ý sửa lại. Cảm ơn anh/chị.
feedback-twice = Lớp này đã có góp ý của anh/chị rồi; mỗi lớp góp ý một lần.

## Afterwards

feedback-given = Anh/chị đã góp ý cho lớp <b>{ $title }</b>. Anh/chị có thể sửa trong { $days } ngày.
feedback-edit = Sửa góp ý
    .words = sua, sua gop y
feedback-by-code = Sửa góp ý không ghi tên
    .words = sua bang ma, ma, nhap ma, khong ghi ten
feedback-too-late = Góp ý về lớp <b>{ $title }</b> đã quá { $days } ngày nên không sửa được nữa. Cảm ơn anh/chị.
feedback-code = Anh/chị vui lòng gõ <b>mã góp ý</b> (10 chữ và số hệ thống đã đưa khi gửi).
feedback-code-wrong = Mã này không đúng. Anh/chị kiểm tra rồi gõ lại. Mã không tra lại được; nếu đã mất mã thì góp ý giữ nguyên như đã gửi.
feedback-no-form = Phiếu góp ý này đã gửi hoặc đã bỏ, không sửa ở đây được nữa.
feedback-again = Góp ý
    .words = gop y
