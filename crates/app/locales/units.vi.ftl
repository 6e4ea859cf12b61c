# Đơn vị: mở lại
unit-closed-since = Đơn vị đã kết thúc hoạt động; ngày cuối cùng là { $date }.
unit-reopen = Mở lại đơn vị
unit-reopen-hint = Mở lại thì từ hôm nay đơn vị lại nhận được nhiệm vụ. Việc đã làm và lịch sử giữ nguyên; việc mở lại được ghi vào nhật ký.
notice-unit-reopened = Đã mở lại đơn vị.
refusal-unit-above-closed = Đơn vị cấp trên trực tiếp đã kết thúc. Mở lại đơn vị đó trước.
field-not-sure = Đánh dấu vào ô để xác nhận.

# Rà soát định kỳ
plans-name = Tên gọi (không bắt buộc)

# Máy chủ thư có chứng thư riêng
mail-authority-own = Máy chủ thư dùng chứng thư của riêng cơ quan
mail-authority = Chứng thư gốc (PEM)
mail-authority-hint = Dán nội dung tệp .pem hoặc .crt do người quản trị máy chủ thư cấp. Khi có, chương trình chỉ tin chứng thư này.
mail-problem-bad-authority = Nội dung dán vào không phải là chứng thư PEM. Dán cả dòng BEGIN CERTIFICATE và END CERTIFICATE.

# Đến lượt ai: trang tổng quan và thư buổi sáng nói cùng một số
mail-turn = Đến lượt ông/bà
mail-to-judge = Kết quả báo xong, chờ chấp nhận hoặc trả lại: { $n }
mail-to-approve = Báo cáo chờ duyệt: { $n }
mail-to-record = Hoạt động tuyên truyền đã quá ngày, chưa ghi kết quả: { $n }
mail-below = Các đơn vị trực thuộc
waits-to-judge = { $n } kết quả báo xong, chờ chấp nhận hoặc trả lại
waits-to-approve = { $n } báo cáo chờ duyệt
waits-to-record = { $n } hoạt động tuyên truyền đã quá ngày, chưa ghi kết quả
waits-below-overdue = { $n } nhiệm vụ quá hạn ở các đơn vị trực thuộc
waits-below-unacknowledged = { $n } nhiệm vụ chưa tiếp nhận ở các đơn vị trực thuộc
waits-below-due-soon = { $n } nhiệm vụ sắp đến hạn ở các đơn vị trực thuộc

# Lỗi hiếm gặp trên trang
error-title-400 = Yêu cầu không đọc được
error-title-401 = Cần đăng nhập
error-title-405 = Không tìm thấy trang
error-title-415 = Kiểu nội dung không nhận được
error-title-429 = Thử quá nhiều lần
error-title-410 = Tệp không còn dùng được
error-title-503 = Máy chủ tạm thời chưa làm được
error-title-507 = Ổ đĩa của máy chủ đã đầy
error-words-400 = Trình duyệt gửi nội dung bị đứt hoặc không đúng dạng. Quay lại trang trước và gửi lại.
error-words-401 = Đăng nhập rồi mở lại trang này.
error-words-405 = Địa chỉ này chỉ nhận biểu mẫu. Đi từ danh sách để tìm lại.
error-words-415 = Quay lại biểu mẫu và gửi lại từ trang của chương trình.
error-words-429 = Đợi vài phút rồi thử lại.
error-words-410 = Tệp đã mất hoặc đã hỏng trên máy chủ. Nộp lại bản gốc, hoặc báo người quản trị lấy từ bản sao lưu.
error-words-503 = Chưa ghi gì. Đợi một lát rồi gửi lại.
error-words-507 = Chưa ghi gì. Báo người quản trị giải phóng chỗ trên ổ đĩa, rồi gửi lại.

# Dòng lệnh: đường vào lại cho quản trị viên cuối cùng
cli-invite = Tạo mã mời mới cho một tài khoản, khi không còn quản trị viên nào đăng nhập được
cli-arg-login = Tên đăng nhập của tài khoản
cli-value-login = TÊN_ĐĂNG_NHẬP
cli-invited =
    Mã mời của { $login }: { $code }
    Dùng được đến { $until }, một lần, ở trang “Có mã mời”. Khi dùng: mật khẩu, ứng dụng xác thực, phiên đăng nhập và mã truy cập cũ đều hết hiệu lực. Việc này đã ghi vào nhật ký đăng nhập.
cli-no-account = Không có tài khoản nào tên { $login }.
