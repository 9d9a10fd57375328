from django.apps import AppConfig
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class MandatesApp(AppConfig):
    name = "diaban.foundation.mandates"
    label = "mandates"

    def ready(self) -> None:
        from diaban.foundation.acts.catalogue import STAFF, ActKind, Role, register_acts
        from diaban.foundation.mandates.plugs import mandates_part
        from diaban.foundation.organisations.parts import PARTS

        register_acts(
            ActKind("mandates.load", _("Nạp danh mục lĩnh vực, chức năng"), "keep_registers", STAFF, by_set_up=True),
            ActKind("mandates.give", _("Phân công chức năng, nhiệm vụ"), "keep_registers", STAFF, by_set_up=True),
            ActKind("mandates.token_own", _("Tạo khóa truy cập cho vị trí của mình"), None, frozenset(Role)),
            ActKind(
                "mandates.token_office",
                _("Tạo, thu hồi khóa truy cập của đơn vị"),
                None,
                frozenset({Role.UNIT_ADMIN}),
            ),
        )
        _register_subjects()
        PARTS.plug("mandates", mandates_part)


def _register_subjects() -> None:
    from diaban.foundation.acts.actor import Actor
    from diaban.foundation.acts.subjects import SubjectKind, register_subjects
    from diaban.foundation.mandates.models import AccessToken, Field, Function, Mandate
    from diaban.foundation.mandates.permissions import visible_mandates, visible_tokens
    from diaban.foundation.mandates.routing import because_of

    def every_field(_actor: Actor) -> QuerySet[Field]:
        return Field.objects.all()

    def every_function(_actor: Actor) -> QuerySet[Function]:
        return Function.objects.all()

    loaded = {"mandates.loaded": _("nạp danh mục")}
    register_subjects(
        SubjectKind(
            "mandates.mandate", Mandate, _("Phân công chức năng, nhiệm vụ"), because_of, lambda _mandate: None,
            visible_mandates, {"mandates.given": _("phân công"), "mandates.closed": _("kết thúc phân công")},
        ),
        SubjectKind(
            "mandates.token", AccessToken, _("Khóa truy cập"), str, lambda _token: None, visible_tokens,
            {"mandates.token_issued": _("tạo khóa truy cập"), "mandates.token_revoked": _("thu hồi khóa truy cập")},
        ),
        SubjectKind("mandates.field", Field, _("Lĩnh vực"), str, lambda _field: None, every_field, loaded),
        SubjectKind("mandates.function", Function, _("Chức năng"), str, lambda _function: None, every_function, loaded),
    )  # fmt: skip
