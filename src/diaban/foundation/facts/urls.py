from django.urls import path

from diaban.foundation.facts import views

app_name = "facts"
urlpatterns = [
    path("chi-tieu/", views.indicators, name="indicators"),
    path("chi-tieu/<slug:code>/", views.indicator, name="indicator"),
]
