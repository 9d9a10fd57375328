from django.apps import AppConfig
from django.core.checks import register


class ActsApp(AppConfig):
    name = "diaban.foundation.acts"
    label = "acts"

    def ready(self) -> None:
        from diaban.foundation.acts.clock import start_from_environment
        from diaban.foundation.acts.sockets import check_sockets

        register(check_sockets)
        start_from_environment()
