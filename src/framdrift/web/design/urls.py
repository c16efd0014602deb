from django.urls import path

from framdrift.web.design import views

app_name = "design"
urlpatterns = [
    path("visning/", views.view_choices, name="view"),
    path("visning/sprak/", views.choose_language, name="language"),
    path("komponenter/", views.gallery, name="gallery"),
]
