from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.warehouse"
    label = "warehouse"
