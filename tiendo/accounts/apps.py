from django.apps import AppConfig


class Config(AppConfig):
    name = "tiendo.accounts"
    label = "accounts"
