import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0001_initial"),
        ("resources", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CampaignPack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "pack",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="campaign_packs",
                        to="resources.packpage",
                        verbose_name="pack",
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="packs", to="events.campaignpage"
                    ),
                ),
            ],
            options={
                "verbose_name": "pack of a campaign",
                "verbose_name_plural": "packs of campaigns",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="campaignpack",
            constraint=models.UniqueConstraint(fields=("page", "pack"), name="events_pack_once_in_a_campaign"),
        ),
    ]
