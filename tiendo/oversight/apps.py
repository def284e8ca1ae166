from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.oversight"
    label = "oversight"
