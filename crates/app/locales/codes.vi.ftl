# Mã và từ ngữ dành cho chúng; mỗi họ mã một đoạn.

standing-not-begun = Chưa thực hiện
standing-not-begun-overdue = Chưa thực hiện: quá hạn
standing-under-way = Đang thực hiện
standing-in-time = Đang thực hiện: trong hạn
standing-soon-due = Đang thực hiện: sắp đến hạn
standing-overdue = Đang thực hiện: quá hạn
standing-done = Hoàn thành
standing-done-in-time = Hoàn thành: đúng hạn
standing-done-late = Hoàn thành: quá hạn
standing-withdrawn = Đã thu hồi
standing-held = Tạm dừng

proof-verified = Đã xác minh
proof-declared-only = Chỉ tự báo
proof-not-verified = Chưa xác minh
proof-waits-for-acceptance = Chờ chấp nhận

show-all = Tất cả
show-open = Chưa xong
show-not-begun = Chưa tiếp nhận
show-overdue = Quá hạn
show-done = Hoàn thành
show-gap = Báo xong, chưa xác minh
show-verified = Đã xác minh

obligation-state-draft = Chờ xác nhận
obligation-state-confirmed = Đã xác nhận
obligation-state-succeeded = Đã thay thế
obligation-state-dropped = Đã bỏ

return-state-draft = Đang soạn
return-state-approved = Đã duyệt
return-state-sealed = Đã ký

report-template-monthly = Báo cáo tháng
report-template-quarterly = Báo cáo quý
report-template-half-yearly = Báo cáo sáu tháng
report-template-yearly = Báo cáo năm
report-template-ad-hoc = Báo cáo đột xuất
report-template-state-monthly = Báo cáo tháng (từ ngày 15 đến ngày 14)
report-template-state-quarterly = Báo cáo quý (từ ngày 15 đến ngày 14)
report-template-state-half-yearly = Báo cáo sáu tháng (từ ngày 15 đến ngày 14)
report-template-state-yearly = Báo cáo năm (từ ngày 15 đến ngày 14)
report-template-directive-report = Báo cáo kết quả thực hiện văn bản

recurs-none = Không định kỳ
recurs-regular = Thường xuyên
recurs-weekly = Hằng tuần
recurs-monthly = Hằng tháng
recurs-quarterly = Hằng quý
recurs-half-yearly = Sáu tháng một lần
recurs-yearly = Hằng năm

direction-in = Văn bản đến
direction-out = Văn bản đi
direction-draft = Dự thảo
secrecy-mat = Mật
secrecy-toi-mat = Tối mật
secrecy-tuyet-mat = Tuyệt mật
urgency-khan = Khẩn
urgency-thuong-khan = Thượng khẩn
urgency-hoa-toc = Hỏa tốc
network-internet = Có nối Internet
network-internal = Mạng nội bộ
network-isolated = Máy độc lập
relation-implements = Thực hiện
relation-cites = Viện dẫn
relation-attaches = Gửi kèm
relation-replaces = Thay thế

role-clerk = Văn thư
role-head = Người đứng đầu
role-officer = Cán bộ thực hiện
role-assessor = Người đánh giá
role-learner = Người học
role-speaker = Báo cáo viên, tuyên truyền viên
role-admin = Quản trị

unit-kind-nation = Trung ương
unit-kind-province = Tỉnh, thành phố
unit-kind-commune = Xã, phường, đặc khu
unit-kind-party-committee = Cấp ủy
unit-kind-party-office = Văn phòng cấp ủy
unit-kind-party-board = Ban của cấp ủy
unit-kind-party-inspection = Ủy ban kiểm tra
unit-kind-party-organisation = Đảng bộ
unit-kind-party-cell = Chi bộ
unit-kind-peoples-council = Hội đồng nhân dân
unit-kind-peoples-committee = Ủy ban nhân dân
unit-kind-division = Phòng, ban chuyên môn
unit-kind-service-unit = Đơn vị sự nghiệp
unit-kind-front = Mặt trận Tổ quốc
unit-kind-mass-organisation = Tổ chức chính trị - xã hội
unit-kind-police = Công an
unit-kind-military = Quân sự
unit-kind-school = Trường học
unit-kind-hamlet = Thôn, tổ dân phố
unit-kind-other = Đơn vị khác

