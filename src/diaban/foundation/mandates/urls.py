from django.urls import path

from diaban.foundation.mandates import views

app_name = "mandates"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("vai-tro/", views.roles, name="roles"),
    path("vi-tri/", views.switch_position, name="switch_position"),
]
