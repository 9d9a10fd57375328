from django.urls import path

from diaban.foundation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="list"),
    path("danh-sach.xlsx", views.organisations_file, name="list_file"),
    path("danh-ba/", views.directory, name="directory"),
    path("danh-ba.xlsx", views.directory_file, name="directory_file"),
    path("danh-ba/<uuid:uid>/", views.confirm_contact, name="confirm_contact"),
    path("quan-tri/", views.office, name="office"),
    path("quan-tri/them-nguoi/", views.add_colleague, name="add_colleague"),
    path("quan-tri/ban-giao/", views.hand_over, name="hand_over"),
    path("quan-tri/danh-sach/", views.import_people, name="import_people"),
    path("quan-tri/thong-bao/", views.unreached_page, name="unreached"),
    path("quan-tri/thong-bao/gui-lai/", views.send_again, name="send_again"),
    path("phu-trach/", views.charges, name="charges"),
    path("<uuid:uid>/", views.organisation, name="organisation"),
]
