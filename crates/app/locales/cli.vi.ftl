# Chương trình dòng lệnh.

cli = Lũy Tre: từ chỉ thị đến việc làm có minh chứng. Gõ một mình `luytre` để mở các trang của cơ quan.
cli-read = Đọc một văn bản: thể thức, căn cứ, nhiệm vụ của từng đơn vị
cli-scan = Tìm dấu độ mật và số định danh cá nhân trong tệp và thư mục
cli-inspect = Rà soát tài sản của cơ quan
cli-inspect-host = Rà soát máy này (chỉ đọc)
cli-serve = Mở các trang của cơ quan trong trình duyệt
cli-demo = Xem toàn bộ quy trình trên một xã ví dụ
cli-verify = Kiểm tra sổ cái: có nguyên vẹn không? (chỉ đọc, không ghi gì)
cli-backup = Sao lưu toàn bộ vào một tệp được mã hóa; không cần dừng chương trình đang chạy. Mật khẩu lấy từ LUYTRE_BACKUP_PASSPHRASE, --passphrase-file hoặc hỏi tại chỗ
cli-restore = Khôi phục từ tệp sao lưu vào một thư mục trống, hoặc diễn tập khôi phục (--drill)
cli-service = Chạy cùng máy: in tệp dịch vụ systemd, hoặc cài, gỡ dịch vụ Windows
cli-service-print = In tệp dịch vụ (systemd), đã siết quyền
cli-service-install = Cài dịch vụ Windows và khởi động (cần quyền quản trị)
cli-service-uninstall = Dừng và gỡ dịch vụ Windows; dữ liệu giữ nguyên
cli-service-run = Do Windows gọi khi khởi động dịch vụ

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
cli-arg-backup = Tệp sao lưu
cli-arg-passphrase-file = Tệp chứa mật khẩu ở dòng đầu
cli-arg-recipient = Khóa công khai age (age1…) của người được mở tệp, thay cho mật khẩu; có thể nêu nhiều lần
cli-arg-identity = Tệp khóa bí mật age (AGE-SECRET-KEY-1…) để mở tệp, thay cho mật khẩu
cli-arg-drill = Diễn tập: khôi phục vào thư mục tạm, so với sổ cái đang dùng rồi xóa
cli-arg-last-known = Số thứ tự của việc cuối cùng từng thấy trong sổ cái đã mất; phần thiếu được ghi là đã mất
cli-arg-manager = Trình quản lý dịch vụ: systemd
cli-arg-log = Tệp nhật ký của chương trình (mặc định: logs/luytre.log trong thư mục dữ liệu)
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
cli-value-backup = TỆP
cli-value-passphrase-file = TỆP
cli-value-recipient = KHÓA
cli-value-identity = TỆP
cli-value-last-known = SỐ
cli-value-manager = systemd
cli-value-log = TỆP
cli-value-listen = ĐỊA_CHỈ:CỔNG

