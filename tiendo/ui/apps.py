from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.ui"
    label = "ui"
