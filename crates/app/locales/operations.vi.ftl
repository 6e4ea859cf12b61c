# Vận hành: những gì người quản trị phải được báo, và việc cần làm.

record-damaged = Sổ cái không còn nguyên vẹn: lần kiểm tra { $at } thấy { $n } chỗ hỏng. Xem chỗ nào hỏng và việc cần làm.
ledger-damaged-do = Việc cần làm: đừng sửa hay xóa gì trong thư mục dữ liệu; sao chép nguyên thư mục sang nơi khác, rồi khôi phục từ bản sao lưu còn nguyên vẹn vào một thư mục mới: luytre restore TỆP --data THƯ_MỤC_MỚI. Tệp bị mất mà đơn vị còn giữ bản gốc thì nộp lại ở đúng nhiệm vụ, tệp đúng sẽ thay tệp hỏng.
ledger-covered = Đã kiểm tra: mọi việc trong sổ cái, thứ tự, dấu vân tay và chữ ký của chuỗi; chữ ký của các báo cáo; từng chữ của các nội dung và từng byte, dung lượng của các tệp mà sổ cái nhắc đến.
cli-verify-covered = Lệnh này còn lập lại các bảng hiển thị từ sổ cái để đối chiếu, và cho cơ sở dữ liệu tự kiểm tra tệp của nó.
ledger-not-covered = Không kiểm tra được: tên tệp, tên người, địa chỉ thư, tài khoản, cài đặt và nhật ký đăng nhập. Luật cho phép xóa tên và địa chỉ nên những dữ liệu này đứng ngoài chuỗi có chữ ký; ai sửa thẳng trong cơ sở dữ liệu thì không phát hiện được từ đây.
cli-verify-no-key = Thiếu tệp khóa của cơ quan: { $path }. Sổ cái vẫn đọc và kiểm tra được, nhưng thiếu khóa thì chương trình không khởi động và không ghi tiếp được việc nào. Việc cần làm: lấy lại office.key từ bản sao lưu (luytre restore TỆP --data THƯ_MỤC_MỚI); đừng tạo khóa khác thay vào. Nếu đây chỉ là bản chép để kiểm tra thì không cần khóa.
cli-verify-no-events = Sổ cái không còn việc nào đọc được. Trong thư mục dữ liệu còn { $contents } nội dung, { $blobs } tệp; có { $damage } chỗ hư hỏng.
cli-verify-fewer = Lần kiểm tra gần nhất ({ $at }) sổ cái có { $before } việc, nay chỉ còn { $now } việc.
cli-verify-unnamed = Có { $n } nội dung, tệp mà không việc nào còn lại nhắc đến: đó là phần của những việc đã mất.
log-record-damaged = Sổ cái không còn nguyên vẹn ({ $n } chỗ hỏng): mở trang “Sổ cái” hoặc chạy luytre verify để biết chỗ nào, rồi khôi phục từ bản sao lưu

backup-other-office = Bản sao lưu này là của cơ quan khác, không phải của cơ quan đang dùng chương trình này. Diễn tập không đạt: chọn bản sao lưu của chính cơ quan mình.
backup-apart = Sổ cái đang dùng không nối tiếp bản sao lưu này.
backup-record-damaged = Bản sao lưu mở được nhưng sổ cái trong đó không nguyên vẹn.
upkeep-drill-apart = Diễn tập không đạt: bản sao lưu { $hours } giờ trước mở được, nhưng { $standing }

cli-database-empty = Tệp cơ sở dữ liệu trống, không có sổ cái nào trong đó. Nếu trước đây đã có, giữ nguyên thư mục và khôi phục từ bản sao lưu vào một thư mục mới: luytre restore TỆP --data THƯ_MỤC_MỚI. Chi tiết kỹ thuật: { $detail }

audit-role-own = chỉ ở đơn vị này
audit-role-below = cả các đơn vị trực thuộc
audit-role-open = không thời hạn
audit-role-until = đến hết ngày { $date }
access-backup-made = Sao lưu toàn bộ sổ cái
access-backup-failed = Sao lưu không thành công
access-drill-passed = Diễn tập khôi phục đạt
access-drill-failed = Diễn tập khôi phục không đạt
access-mail-set = Đổi thiết lập gửi thư
access-mail-off = Ngừng gửi thư
access-data-exported = Tải dữ liệu cá nhân của một người
audit-machine = Dòng lệnh trên máy chủ
backup-inside-data = Tệp sao lưu nằm ngay trong thư mục dữ liệu: thư mục hỏng là mất cả hai. Chọn nơi khác: USB, ổ ngoài hoặc máy khác.
cli-backup-made-for-keys = Đã sao lưu { $events } việc và { $files } tệp vào { $path } ({ $size }). Cất tệp này ở nơi khác máy này; chỉ người giữ khóa bí mật của các khóa đã nêu mới mở được.
cli-other-folder = Thư mục { $path } đã có tệp của việc khác và không có sổ cái nào. Chọn một thư mục trống hoặc thư mục mới bằng --data.
cli-certificate-binary = Tệp { $path } ở dạng nhị phân (DER hoặc PFX), chương trình cần dạng PEM. Đổi chứng thư: openssl x509 -inform der -in TỆP -out TỆP.pem; đổi khóa: openssl pkey -inform der -in TỆP -out TỆP.pem.
cli-certificate-locked = Khóa trong { $path } bị khóa bằng mật khẩu. Mở khóa ra một tệp chỉ chủ sở hữu đọc được: openssl pkey -in TỆP -out TỆP-MỚI.
cli-certificate-mismatch = Khóa trong { $path } không phải của chứng thư này. Lấy đúng cặp chứng thư và khóa được cấp cùng nhau.
cli-certificate-ended = CẢNH BÁO: chứng thư đã hết hạn ngày { $date }, trình duyệt sẽ từ chối. Xin cấp chứng thư mới rồi khởi động lại, hoặc dùng --tls.
cli-usage-form-name = Viết tên máy hoặc tên miền không dấu, không có http:// và cổng, ví dụ luytre.xa.vn.
