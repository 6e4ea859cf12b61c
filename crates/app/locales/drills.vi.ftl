### Diễn tập lừa đảo qua thư; báo thư đáng ngờ.

nav-drills = Diễn tập lừa đảo qua thư
manage-drills = Tập cho mọi người thói quen báo thư đáng ngờ; chỉ có kết quả theo nhóm, không theo người.
manage-drill-opt-out = Không nhận thư diễn tập, hoặc nhận lại.
drills-intro = Một thư vô hại gửi tới hộp thư của chính cơ quan để tập báo thư đáng ngờ. Điều được tính là bao nhiêu người báo và báo nhanh đến đâu, không phải ai bấm.
drills-empty-title = Chưa có đợt diễn tập nào
drills-empty = Lập kế hoạch, nhập danh sách, người đứng đầu duyệt, báo trước cho mọi người, rồi mới gửi.
drill-headline-title = đã báo thư trong đợt diễn tập gần nhất
drill-headline-here = đã báo thư
drill-headline = { $reported } trên { $sent } người nhận đã báo.
drill-first-report = { $n ->
    [0] Báo cáo đầu tiên đến trong phút đầu.
   *[other] Báo cáo đầu tiên đến sau { $n } phút.
}
drill-no-report = Không ai báo.
drill-n-addresses = { $n } địa chỉ

# Các điều giữ an toàn
drill-rules = Những điều luôn được giữ
drill-rule-approved = Người đứng đầu duyệt bằng văn bản, có ngày bắt đầu và kết thúc; người lập không tự duyệt.
drill-rule-told = Mọi người được báo trước ít nhất 3 ngày rằng trong quý có diễn tập; ai không muốn thì được đứng ngoài, không ai biết.
drill-rule-neutral = Thư mẫu trung tính: không ngân hàng, công an, thuế, sức khỏe, lương, thiên tai, không tên thật của ai. Trang sau đường dẫn không có ô nào để điền.
drill-rule-groups = Chỉ có kết quả của nhóm từ 10 người; nhóm nhỏ hơn được gộp với đơn vị khác. Không có danh sách theo người.
drill-rule-deleted = Đóng đợt là xóa hết địa chỉ và mọi dấu vết theo người; chỉ con số của nhóm còn lại.
drill-rule-discipline = Kết quả không dùng để nhận xét, xếp loại hay xử lý bất kỳ ai.

# Tên miền
drill-domains = Tên miền thư của cơ quan
drill-domains-hint = Thư diễn tập chỉ đi tới địa chỉ thuộc các tên miền này.
drill-no-domain = Chưa khai tên miền nào.
drill-domain = Thêm tên miền
drill-domain-hint = Phần sau dấu @, ví dụ tanluy.gov.vn. Tên miền dùng chung như gmail.com không được nhận.
drill-domain-add = Thêm
drill-domain-remove = Gỡ
drill-no-mail = Chưa thiết lập máy chủ thư nên chưa báo trước và chưa gửi được.

# Lập kế hoạch
drill-new = Lập đợt diễn tập
drill-new-intro = Chưa có gì được gửi: sau bước này còn nhập danh sách, duyệt, báo trước và bắt đầu.
drill-title = Tên đợt diễn tập
drill-title-hint = Chỉ người phụ trách và người đứng đầu thấy.
drill-from = Từ ngày
drill-from-hint = Cách hôm nay đủ để báo trước ít nhất 3 ngày.
drill-until = Đến hết ngày
drill-until-hint = Nhiều nhất 14 ngày.
drill-lure = Thư mẫu
drill-lure-hint = Độ khó theo thang Phish Scale của NIST. Thư khó thì ai cũng dễ bấm hơn: khi so các đợt, nhớ so cùng độ khó.
drill-lure-read = Đọc thư
drill-link-here = [đường dẫn riêng của từng thư]
drill-difficulty = Độ khó nhận ra
drill-difficulty-least = dễ nhận ra
drill-difficulty-moderate = khó vừa
drill-difficulty-very = rất khó nhận ra
drill-rate = Số thư mỗi giây
drill-rate-hint = Nhiều nhất 100. Gửi chậm lại nếu máy chủ thư yếu.
drill-per-s = nhiều nhất { $n } thư mỗi giây
drill-tasks = Phục vụ nhiệm vụ
drill-tasks-hint = Khi đóng, kết quả theo nhóm được ghi làm minh chứng của nhiệm vụ đã chọn.
drill-plan-button = Lưu kế hoạch
field-no-drill-title = Chưa ghi tên đợt diễn tập.
field-no-addresses = Chưa có địa chỉ nào: dán danh sách hoặc chọn tệp.
field-drill-lines = Có dòng không nhận được nên chưa lưu gì. Sửa các dòng nêu ở trên rồi gửi lại.

