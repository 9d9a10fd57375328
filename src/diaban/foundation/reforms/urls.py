from django.urls import path

from diaban.foundation.reforms import views

app_name = "reforms"
urlpatterns = [
    path("", views.reforms, name="reforms"),
    path("lap/", views.plan, name="plan"),
    path("<uuid:uid>/", views.reform, name="reform"),
    path("<uuid:uid>/chay-thu/", views.try_out, name="try_out"),
    path("<uuid:uid>/thuc-hien/", views.carry_out, name="carry_out"),
    path("<uuid:uid>/phuong-an.json", views.download, name="download"),
    path("<uuid:uid>/phuong-an/", views.upload, name="upload"),
]
