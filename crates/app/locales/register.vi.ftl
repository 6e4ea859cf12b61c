# Sổ văn bản, chỉ đạo, dự thảo, chuỗi văn bản.
