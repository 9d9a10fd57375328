from django.apps import AppConfig


class FactsApp(AppConfig):
    name = "diaban.foundation.facts"
    label = "facts"
