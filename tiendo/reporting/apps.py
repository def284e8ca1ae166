from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.reporting"
    label = "reporting"
