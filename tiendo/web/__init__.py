"""Signed-in pages: one folder an area, each with urls, views, forms; templates under `templates/web/<area>/`."""
