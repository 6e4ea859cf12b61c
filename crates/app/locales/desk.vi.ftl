# Nhiệm vụ, nhắc việc, trang quản trị.
