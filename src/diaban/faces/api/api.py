"""The API put together: each room's router under its own address."""

from ninja import NinjaAPI

from diaban.faces.api.access import RATE, Bearer, ByToken
from diaban.faces.api.answers import tell_problems
from diaban.foundation.facts.api import router as facts
from diaban.foundation.mandates.api import router as mandates
from diaban.foundation.obligations.api import router as obligations
from diaban.foundation.organisations.api import router as organisations
from diaban.foundation.territory.api import router as territory
from diaban.work.reporting.api import router as reporting

api = NinjaAPI(
    title="Địa Bàn",
    version="1",
    description="Làm việc với Địa Bàn từ phần mềm khác, ở vị trí của một khóa truy cập.",
    urls_namespace="api:v1",
    docs_url=None,
    auth=Bearer(),
    throttle=[ByToken(RATE)],
)
tell_problems(api)
for router, tag in (
    (territory, "Địa bàn"),
    (organisations, "Cơ quan, đơn vị"),
    (mandates, "Chức năng, nhiệm vụ"),
    (obligations, "Việc phải thực hiện"),
    (facts, "Chỉ tiêu"),
    (reporting, "Báo cáo"),
):
    api.add_router("", router, tags=[tag])