# Một đợt
drill-state-planned = Đang lập
drill-state-approved = Đã duyệt
drill-state-announced = Đã báo trước
drill-state-waiting = Chờ đến ngày
drill-state-running = Đang gửi
drill-state-over = Hết thời gian
drill-state-stopped = Đã dừng
drill-state-closed = Đã đóng
drill-state-off = Đã hủy
drill-list = Danh sách nhận thư
drill-list-label = Mỗi dòng một địa chỉ
drill-list-hint = địa chỉ;đơn vị. Không ghi đơn vị thì tính cho cơ quan. Danh sách mới thay danh sách cũ; sau khi duyệt thì không đổi được nữa.
drill-list-file = Hoặc tệp CSV
drill-list-button = Lưu danh sách
drill-line-no-address = Dòng { $line }: “{ $text }” không phải là địa chỉ thư.
drill-line-foreign = Dòng { $line }: “{ $text }” không thuộc tên miền của cơ quan.
drill-line-no-unit = Dòng { $line }: “{ $text }” có tên đơn vị không tìm thấy.
drill-line-twice = Dòng { $line }: “{ $text }” đã có ở trên.
drill-domains = Tên miền nhận thư
drill-approve = Duyệt đợt diễn tập
drill-approve-hint = Duyệt đúng thư mẫu, danh sách và những ngày ghi dưới đây. Sau khi duyệt không ai sửa được nữa.
drill-sheet = Tải phiếu duyệt để ký
drill-paper = Bản phiếu duyệt đã ký
drill-paper-hint = Bản chụp phiếu có chữ ký, nếu cơ quan ký trên giấy.
drill-paper-open = Mở bản đã ký
drill-approve-button = Duyệt
drill-awaits-head = Chờ người đứng đầu duyệt.
drill-announce = Báo trước cho mọi người
drill-announce-when = Báo trước ít nhất { $days } ngày (chậm nhất ngày { $by }) và không quá { $most } ngày trước khi gửi thư đầu tiên.
drill-announce-mail = Gửi thư báo trước ngay bây giờ
drill-announce-mail-hint = Chương trình gửi cho từng người trong danh sách một thư nói rằng sắp có diễn tập, cách báo thư đáng ngờ, và đường dẫn để đứng ngoài. Ai chưa nhận kịp thư này thì không nhận thư diễn tập.
drill-announced-on = Hoặc đã báo ngày
drill-announced-on-hint = Bằng văn bản, hoặc tại cuộc họp.
drill-announced-button = Ghi ngày đã báo
drill-told = Báo trước
drill-told-by-mail = bằng thư, từ ngày { $day }
drill-told-otherwise = ngày { $day }, bằng văn bản hoặc tại cuộc họp
drill-start = Bắt đầu
drill-start-hint = Thư đi trong những ngày đã duyệt. Dừng được bất cứ lúc nào.
drill-start-button = Bắt đầu diễn tập
drill-stop = Dừng
drill-stop-hint = Không thư nào nữa được gửi. Đã dừng thì không chạy tiếp được.
drill-stop-reason = Lý do
drill-stop-button = DỪNG NGAY
drill-call-off = Hủy đợt này
drill-close = Đóng đợt diễn tập
drill-close-hint = Ghi kết quả theo nhóm và xóa hết danh sách, đường dẫn, dấu vết theo người. Không ai đóng thì 7 ngày sau ngày cuối chương trình tự đóng.
drill-close-button = Đóng và xóa danh sách
drill-progress = Đã xử lý { $n } trên { $all } thư.
drill-progress-reported = Đã có { $n } thư được báo.
drill-progress-refused = { $n } thư bị máy chủ từ chối.
drill-progress-unknown = { $n } thư chưa rõ đã đi hay chưa.
drill-about = Về đợt này
drill-days = Những ngày gửi
drill-planned-by = Người lập
drill-approved-by = Người duyệt
drill-stopped-why = Lý do dừng
drill-letter = Thư
drill-letter-from = Người gửi hiện ra
drill-letter-subject = Tiêu đề
drill-addresses = Địa chỉ theo đơn vị
drill-too-few = Có dưới 10 người nhận nên không có con số nào được giữ lại.
drill-groups = Kết quả theo nhóm
drill-groups-hint = Thư do phần mềm quét thư tự mở được để riêng, không tính cho ai.
drill-group = Nhóm
drill-group-with = gồm cả { $units }
drill-sent = Nhận thư
drill-reported = Đã báo
drill-visited = Đã mở đường dẫn
drill-machines = Máy tự mở
drill-results-file = Tệp kết quả (minh chứng)

