from django.urls import path

from diaban.foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("danh-sach.xlsx", views.export, name="export"),
    path("nap/", views.bring, name="bring"),
    path("so-cap-so/", views.series, name="series"),
    path("<uuid:uid>/", views.document, name="document"),
    path("<uuid:uid>/dang-ky/", views.register, name="register"),
    path("<uuid:uid>/cap-so/", views.issue, name="issue"),
    path("<uuid:uid>/bo/", views.discard, name="discard"),
]
