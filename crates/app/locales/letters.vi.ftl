# Văn bản: sửa thông tin, gỡ khỏi sổ, trùng nhau, hạn
letter-correct = Sửa thông tin văn bản
letter-correct-hint = Sửa điều chương trình đọc sai hoặc văn bản không ghi. Ô để trống là văn bản không nêu. Tệp gốc, câu trích và nhiệm vụ giữ nguyên; người sửa và giờ sửa được ghi vào lịch sử.
letter-correct-secret = Văn bản Tuyệt mật: chương trình không lưu trích yếu, cơ quan ban hành và người ký, nên chỉ sửa được số, loại và ngày.
letter-correct-code-hint = Ghi như in trên văn bản, ví dụ 86-CV/BTGDVTU
letter-kind = Loại văn bản
letter-kind-none = Không nêu
letter-subject = Trích yếu
letter-signer-name = Họ tên người ký
letter-problems-correct = Sửa thông tin văn bản
notice-letter-corrected = Đã lưu thông tin văn bản.

letter-remove = Gỡ khỏi sổ
letter-remove-title = Nhận nhầm hoặc nhận trùng?
letter-remove-hint = Gỡ khỏi sổ thì văn bản không còn trong danh sách, tìm kiếm, chuỗi văn bản và số liệu mới. Không có gì bị xóa: tệp và lịch sử còn nguyên, đưa lại vào sổ lúc nào cũng được. Báo cáo đã ký giữ nguyên.
letter-remove-reason = Lý do gỡ
letter-remove-reason-hint = Một câu, ví dụ: nhận trùng với bản PDF
letter-remove-has-tasks = Văn bản còn { $n } nhiệm vụ đang giao nên chưa gỡ được. Thu hồi các nhiệm vụ đó trước.
letter-remove-see-tasks = Xem các nhiệm vụ
letter-removed-title = Văn bản này đã gỡ khỏi sổ
letter-removed-said = { $who } gỡ lúc { $at }.
letter-removed-reason = Lý do: { $reason }
letter-removed-tag = Đã gỡ khỏi sổ
letter-put-back = Đưa lại vào sổ
notice-letter-removed = Đã gỡ văn bản khỏi sổ.
notice-letter-put-back = Đã đưa văn bản lại vào sổ.
event-letter-withdrawn = { $who } gỡ văn bản khỏi sổ
event-letter-restored = { $who } đưa văn bản lại vào sổ
refusal-letter-removed = Văn bản này đã gỡ khỏi sổ. Đưa lại vào sổ trước.
refusal-letter-has-tasks = Văn bản còn nhiệm vụ đang giao. Thu hồi các nhiệm vụ trước, rồi gỡ văn bản khỏi sổ.
refusal-received-and-removed = Tệp này đã nhận trước đây và đã gỡ khỏi sổ. Nếu gỡ nhầm, đưa lại vào sổ.
upload-see-known = Mở văn bản đã có
upload-see-removed = Xem văn bản đã gỡ

letter-twin = Có thể trùng với văn bản { $code }, nhận ngày { $date }
letter-twin-hint = Cùng số, ngày và cơ quan ban hành, nhưng là tệp khác. Nếu là một văn bản, giữ một bản trong sổ.
letter-twin-remove = Gỡ bản này khỏi sổ
letter-twin-reason = Trùng với văn bản { $code } nhận ngày { $date }
field-no-reason = Ghi lý do.

# Văn bản không giao việc gì
notice-received-bare = Đã nhận văn bản vào sổ. Chương trình không tìm thấy nghĩa vụ nào trong đó.
letter-bare-title = Không tìm thấy câu nào giao việc
letter-bare-add = Văn bản có giao việc: chọn câu đó và thêm thành nghĩa vụ.
letter-bare-correct = Số, ngày hoặc trích yếu đọc sai: sửa thông tin văn bản.
letter-bare-remove = Nhận nhầm tệp: gỡ khỏi sổ.
letter-bare-none = Văn bản chỉ để biết, không giao việc gì: không phải làm gì thêm.

# Số, hạn, giao việc, tìm kiếm
refusal-bad-number = Số văn bản chỉ gồm chữ số, có thể kèm một chữ cái, ví dụ 17 hoặc 12a.
refusal-due-before-letter = Hạn không thể trước ngày của văn bản.
refusal-due-past-letter = Hạn muộn hơn hạn văn bản nêu; chỉ có thể đặt sớm hơn.
field-due-before-letter = Hạn không thể trước ngày của văn bản ({ $date }).
field-due-past-letter = Văn bản nêu hạn { $date }; chỉ có thể đặt sớm hơn.
due-past = { $date } (hạn này đã qua)
due-directed = { $date } (theo ý kiến chỉ đạo)
notice-assigned-past = Đã giao { $n } nhiệm vụ. Hạn này đã qua: kiểm tra lại nếu ghi nhầm ngày.
notice-edited-past = Đã lưu nghĩa vụ. Hạn này đã qua: kiểm tra lại nếu ghi nhầm ngày.
notice-directed-past = Đã ghi ý kiến chỉ đạo. Hạn này đã qua: kiểm tra lại nếu ghi nhầm ngày.
notice-assigned-none = Không có nhiệm vụ nào mới: các đơn vị được nêu đều đã có việc này.
letter-assign-count = Sẽ thành { $tasks } nhiệm vụ cho { $units } đơn vị.
letter-assign-lead = Giao cho { $unit } chủ trì
letter-assign-both = Giao theo nơi văn bản nêu; việc còn lại giao { $unit } chủ trì
obligation-tasks = Đã giao: { $units }
obligation-tasks-more = Đã giao: { $units } và { $n } đơn vị khác
obligation-tasks-none = Đã thu hồi nhiệm vụ
letters-elsewhere = Có { $n } văn bản khớp ở mục { $tab }

history-blank = (không ghi)
history-change = { $field }: { $from } → { $to }
letter-field-code = Số, ký hiệu
letter-field-kind = Loại văn bản
letter-field-date = Ngày ban hành
letter-field-subject = Trích yếu
letter-field-issuer = Cơ quan ban hành
letter-field-signer = Người ký
assign-past = Hạn này đã qua, vẫn giao
field-due-past = Hạn này đã qua: giao xong là quá hạn ngay và không sửa hạn được, chỉ gia hạn từng đơn vị. Sửa lại, hoặc đánh dấu ô bên dưới rồi giao.
field-issued-ahead = Ngày ban hành không thể sau hôm nay.
field-issued-old = Năm ban hành không đúng. Viết đủ bốn chữ số của năm.
letter-unnumbered = { $title }, nhận { $at }
home-waits-more = Các đơn vị còn lại
letter-to-know = Văn bản chỉ để biết
letters-unassigned = Chưa giao hết
letters-removed = Đã gỡ khỏi sổ
waits-to-confirm = { $n } văn bản chờ xác nhận nghĩa vụ
waits-to-assign = { $n } văn bản còn nghĩa vụ chưa giao
