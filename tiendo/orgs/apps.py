from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.orgs"
    label = "orgs"