cli-usage-command = Không có lệnh “{ $word }”.
cli-usage-unknown = Không có tùy chọn “{ $word }”.
cli-usage-extra = Thừa tham số “{ $word }”.
cli-usage-missing = Thiếu tham số bắt buộc: { $word }
cli-usage-conflict = Không dùng “{ $word }” cùng với “{ $other }”.
cli-usage-twice = { $word } chỉ được nêu một lần.
cli-usage-no-command = Thiếu tên lệnh.
cli-usage-no-value = Tùy chọn { $word } thiếu giá trị.
cli-usage-value = Giá trị “{ $value }” của { $word } không hợp lệ.
cli-usage-secret-value = Giá trị của { $word } không hợp lệ.
cli-usage-not-utf8 = Có tham số không phải chữ UTF-8.
cli-usage-form-listen = Viết địa chỉ và cổng, ví dụ 127.0.0.1:8080 hoặc localhost:8080.
cli-usage-form-database = Viết dạng postgres://TÊN:MẬT_KHẨU@MÁY_CHỦ:5432/TÊN_CƠ_SỞ_DỮ_LIỆU, hoặc sqlite:ĐƯỜNG_DẪN.
cli-usage-form-last-known = Viết một số nguyên, ví dụ 1203.
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
cli-file-failed = Không mở được { $path }. Chi tiết kỹ thuật: { $detail }
cli-listen = Không mở được địa chỉ { $address }.
cli-listen-in-use = Địa chỉ { $address } đang được dùng: có thể luytre đã chạy. Mở http://{ $address } hoặc chọn cổng khác bằng --listen.
cli-not-empty = Thư mục { $path } đã có sổ cái. Chọn thư mục khác cho ví dụ.
cli-no-data-folder = Không biết thư mục dữ liệu của máy này. Chỉ rõ bằng --data.
cli-no-system = Thư mục { $path } không chứa hệ thống nào (không có thư mục etc). Chỉ rõ thư mục gốc bằng --root, ví dụ nơi ổ đĩa được gắn vào.
cli-ledger-lost = Thư mục { $path } từng có sổ cái của một cơ quan nhưng sổ cái không còn. Khôi phục thư mục từ bản sao lưu; muốn lập cơ quan mới thì dùng thư mục khác (--data). Tệp và khóa trong thư mục được giữ nguyên.
cli-no-record = Thư mục { $path } không có sổ cái nào.
cli-no-passphrase = Không có màn hình để hỏi mật khẩu. Đặt biến LUYTRE_BACKUP_PASSPHRASE hoặc chỉ tệp chứa mật khẩu bằng --passphrase-file.
cli-passphrases-differ = Hai lần gõ mật khẩu không giống nhau. Làm lại.
cli-not-set-up = Cơ quan chưa được thiết lập. Chạy `luytre serve` và làm theo trang đầu tiên.
cli-already-set-up = Cơ quan đã được thiết lập trước đó.
cli-bad-key = Tệp khóa { $path } không dùng được. Khôi phục tệp này từ bản sao lưu.
cli-wrong-key = Tệp khóa { $path } không phải khóa của cơ quan trong sổ cái này. Khôi phục đúng tệp khóa từ bản sao lưu.
cli-store = Cơ sở dữ liệu báo lỗi. Kiểm tra địa chỉ, tên đăng nhập và quyền; nếu vẫn lỗi, báo người quản trị. Chi tiết kỹ thuật: { $detail }
cli-database-address = Địa chỉ cơ sở dữ liệu không đúng. Viết dạng postgres://TÊN:MẬT_KHẨU@MÁY_CHỦ:5432/TÊN_CƠ_SỞ_DỮ_LIỆU. Chi tiết kỹ thuật: { $detail }
cli-database-unreachable = Không kết nối được cơ sở dữ liệu. Kiểm tra máy chủ PostgreSQL có đang chạy không, địa chỉ và cổng có đúng không. Chi tiết kỹ thuật: { $detail }
cli-database-damaged = Tệp cơ sở dữ liệu bị hỏng hoặc không phải của chương trình này. Giữ nguyên tệp, khôi phục thư mục dữ liệu từ bản sao lưu. Chi tiết kỹ thuật: { $detail }
cli-database-read-only = Cơ sở dữ liệu chỉ cho đọc, chương trình cần ghi được để mở. Cấp quyền ghi, hoặc chép cả thư mục dữ liệu sang nơi ghi được rồi chỉ rõ bằng --data. Chi tiết kỹ thuật: { $detail }
cli-database-busy = Cơ sở dữ liệu đang bận vì một chương trình khác. Đóng chương trình đó hoặc thử lại sau ít phút. Chi tiết kỹ thuật: { $detail }
cli-database-disk = Không đọc hoặc ghi được tệp cơ sở dữ liệu. Kiểm tra ổ đĩa. Chi tiết kỹ thuật: { $detail }
cli-database-full = Ổ đĩa đã đầy. Giải phóng chỗ trống rồi làm lại. Chi tiết kỹ thuật: { $detail }
cli-database-no-access = Không mở được tệp cơ sở dữ liệu. Kiểm tra đường dẫn và quyền ghi của thư mục dữ liệu, và xem ổ đĩa có đang ở chế độ chỉ cho đọc không. Chi tiết kỹ thuật: { $detail }
cli-database-too-new = Sổ cái do phiên bản mới hơn ghi. Dùng phiên bản mới của chương trình. Chi tiết kỹ thuật: { $detail }
cli-database-too-old = Sổ cái do phiên bản cũ hơn ghi, và lệnh này chỉ đọc nên không nâng cấp. Chạy `luytre serve` với thư mục đó một lần, rồi làm lại. Chi tiết kỹ thuật: { $detail }
cli-internal = Chương trình gặp lỗi. Làm lại; nếu vẫn lỗi, báo người quản trị kèm phần chi tiết kỹ thuật. Chi tiết kỹ thuật: { $detail }
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

