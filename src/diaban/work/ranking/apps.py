from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RankingApp(AppConfig):
    name = "diaban.work.ranking"
    label = "ranking"

    def ready(self) -> None:
        _register_acts()
        _register_subjects()


def _register_acts() -> None:
    from diaban.foundation.acts.catalogue import LEADERS, OFFICE, STAFF, ActKind, Role, register_acts

    register_acts(
        ActKind("ranking.define", _("Soạn, ban hành bộ tiêu chí xếp hạng"), "manage", STAFF),
        ActKind("ranking.score", _("Chấm điểm xếp hạng"), "manage", STAFF),
        ActKind("ranking.answer", _("Trả lời kiến nghị chấm lại"), "manage", STAFF),
        ActKind("ranking.sign", _("Ký duyệt kết quả xếp hạng"), "manage", LEADERS),
        ActKind("ranking.publish", _("Công bố kết quả xếp hạng đã ký"), "manage", LEADERS | {Role.CLERK}),
        ActKind("ranking.appeal", _("Kiến nghị chấm lại"), None, OFFICE | {Role.ENTERPRISE}),
        ActKind("ranking.bring_index", _("Nhập bộ chỉ số của cơ quan khác"), "manage", STAFF),
        ActKind("ranking.follow", _("Xem kết quả xếp hạng thuộc lĩnh vực quản lý"), "manage", OFFICE),
        ActKind("ranking.follow_all", _("Xem kết quả xếp hạng trên địa bàn"), "direct", OFFICE),
        ActKind(
            "ranking.follow_audit",
            _("Xem kết quả xếp hạng để kiểm tra, giám sát"),
            "audit",
            OFFICE | {Role.AUDITOR},
            by_set_up=True,
        ),
    )


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.work.ranking import labels, permissions
    from diaban.work.ranking.models import Appeal, Board, Index, Scheme

    register_subjects(
        SubjectKind(
            kind="ranking.scheme",
            model=Scheme,
            name=_("Bộ tiêu chí xếp hạng"),
            label=str,
            url=labels.scheme_url,
            visible=permissions.visible_schemes,
            verbs=labels.SCHEME_VERBS,
        ),
        SubjectKind(
            kind="ranking.board",
            model=Board,
            name=_("Bảng xếp hạng"),
            label=str,
            url=labels.board_url,
            visible=permissions.visible_boards,
            verbs=labels.BOARD_VERBS,
        ),
        SubjectKind(
            kind="ranking.appeal",
            model=Appeal,
            name=_("Kiến nghị chấm lại"),
            label=str,
            url=labels.appeal_url,
            visible=permissions.visible_appeals,
            verbs=labels.APPEAL_VERBS,
        ),
        SubjectKind(
            kind="ranking.index",
            model=Index,
            name=_("Bộ chỉ số của cơ quan khác"),
            label=str,
            url=labels.index_url,
            visible=permissions.visible_indices,
            verbs=labels.INDEX_VERBS,
        ),
    )
