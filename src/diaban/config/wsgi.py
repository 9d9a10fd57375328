"""The WSGI entry that `diaban serve` and other servers load."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diaban.config.settings")
application = get_wsgi_application()
