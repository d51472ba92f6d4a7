# groups: số liệu theo cơ quan, công chức, quầy, thủ tục; khía cạnh và lý do

groups-departments = Cơ quan
groups-officers = Công chức
groups-counters = Quầy
groups-procedures = Thủ tục
groups-column-departments = Cơ quan
groups-column-officers = Công chức, viên chức
groups-column-counters = Quầy
groups-column-procedures = Thủ tục
groups-column-estimate = Ước lượng điều chỉnh
groups-period = { $period } · { $days }
groups-note = { $count } mục có lượt đánh giá · trang { $page }/{ $pages } · dưới { $from } lượt thì không xếp hạng. Bấm vào tiêu đề cột để sắp xếp.
groups-unranked = không xếp hạng
groups-page-previous = Trang trước
groups-page-next = Trang sau
groups-method-estimate = Ước lượng điều chỉnh: tỷ lệ hài lòng của công chức được kéo về phía tỷ lệ chung của cơ quan, càng ít lượt đánh giá thì kéo càng nhiều; không nêu khi có thể từ đó suy ra ô “<5”.
