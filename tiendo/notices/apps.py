from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.notices"
    label = "notices"
