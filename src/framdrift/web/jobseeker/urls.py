from django.urls import path

from framdrift.web.jobseeker import views
from framdrift.web.registration import addresses  # noqa: F401  (registers the converter "step")

app_name = "jobseeker"
urlpatterns = [
    path("", views.home, name="home"),
    path("innsyn/", views.openings, name="openings"),
    path("kontorer/", views.offices, name="offices"),
    path("registrering/", views.start, name="start"),
    path("registrering/gjennomgang/", views.review, name="review"),
    path("registrering/kvittering/", views.receipt, name="receipt"),
    path("registrering/yrker/", views.occupations, name="occupations"),
    path("registrering/versjoner/", views.versions, name="versions"),
    path("registrering/versjoner/<int:number>/", views.version, name="version"),
    path("registrering/versjoner/<int:number>/endringer/", views.changes, name="changes"),
    path("registrering/last-ned/", views.export, name="export"),
    path("registrering/<step:step>/", views.step, name="step"),
]
