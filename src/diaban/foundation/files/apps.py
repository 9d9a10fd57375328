from django.apps import AppConfig


class FilesApp(AppConfig):
    name = "diaban.foundation.files"
    label = "files"
