from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.web"
    label = "web"
