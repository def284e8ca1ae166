from django.db import migrations


def set_origins(apps, schema_editor):
    """Until now a later version copied every item under its path: the first with the path is the origin of the rest."""
    items = apps.get_model("plans", "PlanItem").objects
    firsts, copies = {}, []
    for item in items.order_by("version__number").only("pk", "path", "version__plan_id").select_related("version"):
        first = firsts.setdefault((item.version.plan_id, item.path), item)
        if first is not item:
            item.origin = first
            copies.append(item)
    items.bulk_update(copies, ["origin"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_again")]
    operations = [migrations.RunPython(set_origins, migrations.RunPython.noop)]
