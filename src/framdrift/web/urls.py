from django.urls import include, path

from framdrift.web.accounts.views import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("framdrift.web.accounts.urls")),
    path("", include("framdrift.web.design.urls")),
    path("kontor/", include("framdrift.web.office.urls")),
    path("kontor/", include("framdrift.web.advisor.urls")),
    path("min-side/", include("framdrift.web.jobseeker.urls")),
    path("innsikt/", include("framdrift.web.insight.urls")),
]

handler400 = "framdrift.web.design.errors.bad_request"
handler403 = "framdrift.web.design.errors.forbidden"
handler404 = "framdrift.web.design.errors.not_found"
handler500 = "framdrift.web.design.errors.server_error"
