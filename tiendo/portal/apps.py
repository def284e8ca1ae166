from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.portal"
    label = "portal"
