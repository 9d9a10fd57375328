"""The API put together: each room's router under its own address."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from diaban.faces.api.access import RATE, Bearer, ByToken
from diaban.faces.api.answers import tell_problems
from diaban.faces.api.description import described
from diaban.faces.api.strictness import StorableJson, only_known
from diaban.foundation.accounts.api import router as accounts
from diaban.foundation.facts.api import router as facts
from diaban.foundation.files.api import router as files
from diaban.foundation.mandates.api import router as mandates
from diaban.foundation.obligations.api import router as obligations
from diaban.foundation.organisations.api import router as organisations
from diaban.foundation.territory.api import router as territory
from diaban.work.difficulties.api import router as difficulties
from diaban.work.directives.api import router as directives
from diaban.work.exchange.api import router as exchange
from diaban.work.meetings.api import router as meetings
from diaban.work.reporting.api import router as reporting


class Api(NinjaAPI):
    """The API with a description that tells of refusals and headers too."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return described(super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params))


api = Api(
    title="Địa Bàn",
    version="1",
    description="Làm việc với Địa Bàn từ phần mềm khác, ở vị trí của một khóa truy cập.",
    urls_namespace="api:v1",
    docs_url=None,
    auth=Bearer(),
    parser=StorableJson(),
    throttle=[ByToken(RATE)],
)
tell_problems(api)
api.add_decorator(only_known, mode="operation")
for router, tag in (
    (territory, "Địa bàn"),
    (organisations, "Cơ quan, đơn vị"),
    (mandates, "Chức năng, nhiệm vụ"),
    (obligations, "Việc phải thực hiện"),
    (accounts, "Thông báo"),
    (facts, "Chỉ tiêu"),
    (reporting, "Báo cáo"),
    (difficulties, "Khó khăn, kiến nghị"),
    (directives, "Nhiệm vụ, đề nghị, yêu cầu"),
    (meetings, "Cuộc họp, kết luận"),
    (files, "Tệp"),
    (exchange, "Nhập, xuất số liệu"),
):
    api.add_router("", router, tags=[tag])
