"""How schemes, boards, appeals and indices are addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diaban.work.ranking.models import Appeal, Board, Index, Scheme

SCHEME_VERBS: dict[str, Promise | str] = {
    "ranking.scheme_drafted": _("đã soạn bộ tiêu chí"),
    "ranking.scheme_revised": _("đã sửa dự thảo bộ tiêu chí"),
    "ranking.scheme_published": _("đã ban hành bộ tiêu chí"),
}
BOARD_VERBS: dict[str, Promise | str] = {
    "ranking.board_opened": _("đã mở đợt chấm điểm"),
    "ranking.computed": _("đã tính điểm các tiêu chí tự động"),
    "ranking.hand_scored": _("đã chấm điểm"),
    "ranking.announced": _("đã thông báo kết quả dự kiến"),
    "ranking.rescored": _("đã chấm lại theo kiến nghị"),
    "ranking.signed": _("đã ký duyệt kết quả"),
    "ranking.signature_taken_back": _("đã rút ký duyệt để xem lại"),
    "ranking.published": _("đã công bố kết quả"),
}
APPEAL_VERBS: dict[str, Promise | str] = {
    "ranking.appealed": _("đã kiến nghị chấm lại"),
    "ranking.appeal_answered": _("đã trả lời kiến nghị"),
}
INDEX_VERBS: dict[str, Promise | str] = {"ranking.index_brought": _("đã nhập bộ chỉ số")}


def scheme_url(scheme: Scheme) -> str:
    return reverse("ranking:scheme", args=[scheme.uid])


def board_url(board: Board) -> str:
    return reverse("ranking:board", args=[board.uid])


def appeal_url(appeal: Appeal) -> str:
    return reverse("ranking:appeal", args=[appeal.uid])


def index_url(index: Index) -> str:
    return reverse("ranking:index", args=[index.uid])
