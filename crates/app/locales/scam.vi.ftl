# Kiểm tra lừa đảo.

cli-scam = Xem một tin nhắn, đường dẫn, số điện thoại có dấu hiệu lừa đảo không; không gửi đi đâu, không lưu lại
cli-arg-text = Nội dung cần xem, đặt trong dấu ngoặc kép; “-” để đọc từ đầu vào chuẩn
cli-value-text = NỘI_DUNG
cli-arg-batch = Tệp có mỗi dòng một chuỗi JSON; in mỗi dòng một câu trả lời JSON
cli-value-batch = TỆP
cli-scam-advice = Việc nên làm:
cli-scam-line = Dòng { $n } không phải là một chuỗi JSON: mỗi dòng cần một chuỗi trong dấu ngoặc kép.

scam-verdict-danger = NGUY HIỂM: nhiều dấu hiệu lừa đảo
scam-verdict-suspicious = ĐÁNG NGỜ: có dấu hiệu lừa đảo
scam-verdict-no_sign = Chưa thấy dấu hiệu lừa đảo
