from django.urls import path

from framdrift.web.accounts import views

urlpatterns = [
    path("logg-inn/", views.login_page, name="login"),
    path("logg-ut/", views.log_out, name="logout"),
]
