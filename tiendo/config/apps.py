from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.config"
    label = "config"
