from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.plans"
    label = "plans"
