"""Long work on visits, done by the worker."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from diaban.foundation.acts import clock
from diaban.foundation.acts.subjects import subject_of
from diaban.foundation.files.services import keep_file
from diaban.foundation.files.sniffing import PDF
from diaban.foundation.jobs.running import JobRefused, Run, job
from diaban.foundation.mandates.working import acting_for
from diaban.work.meetings.pack import file_title, pack_of, pack_pdf
from diaban.work.meetings.permissions import RECORD, can, visible_visits

VISIT_PACK: Final = "meetings.visit_pack"


@job(VISIT_PACK)
def make_pack(run: Run) -> None:
    """Argument: `visit` (uid). The file belongs to the job: only who asked for it may read it. In Vietnamese whoever asks."""
    actor = acting_for(run)
    visit = visible_visits(actor).filter(uid=run.arguments["visit"]).first()
    if visit is None or not can(actor, RECORD, visit):
        raise JobRefused(_("Chỉ cơ quan tổ chức đoàn in được tài liệu đoàn."))
    with override("vi"):
        content = pack_pdf(actor, pack_of(actor, visit), run.tick)
        file = keep_file(
            content=content, title=file_title(visit), subject=subject_of(run.job), accepted=frozenset({PDF}),
            actor=actor, at=clock.now(),
        )  # fmt: skip
    said = _("Đã ghép văn bản đã ký, kế hoạch, câu hỏi, giấy đi đường, hồ sơ địa bàn từng nơi đến thành một tệp để in.")
    run.finish({"url": reverse("files:download", args=[file.key])}, said)
