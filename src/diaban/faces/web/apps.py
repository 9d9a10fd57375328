from django.apps import AppConfig


class WebApp(AppConfig):
    name = "diaban.faces.web"
    label = "web"
