from django.urls import path

from diaban.foundation.mandates import views

app_name = "mandates"
urlpatterns = [
    path("vi-tri/", views.switch_position, name="switch_position"),
]
