# Sổ văn bản, chỉ đạo, dự thảo, chuỗi văn bản.

# Trang của một văn bản
letter-chain = Chuỗi văn bản
letter-implement = Soạn văn bản triển khai
letter-switch = Nghĩa vụ hoặc nội dung văn bản
letter-doubtful = { $n } thẻ cần xem kỹ: đến thẻ đầu tiên
letter-confirm-end = Đã xem hết các thẻ?
letter-left-title = Còn { $n } nghĩa vụ chưa giao
letter-left-hint = Văn bản không nêu đơn vị nào thuộc cơ quan. Chọn đơn vị cho từng nghĩa vụ:
obligation-doubtful = Cần xem kỹ
obligation-next-doubtful = Đến thẻ cần xem kỹ tiếp theo
obligation-split = Tách làm hai
obligation-merge = Gộp với thẻ { $n }
obligation-restore = Khôi phục

# Ý kiến chỉ đạo
direction = Ý kiến chỉ đạo
direction-none = Lãnh đạo chưa cho ý kiến.
direction-give = Ghi ý kiến chỉ đạo
direction-anew = Ghi lại ý kiến
direction-head = Người đứng đầu
direction-said = { $who }, { $at }.
direction-entered = { $by } nhập thay.
direction-title = Ý kiến chỉ đạo (bút phê)
direction-words = Nội dung chỉ đạo
direction-words-hint = Như lãnh đạo ghi trên văn bản. Văn thư nhập thay thì sổ cái ghi rõ là nhập thay.
direction-lead = Đơn vị chủ trì
direction-lead-hint = Đơn vị nhận các việc mà văn bản không nêu rõ giao cho ai.
direction-choose = Chọn đơn vị
direction-cooperating = Đơn vị phối hợp
direction-cooperating-hint = Được thấy nhiệm vụ; đơn vị chủ trì chịu trách nhiệm.
direction-due-hint = Áp dụng cho việc mà văn bản không nêu hạn. Để trống nếu lãnh đạo không đặt hạn.
direction-button = Lưu ý kiến chỉ đạo

# Tách, sửa một nghĩa vụ
split-title = Tách nghĩa vụ làm hai
split-hint = Mỗi phần giữ nguyên đơn vị, hạn và loại minh chứng; sửa riêng từng phần sau khi tách.
split-where = Cắt ở đâu?
split-nowhere = Câu này không có chỗ nào để cắt.
split-button = Tách
obligation-text-hint = Viết gọn cũng được; câu trích từ văn bản vẫn giữ nguyên bên cạnh.
obligation-successor-hint = Nghĩa vụ này đã được xác nhận. Lưu thay đổi sẽ lập nghĩa vụ mới thay nó; nghĩa vụ cũ còn trong sổ cái.
obligation-units = { $n ->
    [0] Chưa nhận ra đơn vị nào của cơ quan
   *[other] Chương trình nhận ra { $n } đơn vị
}
obligation-units-again = Xem lại các đơn vị được nhận ra
obligation-or = hoặc
obligation-declared-only = Việc này chỉ tự báo
obligation-declared-only-hint = Không minh chứng nào kiểm chứng được. Được đếm riêng, không tính vào tỷ lệ xác minh.

# Sau mỗi việc; điều cần sửa
notice-restored = Đã khôi phục nghĩa vụ.
notice-split = Đã tách làm hai nghĩa vụ.
notice-merged = Đã gộp hai nghĩa vụ.
notice-directed = Đã ghi ý kiến chỉ đạo.
notice-draft-made = Đã soạn dự thảo từ các nghĩa vụ đã giao. Đọc lại và sửa.
notice-draft-saved = Đã lưu dự thảo.
notice-draft-numbered = Đã ghi số và ngày ban hành.
notice-draft-asked = Đã ghi nơi được lấy ý kiến. Nơi đó đọc được dự thảo đến hết hạn.
notice-draft-signed = Đã đưa bản đã ký vào sổ văn bản đi.
field-no-lead = Chưa chọn đơn vị chủ trì.
field-no-cut = Chưa chọn chỗ cắt.
field-no-number = Chưa ghi số.
field-no-paragraph = Dự thảo chưa có đoạn nào.

