"""What Article 7 of Decree 09/2019/NĐ-CP wants a regime to say, in words drawn from its draft: to be read over, not decreed."""

from datetime import date

from diaban.foundation.organisations.queries import names_of
from diaban.foundation.territory.models import Level
from diaban.foundation.territory.queries import nearest_versions
from diaban.lib.periods import Kind
from diaban.work.reporting.models import Schedule, Section
from diaban.work.reporting.queries.layouts import NoVersion, version_on
from diaban.work.reporting.queries.owing import due_rule_of, periods_ahead

# Of papers that are issued, so Vietnamese whoever reads.
WHO = {
    Level.COMMUNE: "Ủy ban nhân dân cấp xã",
    Level.DISTRICT: "Ủy ban nhân dân cấp huyện",
    Level.PROVINCE: "Ủy ban nhân dân cấp tỉnh",
}
OFTEN = {
    Kind.MONTH: "Hằng tháng", Kind.QUARTER: "Hằng quý", Kind.HALF: "6 tháng một lần", Kind.NINE_MONTHS: "9 tháng một lần",
    Kind.YEAR: "Hằng năm",
}  # fmt: skip
METHOD = "Nhập trực tiếp hoặc nộp tệp Excel theo mẫu trên hệ thống Địa Bàn; gửi kèm số, ngày và bản ký của văn bản"


def items_drawn(schedule: Schedule, today: date) -> dict[str, str]:
    """The items by their code; those that the draft does not tell are left out. Six queries."""
    form = schedule.form
    ground = nearest_versions([schedule.unit_id], today)[schedule.unit_id].full_name
    rule, ahead = due_rule_of(schedule), periods_ahead(schedule, today)
    drawn = {
        "name": schedule.title,
        "content": _content(schedule, ahead[0].last_day if ahead else today),
        "who_reports": f"{WHO.get(Level(form.level), '')} thuộc {ground[:1].lower()}{ground[1:]}",
        "who_receives": names_of([schedule.counterpart_id], today).get(schedule.counterpart_id, ""),
        "method": METHOD,
        "deadline": f"Chậm nhất {rule.working_days} ngày làm việc sau ngày chốt số liệu" if rule else "",
        "frequency": OFTEN.get(Kind(form.period_kind), ""),
        "cut_off": f"Ngày {rule.cut_off(ahead[0].last_day):%d} của tháng cuối kỳ" if rule and ahead else "",
        "outline": f"Đề cương kèm theo biểu mẫu “{form.name}”",
    }
    return {code: words for code, words in drawn.items() if words}


def _content(schedule: Schedule, day: date) -> str:
    try:
        version = version_on(schedule.form_id, day)
    except NoVersion:
        return ""
    titles = Section.objects.filter(version=version).order_by("number").values_list("title", flat=True)
    return "Biểu số liệu và phần lời về: " + "; ".join(titles) if titles else ""
