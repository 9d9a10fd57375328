from django.urls import path

from diaban.work.ranking.views import appeals, boards, indices, schemes, scoring

app_name = "ranking"
urlpatterns = [
    path("", boards.board_list, name="boards"),
    path("bo-tieu-chi/", schemes.scheme_list, name="schemes"),
    path("bo-tieu-chi/moi/", schemes.new, name="new_scheme"),
    path("bo-tieu-chi/<uuid:uid>/", schemes.scheme, name="scheme"),
    path("bo-tieu-chi/<uuid:uid>/sua/", schemes.edit, name="edit_scheme"),
    path("bo-tieu-chi/<uuid:uid>/ban-hanh/", schemes.publish, name="publish_scheme"),
    path("bo-tieu-chi/<uuid:uid>/mo-dot-cham/", schemes.open_board, name="open_board"),
    path("chi-so/", indices.index_list, name="indices"),
    path("chi-so/nhap/", indices.bring, name="bring_index"),
    path("chi-so/<uuid:uid>/", indices.index, name="index"),
    path("kien-nghi/<uuid:uid>/", appeals.appeal_page, name="appeal"),
    path("<uuid:uid>/", boards.board, name="board"),
    path("<uuid:uid>/bang.xlsx", boards.workbook, name="workbook"),
    path("<uuid:uid>/bien-ban.<str:kind>", boards.minutes_file, name="minutes"),
    path("<uuid:uid>/thong-bao-xep-hang.<str:kind>", boards.notice_file, name="notice"),
    path("<uuid:uid>/don-vi/<int:member>/", boards.member, name="member"),
    path("<uuid:uid>/tinh-diem/", scoring.compute, name="compute"),
    path("<uuid:uid>/cham/<int:member>/<int:criterion>/", scoring.by_hand, name="by_hand"),
    path("<uuid:uid>/kien-nghi/<int:member>/<int:criterion>/", appeals.new, name="new_appeal"),
    path("<uuid:uid>/thong-bao/", scoring.announce, name="announce"),
    path("<uuid:uid>/ky-duyet/", scoring.sign, name="sign"),
    path("<uuid:uid>/rut-ky-duyet/", scoring.take_back, name="take_back"),
    path("<uuid:uid>/cong-bo/", scoring.publish, name="publish"),
]
