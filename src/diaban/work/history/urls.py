from django.urls import path

from diaban.work.history.views import series, sheets

app_name = "history"
urlpatterns = [
    path("", sheets.sheets, name="sheets"),
    path("dua-len/", sheets.bring, name="bring"),
    path("chuoi/", series.series, name="series"),
    path("chuoi/bieu-do.svg", series.chart, name="series_chart"),
    path("chuoi/bang.xlsx", series.workbook, name="series_workbook"),
    path("chuoi/huyen-cu/", series.districts, name="districts"),
    path("chuoi/huyen-cu/bieu-do.svg", series.districts_chart, name="districts_chart"),
    path("<uuid:uid>/", sheets.sheet, name="sheet"),
    path("<uuid:uid>/nhap/", sheets.take_in, name="take_in"),
    path("<uuid:uid>/thu-hoi/", sheets.withdraw, name="withdraw"),
    path("<uuid:uid>/trang-tinh/", sheets.other_sheet, name="other_sheet"),
]
