"""The tables of this application as they stand after the migrations that this one replaces, made in one go."""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('events', '0001_initial'), ('events', '0002_campaignpack')]

    initial = True

    dependencies = [
        ('core', '0001_squashed_0004_send_again'),
        ('resources', '0001_squashed_0008_pack_states'),
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
    ]

    operations = [
        migrations.CreateModel(
            name='CampaignIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
            ],
            options={
                'verbose_name': 'campaign list',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CampaignPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='wagtailcore.page')),
                ('audience', models.CharField(blank=True, choices=[('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], editable=False, max_length=10, verbose_name='audience')),
                ('summary', models.CharField(blank=True, help_text='One plain line. Shown in lists, in search results and when the page is shared.', max_length=140, verbose_name='summary')),
                ('last_reviewed_on', models.DateField(blank=True, null=True, verbose_name='last checked on')),
                ('review_by', models.DateField(blank=True, help_text='You are reminded in the dashboard from this day.', null=True, verbose_name='check again by')),
                ('strapline', models.CharField(max_length=80, verbose_name='strapline')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('hashtags', models.CharField(blank=True, help_text='With their #, spaces between.', max_length=120, verbose_name='hashtags')),
                ('days', wagtail.fields.StreamField([('day', 3)], blank=True, block_lookup={0: ('wagtail.blocks.IntegerBlock', (), {'help_text': '1 for the first day, 2 for the second.', 'label': 'Day of the campaign', 'max_value': 31, 'min_value': 1}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 60}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'What to do', 'max_length': 240}), 3: ('wagtail.blocks.StructBlock', [[('day', 0), ('title', 1), ('text', 2)]], {})}, verbose_name='days')),
                ('body', wagtail.fields.StreamField([('heading', 0), ('text', 1), ('callout', 5), ('steps', 16), ('conversation', 22), ('signs', 27), ('questions', 32), ('statistic', 39), ('quotation', 42), ('image_with_text', 46), ('illustration', 49), ('video', 55), ('cards', 62), ('call_to_action', 66), ('copy_text', 69)], blank=True, block_lookup={0: ('core.blocks.text.HeadingBlock', (), {}), 1: ('core.blocks.text.TextBlock', (), {}), 2: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('tip', 'Tip'), ('warning', 'Warning'), ('emergency', 'Emergency: shows 999')], 'label': 'Kind'}), 3: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 80, 'required': False}), 4: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul'], 'label': 'Text'}), 5: ('wagtail.blocks.StructBlock', [[('kind', 2), ('heading', 3), ('text', 4)]], {}), 6: ('wagtail.blocks.CharBlock', (), {'label': 'Step', 'max_length': 70}), 7: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link'], 'label': 'Two short sentences'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'Button label', 'max_length': 40, 'required': False}), 9: ('core.blocks.choosers.PageReferenceBlock', (), {'label': 'Page', 'required': False}), 10: ('core.blocks.choosers.DocumentReferenceBlock', (), {'label': 'Document', 'required': False}), 11: ('core.blocks.base.AddressBlock', (), {'label': 'Address of another site', 'required': False}), 12: ('wagtail.blocks.RegexBlock', (), {'error_messages': {'invalid': 'Use small letters, digits and hyphens only, like how-to-start.'}, 'help_text': 'Only to lead to one heading: its words in small letters with hyphens, how-to-start.', 'label': 'Heading on the page', 'max_length': 80, 'regex': '^[\\w-]*$', 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('page', 9), ('document', 10), ('url', 11), ('anchor', 12)]], {'label': 'Button link', 'required': False}), 14: ('wagtail.blocks.StructBlock', [[('title', 6), ('text', 7), ('link_label', 8), ('link', 13)]], {}), 15: ('wagtail.blocks.ListBlock', (14,), {'label': 'Steps', 'max_num': 6, 'min_num': 3}), 16: ('wagtail.blocks.StructBlock', [[('heading', 3), ('steps', 15)]], {}), 17: ('wagtail.blocks.CharBlock', (), {'help_text': '“Before anything has happened”.', 'label': 'When to say it', 'max_length': 80}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Say this', 'max_length': 200}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'Not this', 'max_length': 200, 'required': False}), 20: ('wagtail.blocks.CharBlock', (), {'label': 'If they say…', 'max_length': 160, 'required': False}), 21: ('wagtail.blocks.CharBlock', (), {'label': '…you can say', 'max_length': 200, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('heading', 17), ('say', 18), ('avoid', 19), ('they_say', 20), ('reply', 21)]], {}), 23: ('wagtail.blocks.CharBlock', (), {'default': 'Signs to look out for', 'label': 'Heading', 'max_length': 80}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'Calm sentence above', 'max_length': 200}), 25: ('wagtail.blocks.CharBlock', (), {'max_length': 120}), 26: ('wagtail.blocks.ListBlock', (25,), {'label': 'Signs', 'min_num': 2}), 27: ('wagtail.blocks.StructBlock', [[('heading', 23), ('introduction', 24), ('signs', 26)]], {}), 28: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 120}), 29: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'label': 'Answer'}), 30: ('wagtail.blocks.StructBlock', [[('question', 28), ('answer', 29)]], {}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'Questions', 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 3), ('questions', 31)]], {}), 33: ('wagtail.blocks.CharBlock', (), {'help_text': 'As it is said: 97%, 1 in 5, 1,142.', 'label': 'Figure', 'max_length': 9}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 60}), 35: ('wagtail.blocks.CharBlock', (), {'help_text': 'The sentence after the figure.', 'label': 'What it counts', 'max_length': 300}), 36: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 120}), 37: ('core.blocks.base.AddressBlock', (), {'label': 'Link to the source'}), 38: ('wagtail.blocks.IntegerBlock', (), {'label': 'Year of the figure', 'validators': [django.core.validators.MinValueValidator(2000), django.core.validators.MaxValueValidator(2100)]}), 39: ('wagtail.blocks.StructBlock', [[('figure', 33), ('heading', 34), ('counts', 35), ('source', 36), ('link', 37), ('year', 38)]], {}), 40: ('wagtail.blocks.TextBlock', (), {'label': 'Words', 'max_length': 400}), 41: ('wagtail.blocks.CharBlock', (), {'help_text': 'A role, never a name: “A youth worker”, “Year 9 pupil”.', 'label': 'Who says it', 'max_length': 80}), 42: ('wagtail.blocks.StructBlock', [[('quotation', 40), ('role', 41)]], {}), 43: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 44: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'label': 'Text'}), 45: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('start', 'Picture first'), ('end', 'Words first')], 'label': 'Order'}), 46: ('wagtail.blocks.StructBlock', [[('image', 43), ('text', 44), ('side', 45)]], {}), 47: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('trails-meet', 'Two trails meet and go on together'), ('lamp-and-mugs', 'A lamp left on, two mugs'), ('own-way', 'One mark goes its own way in a crowd'), ('bubble-forward', 'A speech bubble that moves on'), ('fork', 'A path that forks'), ('helping-hand', 'A hand that holds a mark'), ('two-hands', 'Two hands meet'), ('light-ahead', 'A light at the end of a trail'), ('door-open', 'An open door with light in it'), ('paper-trail', 'Sheets of paper in a row')], 'label': 'Drawing'}), 48: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty if it is only decoration.', 'label': 'What it tells', 'max_length': 200, 'required': False}), 49: ('wagtail.blocks.StructBlock', [[('name', 47), ('alt_text', 48)]], {}), 50: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 100}), 51: ('wagtailmedia.blocks.VideoChooserBlock', (), {'label': 'Film held here', 'required': False}), 52: ('core.blocks.base.AddressBlock', (), {'label': 'Address of a film elsewhere', 'required': False}), 53: ('wagtail.blocks.CharBlock', (), {'help_text': 'As it is said: 2 minutes.', 'label': 'Length', 'max_length': 20, 'required': False}), 54: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'document-link', 'ul', 'ol', 'h3'], 'help_text': 'Every word, and what is seen.', 'label': 'Transcript', 'required': False}), 55: ('wagtail.blocks.StructBlock', [[('title', 50), ('video', 51), ('link', 52), ('length', 53), ('transcript', 54)]], {}), 56: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 50}), 57: ('wagtail.blocks.CharBlock', (), {'label': 'One line', 'max_length': 60}), 58: ('wagtail.blocks.StructBlock', [[('page', 9), ('document', 10), ('url', 11), ('anchor', 12)]], {'label': 'Link'}), 59: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('young', 'Young people'), ('parent', 'Parents and carers'), ('pro', 'Professionals')], 'label': 'Colour of'}), 60: ('wagtail.blocks.StructBlock', [[('title', 56), ('line', 57), ('link', 58), ('audience', 59), ('illustration', 47)]], {}), 61: ('wagtail.blocks.ListBlock', (60,), {'label': 'Cards', 'max_num': 6, 'min_num': 1}), 62: ('wagtail.blocks.StructBlock', [[('heading', 3), ('cards', 61)]], {}), 63: ('wagtail.blocks.CharBlock', (), {'label': 'Sentence before the button', 'max_length': 160, 'required': False}), 64: ('wagtail.blocks.CharBlock', (), {'help_text': 'Say what happens: “Show who can help”.', 'label': 'Button label', 'max_length': 40}), 65: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('primary', 'Main button, one in a page'), ('secondary', 'Quieter button')], 'label': 'Style'}), 66: ('wagtail.blocks.StructBlock', [[('text', 63), ('label', 64), ('link', 58), ('style', 65)]], {}), 67: ('wagtail.blocks.CharBlock', (), {'label': 'What it is', 'max_length': 80}), 68: ('wagtail.blocks.TextBlock', (), {'label': 'Text to copy', 'max_length': 2000}), 69: ('wagtail.blocks.StructBlock', [[('heading', 67), ('text', 68)]], {})}, verbose_name='body')),
                ('social_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.customimage', verbose_name='image when shared')),
            ],
            options={
                'verbose_name': 'campaign',
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='events_campaign_ends_after_it_starts')],
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CampaignPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('pack', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='campaign_packs', to='resources.packpage', verbose_name='pack')),
                ('page', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='packs', to='events.campaignpage')),
            ],
            options={
                'verbose_name': 'pack of a campaign',
                'verbose_name_plural': 'packs of campaigns',
                'ordering': ['sort_order'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'pack'), name='events_pack_once_in_a_campaign')],
            },
        ),
    ]