# Thư cần xem lại
drill-look = Thư cần xem lại
drill-look-intro = Ở đây chỉ có địa chỉ và việc gửi; không có gì về người nhận đã làm.
drill-look-none = Không còn thư nào cần xem
drill-unknown = Chưa rõ đã đi hay chưa
drill-unknown-hint = Chương trình hoặc máy chủ thư ngắt giữa chừng. Tìm mã thư trong nhật ký của máy chủ thư rồi chọn; chương trình không tự gửi lần hai.
drill-arrived = Đã đi
drill-again = Gửi lại
drill-refused = Máy chủ từ chối
drill-refused-hint = Địa chỉ sai, hộp thư đầy, hoặc máy chủ không nhận.

# Đứng ngoài
drill-opt-out-title = Đứng ngoài diễn tập
drill-opt-out-intro = Ai đứng ngoài thì không nhận thư diễn tập nào. Không ai thấy điều này: không có danh sách, không có con số, không ảnh hưởng gì.
drill-opt-out-address = Địa chỉ thư công vụ của bạn
drill-opt-out-address-hint = Địa chỉ bạn đã xác nhận ở mục thư của tôi. Chỉ giữ dấu băm của địa chỉ.
drill-my-mail = Khai và xác nhận địa chỉ của tôi
drill-is-out = Địa chỉ này đang đứng ngoài.
drill-is-in = Địa chỉ này đang tham gia.
drill-part = Lựa chọn
drill-part-out = Không nhận thư diễn tập
drill-part-in = Nhận như mọi người
drill-part-save = Lưu lựa chọn
drill-leave-button = Không nhận thư diễn tập
drill-left-title = Bạn đã đứng ngoài diễn tập
drill-left = Từ nay không có thư diễn tập nào gửi tới bạn. Muốn tham gia lại: đăng nhập, vào Quản trị, mục “Đứng ngoài diễn tập”. Không cần báo ai.
drill-leave-gone = Liên kết này không dùng được nữa. Muốn đứng ngoài các đợt diễn tập: đăng nhập, vào Quản trị, mục “Đứng ngoài diễn tập”. Không cần báo ai.

# Trang sau đường dẫn
drill-link-gone = Liên kết không còn
landing-gone = Trang này không còn hoặc chưa từng có. Nếu bạn đến đây từ một thư lạ, hãy báo thư đó.
landing-title = Đây là thư diễn tập
landing-calm = Không có gì hỏng và không có gì bị lấy. Cơ quan đang tập báo thư đáng ngờ; không ai bị ghi tên, kết quả không dùng để nhận xét ai.
landing-report = Báo thư này
landing-cues = Điều gì cho thấy đây là thư đáng ngờ
drill-cue-link = đường dẫn trong thư
landing-next = Lần sau gặp thư như vậy
landing-next-stop = Dừng lại một phút, đừng bấm, đừng trả lời.
landing-next-ask = Hỏi lại nơi gửi bằng số máy bạn đã biết từ trước.
landing-next-report = Báo ngay, kể cả khi đã lỡ bấm: báo sớm thì cả cơ quan kịp ngăn.

# Báo thư đáng ngờ
report-mail-title = Báo thư đáng ngờ
report-mail-text = Dán nội dung thư, hoặc chỉ đường dẫn trong thư
report-mail-hint = Dán càng nhiều càng dễ xem; đừng bấm vào đường dẫn.
report-mail-button = Báo thư
report-mail-kept = Nội dung bạn dán không được lưu, không ghi vào nhật ký.
report-mail-thanks = Cảm ơn bạn đã báo
report-mail-drill = Đây là thư diễn tập, và báo lại là việc đúng nhất. Bạn không cần làm gì thêm.
report-mail-real = Gặp thư đáng ngờ thật, hãy làm đúng như vậy.
report-mail-whom = Báo cho ai
report-mail-whom-it = Người phụ trách công nghệ thông tin của cơ quan: chuyển cả thư, không chỉ ảnh chụp.
report-mail-whom-opened = Nếu đã mở tệp, đã điền gì hoặc đã bấm: nói rõ, ngắt mạng máy đó, đổi mật khẩu từ máy khác.
report-mail-whom-keep = Đừng xóa thư cho tới khi người phụ trách xem xong.

# Thư báo trước
drill-notice-subject = Thông báo: cơ quan sẽ diễn tập báo thư đáng ngờ
drill-notice-body =
    Kính gửi anh/chị,

    Trong thời gian tới, cơ quan tổ chức diễn tập báo thư đáng ngờ. Một số người sẽ nhận một thư vô hại trông giống thư lừa đảo. Kết quả chỉ tính theo nhóm từ 10 người, không ghi tên ai và không dùng để nhận xét, xếp loại hay xử lý bất kỳ ai.

    Gặp thư đáng ngờ, thật hay diễn tập, hãy báo tại: { $report }

    Nếu không muốn nhận thư diễn tập, mở liên kết sau; không ai biết lựa chọn của anh/chị: { $way }

    Đợt diễn tập được duyệt cho thời gian từ { $from } đến { $until }.

