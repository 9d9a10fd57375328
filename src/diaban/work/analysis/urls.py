from django.urls import path

from diaban.work.analysis.views import saved, tables

app_name = "analysis"
urlpatterns = [
    path("", tables.table, name="table"),
    path("bang.<str:kind>", tables.file, name="file"),
    path("hinh.<str:kind>", tables.picture, name="picture"),
    path("da-luu/", saved.views, name="views"),
    path("da-luu/luu/", saved.save, name="save"),
    path("da-luu/<uuid:uid>/", saved.view, name="view"),
    path("da-luu/<uuid:uid>/bo/", saved.put_away, name="put_away"),
]
