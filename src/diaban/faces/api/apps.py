from django.apps import AppConfig


class ApiApp(AppConfig):
    name = "diaban.faces.api"
    label = "api"
