from django.urls import path

from diaban.foundation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="list"),
    path("them/", views.found, name="found"),
    path("danh-sach.xlsx", views.organisations_file, name="list_file"),
    path("danh-ba/", views.directory, name="directory"),
    path("danh-ba.xlsx", views.directory_file, name="directory_file"),
    path("danh-ba/<uuid:uid>/", views.confirm_contact, name="confirm_contact"),
    path("quan-tri/", views.office, name="office"),
    path("quan-tri/them-nguoi/", views.add_colleague, name="add_colleague"),
    path("quan-tri/ban-giao/", views.hand_over, name="hand_over"),
    path("quan-tri/danh-sach/", views.import_people, name="import_people"),
    path("quan-tri/danh-sach.xlsx", views.people_template, name="people_template"),
    path("quan-tri/nguoi/<uuid:uid>/", views.colleague, name="colleague"),
    path("quan-tri/nguoi/<uuid:uid>/giao-them/", views.give_post, name="give_post"),
    path("quan-tri/nguoi/<uuid:uid>/thoi-giu/", views.end_holding, name="end_holding"),
    path("quan-tri/nguoi/<uuid:uid>/mat-khau/", views.renew_password, name="renew_password"),
    path("quan-tri/nguoi/<uuid:uid>/khoa/", views.lock_account, name="lock_account"),
    path("quan-tri/nguoi/<uuid:uid>/mo-khoa/", views.unlock_account, name="unlock_account"),
    path("ky-thay/", views.delegations, name="delegations"),
    path("ky-thay/<int:delegation_id>/ket-thuc/", views.end_delegation, name="end_delegation"),
    path("quan-tri/thong-bao/", views.unreached_page, name="unreached"),
    path("quan-tri/thong-bao/gui-lai/", views.send_again, name="send_again"),
    path("phu-trach/", views.charges, name="charges"),
    path("<uuid:uid>/", views.organisation, name="organisation"),
    path("<uuid:uid>/doi-ten/", views.rename, name="rename"),
]
