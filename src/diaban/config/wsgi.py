"""The WSGI entry that `diaban serve` and other servers load."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.template import engines
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diaban.config.settings")
application = get_wsgi_application()
# Tag libraries and addresses are imported here, by one thread: where two first requests do it at once, a library can be
# missed for as long as the process lives.
engines.all()
_ = get_resolver().url_patterns
gc.freeze()  # what is loaded stays, and is not looked through for garbage
