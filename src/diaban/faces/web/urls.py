from django.urls import path

from diaban.faces.web import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("ho-so-dia-ban/", views.own_place, name="own_place"),
    path("ho-so-dia-ban/<uuid:uid>/", views.place, name="place"),
    path("ho-so-dia-ban/<uuid:uid>/hinh/<slug:key>.svg", views.place_picture, name="place_picture"),
    path("ho-so-dia-ban/<uuid:uid>/ho-so.pdf", views.place_file, {"kind": "pdf"}, name="place_pdf"),
    path("ho-so-dia-ban/<uuid:uid>/ho-so.html", views.place_file, {"kind": "html"}, name="place_alone"),
    path("bat-dau/", views.beginning, name="beginning"),
    path("tim/", views.search, name="search"),
]
