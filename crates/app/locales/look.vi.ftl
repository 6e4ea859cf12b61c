# Ngày trong biểu mẫu, vai trò, rà soát, đơn vị: phần thêm của các trang.
date-hint = Ngày/tháng/năm, ví dụ 05/06/2026
field-far-day = Năm này quá xa: chỉ nhận ngày từ năm 2000 đến hết 10 năm tới. Xem lại năm đã ghi.
field-bad-day = Ngày không đúng. Viết theo ngày/tháng/năm, ví dụ 05/06/2026.
role-may-clerk = Nhận văn bản, xác nhận nghĩa vụ, giao nhiệm vụ, soạn văn bản, lập báo cáo.
role-may-head = Cho ý kiến chỉ đạo, chấp nhận hoặc trả lại kết quả của đơn vị cấp dưới, duyệt và ký báo cáo.
role-may-officer = Làm nhiệm vụ của đơn vị: tiếp nhận, nộp minh chứng, báo hoàn thành, nêu vướng mắc. Dành cho bí thư chi bộ, trưởng đơn vị, cán bộ phụ trách.
role-may-assessor = Xem minh chứng và chấp nhận kết quả của người khác; không chấp nhận việc của chính mình.
role-may-learner = Chỉ xem và học, không ghi gì vào sổ cái.
role-may-speaker = Nói cho cơ quan; có tên trong danh sách báo cáo viên, không ghi gì vào sổ cái.
role-may-admin = Quản lý người dùng, đơn vị, sao lưu và rà soát máy; không vì vậy mà được duyệt báo cáo.
units-office = Cơ quan và khóa ký
inspection-summary = { $n ->
    [0] Không có mục nào cần xử lý.
   *[other] Cần xử lý { $n } mục.
}
inspection-unseen = { $n } mục chưa kiểm tra được
inspection-unseen-hint = Chương trình không đọc được thông tin cần thiết, vì thiếu quyền hoặc máy không có phần này. Những mục này không được tính là đạt.
inspection-well = { $n } mục đạt hoặc không áp dụng
inspection-want = Cần thấy
inspection-do = Cách xử lý
inspection-fix-own = Người dùng máy
inspection-fix-it = Người phụ trách công nghệ thông tin

# Đơn vị: sửa, kết thúc
units-hint = Chọn tên đơn vị để sửa hoặc kết thúc.
unit-edit = Sửa đơn vị
unit-code = Mã đơn vị
unit-code-hint = Mã chính thức, nếu đơn vị có. Để trống nếu không có.
unit-close = Kết thúc đơn vị
unit-close-hint = Từ ngày mai đơn vị không nhận nhiệm vụ mới. Việc đã làm, minh chứng và lịch sử vẫn giữ nguyên dưới tên đơn vị này. Vai trò của người trong đơn vị không tự mất: thu hồi ở trang Người dùng.
unit-close-tasks = Đơn vị còn { $n } nhiệm vụ chưa báo xong. Báo hoàn thành, chuyển cho đơn vị khác hoặc thu hồi các nhiệm vụ này trước; chương trình không tự chuyển việc.
unit-close-see = Xem nhiệm vụ của đơn vị
unit-successors = Đơn vị tiếp nhận
unit-successors-hint = Ghi lại đơn vị nào tiếp tục công việc. Để trống nếu không có.
refusal-unit-below-itself = Một đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó.
refusal-unit-of-office = Không chuyển hoặc kết thúc chính cơ quan ở trang này.
refusal-unit-has-units = Đơn vị còn có đơn vị trực thuộc. Chuyển hoặc kết thúc các đơn vị đó trước.
refusal-unit-has-tasks = Đơn vị còn nhiệm vụ chưa báo xong. Báo hoàn thành, chuyển hoặc thu hồi các nhiệm vụ này trước.
notice-unit-changed = Đã lưu đơn vị.
notice-unit-closed = Đã kết thúc đơn vị.

# Cuộc họp: sửa kế hoạch, gạch tên
meeting-edit = Sửa kế hoạch họp
meeting-edit-hint = Đơn vị họp, văn bản, nhiệm vụ và mã ghi tên giữ nguyên; tên đã ghi vẫn còn. Báo lại cho người dự nếu đổi ngày hoặc nơi họp.
meeting-strike = Gạch tên
notice-meeting-changed = Đã sửa kế hoạch họp.
notice-name-struck = Đã gạch tên. Nếu gạch nhầm, nhập lại tên từ danh sách giấy.
direction-open-units = Với việc văn bản ghi chung là “{ $to }”, đơn vị chủ trì nhận toàn bộ; muốn giao cho mọi đơn vị thì chọn thêm ở bước Giao nhiệm vụ.
people-account = có tài khoản
