from django.apps import AppConfig


class RemarksApp(AppConfig):
    name = "diaban.foundation.remarks"
    label = "remarks"
