from django.apps import AppConfig


class MeetingsApp(AppConfig):
    name = "diaban.work.meetings"
    label = "meetings"
