# Nhiệm vụ: bước tiếp theo, minh chứng bị thu hồi, biểu mẫu ghi sai.
task-taken-back-words = Nhiệm vụ này đã thu hồi, không tính vào số liệu. Muốn giao lại: mở văn bản, chọn nghĩa vụ, bấm Giao.

proof-evidence-gone = Minh chứng đã thu hồi
task-accept-others = Bạn đã báo hoàn thành hoặc nhập minh chứng của nhiệm vụ này nên không tự chấp nhận được. Người chấp nhận được: { $names }.
task-accept-nobody = Bạn đã báo hoàn thành hoặc nhập minh chứng của nhiệm vụ này nên không tự chấp nhận được. Chưa có ai khác chấp nhận được: quản trị viên giao thêm người có vai trò “Người đứng đầu” hoặc “Người đánh giá”.
task-next-evidence-more = Đã báo hoàn thành nhưng minh chứng còn thiếu, đã bị thu hồi hoặc đã quá hạn dùng. Nộp thêm để được xem xét chấp nhận.
task-waits-for-evidence = Đang chờ đơn vị nộp thêm minh chứng.
task-declare-waits = Minh chứng đã có; báo hoàn thành xong còn chờ người độc lập với đơn vị chấp nhận.
task-evidence-gone = Minh chứng đã bị thu hồi sau khi chấp nhận
task-evidence-gone-words = Kết quả đã được chấp nhận nhưng minh chứng không còn, nên nhiệm vụ chưa được tính là đã xác minh. Đơn vị nộp minh chứng khác để được chấp nhận lại; cấp trên có thể trả lại để làm thêm.
history-evidence-back = { $who } thu hồi minh chứng: { $what }
field-choose-units = Chọn ít nhất một đơn vị.
field-later-than-own = Hạn giao xuống không được muộn hơn hạn của nhiệm vụ này. Nếu cần, xin gia hạn nhiệm vụ này trước.
field-day-ahead = Ngày này chưa đến: chỉ ghi việc đã làm.
refusal-unit-name-taken = Đã có đơn vị cùng tên ở ngay dưới đơn vị cấp trên này. Ghi thêm cho khác, ví dụ địa bàn.
refusal-factor-expired = Mã QR chỉ dùng được trong 10 phút và đã hết hạn. Xóa mục cũ trong ứng dụng, quét mã mới dưới đây.
field-name-too-long = Tên dài quá 200 ký tự.
field-place-too-long = Tên địa phương dài quá 100 ký tự.
field-person-too-long = Họ và tên dài quá 100 ký tự.
set-up-unit-twice = “{ $name }” được ghi hai lần.
set-up-unit-long = “{ $name }…” dài quá 200 ký tự.
notice-acknowledge-all = Đã tiếp nhận tất cả nhiệm vụ của đơn vị.
tasks-acknowledge-all = Tiếp nhận cả { $n } nhiệm vụ của đơn vị mình
meeting-declare = Cuộc họp đã có minh chứng. Nếu việc đã xong, báo hoàn thành nhiệm vụ:
meeting-declare-task = Báo hoàn thành: { $task }
