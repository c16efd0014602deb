from django.urls import include, path

from framdrift.site.health import health
from framdrift.site.middleware import HEALTH_PATH

urlpatterns = [
    path(HEALTH_PATH.removeprefix("/"), health, name="health"),
    path("", include("framdrift.web.urls")),
]

handler400 = "framdrift.web.design.errors.bad_request"
handler403 = "framdrift.web.design.errors.forbidden"
handler404 = "framdrift.web.design.errors.not_found"
handler500 = "framdrift.web.design.errors.server_error"
