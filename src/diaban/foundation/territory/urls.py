from django.urls import path

from diaban.foundation.territory import views

app_name = "territory"
urlpatterns = [
    path("", views.tree, name="tree"),
    path("tim/", views.search, name="search"),
    path("<uuid:uid>/", views.unit, name="unit"),
    path("<uuid:uid>/huyen-cu/", views.old_districts, name="old_districts"),
    path("<uuid:predecessor>/<uuid:successor>/so-dan/", views.correct_weight, name="correct_weight"),
]
