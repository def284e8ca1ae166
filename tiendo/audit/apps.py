from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.audit"
    label = "audit"
