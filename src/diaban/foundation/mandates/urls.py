from django.urls import path

from diaban.foundation.mandates import views

app_name = "mandates"
urlpatterns = [
    path("", views.matrix, name="matrix"),
    path("phan-cong.xlsx", views.matrix_file, name="matrix_file"),
    path("phan-cong/", views.give, name="give"),
    path("phan-cong/<int:mandate_id>/ket-thuc/", views.end, name="end"),
    path("khoa/", views.tokens, name="tokens"),
    path("khoa/<int:token_id>/thu-hoi/", views.revoke, name="revoke_token"),
    path("vai-tro/", views.roles, name="roles"),
    path("vi-tri/", views.switch_position, name="switch_position"),
]
