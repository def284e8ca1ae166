from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.evaluation"
    label = "evaluation"
