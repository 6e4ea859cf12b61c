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
document-next-open = Hoàn thành { $n } nhiệm vụ chưa báo cáo kết quả
document-next-overdue = Hoàn thành { $n } nhiệm vụ đã quá hạn
document-next-gap = Bổ sung minh chứng cho { $n } nhiệm vụ đã tự báo hoàn thành nhưng chưa được xác minh
