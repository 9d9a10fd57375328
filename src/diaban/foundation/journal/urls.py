from django.urls import path

from diaban.foundation.journal import views

app_name = "journal"
urlpatterns = [path("", views.entries, name="entries")]
