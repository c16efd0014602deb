from django.urls import path

from framdrift.web.advisor import assisting, views
from framdrift.web.conformity import addresses  # noqa: F401  (registers the converter "office")

PERSON = "<office:office>/personer/<uuid:person>/"

app_name = "advisor"
urlpatterns = [
    path("<office:office>/sok/", views.search, name="search"),
    path("<office:office>/registrer/", assisting.register, name="register"),
    path(PERSON, views.person, name="person"),
    path(f"{PERSON}begrunnelse/", views.reason, name="reason"),
    path(f"{PERSON}innsyn/", views.openings, name="openings"),
    path(f"{PERSON}kontaktopplysninger/", views.contact, name="contact"),
    path(f"{PERSON}sikkerhetsvarsel/", views.safety, name="safety"),
    path(f"{PERSON}registrering/se-over/", assisting.review, name="review"),
    path(f"{PERSON}registrering/kvittering/", assisting.receipt, name="receipt"),
    path(f"{PERSON}registrering/yrker/", assisting.occupations, name="occupations"),
    path(f"{PERSON}registrering/versjoner/", assisting.versions, name="versions"),
    path(f"{PERSON}registrering/versjoner/<int:number>/", assisting.version, name="version"),
    path(f"{PERSON}registrering/versjoner/<int:number>/endringer/", assisting.changes, name="changes"),
    path(f"{PERSON}registrering/<str:step>/", assisting.step, name="step"),
]