# Sổ văn bản và nhận văn bản
letters-kinds = Loại văn bản
letters-narrow = Lọc thêm
letters-number = Số, ký hiệu
letters-from = Từ ngày
letters-to = Đến ngày
letters-unit = Đơn vị liên quan
letters-empty-title-in = Chưa có văn bản nào
letters-empty-title-out = Chưa có văn bản đi
letters-empty-title-draft = Chưa có dự thảo
letters-empty-in = Nhận văn bản đầu tiên. Chương trình đọc ngay trên máy này, không gửi đi đâu.
letters-empty-out = Văn bản cơ quan đã ký và ban hành nằm ở đây: đưa bản đã ký vào từ trang của dự thảo, hoặc nhận tệp như văn bản đến.
letters-empty-draft = Soạn dự thảo từ trang của một văn bản đến, sau khi đã giao nhiệm vụ.
letters-empty-reader = Văn bản giao việc cho đơn vị bạn sẽ hiện ở đây.
upload-drop = Hoặc kéo tệp thả vào khung này.
upload-sending = Đang gửi tệp
upload-reading = Đã gửi xong. Đang đọc văn bản…
upload-broken = Mất kết nối với chương trình. Kiểm tra rồi gửi lại.
upload-failed = Chương trình gặp lỗi khi đọc tệp này; lỗi đã được ghi lại. Báo người quản trị, hoặc lưu tệp ở dạng khác rồi nhận lại.
upload-taken = Đã nhận
upload-refused = Không nhận
upload-more = Nhận văn bản khác
upload-register = Về sổ văn bản
uploaded-title = { $refused ->
    [0] Đã nhận { $taken } tệp
   *[other] { $taken ->
        [0] Không nhận được { $refused } tệp
       *[other] Đã nhận { $taken } tệp, không nhận { $refused } tệp
    }
}
secret-title = Văn bản có độ mật: máy này không được nhận
secret-why = Máy này chưa được khai là máy độc lập. Pháp luật cấm soạn thảo, lưu giữ, truyền đưa bí mật nhà nước trên máy có nối Internet. Tệp chỉ được xem trong bộ nhớ, chương trình không ghi gì xuống đĩa.
secret-do = Việc cần làm
secret-do-stop = Không mở, in, sao chép hay gửi tiếp tệp này trên máy này.
secret-do-hand = Chuyển văn bản cho người được giao quản lý bí mật nhà nước của cơ quan: đăng ký vào sổ bí mật nhà nước đến, xử lý trên máy độc lập.
secret-do-delete = Báo ngay người đứng đầu và người phụ trách công nghệ thông tin về bản tệp đang nằm trên máy này; xử lý bản đó theo hướng dẫn của họ.
secret-do-wrong = Nếu dấu mật bị nhận nhầm, nhờ người quản lý bí mật nhà nước xem lại. Không tự bỏ dấu mật để nhận.
secret-law = Căn cứ: Luật Bảo vệ bí mật nhà nước số 117/2025/QH15; Nghị định số 63/2026/NĐ-CP.

# Dự thảo văn bản của cơ quan
draft-list = Dự thảo
draft-title = Dự thảo chưa có số
draft-title-of = Dự thảo { $code }
draft-upper = Triển khai { $code }
draft-edited = { $who } sửa lúc { $at }
draft-subject = Trích yếu
draft-lines-hint = Mỗi dòng một nơi nhận.
draft-paragraphs = Nội dung
draft-paragraphs-hint = Mỗi khung một đoạn. Đánh số như 1. hoặc 1.1. ở đầu đoạn; gạch đầu dòng bằng dấu trừ.
draft-paragraph = Đoạn
draft-add = Thêm đoạn sau
draft-remove = Bỏ đoạn
draft-recipients-hint = Mỗi dòng một nơi; ghi mục đích trong ngoặc, ví dụ: Tỉnh ủy (để b/c).
draft-authority = Thẩm quyền ký
draft-authority-hint = Mỗi dòng một ý, ví dụ: T/M BAN THƯỜNG VỤ.
draft-position = Chức vụ người ký
draft-signer = Họ tên người ký
draft-urgency = Độ khẩn
draft-urgency-none = Không
draft-save = Lưu dự thảo
draft-save-preview = Lưu và xem thử
draft-preview = Xem thử văn bản
draft-go-on = Sửa tiếp
draft-number = Lấy số, ngày ban hành
draft-number-field = Số văn bản
draft-number-hint = Chỉ ghi số; ký hiệu có sẵn theo cơ quan.
draft-number-button = Ghi số và ngày
draft-files = Tệp để trình ký
draft-files-hint = Tải về để in hoặc ký số; thể thức theo quy định của hệ thống Đảng, Nhà nước hoặc Mặt trận.
draft-ask = Lấy ý kiến phản biện
draft-ask-hint = Nơi được đánh dấu đọc được dự thảo (không sửa được) đến hết hạn, và gửi ý kiến phản biện với kiến nghị. Bỏ đánh dấu thì thôi đọc được.
draft-ask-of = Nơi được lấy ý kiến
draft-ask-until = Hạn cho ý kiến
draft-ask-button = Gửi lấy ý kiến
draft-ask-now = đang được lấy ý kiến đến hết ngày { $date }
draft-asked-you = Cơ quan lấy ý kiến đơn vị bạn về dự thảo này đến hết ngày { $date }.
draft-asked-list = Dự thảo đang lấy ý kiến
draft-asked-answer = Ghi ý kiến phản biện
draft-signed = Đưa bản đã ký vào sổ
draft-signed-file = Tệp bản đã ký
draft-signed-hint = Bản ký số hoặc bản quét có chữ ký và dấu. Sau bước này dự thảo thành văn bản đi và không sửa được nữa.
draft-take-out = Bỏ dự thảo này khỏi sổ
draft-signed-button = Đưa vào sổ văn bản đi

# Giao nhiệm vụ
assign-have = { $n } đơn vị đã được giao việc này
assign-due-directed = Văn bản chưa nêu thời hạn; lãnh đạo cho hạn { $date }.
assign-units-directed = Văn bản không nêu đơn vị của cơ quan; lãnh đạo giao { $unit } chủ trì.

# Chuỗi văn bản
chain-hint = Từ trung ương xuống. Đối chiếu theo câu chữ, để gợi ý: người đọc kết luận.
chain-cited = Chưa có trong sổ
chain-here = Đang xem
chain-carries = Mang theo { $n } trên { $of } việc của văn bản cấp trên
chain-left = { $n } việc chưa thấy nhắc lại
chain-carried = Các việc được mang theo
chain-not-cited = Không dẫn văn bản cấp trên.

letter-top-secret = Văn bản Tuyệt mật: chương trình không lưu trích yếu và nội dung, chỉ giữ số, ngày, độ mật. Làm việc từ bản gốc.
file-docx = Tải DOCX
file-pdf = Tải PDF
