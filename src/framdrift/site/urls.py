from django.urls import include, path

from framdrift.site.health import health
from framdrift.site.middleware import HEALTH_PATH

urlpatterns = [
    path(HEALTH_PATH.removeprefix("/"), health, name="health"),
    path("", include("framdrift.web.urls")),
]
