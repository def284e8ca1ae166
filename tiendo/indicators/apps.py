from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.indicators"
    label = "indicators"
