# Khi máy không làm được việc: ổ đĩa đầy, cơ sở dữ liệu bận, tệp không còn. Điều gì đã xảy ra, điều gì không mất, việc cần làm.

trouble-title-full = Ổ đĩa đã đầy
trouble-title-read-only = Không ghi được vào ổ đĩa
trouble-title-busy = Cơ sở dữ liệu đang bận
trouble-title-away = Không kết nối được cơ sở dữ liệu
trouble-title-disk = Ổ đĩa báo lỗi
trouble-title-file-changed = Tệp trên máy chủ đã bị hỏng
trouble-title-folder-gone = Thư mục dữ liệu không còn ở chỗ cũ
trouble-words-folder-gone = Thư mục dữ liệu của cơ quan đã bị chuyển đi, đổi tên hoặc xóa trong khi chương trình đang chạy, nên việc vừa rồi chưa được ghi. Việc cần làm: báo người quản trị đưa đúng thư mục đó về chỗ cũ, chương trình sẽ chạy tiếp. Nếu thư mục đã bị xóa: dừng chương trình, khôi phục từ bản sao lưu rồi mở lại.
trouble-title-text-damaged = Nội dung lưu trữ của tài liệu này đã bị hỏng
trouble-words-text-damaged = Phần chữ của tài liệu này trong cơ sở dữ liệu không còn giống lúc ghi vào sổ cái (bị sửa hoặc bị cắt ngắn), nên không được hiển thị ở đây. Các trang khác vẫn dùng bình thường. Việc cần làm: báo người quản trị chạy luytre verify để biết chỗ nào hỏng, rồi lấy lại nội dung từ bản sao lưu. Nếu là văn bản đến và đơn vị còn giữ tệp gốc thì tải lên lại đúng tệp đó ở mục Văn bản: phần chữ đọc được từ tệp sẽ thay phần hỏng.
text-damaged = [Nội dung này đã bị hỏng trong cơ sở dữ liệu: báo người quản trị chạy luytre verify và lấy lại từ bản sao lưu]
trouble-title-text-too-long = Nội dung quá dài
trouble-words-text-too-long = Phần chữ gửi lên dài hơn mức một biểu mẫu nhận được (khoảng 1 MB; khi chưa đăng nhập là 64 KB), nên chưa ghi gì. Rút ngắn nội dung rồi gửi lại; nếu cần gửi nhiều thì chia thành nhiều lần.
trouble-title-file-gone = Tệp không còn trên máy chủ
trouble-words-full = Ổ đĩa của máy chủ không còn chỗ trống nên việc vừa rồi chưa được ghi. Những gì đã ghi trước đó vẫn nguyên vẹn và vẫn xem được. Việc cần làm: báo người quản trị giải phóng dung lượng ổ đĩa, rồi gửi lại.
trouble-words-read-only = Thư mục dữ liệu trên máy chủ không cho ghi nên việc vừa rồi chưa được ghi. Những gì đã ghi trước đó vẫn nguyên vẹn và vẫn xem được. Việc cần làm: báo người quản trị kiểm tra ổ đĩa và quyền ghi của thư mục dữ liệu, rồi gửi lại.
trouble-words-busy = Một chương trình khác đang giữ cơ sở dữ liệu nên việc vừa rồi chưa được ghi. Đợi khoảng một phút rồi gửi lại. Nếu vẫn bận, báo người quản trị tìm và đóng chương trình đó.
trouble-words-away = Máy chủ cơ sở dữ liệu không trả lời nên việc vừa rồi chưa được ghi. Đợi khoảng một phút rồi gửi lại. Nếu vẫn không được, báo người quản trị.
trouble-words-disk = Máy chủ đọc hoặc ghi ổ đĩa bị lỗi nên việc vừa rồi chưa được ghi. Việc cần làm: báo người quản trị kiểm tra ổ đĩa ngay và kiểm tra sổ cái bằng lệnh luytre verify. Chưa gửi lại khi ổ đĩa chưa được kiểm tra.
trouble-words-file-changed = Tệp trong thư mục dữ liệu không còn giống tệp đã nộp (bị cắt ngắn hoặc bị sửa), nên không được tải về từ đây. Sổ cái vẫn giữ dấu vân tay của tệp đúng. Việc cần làm: báo người quản trị lấy lại tệp từ bản sao lưu; nếu đơn vị còn giữ tệp gốc thì nộp lại, tệp đúng sẽ thay tệp hỏng.
trouble-words-file-gone = Sổ cái vẫn ghi tên và dấu vân tay của tệp này, nhưng tệp không còn trong thư mục dữ liệu. Việc cần làm: báo người quản trị lấy lại tệp từ bản sao lưu; nếu đơn vị còn giữ tệp gốc thì nộp lại làm minh chứng mới.
trouble-kept = Những gì vừa nhập vẫn còn ở đây. Khi ổ đĩa đã có chỗ trống hoặc máy chủ đã sẵn sàng, bấm nút dưới đây để gửi lại; không cần nhập lại.
trouble-kept-words = Chữ vừa nhập vẫn còn ở đây, nhưng trình duyệt không cho trang này giữ tệp. Khi ổ đĩa đã có chỗ trống hoặc máy chủ đã sẵn sàng, chọn lại tệp rồi bấm nút dưới đây.
trouble-files = Chọn lại tệp
trouble-not-kept = Mật khẩu và mã không được giữ lại trên trang này: quay lại trang trước để nhập lại.
trouble-again = Gửi lại

room-left = Chỗ trống trên ổ đĩa
room-of = { $free } trong { $total }
room-little = Ổ đĩa chỉ còn { $free } chỗ trống. Khi hết chỗ, chương trình không ghi được gì nữa, chỉ còn xem được. Dọn bớt tệp không cần thiết hoặc chuyển thư mục dữ liệu sang ổ lớn hơn.

cli-served-already = Thư mục { $path } đang được một luytre khác phục vụ. Mở trang của chương trình đó trong trình duyệt, hoặc dừng nó trước khi mở lại.
cli-stopping = Đang dừng: chờ các yêu cầu đang xử lý xong.

ledger-damage-task = Minh chứng “{ $name }” của nhiệm vụ
ledger-damage-word = Lời ghi ở nhiệm vụ
ledger-damage-letter = Văn bản { $name }
ledger-damage-said = Ghi ở việc số { $seq }, { $at }. { $about }
cli-damage-file = Tệp “{ $name }”
ledger-damage-text = nội dung chữ
clock-behind = Đồng hồ của máy chủ chậm hơn việc ghi gần nhất { $minutes } phút. Việc mới vẫn được ghi đúng thứ tự, nhưng mang giờ của việc gần nhất cho đến khi đồng hồ đuổi kịp. Kiểm tra ngày giờ của máy chủ.
cli-damage-task = Thuộc nhiệm vụ: { $name } ({ $task })
cli-damage-letter = Thuộc văn bản: { $name } ({ $letter })
trouble-title-crowded = Máy chủ đang nhận quá nhiều tệp
trouble-words-crowded = Nhiều người đang gửi tệp cùng lúc, hoặc các tệp vừa gửi của chính tài khoản này chưa tới hết, nên máy chủ chưa nhận thêm và chưa ghi gì. Đợi khoảng một phút, quay lại trang trước rồi gửi lại; nếu gửi nhiều tệp thì gửi từng tệp một.