need-meeting = Hội nghị, sinh hoạt
need-training = Tập huấn
need-inspection = Rà soát, kiểm tra kỹ thuật
need-data-protection = Bảo vệ dữ liệu
need-publication = Đăng, phát, tuyên truyền
need-letter-issued = Văn bản ban hành
need-report = Báo cáo
need-other = Tài liệu khác
need-declared-only = Chỉ tự báo

evidence-kind-file = Tệp
evidence-kind-inspection = Rà soát bằng máy
evidence-kind-scan = Quét tệp bằng máy
evidence-kind-attestation = Lời xác nhận
evidence-kind-activity = Hoạt động
evidence-kind-letter = Văn bản đi
evidence-kind-return = Báo cáo đã ký
evidence-kind-work-programme = Chương trình công tác

verdict-pass = Đạt
verdict-fail = Không đạt
verdict-warn = Cảnh báo
verdict-not-applicable = Không áp dụng
verdict-not-tested = Chưa kiểm tra
verdict-error = Lỗi khi kiểm tra

# Why a check has no answer, or only part of one.
not-tested-table = Chưa thu thập được dữ liệu “{ $value }”
not-tested-field = Không có dữ liệu “{ $value }”
not-tested-condition = Không tính được điều kiện: { $value }
not-tested-out-of-scope = Không thuộc phạm vi của máy này
unseen-unlisted-system = Chưa có trong danh mục hệ điều hành được hỗ trợ
unseen-not-found = Máy không có tệp cấu hình tương ứng
unseen-needs-root = Cần quyền quản trị để đọc
unseen-unreadable = Không đọc được
unseen-not-declared = Cơ quan chưa khai báo nơi cần xem
unseen-too-many-files = Quá nhiều tệp, chỉ xem được một phần
unseen-folder-missing = Thư mục đã khai báo không còn
unseen-folder-denied = Không có quyền mở thư mục đã khai báo
unseen-folder-unreadable = Không đọc được thư mục đã khai báo
unseen-no-pam = Máy không dùng PAM
unseen-not-running = Chỉ xem được khi hệ thống đang chạy
unseen-process-hidden = Một số tiến trình của người dùng khác không xem được
unseen-no-ssh-server = Máy không cài dịch vụ SSH
unseen-included-file-unreadable = Có tệp cấu hình kèm theo không đọc được
unseen-no-block-device = Không thấy ổ đĩa nào
unseen-no-key-file = Không thấy tệp nào trong số tệp quan trọng cần xem
unseen-too-many-rows = Quá nhiều kết quả, chỉ giữ một phần
unseen-configuration-only = Chỉ đọc được cấu hình, chưa thấy trạng thái đang chạy
unseen-unknown-package-manager = Không nhận ra trình quản lý gói phần mềm
unseen-container = Máy chạy trong vùng chứa (container), phần này thuộc máy chủ bên ngoài
unseen-not-yet-on-windows = Chưa thu thập được trên Windows
unseen-platform = Chưa thu thập được trên hệ điều hành này

subject-unit = Đơn vị
subject-grant = Vai trò
subject-letter = Văn bản
subject-obligation = Nghĩa vụ
subject-task = Nhiệm vụ
subject-evidence = Minh chứng
subject-asset = Tài sản
subject-exception = Ngoại lệ
subject-case = Vướng mắc, phản ánh
subject-activity = Hoạt động
subject-return = Báo cáo
subject-content = Nội dung
subject-office = Cơ quan

