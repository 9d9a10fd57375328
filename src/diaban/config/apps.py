from django.apps import AppConfig


class ConfigApp(AppConfig):
    """The last app: when it is ready every room is, and the sockets are connected."""

    name = "diaban.config"
    label = "config"

    def ready(self) -> None:
        from diaban.config.wiring import connect

        connect()
