"""How reports, schedules and forms are named, addressed and spoken of."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from diaban.work.reporting.models import Form, FormDraft, Report, Schedule, Snapshot, SourceChoice, StockSentence
from diaban.work.reporting.phrases import PHRASES

KIND_OF_REPORT = "reporting.report"
REPORT_VERBS: dict[str, Promise | str] = {
    "reporting.report_opened": _("đã mở báo cáo"),
    "reporting.submitted_for_check": _("đã trình kiểm tra"),
    "reporting.submitted_for_signature": _("đã trình ký"),
    "reporting.sent_back_inside": _("đã chuyển lại để hoàn chỉnh"),
    "reporting.report_sent": _("đã gửi báo cáo"),
    "reporting.data_sent": _("đã gửi số liệu, chờ văn bản"),
    "reporting.paper_sent": _("đã gửi văn bản ký số cho số liệu đã gửi"),
    "reporting.section_received": _("đã tiếp nhận, chốt số liệu"),
    "reporting.section_returned": _("đã đề nghị bổ sung, hoàn chỉnh"),
    "reporting.source_chosen": _("đã chọn nguồn số liệu"),
    "reporting.correction_opened": _("đã mở bản điều chỉnh"),
    "reporting.typed_for_unit": _("đã nhập thay"),
    "reporting.typing_confirmed": _("đã xác nhận số liệu được nhập thay"),
    "reporting.figures_supplied": _("đã cung cấp số liệu"),
}
SCHEDULE_VERBS: dict[str, Promise | str] = {
    "reporting.schedule_drafted": _("đã dự thảo chế độ báo cáo"),
    "reporting.schedule_redrafted": _("đã sửa dự thảo chế độ báo cáo"),
    "reporting.schedule_discarded": _("đã xóa dự thảo chế độ báo cáo"),
    "reporting.schedule_switched_on": _("đã áp dụng chế độ báo cáo"),
    "reporting.schedule_ended": _("đã thôi áp dụng chế độ báo cáo"),
    "reporting.official_place_set": _("đã ghi nơi nộp chính thức"),
}
SNAPSHOT_VERBS: dict[str, Promise | str] = {"reporting.snapshot_taken": _("đã chốt số liệu")}
FORM_VERBS: dict[str, Promise | str] = {
    "reporting.form_loaded": _("đã nạp biểu mẫu"),
    "reporting.form_published": _("đã ban hành phiên bản biểu mẫu"),
}
DRAFT_VERBS: dict[str, Promise | str] = {
    "reporting.form_drafted": _("đã lập dự thảo biểu mẫu"),
    "reporting.form_draft_changed": _("đã sửa dự thảo biểu mẫu"),
    "reporting.form_draft_withdrawn": _("đã rút dự thảo biểu mẫu"),
    "reporting.form_draft_published": _("đã ban hành dự thảo biểu mẫu"),
}


SENTENCE_VERBS: dict[str, Promise | str] = {
    "reporting.sentence_worded": _("đã sửa câu mẫu"),
    "reporting.sentence_reset": _("đã đưa câu mẫu về câu có sẵn"),
}


def sentence_label(sentence: StockSentence) -> str:
    """When the sentence is used, and which wording it is."""
    phrase = PHRASES.get(sentence.key)
    of_form = f" ({sentence.form})" if sentence.form else ""
    return f"{phrase.group}: {phrase.used}{of_form}, bản {sentence.number}" if phrase else str(sentence)


def sentence_url(sentence: StockSentence) -> str:
    address = reverse("reporting:sentence", args=[sentence.key])
    return f"{address}?{urlencode({'bieu': sentence.form.code})}" if sentence.form else address


def report_label(report: Report) -> str:
    """The form, the reporter and the period."""
    return f"{report.schedule.form.name}: {report.organisation_name}, {report.period_label}"


def report_url(report: Report) -> str:
    return reverse("reporting:report", args=[report.uid])


def choice_label(choice: SourceChoice) -> str:
    return f"{choice.label}: {choice.source_label}"


def choice_url(choice: SourceChoice) -> str:
    return reverse("reporting:sources_of_cell", args=[choice.report.uid, choice.cell])


def schedule_url(schedule: Schedule) -> str:
    return reverse("reporting:schedule", args=[schedule.uid])


def form_url(form: Form) -> str:
    return reverse("reporting:form", args=[form.code])


def draft_url(draft: FormDraft) -> str:
    return reverse("reporting:form_draft", args=[draft.uid])


def snapshot_label(snapshot: Snapshot) -> str:
    return f"{snapshot}: {snapshot.title}"


def snapshot_url(snapshot: Snapshot) -> str:
    return reverse("reporting:snapshot", kwargs={"uid": snapshot.uid})