lack-no-evidence = Chưa có minh chứng loại “{ $need }”.
lack-stale = Minh chứng loại “{ $need }” từ ngày { $since } đã quá hạn dùng.
lack-not-accepted = Minh chứng loại “{ $need }” chờ một đơn vị độc lập chấp nhận.
lack-empty-scope = Phép kiểm tra “{ $check }”: đơn vị chưa có tài sản nào trong phạm vi.
lack-not-covered = Phép kiểm tra “{ $check }” chưa chạy trên một tài sản, hoặc kết quả đã cũ.
lack-not-passed = Phép kiểm tra “{ $check }”: { $verdict }.

task-do-acknowledge = Tiếp nhận
task-do-progress = Ghi tiến độ
task-do-declare = Báo hoàn thành
task-do-return = Trả lại
task-do-accept = Chấp nhận
task-do-difficulty = Nêu vướng mắc
task-do-hint-acknowledge = Xác nhận đơn vị đã đọc và nhận việc.
task-do-hint-progress = Một câu về việc đang làm đến đâu.
task-do-hint-declare = Đơn vị tự báo đã làm xong; việc xác minh dựa vào minh chứng.
task-do-hint-return = Đơn vị cần làm thêm; nói rõ còn thiếu gì.
task-do-hint-accept = Người nhận việc và người nộp minh chứng không tự chấp nhận được.
task-do-hint-difficulty = Vướng mắc đi theo đường báo cáo của văn bản.
task-do-note-progress = Tiến độ
task-do-note-declare = Ghi chú (không bắt buộc)
task-do-note-return = Còn thiếu gì
task-do-note-accept = Nhận xét (không bắt buộc)
task-do-note-difficulty = Vướng ở đâu, đề nghị gì

notice-acting = Đã đổi tư cách làm việc.
notice-checked = Đã kiểm tra lại toàn bộ sổ cái.
notice-received = Đã nhận và đọc văn bản. Đối chiếu các nghĩa vụ rồi xác nhận.
notice-to-know = Đã ghi: văn bản chỉ để biết.
notice-confirmed = Đã xác nhận các nghĩa vụ. Tiếp theo: giao cho đơn vị.
notice-edited = Đã lưu nghĩa vụ.
notice-dropped = Đã bỏ nghĩa vụ.
notice-added = Đã thêm nghĩa vụ từ câu được chọn.
notice-assigned = Đã giao nhiệm vụ. Có { $n } nhiệm vụ mới.
notice-acknowledge = Đã tiếp nhận nhiệm vụ.
notice-progress = Đã ghi tiến độ.
notice-declare = Đã ghi: đơn vị tự báo hoàn thành.
notice-return = Đã trả lại nhiệm vụ để làm thêm.
notice-accept = Đã chấp nhận kết quả.
notice-difficulty = Đã gửi vướng mắc.
notice-evidence = Đã nhận minh chứng.
notice-answered = Đã gửi trả lời.
notice-drafted = Đã tính số liệu. Xem lại rồi duyệt.
notice-sealed = Báo cáo đã được duyệt và ký.

field-not-a-form = Biểu mẫu gửi lên không đọc được. Tải lại trang rồi gửi lại.
field-no-file = Chưa chọn tệp nào.
field-not-in-letter = Câu này không có trong văn bản. Chép đúng nguyên văn một câu.
field-no-text = Chưa ghi nội dung.
field-no-unit = Chưa chọn đơn vị nào.
field-bad-date = Ngày không đúng. Viết như 25/12/2026 hoặc 12/2026.
field-bad-period = Kỳ không đúng.
field-planned-meanwhile = Trong lúc bạn xem, người khác đã đưa thêm hoạt động vào kế hoạch của văn bản này. Xem lại kế hoạch; bấm lần nữa là thêm cả các hoạt động dưới đây.
field-changed-by-another = Có người vừa sửa mục này trong lúc bạn đang gõ. Nội dung bạn gõ vẫn còn dưới đây: mở trang của mục ở thẻ khác để xem bản đang lưu; bấm lưu lần nữa sẽ thay bản đó.
field-bad-choice = Lựa chọn không có trong danh sách.

