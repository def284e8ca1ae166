from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.api"
    label = "api"
