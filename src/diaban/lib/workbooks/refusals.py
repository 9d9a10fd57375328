"""Why a file is not read. Every message is a Vietnamese sentence for whoever sent the file and says what to do."""


class WorkbookRefused(ValueError):
    """The file is not read; nothing of it was used."""


class UnreadableWorkbook(WorkbookRefused):
    """The file is of another kind, locked or damaged."""


class UnsafeWorkbook(WorkbookRefused):
    """The file carries what no report needs: programs, links to other files, a size made to hurt."""


class NotWorkbook(UnreadableWorkbook):
    """Some other kind of file."""

    def __init__(self, found: str = "") -> None:
        told = f" (tệp gửi lên là {found})" if found else ""
        super().__init__(
            f"Tệp này không phải sổ tính Excel (.xlsx){told}. Hãy mở bằng Excel, chọn Lưu thành (Save As), "
            "kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại."
        )


class OldWorkbook(UnreadableWorkbook):
    """The binary format of Excel 97 to 2003."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp này là sổ tính Excel đời cũ (.xls). Hãy mở bằng Excel, chọn Lưu thành (Save As), "
            "kiểu “Excel Workbook (*.xlsx)”, rồi gửi lại."
        )


class LockedWorkbook(UnreadableWorkbook):
    """Encrypted with a password."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp này có mật khẩu mở tệp. Hãy mở bằng Excel, vào Tệp → Thông tin → Bảo vệ sổ làm việc → "
            "Mã hóa bằng mật khẩu, xóa mật khẩu, lưu rồi gửi lại."
        )


class DamagedWorkbook(UnreadableWorkbook):
    """Cut off or spoilt on the way."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp bị hỏng hoặc tải lên chưa trọn. Hãy mở thử bằng Excel: nếu mở được thì lưu lại rồi gửi lại; "
            "nếu không, hãy tải lại biểu mẫu và điền vào tệp mới."
        )


class MacroWorkbook(UnsafeWorkbook):
    """Carries programs."""

    def __init__(self) -> None:
        super().__init__(
            "Sổ tính có chứa macro (chương trình) nên không nhận. Hãy mở bằng Excel, chọn Lưu thành (Save As), "
            "kiểu “Excel Workbook (*.xlsx)” (không phải .xlsm), rồi gửi lại."
        )


class LinkedWorkbook(UnsafeWorkbook):
    """Draws on other files or servers."""

    def __init__(self) -> None:
        super().__init__(
            "Sổ tính có liên kết lấy số từ tệp hoặc nguồn khác nên không nhận. Hãy mở bằng Excel, vào Dữ liệu → "
            "Sửa liên kết (Edit Links) → Ngắt liên kết (Break Link), lưu rồi gửi lại."
        )


class EmbeddingWorkbook(UnsafeWorkbook):
    """Holds other files or controls inside."""

    def __init__(self) -> None:
        super().__init__(
            "Sổ tính có tệp hoặc điều khiển nhúng bên trong nên không nhận. Hãy xóa các đối tượng nhúng, "
            "lưu rồi gửi lại; tài liệu kèm theo thì gửi ở mục tệp đính kèm."
        )


class HostileWorkbook(UnsafeWorkbook):
    """Made by hand to mislead whoever reads it; no spreadsheet program writes such a file."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp có cấu trúc bất thường, không phải do Excel ghi ra, nên không nhận. Hãy tải lại biểu mẫu, "
            "chép số liệu sang bằng Excel rồi gửi tệp mới."
        )


class OversizedWorkbook(UnsafeWorkbook):
    """Larger than allowed, packed or unpacked. `what` says which measure, with its limit."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Tệp quá lớn ({what}). Hãy xóa các trang tính, dòng, cột và hình không thuộc biểu mẫu, lưu rồi gửi lại."
        )


class UnreadableText(UnreadableWorkbook):
    """A .csv in an encoding or a shape that cannot be told for sure."""
