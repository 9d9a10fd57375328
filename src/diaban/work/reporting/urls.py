from django.urls import include, path

from diaban.work.reporting.views import (
    board,
    comparing,
    entering,
    reading,
    receiving,
    schedules,
    typing_for,
    workbooks,
    writing,
)

app_name = "reporting"
urlpatterns = [
    path("", reading.report_list, name="reports"),
    path("danh-sach.xlsx", reading.reports_file, name="reports_file"),
    path("tong-hop/", include("diaban.work.reporting.urls_consolidation")),
    path("bieu-mau/", include("diaban.work.reporting.designing.urls")),
    path("che-do/", schedules.schedule_list, name="schedules"),
    path("che-do/<uuid:uid>/", schedules.schedule, name="schedule"),
    path("che-do/<uuid:uid>/ap-dung/", schedules.switch_on, name="switch_on"),
    path("che-do/<uuid:uid>/tinh-hinh/", board.board_page, name="board"),
    path("che-do/<uuid:uid>/tinh-hinh/lam/", board.act_on_many, name="act_on_many"),
    path("lap/<uuid:schedule_uid>/<uuid:unit_uid>/<str:period>/", writing.start, name="start"),
    path("nhap-thay/<uuid:schedule_uid>/<uuid:unit_uid>/<str:period>/", typing_for.type_for, name="type_for"),
    path("<uuid:uid>/", reading.report, name="report"),
    path("<uuid:uid>/ban/<int:number>/", reading.report, name="version"),
    path("<uuid:uid>/so-sanh/", comparing.compare, name="compare"),
    path("<uuid:uid>/nhap/", entering.entry, name="entry"),
    path("<uuid:uid>/nhap/o/", entering.cells, name="cells"),
    path("<uuid:uid>/bieu-mau.xlsx", workbooks.download, name="workbook"),
    path("<uuid:uid>/nop-tep/", workbooks.upload, name="workbook_upload"),
    path("<uuid:uid>/trinh-kiem-tra/", writing.submit_for_check, name="submit_for_check"),
    path("<uuid:uid>/trinh-ky/", writing.submit_for_signature, name="submit_for_signature"),
    path("<uuid:uid>/chuyen-lai/", writing.send_back_inside, name="send_back_inside"),
    path("<uuid:uid>/gui/", writing.send, name="send"),
    path("<uuid:uid>/dieu-chinh/", writing.correct, name="correct"),
    path("<uuid:uid>/xac-nhan-nhap-thay/", writing.confirm_typing, name="confirm_typing"),
    path("<uuid:uid>/tiep-nhan/", receiving.receive_report, name="receive_report"),
    path("<uuid:uid>/phan/<int:section>/tiep-nhan/", receiving.receive_section, name="receive_section"),
    path("<uuid:uid>/phan/<int:section>/de-nghi-bo-sung/", receiving.return_section, name="return_section"),
]
