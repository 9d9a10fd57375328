from django.apps import AppConfig


class JournalApp(AppConfig):
    name = "diaban.foundation.journal"
    label = "journal"
