from django.apps import AppConfig


class JobseekerConfig(AppConfig):
    name = "framdrift.web.jobseeker"
    label = "jobseeker"
