from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.budget"
    label = "budget"
