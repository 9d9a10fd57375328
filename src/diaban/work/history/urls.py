from django.urls import path

from diaban.work.history import views

app_name = "history"
urlpatterns = [
    path("", views.sheets, name="sheets"),
    path("dua-len/", views.bring, name="bring"),
    path("<uuid:uid>/", views.sheet, name="sheet"),
    path("<uuid:uid>/nhap/", views.take_in, name="take_in"),
    path("<uuid:uid>/trang-tinh/", views.other_sheet, name="other_sheet"),
]