error-title-403 = Không thực hiện được việc này
error-title-404 = Không tìm thấy trang
error-title-409 = Tình trạng đã thay đổi
error-title-413 = Tệp quá lớn
error-title-421 = Địa chỉ không đúng
error-title-422 = Cần sửa trước khi tiếp tục
error-title-500 = Chương trình gặp lỗi
error-words-403 = Quay lại và kiểm tra đơn vị đang chọn, hoặc nhờ người có quyền thực hiện.
error-words-404 = Địa chỉ không đúng, hoặc mục này không còn. Đi từ danh sách để tìm lại.
error-words-409 = Có người vừa làm trước, hoặc mục này không còn ở tình trạng cần thiết. Tải lại trang trước rồi xem.
error-words-413 = Gửi lại ít tệp hơn: mỗi lần tối đa 20 tệp, cộng lại 64 MB; phần chữ tối đa 1 MB.
error-words-421 = Máy chủ này không nhận tên hoặc cổng đang có trên thanh địa chỉ. Dùng đúng địa chỉ mà quản trị viên đã cho. Quản trị viên: khởi động chương trình với “--name TÊN” để nhận thêm một tên.
error-words-422 = Quay lại biểu mẫu và sửa các mục ở trên. Nội dung đã gõ vẫn còn ở trang trước.
error-words-500 = Việc vừa rồi chưa được ghi. Thử lại; nếu vẫn lỗi, báo người quản trị kèm số của yêu cầu dưới đây.

event-ledger-opened = { $other ->
    [restored] Khôi phục sổ cái từ bản sao lưu
   *[other] Mở sổ cái
}
event-office-declared = { $who } khai kết nối của máy: { $other }
event-contacts-posted = { $who } niêm yết số điện thoại, địa chỉ của cơ quan
event-unit-added = { $who } ghi tên, loại và nơi trực thuộc của đơn vị
event-unit-closed = { $who } kết thúc đơn vị
event-unit-reopened = { $who } mở lại đơn vị
event-granted = { $who } giao vai trò { $other }
event-letter-received = { $who } nhận và đọc văn bản
event-letter-edited = { $other ->
    [draft] { $who } soạn dự thảo
    [corrected] { $who } sửa thông tin văn bản
    [out] { $who } ghi bản đã ký vào sổ văn bản đi
   *[other] { $who } sửa thông tin văn bản
}
event-letter-confirmed = { $other ->
    [to-know] { $who } ghi văn bản chỉ để biết
   *[other] { $who } xác nhận các nghĩa vụ
}
event-letter-directed = { $who } ghi ý kiến chỉ đạo: giao { $other } chủ trì
event-obligation-drafted = { $who } lập nghĩa vụ
event-obligation-edited = { $who } sửa nghĩa vụ
event-obligation-succeeded = { $who } thay nghĩa vụ bằng nghĩa vụ mới
event-task-assigned = { $who } giao nhiệm vụ
event-task-acknowledged = { $who } tiếp nhận
event-task-progressed = { $who } ghi tiến độ
event-task-declared = { $who } báo hoàn thành
event-task-returned = { $who } trả lại để làm thêm
event-task-accepted = { $who } chấp nhận kết quả, thay mặt { $other }
event-extension-asked = { $who } đề nghị gia hạn đến { $other }
event-extension-decided = { $other ->
    [refused] { $who } không đồng ý gia hạn
   *[other] { $who } đồng ý gia hạn đến { $other }
}
event-task-held = { $other ->
    [held] { $who } tạm dừng nhiệm vụ
   *[other] { $who } cho tiếp tục nhiệm vụ
}
event-evidence-attached = { $who } nộp minh chứng
event-run-recorded = Chương trình ghi kết quả kiểm tra bằng máy
event-asset-registered = { $who } ghi tài sản
event-exception-granted = { $who } cho ngoại lệ có thời hạn
event-case-opened = { $other ->
    [public] Có người gửi qua biểu mẫu công khai
    [feedback] { $who } ghi kiến nghị của người dân
    [supervision] { $who } kiến nghị sau giám sát, phản biện
    [warning] { $who } soạn và đăng cảnh báo
    [good_example] { $who } đề cử điển hình, cách làm hay
   *[other] { $who } nêu vướng mắc
}
event-case-routed = { $who } chuyển tiếp đến { $other }
event-case-joined = { $who } gộp với một vướng mắc cùng nội dung; trả lời chung một lần
event-case-answered = { $who } trả lời
event-case-closed = { $who } đóng lại
event-case-referred = { $other ->
    [receipt] { $who } nộp giấy biên nhận đã ký của cơ quan nhận
   *[handed] { $who } chuyển cơ quan có thẩm quyền
}
event-case-published = { $other ->
    [published] { $who } công khai
   *[taken-back] { $who } thôi công khai
}
event-case-accepted = { $who } công nhận điển hình, nhân danh { $other }; từ đây chia sẻ cho mọi đơn vị
event-case-returned = { $who } trả lại đề cử để bổ sung
event-indicator-judged = { $other ->
    [confirmed] { $who } xác nhận một số, đường dẫn hoặc tài khoản là lừa đảo
   *[refused] { $who } xem xét: không phải lừa đảo
}
event-activity-planned = { $other ->
    [drill] { $who } lập đợt diễn tập
    [quiz] { $who } lập đợt kiểm tra
    [digital] { $who } ghi kế hoạch của Tổ công nghệ số
   *[meeting] { $who } ghi kế hoạch họp
}
event-attendance-given = { $who } ghi tên người dự
event-attendance-struck = { $who } gạch một tên khỏi danh sách dự họp
event-activity-recorded = { $other ->
    [drill] { $who } đóng đợt diễn tập
    [quiz] { $who } đóng đợt kiểm tra
    [digital] { $who } ghi việc của Tổ công nghệ số
    [digital-corrected] { $who } sửa kết quả đã ghi
   *[meeting] { $who } ghi hoạt động
}
event-return-drafted = { $other ->
    [words] { $who } viết phần lời của báo cáo; số liệu giữ nguyên
   *[figures] { $who } tính số liệu báo cáo
}
event-return-approved = { $who } duyệt số liệu
event-return-sealed = { $who } ký số liệu bằng khóa của cơ quan
event-withdrawn = { $who } thu hồi
event-erased = { $who } xóa nội dung theo căn cứ pháp lý; dấu vết trong sổ cái còn nguyên
history-on-behalf = nhập thay cho { $name }

