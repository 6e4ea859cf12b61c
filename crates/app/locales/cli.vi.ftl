# Chương trình dòng lệnh.

cli = Lũy Tre: từ chỉ thị đến việc làm có minh chứng. Gõ một mình `luytre` để mở các trang của cơ quan.
cli-read = Đọc một văn bản: thể thức, căn cứ, nhiệm vụ của từng đơn vị
cli-scan = Tìm dấu độ mật và số định danh cá nhân trong tệp và thư mục
cli-inspect = Rà soát tài sản của cơ quan
cli-inspect-host = Rà soát máy này (chỉ đọc)
cli-serve = Mở các trang của cơ quan trong trình duyệt
cli-demo = Xem toàn bộ quy trình trên một xã ví dụ
cli-verify = Kiểm tra sổ cái: có nguyên vẹn không?

cli-help-usage = Cách dùng:
cli-help-commands = Lệnh
cli-help-options = Tùy chọn
cli-help-arguments = Tham số
cli-help = Hiện trợ giúp này
cli-version = Hiện phiên bản
cli-help-default = (mặc định: { $value })
cli-help-env = (biến môi trường: { $value })

cli-arg-lang = Ngôn ngữ hiển thị: vi hoặc en
cli-arg-files = Tệp văn bản (docx, doc, pdf, rtf, odt, txt, ảnh quét…)
cli-arg-json = In JSON cho máy đọc
cli-arg-sarif = In SARIF 2.1.0
cli-arg-implements = Văn bản cấp trên: so xem văn bản cấp dưới đã triển khai những nội dung nào
cli-arg-paths = Tệp hoặc thư mục
cli-arg-root = Thư mục gốc của hệ thống cần xem, khi không phải máy đang chạy
cli-arg-data = Thư mục dữ liệu của cơ quan
cli-arg-database = Địa chỉ PostgreSQL (postgres://…), khi không dùng cơ sở dữ liệu kèm sẵn
cli-arg-listen = Địa chỉ và cổng phục vụ trang
cli-arg-no-serve = Chỉ chạy đến bản tóm tắt, không mở trang

cli-value-options = TÙY_CHỌN
cli-value-command = LỆNH
cli-value-lang = vi|en
cli-value-files = TỆP
cli-value-implements = TỆP
cli-value-paths = ĐƯỜNG_DẪN
cli-value-root = THƯ_MỤC
cli-value-data = THƯ_MỤC
cli-value-database = ĐỊA_CHỈ
cli-value-listen = ĐỊA_CHỈ:CỔNG

cli-usage-command = Không có lệnh “{ $word }”.
cli-usage-unknown = Không có tùy chọn “{ $word }”.
cli-usage-extra = Thừa tham số “{ $word }”.
cli-usage-missing = Thiếu tham số bắt buộc: { $word }
cli-usage-conflict = Không dùng “{ $word }” cùng với tùy chọn khác đã nêu.
cli-usage-twice = { $word } chỉ được nêu một lần.
cli-usage-no-command = Thiếu tên lệnh.
cli-usage-no-value = Tùy chọn { $word } thiếu giá trị.
cli-usage-value = Giá trị “{ $value }” của { $word } không hợp lệ.
cli-usage-secret-value = Giá trị của { $word } không hợp lệ.
cli-usage-not-utf8 = Có tham số không phải chữ UTF-8.
cli-usage-form-listen = Viết địa chỉ và cổng, ví dụ 127.0.0.1:8080 hoặc localhost:8080.
cli-usage-form-database = Viết dạng postgres://TÊN:MẬT_KHẨU@MÁY_CHỦ:5432/TÊN_CƠ_SỞ_DỮ_LIỆU, hoặc sqlite:ĐƯỜNG_DẪN.
cli-usage-form-lang = Viết vi hoặc en.
cli-usage-hint = Gõ `luytre --help` để xem các lệnh.

cli-error = luytre: { $what }
cli-file-not-found = Không tìm thấy { $path }.
cli-file-denied = Không có quyền mở { $path }.
cli-file-is-folder = { $path } là thư mục, cần một tệp.
cli-file-not-folder = { $path } không phải là thư mục, cần một thư mục.
cli-file-unusable = Nội dung của { $path } không dùng được: tệp bị hỏng hoặc không phải loại tệp cần có.
cli-file-read-only = Không ghi được vào { $path }: ổ đĩa chỉ cho đọc.
cli-file-disk-full = Không ghi được vào { $path }: ổ đĩa đã đầy.
cli-file-not-regular = { $path } không phải là tệp thường nên không đọc được.
cli-file-failed = Không mở được { $path } ({ $detail }).
cli-listen = Không mở được địa chỉ { $address }.
cli-listen-in-use = Địa chỉ { $address } đang được dùng: có thể luytre đã chạy. Mở http://{ $address } hoặc chọn cổng khác bằng --listen.
cli-not-loopback = { $address } không phải địa chỉ của riêng máy này. Bản này chỉ phục vụ trên chính máy (127.0.0.1), vì chưa có tài khoản và mã hóa đường truyền.
cli-not-empty = Thư mục { $path } đã có sổ cái. Chọn thư mục khác cho ví dụ.
cli-no-data-folder = Không biết thư mục dữ liệu của máy này. Chỉ rõ bằng --data.
cli-no-system = Thư mục { $path } không chứa hệ thống nào (không có thư mục etc). Chỉ rõ thư mục gốc bằng --root, ví dụ nơi ổ đĩa được gắn vào.
cli-ledger-lost = Thư mục { $path } từng có sổ cái của một cơ quan nhưng sổ cái không còn. Khôi phục thư mục từ bản sao lưu; muốn lập cơ quan mới thì dùng thư mục khác (--data). Tệp và khóa trong thư mục được giữ nguyên.
cli-no-record = Thư mục { $path } không có sổ cái nào.
cli-not-set-up = Cơ quan chưa được thiết lập. Chạy `luytre serve` và làm theo trang đầu tiên.
cli-already-set-up = Cơ quan đã được thiết lập trước đó.
cli-bad-key = Tệp khóa { $path } không dùng được. Khôi phục tệp này từ bản sao lưu.
cli-wrong-key = Tệp khóa { $path } không phải khóa của cơ quan trong sổ cái này. Khôi phục đúng tệp khóa từ bản sao lưu.
cli-store = Cơ sở dữ liệu báo lỗi. Kiểm tra địa chỉ, tên đăng nhập và quyền; nếu vẫn lỗi, báo người quản trị ({ $detail }).
cli-database-address = Địa chỉ cơ sở dữ liệu không đúng. Viết dạng postgres://TÊN:MẬT_KHẨU@MÁY_CHỦ:5432/TÊN_CƠ_SỞ_DỮ_LIỆU ({ $detail }).
cli-database-unreachable = Không kết nối được cơ sở dữ liệu. Kiểm tra máy chủ PostgreSQL có đang chạy không, địa chỉ và cổng có đúng không ({ $detail }).
cli-database-damaged = Tệp cơ sở dữ liệu bị hỏng hoặc không phải của chương trình này. Giữ nguyên tệp, khôi phục thư mục dữ liệu từ bản sao lưu ({ $detail }).
cli-database-read-only = Cơ sở dữ liệu chỉ cho đọc, chương trình cần ghi được để mở. Cấp quyền ghi, hoặc chép cả thư mục dữ liệu sang nơi ghi được rồi chỉ rõ bằng --data ({ $detail }).
cli-database-busy = Cơ sở dữ liệu đang bận vì một chương trình khác. Đóng chương trình đó hoặc thử lại sau ít phút ({ $detail }).
cli-database-disk = Không đọc hoặc ghi được tệp cơ sở dữ liệu. Kiểm tra ổ đĩa ({ $detail }).
cli-database-full = Ổ đĩa đã đầy. Giải phóng chỗ trống rồi làm lại ({ $detail }).
cli-database-no-access = Không mở được tệp cơ sở dữ liệu. Kiểm tra đường dẫn và quyền của thư mục dữ liệu ({ $detail }).
cli-database-too-new = Sổ cái do phiên bản mới hơn ghi. Dùng phiên bản mới của chương trình ({ $detail }).
cli-database-too-old = Sổ cái do phiên bản cũ hơn ghi, và lệnh này chỉ đọc nên không nâng cấp. Chạy `luytre serve` với thư mục đó một lần, rồi làm lại ({ $detail }).
cli-internal = Chương trình gặp lỗi. Làm lại; nếu vẫn lỗi, báo người quản trị kèm phần trong ngoặc ({ $detail }).
cli-serving = Lũy Tre đang phục vụ tại { $address } (dừng: Ctrl+C).

cli-this-machine = Máy này
cli-remedy = Cách khắc phục:
cli-inspect-title = Rà soát { $name }
cli-inspect-sum = { $passed }/{ $judged } nội dung đạt; { $unseen } nội dung chưa kiểm tra được.

cli-read-none = (không có)
cli-read-secrecy = Độ mật
cli-read-urgency = Độ khẩn
cli-read-code = Số, ký hiệu
cli-read-date = Ngày
cli-read-issuer = Cơ quan ban hành
cli-read-subject = Trích yếu
cli-read-to = Kính gửi
cli-read-topics = Nội dung tuyên truyền
cli-read-channels = Hình thức tuyên truyền
cli-read-attachments = Gửi kèm
cli-read-tasks = Nhiệm vụ ({ $n })
cli-read-problems = Cần xem lại
cli-read-everyone = Tất cả nơi nhận
cli-read-no-due = chưa nêu thời hạn

cli-compare = { $lower } triển khai { $carried }/{ $n } nội dung của { $upper }.
cli-compare-not-cited = Văn bản cấp dưới không viện dẫn văn bản cấp trên.
cli-compare-carried = Đã triển khai
cli-compare-left-out = Chưa triển khai
cli-compare-new = Nội dung riêng của cấp dưới

cli-scan-progress = { $done }/{ $total } tệp
cli-scan-line = dòng { $n }
cli-scan-page = trang { $n }
cli-scan-sum = Đã xem { $files } tệp ({ $size }): { $findings } phát hiện, { $skipped } tệp không xem được.

cli-verify-whole = Sổ cái nguyên vẹn: { $events } việc của { $offices } cơ quan, { $contents } nội dung, { $blobs } tệp đều khớp.
cli-verify-damaged = Sổ cái có { $damage } chỗ hư hỏng trong { $events } việc, { $contents } nội dung, { $blobs } tệp.
cli-verify-erased = Nội dung { $content } đã được xóa theo quy định ({ $basis }).

cli-demo-title = Ví dụ: một xã hư cấu nhận chỉ thị, giao việc, rà soát, báo cáo.
cli-demo-folder = van-ban
cli-demo-letter = { $code }: { $subject } ({ $n } nghĩa vụ)
cli-demo-tasks = { $n } nhiệm vụ giao cho { $units } đơn vị
cli-demo-checks = Rà soát máy này: { $passed } đạt, { $failed } cần khắc phục, { $unseen } chưa kiểm tra được
cli-demo-scan = Quét thư mục dùng chung: { $passed } đạt, { $failed } cần khắc phục, { $unseen } chưa kiểm tra được
cli-demo-documents = Văn bản đã tạo:
cli-demo-data = Dữ liệu của ví dụ: { $path }

cli-rate-acknowledged = Đã tiếp nhận
cli-rate-declared = Tự báo hoàn thành
cli-rate-on-time = Đúng hạn
cli-rate-verified = Đã xác minh
cli-rate-gap = { $n } nhiệm vụ tự báo hoàn thành nhưng chưa được xác minh; { $only } nhiệm vụ chỉ có thể tự báo.

demo-set-up = Lập cơ quan và các đơn vị
demo-letters = Đọc văn bản đến
demo-tasks = Giao nhiệm vụ cho các đơn vị
demo-inspect = Rà soát máy này (chỉ đọc)
demo-scan = Quét thư mục dùng chung
demo-work = Các đơn vị thực hiện, nộp minh chứng
demo-documents = Soạn văn bản triển khai và báo cáo
demo-verify = Kiểm tra sổ cái

scan-kind-cccd = Số định danh cá nhân
scan-kind-cmnd = Số chứng minh nhân dân
scan-kind-mst = Mã số thuế
scan-kind-bhxh = Số bảo hiểm xã hội
scan-kind-driver-licence = Số giấy phép lái xe
scan-kind-phone = Số điện thoại
scan-kind-email = Địa chỉ thư điện tử
scan-kind-bank-card = Số thẻ ngân hàng
scan-kind-bank-account = Số tài khoản ngân hàng
scan-kind-secret-mark = Dấu độ mật

confidence-high = chắc chắn cao
confidence-medium = chắc chắn vừa
confidence-low = chắc chắn thấp
observed-true = có
observed-false = không
