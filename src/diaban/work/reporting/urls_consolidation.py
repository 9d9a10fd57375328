"""Addresses of consolidated figures, within those of the room."""

from django.urls import path

from diaban.work.reporting.views import consolidation, provinces, sentences, snapshots, targets, units

urlpatterns = [
    path("", consolidation.consolidation, name="consolidation"),
    path("bieu/<str:kind>/", consolidation.form_file, name="consolidation_form_file"),
    path("don-vi/", units.units, name="consolidation_units"),
    path("don-vi/cot/", units.choose_columns, name="choose_unit_columns"),
    path("don-vi/tai/<str:kind>/", units.units_file, name="consolidation_units_file"),
    path("cac-tinh/", provinces.provinces, name="consolidation_provinces"),
    path("tinh-hinh/", consolidation.sending, name="consolidation_sending"),
    path("tinh-hinh.xlsx", consolidation.sending_file, name="consolidation_sending_file"),
    path("ke-hoach/", targets.targets, name="targets"),
    path("ke-hoach/nhac/", targets.hint, name="targets_hint"),
    path("ke-hoach/<slug:indicator>/", targets.plan, name="target"),
    path("ke-hoach/<slug:indicator>/tien-do/", targets.set_quarters, name="set_quarters"),
    path("loi-van/", sentences.told, name="consolidation_words"),
    path("cau-mau/", sentences.sentences, name="sentences"),
    path("cau-mau/<slug:key>/", sentences.sentence, name="sentence"),
    path("cau-mau/<slug:key>/ve-cau-co-san/", sentences.reset, name="reset_sentence"),
    path("ban-chot/", snapshots.snapshots, name="snapshots"),
    path("ban-chot/chot/", snapshots.take, name="take_snapshot"),
    path("ban-chot/<uuid:uid>/", snapshots.snapshot, name="snapshot"),
    path("ban-chot/<uuid:uid>/so-voi/<uuid:other>/", snapshots.compare_snapshots, name="compare_snapshots"),
    path("tu-dau/<str:indicator>/", consolidation.made_of_page, name="made_of"),
    path("bieu-do/<int:section>.svg", consolidation.chart, name="consolidation_chart"),
    path("dien-bien.svg", consolidation.course_chart, name="course_chart"),
    path("tai/<str:kind>/", consolidation.export, name="consolidation_export"),
]
