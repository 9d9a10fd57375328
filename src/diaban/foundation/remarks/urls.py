from django.urls import path

from diaban.foundation.remarks import views

app_name = "remarks"
urlpatterns = [
    path("<str:kind>/<int:thing_id>/", views.open_thread, name="open"),
    path("<int:thread_id>/", views.answer, name="answer"),
]
