from django.apps import AppConfig


class DocumentsApp(AppConfig):
    name = "diaban.foundation.documents"
    label = "documents"