cli-backup-ask = Mật khẩu của bản sao lưu (từ 12 ký tự):{" "}
cli-backup-ask-again = Gõ lại mật khẩu:{" "}
cli-backup-ask-open = Mật khẩu của bản sao lưu:{" "}
cli-backup-made = Đã sao lưu { $events } việc và { $files } tệp vào { $path } ({ $size }). Cất tệp này ở nơi khác máy này; không có mật khẩu thì không ai mở được.
cli-backup-damaged = Trong sổ cái có { $n } tệp bị mất hoặc đã thay đổi: chạy `luytre verify` để biết tệp nào. Bản sao lưu giữ những gì còn lại.
cli-backup-progress = { $stage }: { $done } / { $total }
cli-restored = Đã khôi phục { $office } vào { $path }: { $events } việc và { $files } tệp, bản sao lưu lúc { $made }. Kỳ mới của sổ cái (kỳ { $epoch }) bắt đầu sau việc số { $seq }.
cli-drilled = Diễn tập xong: bản sao lưu lúc { $made } ({ $size }) đưa lại được { $events } việc và { $files } tệp của { $office }; { $standing }
cli-drilled-age = { $n ->
    [0] Bản sao lưu vừa xong, chưa đầy một giờ.
   *[other] Bản sao lưu từ { $n } giờ trước.
}

backup-foreign = Đây không phải tệp sao lưu của Lũy Tre. Kiểm tra lại tên tệp.
backup-truncated = Tệp sao lưu bị cụt: thiếu phần cuối. Chép lại tệp từ nơi cất, hoặc dùng bản sao lưu khác.
backup-damaged = Tệp sao lưu bị hỏng: có chỗ không đúng như lúc ghi. Chép lại tệp từ nơi cất, hoặc dùng bản sao lưu khác.
backup-wrong-passphrase = Mật khẩu không đúng, hoặc phần đầu của tệp đã bị hỏng. Gõ lại mật khẩu; nếu chắc chắn đúng, dùng bản sao lưu khác.
backup-wrong-identity = Khóa bí mật này không mở được tệp, hoặc phần đầu của tệp đã bị hỏng. Dùng đúng khóa của người nhận.
backup-needs-passphrase = Tệp này được khóa bằng mật khẩu. Bỏ --identity và dùng mật khẩu.
backup-needs-identity = Tệp này được khóa cho người giữ khóa age. Chỉ tệp khóa bí mật bằng --identity.
backup-newer = Tệp sao lưu do phiên bản mới hơn của chương trình ghi. Cài phiên bản mới rồi khôi phục.
backup-weak-passphrase = Mật khẩu quá ngắn hoặc quá dễ đoán: cần ít nhất 12 ký tự, không phải dãy liền nhau, ký tự lặp lại hay mật khẩu nhiều người dùng. Một câu dễ nhớ với bạn là tốt nhất.
backup-bad-recipient = Khóa công khai không đúng. Viết khóa age, bắt đầu bằng age1.
backup-bad-identity = Tệp khóa không chứa khóa bí mật age nào (AGE-SECRET-KEY-1…).
backup-exists = Đã có tệp mang tên này. Chương trình không ghi đè bản sao lưu cũ: chọn tên khác.
backup-folder-not-empty = Thư mục để khôi phục không trống. Chọn thư mục mới bằng --data.
backup-database-not-empty = Cơ sở dữ liệu để khôi phục không trống. Tạo cơ sở dữ liệu mới rồi làm lại.
backup-changed-meanwhile = Có nội dung vừa bị xóa trong lúc sao lưu. Sao lưu lại.
backup-stage-measuring = Đang đọc
backup-stage-writing = Đang ghi
backup-stage-reading = Đang khôi phục
backup-stage-checking = Đang kiểm tra sổ cái
backup-standing-same = từ đó đến nay sổ cái không có việc nào mới.
backup-standing-behind = nếu phải khôi phục ngay bây giờ sẽ mất { $n } việc ghi sau đó.
backup-standing-apart = sổ cái đang dùng không nối tiếp bản sao lưu này (sổ cái cũ hơn bản sao lưu, hoặc đã được khôi phục rồi ghi tiếp theo hướng khác).

