from django.urls import path

from diaban.foundation.facts import views

app_name = "facts"
urlpatterns = [
    path("thong-tin-nen/", views.base_figures, name="base_figures"),
    path("thong-tin-nen/bieu.xlsx", views.base_workbook, name="base_workbook"),
    path("ke-hoach/", views.plans, name="plans"),
    path("ke-hoach/bieu.xlsx", views.plans_workbook, name="plans_workbook"),
    path("chi-tieu/", views.indicators, name="indicators"),
    path("chi-tieu.xlsx", views.indicators_file, name="indicators_file"),
    path("chi-tieu/<slug:code>/", views.indicator, name="indicator"),
]
