from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.publication"
    label = "publication"
