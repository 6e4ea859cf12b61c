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
scam-verdict-no-sign = Chưa thấy dấu hiệu lừa đảo

scam-title = Tin này có phải lừa đảo?
scam-text = Tin nhắn, đường dẫn, số điện thoại hoặc số tài khoản
scam-text-hint = Chép nguyên văn tin đã nhận. Xóa mật khẩu, mã OTP của mình trước khi dán.
scam-button = Kiểm tra
scam-reasons = Vì sao
scam-advice = Việc nên làm
scam-kept = Chương trình kiểm tra ngay trên máy của cơ quan, không gửi đi đâu và không lưu lại nội dung.
field-no-message = Hãy dán nội dung cần kiểm tra.
field-message-too-long = Nội dung dài quá 5.000 chữ cái. Hãy dán phần đáng ngờ nhất.
