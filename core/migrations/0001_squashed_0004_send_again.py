"""The tables of this application as they stand after the migrations that this one replaces, made in one go."""

import core.fields
import core.models.media
import django.core.validators
import django.db.models.deletion
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_initial'), ('core', '0003_document_measures'), ('core', '0004_send_again')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='DueJobState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='job')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='held until')),
                ('lease', models.UUIDField(blank=True, editable=False, null=True, verbose_name='held by')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='last started')),
                ('succeeded_at', models.DateTimeField(blank=True, null=True, verbose_name='last succeeded')),
                ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='last failed')),
            ],
            options={
                'verbose_name': 'job',
                'ordering': ['name'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='CustomDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('file', core.fields.CheckedDocumentField(upload_to='documents', verbose_name='file')),
                ('page_count', models.PositiveSmallIntegerField(editable=False, null=True, verbose_name='pages')),
                ('width', models.PositiveIntegerField(editable=False, null=True, verbose_name='width')),
                ('height', models.PositiveIntegerField(editable=False, null=True, verbose_name='height')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
            },
            bases=(core.models.media.CheckedFilesMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CustomImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('file', core.fields.CleanImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', help_text="What the picture shows or says, for people who can't see it. Never leave out words in it.", max_length=255, verbose_name='description')),
                ('is_decorative', models.BooleanField(default=False, help_text="Tick if the picture says nothing that the page doesn't.", verbose_name='only decoration')),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='credit')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('is_decorative', True), models.Q(('description', ''), _negated=True), _connector='OR'), name='core_image_described_or_decorative', violation_error_message='Describe the picture, or tick that it is only decoration.')],
            },
            bases=(core.models.media.CheckedFilesMixin, wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='CustomMedia',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('type', models.CharField(choices=[('audio', 'Audio file'), ('video', 'Video file')], max_length=255)),
                ('duration', models.FloatField(blank=True, default=0, help_text='Duration in seconds', validators=[django.core.validators.MinValueValidator(0)], verbose_name='duration')),
                ('width', models.PositiveIntegerField(blank=True, null=True, verbose_name='width')),
                ('height', models.PositiveIntegerField(blank=True, null=True, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file', core.fields.CheckedMediaField(upload_to='media', verbose_name='file')),
                ('thumbnail', core.fields.CheckedPosterField(blank=True, upload_to='media_thumbnails', verbose_name='still picture')),
                ('captions', core.fields.CheckedCaptionsField(blank=True, help_text='A WebVTT file (.vtt) with the words as captions.', upload_to='captions', verbose_name='captions')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
                ('uploaded_by_user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL, verbose_name='uploaded by user')),
            ],
            options={
                'verbose_name': 'media',
                'verbose_name_plural': 'media items',
                'abstract': False,
            },
            bases=(core.models.media.CheckedFilesMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(editable=False, max_length=200, unique=True, verbose_name='Message-ID')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('body', models.TextField(verbose_name='words')),
                ('body_html', models.TextField(blank=True, verbose_name='words as HTML')),
                ('from_email', models.CharField(max_length=254, verbose_name='from')),
                ('reply_to', models.EmailField(blank=True, max_length=254, verbose_name='answers go to')),
                ('headers', models.JSONField(blank=True, default=dict, verbose_name='more headers')),
                ('status', models.CharField(choices=[('queued', 'Waiting to be sent'), ('sent', 'Sent'), ('failed', 'Given up')], default='queued', max_length=10, verbose_name='status')),
                ('created_at', models.DateTimeField(verbose_name='added')),
                ('next_try_at', models.DateTimeField(verbose_name='next try')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='tries')),
                ('leased_until', models.DateTimeField(blank=True, null=True, verbose_name='held by a sender until')),
                ('lease', models.UUIDField(blank=True, editable=False, null=True, verbose_name='sender')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='sent or given up')),
                ('last_error', models.CharField(blank=True, max_length=100, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'message',
                'ordering': ['next_try_at', 'pk'],
                'default_permissions': ('view', 'change'),
                'indexes': [models.Index(condition=models.Q(('status', 'queued')), fields=['next_try_at', 'id'], name='core_outbox_queued')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('finished_at', None), ('status', 'queued')), models.Q(models.Q(('status', 'queued'), _negated=True), ('finished_at__isnull', False)), _connector='OR'), name='core_outbox_finished_when_done')],
            },
        ),
        migrations.CreateModel(
            name='SecondPersonApprovalTask',
            fields=[
                ('task_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.task')),
                ('groups', models.ManyToManyField(help_text='Pages/snippets at this step in a workflow will be moderated or approved by these groups of users', to='auth.group', verbose_name='groups')),
            ],
            options={
                'verbose_name': 'approval by a second person',
                'verbose_name_plural': 'approvals by a second person',
            },
            bases=('wagtailcore.task',),
        ),
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('actor_label', models.CharField(max_length=200, verbose_name='in which role')),
                ('action', models.CharField(db_index=True, max_length=80, verbose_name='what')),
                ('model', models.CharField(max_length=100, verbose_name='kind of record')),
                ('object_pk', models.CharField(max_length=64, verbose_name='number of the record')),
                ('object_label', models.CharField(max_length=200, verbose_name='record')),
                ('old', models.JSONField(null=True, verbose_name='before')),
                ('new', models.JSONField(null=True, verbose_name='after')),
                ('actor', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'audit entry',
                'verbose_name_plural': 'audit entries',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
                'indexes': [models.Index(fields=['model', 'object_pk'], name='core_audit_of_a_record')],
            },
        ),
        migrations.CreateModel(
            name='CustomRendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renditions', to='core.customimage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('image', 'filter_spec', 'focal_point_key'), name='core_rendition_once_per_filter')],
            },
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
    ]
