from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.intake"
    label = "intake"
