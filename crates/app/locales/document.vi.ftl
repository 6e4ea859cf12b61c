# Từ ngữ điền vào văn bản, báo cáo chính thức.

document-until = tính đến ngày { $day }
document-month = tháng { $n } năm { $year }
document-quarter = quý { $n ->
    [1] I
    [2] II
    [3] III
   *[other] IV
} năm { $year }
document-half = 6 tháng { $n ->
    [1] đầu
   *[other] cuối
} năm { $year }
document-year = năm { $year }
document-erased = (nội dung đã được xóa theo quy định)
document-program = Chương trình
document-restorer = Khôi phục từ bản sao lưu
document-attendance-kind = Danh sách
document-attendance-symbol = DS
document-attendance-number = TT
document-attendance-name = Họ và tên
document-attendance-at = Ghi tên lúc
document-attendance-file = danh-sach-nguoi-du-{ $day }
document-pack-kind = Tài liệu họp
document-pack-symbol = TL
document-pack-subject = quán triệt, triển khai { $letter }
document-pack-agenda = Chương trình
document-pack-points = Nội dung trao đổi
document-pack-minutes = Biên bản
document-pack-section = mục { $section }, { $letter }
document-pack-quote = “{ $quote }” ({ $place })
document-agenda-open = Tuyên bố lý do, giới thiệu thành phần dự họp
document-agenda-read = Quán triệt nội dung { $letter }
document-agenda-points = Trao đổi, thảo luận từng nội dung
document-agenda-assign = Phân công thực hiện, thống nhất thời hạn
document-agenda-close = Kết luận, thông qua biên bản
document-next-open = Hoàn thành { $n } nhiệm vụ chưa báo cáo kết quả
document-next-overdue = Hoàn thành { $n } nhiệm vụ đã quá hạn
document-next-gap = Bổ sung minh chứng cho { $n } nhiệm vụ đã tự báo hoàn thành nhưng chưa được xác minh
document-hand-over-kind = Giấy biên nhận
document-hand-over-symbol = GBN
document-hand-over-subject = bàn giao vụ việc cho cơ quan có thẩm quyền
document-hand-over-from = Bên giao
document-hand-over-to = Bên nhận
document-hand-over-on = Ngày bàn giao
document-hand-over-what = Vụ việc
document-hand-over-received = nhận ngày { $date }
document-hand-over-number = Mã vụ việc
document-hand-over-text = Nội dung bàn giao:
document-hand-over-copies = Giấy này lập thành hai bản, mỗi bên giữ một bản.
document-hand-over-giver = Bên giao (ký, ghi rõ họ tên)
document-hand-over-taker = Bên nhận (ký, ghi rõ họ tên)
