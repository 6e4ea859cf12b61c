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

cli-usage-command = Không có lệnh “{ $word }”.
cli-usage-unknown = Không có tùy chọn “{ $word }”.
cli-usage-missing = Thiếu tham số bắt buộc: { $word }
cli-usage-conflict = Không dùng “{ $word }” cùng với tùy chọn khác đã nêu.
cli-usage-value = Giá trị không hợp lệ: { $word }
cli-usage-hint = Gõ `luytre --help` để xem các lệnh.