indicator-tasks = Nhiệm vụ
indicator-tasks-acknowledged = Nhiệm vụ đã tiếp nhận
indicator-tasks-declared = Nhiệm vụ tự báo hoàn thành
indicator-tasks-due = Nhiệm vụ tính đúng hạn (đã đến hạn hoặc đã báo hoàn thành trước hạn)
indicator-tasks-on-time = Nhiệm vụ đúng hạn
indicator-tasks-overdue = Nhiệm vụ quá hạn
indicator-tasks-held = Nhiệm vụ tạm dừng
indicator-tasks-verifiable = Nhiệm vụ có thể xác minh
indicator-tasks-verified = Nhiệm vụ đã xác minh
indicator-tasks-declared-only = Nhiệm vụ chỉ có thể tự báo
indicator-conferences = Hội nghị, buổi sinh hoạt
indicator-attendances = Lượt người dự
indicator-letters-issued = Văn bản đã ban hành
indicator-articles = Tin, bài
indicator-broadcasts = Buổi phát thanh
indicator-talks = Buổi tọa đàm, nói chuyện chuyên đề
indicator-publications = Đợt ấn phẩm, cổ động trực quan
indicator-public-events = Buổi văn nghệ, hội thi, tuyên truyền lưu động
indicator-speaker-sessions = Buổi có báo cáo viên, tuyên truyền viên
indicator-copies-printed = Bản đã in
indicator-times-broadcast = Lượt phát thanh
indicator-topics-told = Nội dung đã được tuyên truyền
indicator-people-trained = Lượt người được tập huấn
indicator-systems-reviewed = Hệ thống được rà soát
indicator-risks-found = Nguy cơ đã phát hiện
indicator-risks-fixed = Nguy cơ đã khắc phục
indicator-drills = Đợt diễn tập đã đóng
indicator-drill-recipients = Lượt người nhận thư diễn tập
indicator-drill-reports = Lượt người đã báo lại thư diễn tập
indicator-incidents = Sự cố
indicator-feedback-received = Phản ánh đã nhận
indicator-feedback-answered = Phản ánh đã trả lời
indicator-feedback-overdue = Phản ánh quá hạn chưa trả lời
indicator-supervision-received = Kiến nghị giám sát, phản biện đã nhận
indicator-supervision-in-time = Kiến nghị giám sát, phản biện đã trả lời đúng hạn
indicator-supervision-overdue = Kiến nghị giám sát, phản biện quá hạn
indicator-scam-reports = Tin báo lừa đảo
indicator-difficulties = Vướng mắc
indicator-good-examples = Cách làm hay được công nhận
indicator-good-examples-nominated = Cách làm hay đang đề cử, chưa được công nhận

