"""The tables of this application as they stand after the migrations that this one replaces, made in one go."""

import django.db.models.deletion
import modelsearch.index
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ('partners', '0001_initial'),
        ('partners', '0002_organisation_kinds'),
    ]

    dependencies = [
        ('core', '0001_squashed_0004_send_again'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('kind', models.CharField(choices=[('partnership', 'Safeguarding partnership'), ('council', 'Council'), ('police', 'Police'), ('health', 'Health'), ('school', 'School or college'), ('club', 'Youth or sports club'), ('care', "Children's home or fostering service"), ('faith', 'Faith group'), ('charity', 'Charity or voluntary organisation'), ('business', 'Business')], max_length=20, verbose_name='kind')),
                ('website', models.URLField(blank=True, help_text='The whole address, starting with https://.', verbose_name='website')),
                ('role', models.CharField(blank=True, help_text='One plain line: Runs the week of action.', max_length=160, verbose_name='what it does here')),
                ('sort_order', models.PositiveSmallIntegerField(default=100, help_text='Smaller numbers come first; the same number: by name.', verbose_name='order')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
                ('logo', models.ForeignKey(blank=True, help_text="Only with the organisation's leave. Without a logo its name is shown as a wordmark.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='logo')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['sort_order', 'name'],
                'abstract': False,
                'unique_together': {('translation_key', 'locale')},
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
