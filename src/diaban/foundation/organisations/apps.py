from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OrganisationsApp(AppConfig):
    name = "diaban.foundation.organisations"
    label = "organisations"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import LEADERS, STAFF, ActKind, Role, register_acts

        everyone = frozenset(Role)
        register_acts(
            ActKind("organisations.found", _("Lập cơ quan, đơn vị"), "keep_registers", STAFF | {Role.UNIT_ADMIN}, by_set_up=True),
            ActKind("organisations.change", _("Đổi tên, sắp xếp lại cơ quan, đơn vị"), "keep_registers", STAFF | {Role.UNIT_ADMIN}, by_set_up=True),
            ActKind(
                "organisations.staff", _("Cập nhật nhân sự của cơ quan trên địa bàn"), "keep_registers",
                STAFF | {Role.UNIT_ADMIN}, by_set_up=True,
            ),
            ActKind(
                "organisations.keep_accounts", _("Đặt lại mật khẩu, khóa tài khoản của cơ quan trên địa bàn"), "keep_registers",
                frozenset({Role.UNIT_ADMIN}),
            ),
            ActKind(
                "organisations.staff_own", _("Thêm người, bàn giao vị trí trong cơ quan mình"), None,
                frozenset({Role.UNIT_ADMIN}), by_set_up=True,
            ),
            ActKind(
                "organisations.delegate_own", _("Ghi việc ký thay, thừa lệnh, thừa ủy quyền"), None,
                LEADERS | {Role.UNIT_ADMIN}, by_set_up=True,
            ),
            ActKind(
                "organisations.give_charge_own", _("Phân công phụ trách địa bàn trong cơ quan mình"), None,
                LEADERS | {Role.UNIT_ADMIN}, by_set_up=True,
            ),
            ActKind("organisations.read_contacts", _("Xem danh bạ đầu mối"), None, everyone - {Role.ENTERPRISE}),
            ActKind("organisations.confirm_own_contacts", _("Xác nhận thông tin liên hệ của mình"), None, everyone),
        )  # fmt: skip
        _register_subjects()


def _register_subjects() -> None:
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.foundation.organisations import permissions
    from diaban.foundation.organisations.models import Delegation, Organisation, Person, Position
    from diaban.foundation.organisations.queries import label_of

    def address(thing: Organisation) -> str:
        return reverse("organisations:organisation", args=[thing.uid])

    register_subjects(
        SubjectKind(
            "organisations.organisation", Organisation, _("Cơ quan, đơn vị"), label_of, address,
            permissions.visible_organisations,
            {
                "organisations.founded": _("lập cơ quan"),
                "organisations.renamed": _("đổi tên cơ quan"),
                "organisations.moved": _("chuyển cơ quan cấp trên"),
                "organisations.succeeded": _("chuyển chức năng, nhiệm vụ cho cơ quan khác"),
                "organisations.dissolved": _("kết thúc hoạt động của cơ quan"),
            },
        ),
        SubjectKind(
            "organisations.position", Position, _("Chức vụ, vị trí công tác"), str, lambda _position: None,
            permissions.visible_positions,
            {
                "organisations.position_opened": _("lập vị trí công tác"),
                "organisations.position_closed": _("kết thúc vị trí công tác"),
                "organisations.appointed": _("giao vị trí công tác"),
                "organisations.handed_over": _("bàn giao vị trí công tác"),
                "organisations.put_in_charge": _("giao phụ trách địa bàn"),
                "organisations.charge_ended": _("thôi giao phụ trách địa bàn"),
                "organisations.holding_ended": _("thôi giữ vị trí công tác"),
            },
        ),
        SubjectKind(
            "organisations.person", Person, _("Cán bộ, công chức, viên chức"), str, lambda _person: None,
            permissions.visible_people,
            {
                "organisations.person_added": _("thêm người"),
                "organisations.contact_confirmed": _("xác nhận thông tin liên hệ"),
                "organisations.person_anonymised": _("ẩn danh"),
                "organisations.password_renewed": _("đặt lại mật khẩu"),
                "organisations.account_locked": _("khóa tài khoản"),
                "organisations.account_unlocked": _("mở khóa tài khoản"),
                "organisations.notices_sent_again": _("cho gửi lại thông báo"),
            },
        ),
        SubjectKind(
            "organisations.delegation", Delegation, _("Ủy quyền, phân công ký thay"), str, lambda _delegation: None,
            permissions.visible_delegations,
            {
                "organisations.delegated": _("ghi việc ký thay, thừa lệnh, thừa ủy quyền"),
                "organisations.delegation_ended": _("kết thúc việc ký thay, thừa lệnh, thừa ủy quyền"),
            },
        ),
    )  # fmt: skip