# Phiếu duyệt
document-drill-kind = Phiếu trình duyệt
document-drill-symbol = PT
document-drill-what = Nội dung đề nghị duyệt
document-drill-days = Gửi thư diễn tập từ ngày { $from } đến hết ngày { $until } tới { $n } địa chỉ thư công vụ của cơ quan.
document-drill-rate = Nhiều nhất { $n } thư mỗi giây, qua máy chủ thư của cơ quan.
document-drill-difficulty = Độ khó nhận ra theo thang Phish Scale của NIST: { $difficulty }.
document-drill-letter = Thư sẽ gửi
document-drill-link = [đường dẫn tới trang hướng dẫn trên máy của cơ quan]
document-drill-safe = Những điều được giữ
document-drill-safe-notice = Mọi người được báo trước ít nhất 3 ngày.
document-drill-safe-out = Ai không muốn thì được đứng ngoài, không ai biết.
document-drill-safe-ask = Thư và trang hướng dẫn không xin bất kỳ thông tin nào, không có ảnh theo dõi.
document-drill-safe-group = Chỉ có kết quả của nhóm từ 10 người, không dùng để nhận xét, xếp loại hay xử lý ai.
document-drill-safe-deleted = Khi đóng, mọi địa chỉ và dấu vết theo người bị xóa.
document-drill-safe-stop = Người phụ trách và người đứng đầu dừng được ngay bất cứ lúc nào.
document-drill-approve = Kính trình người đứng đầu xem xét, duyệt.

# Lời nhắn sau khi làm
notice-drill-planned = Đã lưu kế hoạch. Tiếp theo: nhập danh sách nhận thư.
notice-drill-list = Đã lưu { $n } địa chỉ.
notice-drill-approved = Đã duyệt đợt diễn tập.
notice-drill-announced = Đã ghi việc báo trước.
notice-drill-started = Đã bắt đầu. Thư đi trong những ngày đã duyệt.
notice-drill-stopped = Đã dừng. Không thư nào nữa được gửi.
notice-drill-closed = Đã đóng. Danh sách và mọi dấu vết theo người đã xóa.
notice-drill-settled = Đã ghi.
notice-drill-domain = Đã thêm tên miền.
notice-drill-domain-removed = Đã gỡ tên miền.
notice-drill-out = Địa chỉ này không nhận thư diễn tập nữa.
notice-drill-in = Địa chỉ này tham gia như mọi người.

# Vì sao không được
refusal-drill-days = Ngày chưa đúng: không ở quá khứ, ngày cuối không trước ngày đầu, nhiều nhất 14 ngày, và nằm trong thời gian được duyệt.
refusal-drill-rate = Số thư mỗi giây từ 1 đến 100.
refusal-drill-notice = Phải báo trước ít nhất 3 ngày và không quá 92 ngày trước khi gửi thư đầu tiên. Nếu không còn kịp, hủy đợt này và lập đợt mới với ngày muộn hơn.
refusal-drill-few = Danh sách có dưới 10 người: kết quả sẽ nói về từng người nên không làm.
refusal-drill-own-plan = Người lập kế hoạch không tự duyệt. Cần một người khác lập hoặc duyệt.
refusal-drill-step = Chưa tới bước này: lần lượt là duyệt, báo trước, rồi bắt đầu.
refusal-drill-changed = Thư mẫu, danh sách hoặc ngày đã thay đổi so với lúc xem. Xem lại rồi duyệt.
refusal-drill-approved = Đợt này đã được duyệt nên không sửa được nữa.
refusal-drill-over = Đợt này đã dừng, đã đóng hoặc đã hủy.
refusal-drill-too-soon = Ngày đầu quá gần: phải báo cho mọi người trước ít nhất 3 ngày.
refusal-drill-own-address = Chỉ chủ địa chỉ mới chọn đứng ngoài hoặc nhận lại thư diễn tập được. Nếu địa chỉ là của bạn, khai và xác nhận địa chỉ đó ở mục thư của tôi trước; hoặc dùng đường dẫn “đứng ngoài” trong thư báo có diễn tập.
refusal-drill-sender = Địa chỉ gửi của máy chủ thư không thuộc tên miền của cơ quan. Khai tên miền đó, hoặc đổi địa chỉ gửi.
refusal-bad-domain = Không phải là tên miền riêng của cơ quan.

# Lịch sử
event-drill-approved = { $who } duyệt đợt diễn tập, { $other }
event-drill-announced = { $who } báo trước về diễn tập, ngày { $other }
event-drill-started = { $who } bắt đầu đợt diễn tập
event-drill-stopped = { $who } dừng đợt diễn tập
