from django.urls import URLPattern, URLResolver

Paths = list[URLPattern | URLResolver]
