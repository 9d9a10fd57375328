from django.urls import path

from diaban.foundation.obligations import views

app_name = "obligations"
urlpatterns = [
    path("", views.obligations, name="obligations"),
    path("ngay-nghi/", views.days_off, name="days_off"),
    path("ngay-nghi/bang.xlsx", views.days_off_file, name="days_off_file"),
    path("ngay-nghi/<int:day_off_id>/", views.day_off, name="day_off"),
    path("<int:obligation_id>/", views.obligation, name="obligation"),
    path("<int:obligation_id>/phan-cong/", views.assign, name="assign"),
    path("<int:obligation_id>/de-nghi/", views.ask, name="ask"),
    path("phan-viec/<int:assignment_id>/xong/", views.report_done, name="report_done"),
    path("de-nghi/<int:request_id>/tra-loi/", views.decide, name="decide"),
]
