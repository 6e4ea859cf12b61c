# Khóa truy cập (passkey): đăng nhập bằng vân tay, khuôn mặt, mã PIN của thiết bị.

passkeys-title = Khóa truy cập (passkey)
passkeys-what = Đăng nhập bằng vân tay, khuôn mặt hoặc mã PIN của máy tính, điện thoại hay khóa bảo mật, không cần mật khẩu và mã 6 số. Khóa nằm trong thiết bị, vân tay và khuôn mặt không rời thiết bị; trang giả mạo không lấy được gì.
passkeys-none = Chưa có khóa nào.
passkeys-since = Tạo ngày { $date }
passkeys-used = Dùng lần cuối ngày { $date }
passkeys-unused = Chưa dùng lần nào
passkeys-synced = Dùng chung giữa các thiết bị của người dùng
passkeys-elsewhere = Chỉ dùng được khi mở trang này bằng tên { $host }; đang mở bằng tên khác.
passkeys-rename = Đổi tên
passkeys-rename-save = Lưu tên
passkeys-remove = Gỡ
passkeys-remove-button = Gỡ khóa
passkeys-remove-hint = Mất thiết bị: gỡ khóa của thiết bị đó. Đổi mật khẩu không gỡ các khóa này, thấy khóa lạ thì gỡ ngay.
passkeys-add = Thêm khóa truy cập
passkeys-name = Đặt tên
passkeys-name-hint = Để nhận ra sau này, ví dụ: Máy tính ở cơ quan
passkeys-add-button = Tạo khóa
passkeys-host = Khóa tạo ở đây chỉ dùng được khi mở trang bằng tên { $host }.
passkeys-own-certificate = Máy chủ đang dùng chứng chỉ tự tạo: trình duyệt chỉ cho tạo khóa khi máy này đã tin chứng chỉ đó (mở trang không còn cảnh báo).
passkeys-no-script = Khóa truy cập cần JavaScript. Mọi việc khác trên trang vẫn làm được khi tắt JavaScript.
passkeys-unsupported = Trình duyệt này không có khóa truy cập. Dùng Chrome, Edge, Firefox, Cốc Cốc hoặc Safari bản mới.
passkeys-not-here = Ở địa chỉ này không dùng được khóa truy cập.
passkeys-factor = Hoặc dùng khóa truy cập
passkeys-second = Không có ứng dụng xác thực thì đăng nhập bằng khóa truy cập ở dưới, hoặc nhập một mã khôi phục.

passkeys-in-title = Không cần mật khẩu
passkeys-in-button = Đăng nhập bằng khóa truy cập
passkeys-in-hint = Dành cho người đã tạo khóa ở trang Tài khoản của tôi, khi mở bằng tên { $host }.

passkeys-waiting = Làm theo hướng dẫn của trình duyệt…
passkeys-not-made = Chưa tạo được: đã hủy, đã quá thời gian, hoặc thiết bị chưa đặt vân tay, khuôn mặt hay mã PIN.
passkeys-cancelled = Chưa xong: đã hủy, đã quá thời gian, hoặc thiết bị này không có khóa cho tên { $host }. Khóa tạo ở tên máy chủ khác không dùng được ở đây.
passkeys-failed = Trình duyệt không làm được. Tải lại trang rồi thử lại.
passkeys-security = Trình duyệt từ chối ở địa chỉ này. Trang phải mở qua HTTPS không có cảnh báo chứng chỉ, bằng tên { $host }.

no-passkeys-loopback = Trang đang mở bằng địa chỉ số. Trên chính máy này, mở bằng tên localhost thay cho địa chỉ số thì dùng được.
no-passkeys-number = Trang đang mở bằng địa chỉ số. Trình duyệt chỉ cho dùng khóa truy cập khi mở bằng tên, qua HTTPS: nhờ người quản trị máy chủ đặt tên (tùy chọn --name) và chứng chỉ (--tls-cert), rồi mở trang bằng tên đó.
no-passkeys-plain = Trang đang mở qua HTTP, không mã hóa. Trình duyệt chỉ cho dùng khóa truy cập qua HTTPS: nhờ người quản trị máy chủ cài chứng chỉ (tùy chọn --tls-cert), rồi mở trang bằng địa chỉ https.

refusal-passkey-over = Đã quá thời gian chờ, hoặc yêu cầu này đã dùng rồi. Bấm nút và thử lại.
refusal-passkey-unknown = Khóa truy cập này không còn dùng được: đã bị gỡ, hoặc tài khoản đã được cấp lại. Đăng nhập bằng mật khẩu.
refusal-passkey-elsewhere = Khóa truy cập này được tạo cho tên máy chủ khác, không dùng được ở địa chỉ đang mở. Đăng nhập bằng mật khẩu rồi tạo khóa cho địa chỉ này ở trang Tài khoản của tôi.
refusal-passkey-unverified = Thiết bị chưa xác nhận người dùng. Bật vân tay, khuôn mặt hoặc mã PIN trên thiết bị rồi thử lại.
refusal-passkey-bad = Khóa truy cập không đúng.
refusal-passkey-copied = Bộ đếm của khóa truy cập chạy lùi: có thể đã có bản sao của khóa. Đăng nhập bằng mật khẩu, gỡ khóa này ở trang Tài khoản của tôi và báo quản trị viên.
refusal-passkey-there = Khóa này đã có trong danh sách.
refusal-passkey-kind = Thiết bị dùng loại chữ ký mà chương trình không nhận.
refusal-passkey-too-many = Đã có 10 khóa truy cập. Gỡ bớt khóa không dùng rồi thêm.
refusal-passkey-address = Ở địa chỉ đang mở không dùng được khóa truy cập: cần HTTPS và một tên.

access-passkey-made = Thêm khóa truy cập
access-passkey-removed = Gỡ khóa truy cập
access-passkey-used = Đăng nhập bằng khóa truy cập
access-passkey-wrong = Khóa truy cập không được nhận
access-passkey-copied = Khóa truy cập có thể đã bị sao chép: bộ đếm chạy lùi

notice-passkey-added = Đã thêm khóa truy cập.
notice-passkey-renamed = Đã đổi tên khóa truy cập.
notice-passkey-removed = Đã gỡ khóa truy cập. Xóa nốt khóa này trong thiết bị để lần sau khỏi chọn nhầm.
