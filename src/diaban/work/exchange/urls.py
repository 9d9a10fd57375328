from django.urls import path

from diaban.work.exchange import views

app_name = "exchange"
urlpatterns = [
    path("", views.imports, name="imports"),
    path("dua-len/", views.bring, name="bring"),
    path("lay-ve/", views.take_away, name="take_away"),
    path("<uuid:uid>/", views.one_import, name="import"),
    path("<uuid:uid>/ghi/", views.take_in, name="take_in"),
]
