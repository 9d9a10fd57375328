from django.urls import path

from diaban.work.directives.views import drafting, following, lists, things

app_name = "directives"
urlpatterns = [
    path("", lists.directive_list, name="directives"),
    path("duoc-giao/", lists.received_list, name="received"),
    path("moi/", drafting.new, name="new"),
    path("tin-nhan/", following.messages_page, name="messages"),
    path("bang/", following.board_page, name="board"),
    path("tuan/", following.week_page, name="week"),
    path("tuan.<str:kind>", following.week_file, name="week_file"),
    path("so-theo-doi.<str:kind>", following.register_file, name="register"),
    path("san-pham.xlsx", following.products_file, name="products"),
    path("viec/<uuid:uid>/", things.task, name="task"),
    path("viec/<uuid:uid>/tien-do/", things.report_progress, name="report_progress"),
    path("viec/<uuid:uid>/hoan-thanh/", things.report_done, name="report_done"),
    path("viec/<uuid:uid>/xem-xet/", things.decide, name="decide"),
    path("<uuid:uid>/", things.directive_page, name="directive"),
    path("<uuid:uid>/sua/", drafting.edit, name="edit"),
    path("<uuid:uid>/xoa/", things.discard, name="discard"),
    path("<uuid:uid>/ban-hanh/", things.issue, name="issue"),
    path("<uuid:uid>/giao-them/", drafting.give, name="give"),
    path("<uuid:uid>/trinh/", things.hand_up, name="hand_up"),
    path("<uuid:uid>/thu-hoi/", things.withdraw, name="withdraw"),
    path("<uuid:uid>/phieu.<str:kind>", following.slip_file, name="slip"),
    path("<uuid:uid>/van-ban/<str:kind>/", following.letter, name="letter"),
    path("<uuid:uid>/gop/", things.merge, name="merge"),
]
