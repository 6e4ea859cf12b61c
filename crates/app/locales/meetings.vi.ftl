# Cuộc họp, báo cáo, vướng mắc.
