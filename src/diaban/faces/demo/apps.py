from django.apps import AppConfig


class DemoApp(AppConfig):
    name = "diaban.faces.demo"
    label = "demo"
