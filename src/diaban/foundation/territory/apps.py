from django.apps import AppConfig


class TerritoryApp(AppConfig):
    name = "diaban.foundation.territory"
    label = "territory"
