"""The head may move on by several events at once; it still never stands still or goes back."""

from django.db import migrations

from tiendo.audit.triggers import install_in_migration


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install_in_migration, migrations.RunPython.noop)]
