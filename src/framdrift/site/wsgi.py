"""What gunicorn serves. A configuration that the system checks call unsafe does not start."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "framdrift.site.settings")
application = get_wsgi_application()

from framdrift.site.checks import refuse_unsafe  # noqa: E402  (needs the apps that the line above loads)

refuse_unsafe()
