"""The tables of this application as they stand after the migrations that this one replaces, made in one go."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import resources.languages
import resources.models.partner_links
import uuid
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('resources', '0001_initial'), ('resources', '0002_library_page'), ('resources', '0003_cobrand_preview'), ('resources', '0004_printed_numbers'), ('resources', '0005_handed_out'), ('resources', '0006_words'), ('resources', '0007_artwork_name'), ('resources', '0008_pack_states')]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0004_send_again'),
        ('partners', '0001_squashed_0002_organisation_kinds'),
        ('signposting', '0001_squashed_0004_phone_option'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='LibraryChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject_key', models.UUIDField(db_index=True, help_text='The key that it shares with its translations.', verbose_name='resource or pack')),
                ('title', models.CharField(max_length=255, verbose_name='title at that time')),
                ('kind', models.CharField(choices=[('published', 'New'), ('changed', 'New version'), ('withdrawn', 'Withdrawn'), ('expired', 'Past its date'), ('restored', 'Back again')], max_length=10, verbose_name='what happened')),
                ('version', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='version')),
                ('what', models.CharField(blank=True, max_length=240, verbose_name='in words')),
                ('at', models.DateTimeField(db_index=True, verbose_name='at')),
            ],
            options={
                'verbose_name': 'change of the library',
                'verbose_name_plural': 'changes of the library',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ResourceUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource_key', models.UUIDField(unique=True, verbose_name='resource')),
                ('downloads', models.PositiveIntegerField(default=0, verbose_name='downloads')),
            ],
            options={
                'verbose_name': 'use of a resource',
                'verbose_name_plural': 'use of resources',
            },
        ),
        migrations.CreateModel(
            name='PackIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
            ],
            options={
                'verbose_name': 'list of packs',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PackPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('role', models.CharField(choices=[('school', 'School or college'), ('youth_service', 'Youth service'), ('council_comms', 'Council communications'), ('health', 'Health'), ('police', 'Police'), ('business', 'Business'), ('voluntary', 'Voluntary organisation')], max_length=20, verbose_name='for')),
                ('headline', models.CharField(help_text='What stands before the coloured word: “The”.', max_length=40, verbose_name='heading')),
                ('headline_mark', models.CharField(max_length=24, verbose_name='coloured word')),
                ('headline_end', models.CharField(blank=True, max_length=24, verbose_name='after the coloured word')),
                ('lead', models.CharField(max_length=160, verbose_name='lead')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('posts', wagtail.fields.StreamField([('post', 7)], blank=True, block_lookup={0: ('resources.blocks.DayBlock', (), {'help_text': '1 for the first day, 2 for the second.', 'label': 'Day of the campaign'}), 1: ('resources.blocks.SpokenTimeBlock', (), {'help_text': '8.30am, 4pm or 16:00.', 'label': 'Time'}), 2: ('wagtail.blocks.MultipleChoiceBlock', [], {'choices': [('instagram', 'Instagram'), ('facebook', 'Facebook'), ('x', 'X'), ('bluesky', 'Bluesky'), ('linkedin', 'LinkedIn'), ('tiktok', 'TikTok'), ('nextdoor', 'Nextdoor'), ('newsletter', 'Newsletter'), ('intranet', 'Intranet'), ('screens', 'Screens in the building')], 'label': 'Where'}), 3: ('resources.blocks.CopyTextBlock', (), {'label': 'Text', 'max_length': 4000}), 4: ('resources.blocks.CopyLineBlock', (), {'help_text': 'With their #.', 'label': 'Hashtags', 'max_length': 120, 'required': False}), 5: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture', 'required': False}), 6: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the picture’s own description.', 'label': 'Alt text', 'max_length': 300, 'required': False}), 7: ('wagtail.blocks.StructBlock', [[('day', 0), ('time', 1), ('platforms', 2), ('text', 3), ('hashtags', 4), ('image', 5), ('alt_text', 6)]], {})}, verbose_name='posting schedule')),
                ('texts', wagtail.fields.StreamField([('copy', 6)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Newsletter, short; E-mail to parents.', 'label': 'What it is', 'max_length': 80}), 1: ('resources.blocks.CopyLineBlock', (), {'help_text': 'For e-mail only.', 'label': 'Subject line', 'max_length': 120, 'required': False}), 2: ('resources.blocks.CopyTextBlock', (), {'label': 'Text'}), 3: ('resources.blocks.CopyLineBlock', (), {'help_text': 'With their #.', 'label': 'Hashtags', 'max_length': 120, 'required': False}), 4: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture', 'required': False}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the picture’s own description.', 'label': 'Alt text', 'max_length': 300, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('title', 0), ('subject', 1), ('text', 2), ('hashtags', 3), ('image', 4), ('alt_text', 5)]], {})}, verbose_name='e-mail, newsletter and press copy')),
                ('briefing', wagtail.fields.RichTextField(blank=True, verbose_name='briefing')),
                ('first_day_on', models.DateField(blank=True, help_text='Only for a pack that no campaign uses: a campaign brings its own first day.', null=True, verbose_name='first day')),
                ('published_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='date of this version')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='version')),
                ('what_changed', models.CharField(blank=True, help_text='Since the version before. Partners read it.', max_length=240, verbose_name='what changed')),
                ('embargoed_until', models.DateTimeField(blank=True, help_text='Before this moment only partner links open it. Empty: no embargo.', null=True, verbose_name='embargoed until')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
            ],
            options={
                'verbose_name': 'pack',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page'),
        ),
        migrations.CreateModel(
            name='ResourceIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('heading', models.CharField(blank=True, help_text='The large words at the top. Empty: the title.', max_length=60, verbose_name='heading')),
                ('introduction', wagtail.fields.RichTextField(blank=True, verbose_name='introduction')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
            ],
            options={
                'verbose_name': 'resource library',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('slug', models.SlugField(max_length=60, verbose_name='in the address')),
                ('also_called', models.CharField(blank=True, help_text='Other words that people search for, even those we don’t use: nudes, sexting. Nobody sees them.', max_length=300, verbose_name='also called')),
                ('sort_order', models.PositiveSmallIntegerField(default=100, help_text='Smaller numbers come first; the same number: by name.', verbose_name='order')),
                ('locale', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.locale', verbose_name='locale')),
            ],
            options={
                'verbose_name': 'topic',
                'ordering': ['sort_order', 'name'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('slug', 'locale'), name='resources_topic_slug_once')],
            },
        ),
        migrations.CreateModel(
            name='HandedOut',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource_key', models.UUIDField(help_text='The key that a resource shares with its translations.', verbose_name='resource')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handed_out', to='core.customdocument', verbose_name='file')),
            ],
            options={
                'verbose_name': 'file that was handed out',
                'verbose_name_plural': 'files that were handed out',
                'constraints': [models.UniqueConstraint(fields=('document', 'resource_key'), name='resources_handed_out_once')],
            },
        ),
        migrations.CreateModel(
            name='PartnerLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(help_text="The organisation that gets the link. Never a person's name.", max_length=120, verbose_name='for')),
                ('nonce', models.CharField(default=resources.models.partner_links._nonce, editable=False, max_length=24, unique=True, verbose_name='in the address')),
                ('expires_at', models.DateTimeField(verbose_name='works until')),
                ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked at')),
                ('opened', models.PositiveIntegerField(default=0, editable=False, verbose_name='times opened')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made at')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='made by')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='partner_links', to='resources.packpage', verbose_name='pack')),
            ],
            options={
                'verbose_name': 'partner link',
                'ordering': ['-created_at'],
            },
        ),
        migrations.CreateModel(
            name='ResourcePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('kind', models.CharField(choices=[('poster', 'Poster'), ('leaflet', 'Leaflet'), ('infographic', 'Infographic'), ('video', 'Video'), ('lesson_plan', 'Lesson plan'), ('presentation', 'Presentation'), ('activity', 'Activity'), ('briefing', 'Briefing sheet'), ('form', 'Form'), ('social_post', 'Social post'), ('web_banner', 'Web banner'), ('screensaver', 'Screensaver'), ('email_signature', 'E-mail signature'), ('newsletter_copy', 'Newsletter copy'), ('press_copy', 'Press copy'), ('email_template', 'E-mail template'), ('letter', 'Letter'), ('app', 'App'), ('merchandise', 'Merchandise')], max_length=20, verbose_name='kind')),
                ('for_young_people', models.BooleanField(default=False, verbose_name='for young people')),
                ('for_parents', models.BooleanField(default=False, verbose_name='for parents and carers')),
                ('for_professionals', models.BooleanField(default=False, verbose_name='for professionals')),
                ('form_line', models.CharField(blank=True, help_text='For the list: “Ages 11 to 14. One hour, with slides”. Empty: sizes or formats of its files.', max_length=80, verbose_name='what it comes as')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('callout', 5), ('steps', 16), ('conversation', 22), ('signs', 27), ('questions', 32), ('statistic', 39), ('quotation', 42), ('image_with_text', 46), ('illustration', 49), ('video', 55), ('cards', 62), ('call_to_action', 66), ('copy_text', 69)], blank=True, block_lookup={0: ('core.blocks.text.HeadingBlock', (), {}), 1: ('core.blocks.text.TextBlock', (), {}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tip', 'Tip'), ('warning', 'Warning'), ('emergency', 'Emergency: shows 999')], 'label': 'Kind'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 80, 'required': False}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul'], 'label': 'Text'}), 5: ('wagtail.blocks.StructBlock', [[('kind', 2), ('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Step', 'max_length': 70}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Two short sentences'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Button label', 'max_length': 40, 'required': False}), 9: ('core.blocks.choosers.PageReferenceBlock', (), {'label': 'Page', 'required': False}), 10: ('core.blocks.choosers.DocumentReferenceBlock', (), {'label': 'Document', 'required': False}), 11: ('core.blocks.base.AddressBlock', (), {'label': 'Address of another site', 'required': False}), 12: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Use small letters, digits and hyphens only, like how-to-start.'}, 'help_text': 'Only to lead to one heading: its words in small letters with hyphens, how-to-start.', 'label': 'Heading on the page', 'max_length': 80, 'regex': '^[\\w-]*$', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('page', 9), ('document', 10), ('url', 11), ('anchor', 12)]], {'label': 'Button link', 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('title', 6), ('text', 7), ('link_label', 8), ('link', 13)]], {}), 15: ('wagtail.blocks.ListBlock', (14,), {'label': 'Steps', 'max_num': 6, 'min_num': 3}), 16: ('wagtail.blocks.StructBlock', [[('heading', 3), ('steps', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '“Before anything has happened”.', 'label': 'When to say it', 'max_length': 80}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Say this', 'max_length': 200}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Not this', 'max_length': 200, 'required': False}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'If they say…', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'label': '…you can say', 'max_length': 200, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('heading', 17), ('say', 18), ('avoid', 19), ('they_say', 20), ('reply', 21)]], {}), 23: ('wagtail.blocks.CharBlock', (), {'default': 'Signs to look out for', 'label': 'Heading', 'max_length': 80}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Calm sentence above', 'max_length': 200}), 25: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 26: ('wagtail.blocks.ListBlock', (25,), {'label': 'Signs', 'min_num': 2}), 27: ('wagtail.blocks.StructBlock', [[('heading', 23), ('introduction', 24), ('signs', 26)]], {}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 120}), 29: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'label': 'Answer'}), 30: ('wagtail.blocks.StructBlock', [[('question', 28), ('answer', 29)]], {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Questions', 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 3), ('questions', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'As it is said: 97%, 1 in 5, 1,142.', 'label': 'Figure', 'max_length': 9}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 60}), 35: ('wagtail.blocks.CharBlock', (), {'help_text': 'The sentence after the figure.', 'label': 'What it counts', 'max_length': 300}), 36: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120}), 37: ('core.blocks.base.AddressBlock', (), {'label': 'Link to the source'}), 38: ('wagtail.blocks.IntegerBlock', (), {'label': 'Year of the figure', 'validators': [django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)]}), 39: ('wagtail.blocks.StructBlock', [[('figure', 33), ('heading', 34), ('counts', 35), ('source', 36), ('link', 37), ('year', 38)]], {}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 400}), 41: ('wagtail.blocks.CharBlock', (), {'help_text': 'A role, never a name: “A youth worker”, “Year 9 pupil”.', 'label': 'Who says it', 'max_length': 80}), 42: ('wagtail.blocks.StructBlock', [[('quotation', 40), ('role', 41)]], {}), 43: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 44: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'label': 'Text'}), 45: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('start', 'Picture first'), ('end', 'Words first')], 'label': 'Order'}), 46: ('wagtail.blocks.StructBlock', [[('image', 43), ('text', 44), ('side', 45)]], {}), 47: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('trails-meet', 'Two trails meet and go on together'), ('lamp-and-mugs', 'A lamp left on, two mugs'), ('own-way', 'One mark goes its own way in a crowd'), ('bubble-forward', 'A speech bubble that moves on'), ('fork', 'A path that forks'), ('helping-hand', 'A hand that holds a mark'), ('two-hands', 'Two hands meet'), ('light-ahead', 'A light at the end of a trail'), ('door-open', 'An open door with light in it'), ('paper-trail', 'Sheets of paper in a row')], 'label': 'Drawing'}), 48: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty if it is only decoration.', 'label': 'What it tells', 'max_length': 200, 'required': False}), 49: ('wagtail.blocks.StructBlock', [[('name', 47), ('alt_text', 48)]], {}), 50: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 100}), 51: ('wagtailmedia.blocks.VideoChooserBlock', (), {'label': 'Film held here', 'required': False}), 52: ('core.blocks.base.AddressBlock', (), {'label': 'Address of a film elsewhere', 'required': False}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'As it is said: 2 minutes.', 'label': 'Length', 'max_length': 20, 'required': False}), 54: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'help_text': 'Every word, and what is seen.', 'label': 'Transcript', 'required': False}), 55: ('wagtail.blocks.StructBlock', [[('title', 50), ('video', 51), ('link', 52), ('length', 53), ('transcript', 54)]], {}), 56: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 50}), 57: ('wagtail.blocks.CharBlock', (), {'label': 'One line', 'max_length': 60}), 58: ('wagtail.blocks.StructBlock', [[('page', 9), ('document', 10), ('url', 11), ('anchor', 12)]], {'label': 'Link'}), 59: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], 'label': 'Colour of'}), 60: ('wagtail.blocks.StructBlock', [[('title', 56), ('line', 57), ('link', 58), ('audience', 59), ('illustration', 47)]], {}), 61: ('wagtail.blocks.ListBlock', (60,), {'label': 'Cards', 'max_num': 6, 'min_num': 1}), 62: ('wagtail.blocks.StructBlock', [[('heading', 3), ('cards', 61)]], {}), 63: ('wagtail.blocks.CharBlock', (), {'label': 'Sentence before the button', 'max_length': 160, 'required': False}), 64: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say what happens: “Show who can help”.', 'label': 'Button label', 'max_length': 40}), 65: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('primary', 'Main button, one in a page'), ('secondary', 'Quieter button')], 'label': 'Style'}), 66: ('wagtail.blocks.StructBlock', [[('text', 63), ('label', 64), ('link', 58), ('style', 65)]], {}), 67: ('wagtail.blocks.CharBlock', (), {'label': 'What it is', 'max_length': 80}), 68: ('wagtail.blocks.TextBlock', (), {'label': 'Text to copy', 'max_length': 2000}), 69: ('wagtail.blocks.StructBlock', [[('heading', 67), ('text', 68)]], {})}, verbose_name='body')),
                ('picture_in_words', models.TextField(blank=True, help_text="For people who can't see it, and for whoever describes it to them.", max_length=1200, verbose_name='what it shows, in words')),
                ('texts', wagtail.fields.StreamField([('copy', 6)], blank=True, block_lookup={0: ('wagtail.blocks.CharBlock', (), {'help_text': 'Newsletter, short; E-mail to parents.', 'label': 'What it is', 'max_length': 80}), 1: ('resources.blocks.CopyLineBlock', (), {'help_text': 'For e-mail only.', 'label': 'Subject line', 'max_length': 120, 'required': False}), 2: ('resources.blocks.CopyTextBlock', (), {'label': 'Text'}), 3: ('resources.blocks.CopyLineBlock', (), {'help_text': 'With their #.', 'label': 'Hashtags', 'max_length': 120, 'required': False}), 4: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Picture', 'required': False}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': 'Empty: the picture’s own description.', 'label': 'Alt text', 'max_length': 300, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('title', 0), ('subject', 1), ('text', 2), ('hashtags', 3), ('image', 4), ('alt_text', 5)]], {})}, verbose_name='words to copy')),
                ('published_on', models.DateField(default=django.utils.timezone.localdate, verbose_name='date of this version')),
                ('version', models.PositiveSmallIntegerField(default=1, help_text='One more each time that its files change.', verbose_name='version')),
                ('what_changed', models.CharField(blank=True, help_text='Since the version before. Partners read it.', max_length=240, verbose_name='what changed')),
                ('embargoed_until', models.DateTimeField(blank=True, help_text="Before this moment the public can't see or download it. Empty: no embargo.", null=True, verbose_name='embargoed until')),
                ('may_print', models.CharField(choices=[('yes', 'Yes'), ('ask', 'Ask first'), ('no', 'No')], max_length=3, verbose_name='print it?')),
                ('may_rehost', models.CharField(choices=[('yes', 'Yes'), ('ask', 'Ask first'), ('no', 'No')], max_length=3, verbose_name='put it on their own website?')),
                ('may_edit', models.CharField(choices=[('yes', 'Yes'), ('ask', 'Ask first'), ('no', 'No')], max_length=3, verbose_name='change the words or picture?')),
                ('credit', models.CharField(help_text='What stands beside it where it is used.', max_length=120, verbose_name='credit line')),
                ('valid_until', models.DateField(blank=True, help_text='The last day. Empty: without an end.', null=True, verbose_name='may be used until')),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('made_preview_of', models.CharField(blank=True, default='', editable=False, max_length=40)),
                ('made_preview', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage')),
                ('preview_image', models.ForeignKey(blank=True, help_text='Empty: the first page of its first PDF is drawn for you.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='preview')),
                ('rights_owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='partners.organisation', verbose_name='owner')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
                ('topics', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='resources.topic', verbose_name='topics')),
            ],
            options={
                'verbose_name': 'resource',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='PackState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(help_text='Counts from 1 in each pack.', verbose_name='number')),
                ('at', models.DateTimeField(db_index=True, verbose_name='from')),
                ('parts', models.JSONField(default=dict, verbose_name='parts')),
                ('resources', models.JSONField(default=list, verbose_name='resources it ever held')),
                ('contacts', models.JSONField(default=list, verbose_name='contact records it ever named')),
                ('what', models.TextField(blank=True, verbose_name='what changed, in words')),
                ('is_withdrawal', models.BooleanField(default=False, verbose_name='asks to stop using something')),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='resources.packpage', verbose_name='pack')),
            ],
            options={
                'verbose_name': 'state of a pack',
                'verbose_name_plural': 'states of packs',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('pack', 'number'), name='resources_pack_state_number')],
            },
        ),
        migrations.CreateModel(
            name='ResourceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('label', models.CharField(blank=True, help_text='“Screen image”. Empty: its size and language.', max_length=60, verbose_name='label')),
                ('language', models.CharField(choices=resources.languages.language_choices, default='en-gb', max_length=12, verbose_name='language')),
                ('paper_size', models.CharField(blank=True, choices=[('a3', 'A3'), ('a4', 'A4'), ('a5', 'A5'), ('a6', 'A6')], max_length=2, verbose_name='paper size')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resource_files', to='core.customdocument', verbose_name='file')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='resources.resourcepage')),
            ],
            options={
                'verbose_name': 'file of a resource',
                'verbose_name_plural': 'files of resources',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RelatedResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='related', to='resources.resourcepage')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_from', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'related resource',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CobrandTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('title', models.CharField(max_length=80, verbose_name='title')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='address')),
                ('audience', models.CharField(choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], max_length=10, verbose_name='for')),
                ('message', models.CharField(help_text='The words on it, as people say them.', max_length=120, verbose_name='message')),
                ('text_alternative', models.TextField(help_text="What it shows and says, for people who can't see it.", max_length=600, verbose_name='text alternative')),
                ('paper_sizes', models.CharField(default='a4,a3,a5', help_text='With commas between them; the first is offered.', max_length=20, verbose_name='paper sizes')),
                ('markup', models.TextField(help_text='What stands on the sheet. The message stands in it in so many words, and {{ number }} for a field.', verbose_name='HTML')),
                ('styles', models.TextField(help_text="One rem is a hundredth of the sheet's width, in every size.", verbose_name='CSS')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('preview', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='picture of it')),
                ('target', models.ForeignKey(help_text='The QR code on the sheet leads there.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtailcore.page', verbose_name='page that the code opens')),
                ('resource', models.ForeignKey(blank=True, help_text='The page of the library that offers it.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='cobrand_templates', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'artwork template',
                'verbose_name_plural': 'artwork templates',
                'ordering': ['title'],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('resource_key', models.UUIDField(help_text='The key that a resource shares with its translations.', verbose_name='resource')),
                ('reason', models.CharField(help_text='One plain sentence. Everybody reads it.', max_length=240, verbose_name='reason')),
                ('withdrawn_at', models.DateTimeField(verbose_name='withdrawn at')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='lifted at')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='resources.resourcepage', verbose_name='replaced by')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
            ],
            options={
                'verbose_name': 'withdrawal of a resource',
                'ordering': ['-withdrawn_at'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('resource_key',), name='resources_one_withdrawal_stands')],
            },
        ),
        migrations.CreateModel(
            name='PackItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='resources.packpage')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pack_items', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'resource of a pack',
                'verbose_name_plural': 'resources of packs',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'resource'), name='resources_once_in_a_pack')],
            },
        ),
        migrations.CreateModel(
            name='ResourcePrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('number', models.CharField(blank=True, editable=False, max_length=20, verbose_name='number as printed')),
                ('number_of', models.PositiveBigIntegerField(editable=False, null=True)),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='resource_prints', to='signposting.contactrecord', verbose_name='contact record')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='prints', to='resources.resourcepage')),
            ],
            options={
                'verbose_name': 'number printed on a resource',
                'verbose_name_plural': 'numbers printed on resources',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'contact'), name='resources_number_printed_once')],
            },
        ),
        migrations.AlterUniqueTogether(
            name='topic',
            unique_together={('translation_key', 'locale')},
        ),
    ]
