from django.urls import path

from framdrift.web.conformity import addresses  # noqa: F401  (registers the converter "office")
from framdrift.web.office import absence, assigning, redistribution, staff, unmatched, views, without_advisor

app_name = "office"
urlpatterns = [
    path("<office:office>/samsvar/", views.conformity, name="conformity"),
    path("<office:office>/samsvar/saker/", views.cases, name="cases"),
    path("<office:office>/samsvar/beregn/", views.request_figures, name="request_figures"),
    path("<office:office>/samsvar/beregning/", views.attempt, name="attempt"),
    path("<office:office>/samsvar/samsvar.csv", views.conformity_csv, name="csv"),
    path("<office:office>/samsvar/samsvar.pdf", views.conformity_pdf, name="pdf"),
    path("<office:office>/uten-veileder/", without_advisor.people, name="without_advisor"),
    path("<office:office>/uten-veileder/uten-veileder.csv", without_advisor.people_csv, name="without_advisor_csv"),
    path("<office:office>/personer/<uuid:person>/veileder/", assigning.person, name="assign"),
    path("<office:office>/omfordeling/", redistribution.overview, name="redistribution"),
    path("<office:office>/omfordeling/uten-veileder/", redistribution.share_out, name="share_out_nobodys"),
    path("<office:office>/omfordeling/fra/<office:advisor>/", redistribution.share_out, name="share_out"),
    path("<office:office>/omfordeling/<uuid:run>/", redistribution.redistributed, name="redistributed"),
    path("<office:office>/omfordeling/<uuid:run>/fortsett/", redistribution.go_on, name="go_on"),
    path("<office:office>/omfordeling/<uuid:run>/gjor-om/", redistribution.go_back, name="go_back"),
    path("<office:office>/ansatte/", staff.people, name="staff"),
    path("<office:office>/ansatte/ny/", staff.new, name="staff_new"),
    path("<office:office>/ansatte/<office:staff>/", staff.one, name="employee"),
    path("<office:office>/fravaer/", absence.overview, name="absence"),
    path("<office:office>/fravaer/<int:absence_id>/", absence.one, name="absence_change"),
    path("<office:office>/uidentifiserte/", unmatched.unmatched, name="unmatched"),
    path("<office:office>/uidentifiserte/<uuid:period>/", unmatched.who, name="who"),
    path("<office:office>/uidentifiserte/<uuid:period>/koble/", unmatched.match, name="match"),
    path("<office:office>/uidentifiserte/<uuid:period>/los/", unmatched.unmatch, name="unmatch"),
]