cli-service-name = Lũy Tre
cli-service-installed = Đã cài dịch vụ và khởi động tại { $address }. Dữ liệu nằm trong { $path }, chỉ dịch vụ và người quản trị đọc được.
cli-service-uninstalled = Đã gỡ dịch vụ. Dữ liệu được giữ nguyên.
cli-service-failed = Windows không thực hiện được. Mở cửa sổ lệnh bằng quyền quản trị rồi làm lại. Chi tiết kỹ thuật: { $detail }
cli-service-how-install = Trên Linux, dịch vụ do systemd chạy. Với quyền quản trị: chép chương trình vào /usr/local/bin/luytre, chạy `luytre service print systemd > /etc/systemd/system/luytre.service`, rồi `systemctl daemon-reload && systemctl enable --now luytre`. Dữ liệu nằm trong /var/lib/luytre.
cli-service-how-uninstall = Trên Linux, với quyền quản trị: `systemctl disable --now luytre`, rồi xóa /etc/systemd/system/luytre.service. Dữ liệu trong /var/lib/luytre được giữ nguyên.
cli-service-how-run = Lệnh này chỉ dành cho Windows. Trên Linux dùng `luytre serve`.

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

cli-set-up-code = Mã thiết lập (nhập vào trang đầu tiên): { $code }

cli-not-secure = { $address } không phải địa chỉ của riêng máy này. Để máy khác truy cập, thêm --tls (chứng thư tự tạo) hoặc --tls-cert và --tls-key (chứng thư được cấp). Chỉ thêm --insecure khi đường truyền đã được bảo vệ bằng cách khác.
cli-demo-beyond = { $address } không phải địa chỉ của riêng máy này. Bản thử không có mật khẩu nên chỉ mở trên chính máy (127.0.0.1).
cli-tls-certificate = Không dùng được chứng thư hoặc khóa trong { $path }. Cần tệp PEM, chứng thư và khóa đi cùng nhau. { $detail }
cli-own-certificate = Chứng thư tự tạo; trình duyệt sẽ hỏi, so với dấu SHA-256 này rồi mới chấp nhận: { $fingerprint }
cli-insecure = CẢNH BÁO: HTTP không mã hóa trên mạng. Mật khẩu và văn bản có thể bị đọc trên đường truyền.

cli-arg-name = Tên khác dẫn đến máy này, ví dụ luytre.xa.vn (dùng được nhiều lần)
cli-arg-tls = Phục vụ qua HTTPS với chứng thư tự tạo của cơ quan
cli-arg-tls-cert = Tệp chứng thư được cấp (PEM)
cli-arg-tls-key = Tệp khóa của chứng thư được cấp (PEM)
cli-arg-insecure = Cho phép HTTP không mã hóa trên địa chỉ ngoài máy này (không nên)

cli-value-name = TÊN
cli-value-tls-cert = TỆP
cli-value-tls-key = TỆP
