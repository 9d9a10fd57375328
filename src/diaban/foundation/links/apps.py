from django.apps import AppConfig


class LinksApp(AppConfig):
    name = "diaban.foundation.links"
    label = "links"
