"""The words of the invented reports: short, plain, without names of anyone."""

from typing import Any

from diaban.lib.periods import Period


def district_words(place: str, period: Period, *, villages: int) -> dict[str, Any]:
    """What a district writes under the headings of the quarterly report of 2009."""
    label = period.label(inside=True)
    return {
        "TEXT__direction": f"Trong {label}, Ủy ban nhân dân {place} ban hành kế hoạch bảo đảm thông tin liên lạc và công văn chấn chỉnh đại lý Internet.",
        "TEXT__post": "Mạng bưu cục, điểm Bưu điện - Văn hóa xã hoạt động ổn định; thư báo đến xã trong ngày ở vùng thấp, hai ngày ở vùng cao.",
        "TEXT__telecom": "Các doanh nghiệp phát triển thêm thuê bao di động; một số thôn vùng cao chưa có sóng.",
        "TEXT__it": "Các phòng, ban đã nối mạng nội bộ; cấp xã còn thiếu máy tính và người phụ trách.",
        "TEXT__difficulties": [
            {
                "field": "Viễn thông",
                "content": "Sóng di động yếu ở các thôn xa trung tâm.",
                "locality": place,
                "authority": "Doanh nghiệp viễn thông",
            },
            {
                "field": "Nhân lực",
                "content": "Phòng Văn hóa và Thông tin chỉ có một công chức phụ trách thông tin và truyền thông.",
                "locality": place,
                "authority": "Ủy ban nhân dân tỉnh",
            },
        ],
        "TEXT__next_tasks": "Phối hợp doanh nghiệp khảo sát vị trí trạm mới; tổ chức giao ban khối thông tin quý sau; rà soát đài truyền thanh hỏng.",
        "TEXT__white_spot_villages": [
            {"village": f"Thôn số {number}", "commune": "", "households": "45", "grid_power": "có"}
            for number in range(1, villages + 1)
        ],
    }