activity-kind-conference = Hội nghị
activity-kind-cell-meeting = Sinh hoạt chi bộ
activity-kind-training = Tập huấn
activity-kind-talk = Tọa đàm, nói chuyện
activity-kind-article = Báo chí, truyền hình
activity-kind-social-post = Trang mạng xã hội của cơ quan
activity-kind-portal-page = Cổng, trang thông tin điện tử
activity-kind-publication = Ấn phẩm, pa nô, băng rôn
activity-kind-broadcast = Truyền thanh, loa
activity-kind-performance = Văn nghệ, hội thi
activity-kind-mobile-outreach = Tuyên truyền lưu động
activity-kind-system-review = Rà soát hệ thống
activity-kind-good-example = Cách làm hay
activity-kind-drill = Diễn tập lừa đảo qua thư

minutes-time = Thời gian
minutes-place = Địa điểm
minutes-chair = Chủ trì
minutes-secretary = Thư ký
minutes-present = Thành phần, số người dự
minutes-discussion = Ý kiến trao đổi, thảo luận
minutes-conclusion = Kết luận
minutes-assigned = Phân công thực hiện, thời hạn

notice-activity = Đã ghi hoạt động.
notice-set-up = Đã lập cơ quan. Tiếp theo: nhận văn bản đầu tiên.
notice-person = Đã thêm người.
notice-unit = Đã thêm đơn vị.

field-bad-number = Số không đúng.
field-no-name = Chưa ghi tên.
field-no-role = Chưa chọn vai trò nào.


office-template-commune-party = Đảng ủy xã, phường, đặc khu
office-template-commune-state = Ủy ban nhân dân xã, phường, đặc khu

asset-kind-information-system = Hệ thống thông tin
asset-kind-host = Máy tính
asset-kind-site = Trang thông tin
asset-kind-mail-domain = Tên miền thư
asset-kind-database = Cơ sở dữ liệu
asset-kind-account-list = Danh sách tài khoản
asset-kind-data-set = Thư mục, dữ liệu
asset-kind-backup = Bản sao lưu
asset-kind-supplier = Nhà cung cấp
standing-returned = Đang thực hiện: bị trả lại
task-do-withdraw = Thu hồi nhiệm vụ
task-do-hint-withdraw = Giao nhầm, giao trùng: nhiệm vụ không còn tính; sổ cái vẫn giữ việc đã giao.
task-do-note-withdraw = Lý do (không bắt buộc)
notice-withdrawn = Đã thu hồi minh chứng.
notice-taken-back = Đã thu hồi nhiệm vụ.
notice-inspected = Đã rà soát và ghi kết quả.
field-no-folder = Đường dẫn phải là một thư mục có trên máy này, viết đầy đủ.
scan-check-scan-personal-data = Không có tệp chứa dữ liệu cá nhân để lộ
scan-check-scan-state-secret = Không có tệp mang dấu độ mật
