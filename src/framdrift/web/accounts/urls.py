from django.urls import path

from framdrift.web.accounts import views
from framdrift.web.accounts.openid import CITIZENS, STAFF

urlpatterns = [
    path("logg-inn/", views.login_page, name="login"),
    path("logg-inn/ansatt/", views.to_provider, {"provider": STAFF}, name="login_staff"),
    path("logg-inn/ansatt/svar/", views.from_provider, {"provider": STAFF}, name="login_staff_answer"),
    path("logg-inn/arbeidssoker/", views.to_provider, {"provider": CITIZENS}, name="login_citizens"),
    path("logg-inn/arbeidssoker/svar/", views.from_provider, {"provider": CITIZENS}, name="login_citizens_answer"),
    path("logg-ut/", views.log_out, name="logout"),
]
