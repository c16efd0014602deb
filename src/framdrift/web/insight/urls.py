from django.urls import path

from framdrift.web.conformity import addresses  # noqa: F401  (registers the converter "office")
from framdrift.web.insight import access_log, views

app_name = "insight"
urlpatterns = [
    path("kontorer/", views.offices, name="offices"),
    path("innsynslogg/", access_log.access_log, name="access_log"),
    path("innsynslogg/innsynslogg.csv", access_log.access_log_csv, name="access_log_csv"),
    path("<office:office>/samsvar/", views.conformity, name="conformity"),
    path("<office:office>/samsvar/beregning/", views.attempt, name="attempt"),
    path("<office:office>/samsvar/samsvar.csv", views.conformity_csv, name="csv"),
    path("<office:office>/samsvar/samsvar.pdf", views.conformity_pdf, name="pdf"),
]
