from django.urls import path

from diaban.work.difficulties import views

app_name = "difficulties"
urlpatterns = [
    path("", views.difficulties, name="difficulties"),
    path("tong-hop.<str:kind>", views.printed_list, name="printed"),
    path("bang.<str:kind>", views.matrix_file, name="matrix_file"),
    path("bang/", views.matrix, name="matrix"),
    path("tin-nhan/", views.messages_page, name="messages"),
    path("moi/", views.new, name="new"),
    path("thoi-han/", views.kinds, name="kinds"),
    path("thoi-han/<str:code>/", views.set_clock, name="set_clock"),
    path("gop/", views.join, name="join"),
    path("luot/<uuid:raising_uid>/y-kien/", views.stance, name="stance"),
    path("luot/<uuid:raising_uid>/rut/", views.withdraw, name="withdraw"),
    path("<uuid:uid>/", views.difficulty, name="difficulty"),
    path("<uuid:uid>/tra-loi/", views.answer, name="answer"),
    path("<uuid:uid>/thu-hoi-tra-loi/", views.withdraw_answer, name="withdraw_answer"),
    path("<uuid:uid>/minh-chung/", views.evidence, name="evidence"),
    path("<uuid:uid>/chuyen/", views.pass_on, name="pass_on"),
    path("<uuid:uid>/tach/", views.part, name="part"),
]
