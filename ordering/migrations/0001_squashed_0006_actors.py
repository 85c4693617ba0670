"""The tables of this application as they stand after the migrations that this one replaces, made in one go."""

import django.core.validators
import django.db.models.deletion
import modelcluster.fields
import ordering.models.orders
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ordering', '0001_initial'), ('ordering', '0002_orders'), ('ordering', '0003_addresses_and_reports'), ('ordering', '0004_columns'), ('ordering', '0005_order_lists'), ('ordering', '0006_actors')]

    initial = True

    dependencies = [
        ('events', '0001_squashed_0002_campaignpack'),
        ('resources', '0001_squashed_0008_pack_states'),
        ('signposting', '0001_squashed_0004_phone_option'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(help_text='What stands after the @ of their e-mail: school.example. One that anyone can have is no good.', max_length=200, unique=True, validators=[django.core.validators.RegexValidator('^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$', 'Write what stands after the @, in small letters: school.example')], verbose_name='domain')),
                ('organisation', models.CharField(max_length=120, verbose_name='whose it is')),
                ('up_to', models.PositiveIntegerField(default=10, help_text='An order of more than these, or above a limit, still waits for a person.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='units in an order')),
            ],
            options={
                'verbose_name': 'known organisation',
                'verbose_name_plural': 'known organisations',
                'ordering': ['domain'],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=ordering.models.orders.new_reference, editable=False, max_length=7, unique=True, verbose_name='reference')),
                ('token', models.UUIDField(editable=False, unique=True, verbose_name='form')),
                ('secret', models.CharField(default=ordering.models.orders.new_secret, editable=False, max_length=43, unique=True, verbose_name='tracking')),
                ('state', models.CharField(choices=[('unconfirmed', 'Waiting for the orderer to confirm'), ('review', 'Waiting for approval'), ('approved', 'Approved'), ('packed', 'Packed'), ('part_sent', 'Part sent'), ('sent', 'Sent'), ('returned', 'Came back'), ('rejected', 'Refused'), ('cancelled', 'Cancelled'), ('lapsed', 'Never confirmed')], default='unconfirmed', max_length=12, verbose_name='state')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='name')),
                ('organisation', models.CharField(blank=True, max_length=120, verbose_name='organisation')),
                ('organisation_kind', models.CharField(choices=[('partnership', 'Safeguarding partnership'), ('council', 'Council'), ('police', 'Police'), ('health', 'Health'), ('school', 'School or college'), ('club', 'Youth or sports club'), ('care', "Children's home or fostering service"), ('faith', 'Faith group'), ('charity', 'Charity or voluntary organisation'), ('business', 'Business')], max_length=20, verbose_name='kind of organisation')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='work e-mail')),
                ('address_1', models.CharField(blank=True, max_length=120, verbose_name='address')),
                ('address_2', models.CharField(blank=True, max_length=120, verbose_name='second line of the address')),
                ('town', models.CharField(blank=True, max_length=80, verbose_name='town or city')),
                ('postcode', models.CharField(blank=True, max_length=8, verbose_name='postcode')),
                ('needed_by', models.DateField(blank=True, null=True, verbose_name='needed by')),
                ('delivery_note', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(200)], verbose_name='note for the delivery')),
                ('reason', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(200)], verbose_name='why more')),
                ('wants_notice', models.BooleanField(default=False, verbose_name='tell them if it goes out of date')),
                ('email_key', models.CharField(blank=True, db_index=True, editable=False, max_length=254)),
                ('address_key', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('organisation_key', models.CharField(blank=True, db_index=True, editable=False, max_length=120)),
                ('is_over_limit', models.BooleanField(default=False, editable=False, verbose_name='more than the limit')),
                ('placed_at', models.DateTimeField(db_index=True, verbose_name='placed')),
                ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
                ('approved_at', models.DateTimeField(blank=True, null=True, verbose_name='approved')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='last sent')),
                ('closed_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='closed')),
                ('asked_at', models.DateTimeField(blank=True, null=True, verbose_name='asked what became of it')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='said what became of it')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signposting.area', verbose_name='place')),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='events.campaignpage', verbose_name='campaign')),
            ],
            options={
                'verbose_name': 'order',
                'verbose_name_plural': 'orders',
                'ordering': ['-placed_at', '-pk'],
                'permissions': [('view_totals', 'Can see totals of orders')],
                'default_permissions': ('view', 'change'),
                'indexes': [models.Index(fields=['state', '-placed_at', '-id'], name='ordering_order_by_state'), models.Index(fields=['-placed_at', '-id'], name='ordering_order_newest'), models.Index(fields=['organisation_kind', '-placed_at', '-id'], name='ordering_order_by_kind'), models.Index(fields=['needed_by'], name='ordering_order_needed_by'), models.Index(condition=models.Q(('erased_at', None)), fields=['-placed_at', '-id'], name='ordering_order_known')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state__in', frozenset(['cancelled', 'lapsed', 'rejected', 'returned', 'sent']))), models.Q(models.Q(('state__in', frozenset(['cancelled', 'lapsed', 'rejected', 'returned', 'sent'])), _negated=True), ('closed_at', None)), _connector='OR'), name='ordering_order_closed_when_done'), models.CheckConstraint(condition=models.Q(('erased_at', None), models.Q(('address_1', ''), ('closed_at__isnull', False), ('email', ''), ('name', ''), ('postcode', '')), _connector='OR'), name='ordering_order_erased_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='OrderColumns',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('names', models.JSONField(default=list, verbose_name='columns')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'columns of the list of orders',
                'verbose_name_plural': 'columns of the list of orders',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OutOfDateAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('until', models.DateField(verbose_name='kept until')),
                ('resource', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='out_of_date_addresses', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'address to tell if it goes out of date',
                'verbose_name_plural': 'addresses to tell if it goes out of date',
                'ordering': ['pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('resource', 'email'), name='ordering_out_of_date_once')],
            },
        ),
        migrations.CreateModel(
            name='StockItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='As on the shelf and the picking list: NT-A3.', max_length=20, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z0-9]+(-[A-Z0-9]+)*$', 'Use capital letters, digits and hyphens: NT-A3.')], verbose_name='product code')),
                ('variant', models.CharField(blank=True, help_text='Each is an item of its own: A3, or navy.', max_length=40, verbose_name='size or colour')),
                ('unit', models.CharField(help_text='What one of it is: pack of 50.', max_length=40, verbose_name='unit')),
                ('low_level', models.PositiveIntegerField(default=0, help_text='With this many units free or fewer, people read “Few left”.', verbose_name='few left at')),
                ('order_limit', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='limit for an order')),
                ('campaign_limit', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='limit for an organisation in a campaign')),
                ('lead_days', models.PositiveSmallIntegerField(default=5, help_text='Working days from an approved order to the door.', validators=[django.core.validators.MaxValueValidator(90)], verbose_name='days until it arrives')),
                ('weight_grams', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='weight of a unit in grams')),
                ('back_on', models.DateField(blank=True, help_text='When more will come. People read it while none is free.', null=True, verbose_name='back on')),
                ('is_active', models.BooleanField(default=True, verbose_name='can be ordered')),
                ('low_told_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='low stock told')),
                ('on_hand', models.PositiveIntegerField(default=0, editable=False, verbose_name='on hand')),
                ('allocated', models.PositiveIntegerField(default=0, editable=False, verbose_name='promised')),
                ('resource', models.ForeignKey(help_text='The page of the library on which it is ordered.', on_delete=django.db.models.deletion.PROTECT, related_name='stock_items', to='resources.resourcepage', verbose_name='resource')),
            ],
            options={
                'verbose_name': 'stock item',
                'verbose_name_plural': 'stock items',
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('resource', 'variant'), name='ordering_item_variant_once'), models.CheckConstraint(condition=models.Q(('on_hand__gte', 0)), name='ordering_item_on_hand_not_negative'), models.CheckConstraint(condition=models.Q(('allocated__gte', 0)), name='ordering_item_allocated_not_negative'), models.CheckConstraint(condition=models.Q(('allocated__lte', models.F('on_hand'))), name='ordering_item_promised_is_there')],
            },
        ),
        migrations.CreateModel(
            name='UseReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reported_on', models.DateField(help_text='Its first day: the day would tell whose it is.', verbose_name='month')),
                ('organisation_kind', models.CharField(choices=[('partnership', 'Safeguarding partnership'), ('council', 'Council'), ('police', 'Police'), ('health', 'Health'), ('school', 'School or college'), ('club', 'Youth or sports club'), ('care', "Children's home or fostering service"), ('faith', 'Faith group'), ('charity', 'Charity or voluntary organisation'), ('business', 'Business')], max_length=20, verbose_name='kind of organisation')),
                ('spoken_to', models.PositiveIntegerField(verbose_name='people spoken to')),
                ('area', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='signposting.area', verbose_name='place')),
            ],
            options={
                'verbose_name': 'report of use',
                'verbose_name_plural': 'reports of use',
                'ordering': ['-reported_on', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OrderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(choices=[('place', 'Placed'), ('remind', 'Reminded to confirm'), ('confirm', 'Confirmed by e-mail'), ('lapse', 'Lapsed'), ('approve', 'Approved'), ('grant', 'Quantities changed'), ('reject', 'Refused'), ('pack', 'Packed'), ('unpack', 'Unpacked'), ('dispatch', 'Sent'), ('close', 'Rest not sent'), ('return', 'Came back'), ('cancel', 'Cancelled'), ('note', 'Note added'), ('ask', 'Asked what became of it'), ('report', 'Said what became of it'), ('erase', 'Personal data erased')], max_length=12, verbose_name='what')),
                ('from_state', models.CharField(blank=True, choices=[('unconfirmed', 'Waiting for the orderer to confirm'), ('review', 'Waiting for approval'), ('approved', 'Approved'), ('packed', 'Packed'), ('part_sent', 'Part sent'), ('sent', 'Sent'), ('returned', 'Came back'), ('rejected', 'Refused'), ('cancelled', 'Cancelled'), ('lapsed', 'Never confirmed')], max_length=12, verbose_name='before')),
                ('to_state', models.CharField(choices=[('unconfirmed', 'Waiting for the orderer to confirm'), ('review', 'Waiting for approval'), ('approved', 'Approved'), ('packed', 'Packed'), ('part_sent', 'Part sent'), ('sent', 'Sent'), ('returned', 'Came back'), ('rejected', 'Refused'), ('cancelled', 'Cancelled'), ('lapsed', 'Never confirmed')], max_length=12, verbose_name='after')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('quantities', models.JSONField(default=dict, verbose_name='units')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(choices=[('orderer', 'the orderer'), ('staff', 'staff'), ('clock', 'by itself')], max_length=8, verbose_name='who')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='ordering.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'event of an order',
                'verbose_name_plural': 'events of orders',
                'ordering': ['order', 'version'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('order', 'version'), name='ordering_event_version_once')],
            },
        ),
        migrations.CreateModel(
            name='OrderNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='version')),
                ('words', models.TextField(validators=[django.core.validators.MaxLengthValidator(500)], verbose_name='words')),
                ('is_told', models.BooleanField(default=False, verbose_name='the orderer reads it')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='ordering.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'note about an order',
                'verbose_name_plural': 'notes about orders',
                'ordering': ['order', 'version', 'pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='StockAlert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('created_at', models.DateTimeField(verbose_name='asked')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alerts', to='ordering.stockitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'address to tell of new stock',
                'verbose_name_plural': 'addresses to tell of new stock',
                'ordering': ['created_at', 'pk'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('item', 'email'), name='ordering_alert_once')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked', models.PositiveIntegerField(verbose_name='asked for')),
                ('granted', models.PositiveIntegerField(verbose_name='granted')),
                ('sent', models.PositiveIntegerField(default=0, verbose_name='sent')),
                ('returned', models.PositiveIntegerField(default=0, verbose_name='came back')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='ordering.order', verbose_name='order')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='order_lines', to='ordering.stockitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'line',
                'ordering': ['item__code'],
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('order', 'item'), name='ordering_line_item_once'), models.CheckConstraint(condition=models.Q(('asked__gte', 1)), name='ordering_line_asks_for_one'), models.CheckConstraint(condition=models.Q(('granted__lte', models.F('asked'))), name='ordering_line_not_over_asked'), models.CheckConstraint(condition=models.Q(('sent__lte', models.F('granted'))), name='ordering_line_not_over_granted'), models.CheckConstraint(condition=models.Q(('returned__lte', models.F('sent'))), name='ordering_line_not_over_sent')],
            },
        ),
        migrations.CreateModel(
            name='StockMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('receipt', 'received'), ('allocation', 'promised to an order'), ('release', 'promise taken back'), ('dispatch', 'sent'), ('correction', 'corrected'), ('return', 'came back')], max_length=12, verbose_name='what happened')),
                ('on_hand', models.IntegerField(help_text='What it added; less than nought took away.', verbose_name='on hand')),
                ('allocated', models.IntegerField(verbose_name='promised')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('at', models.DateTimeField(db_index=True, verbose_name='when')),
                ('by', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='ordering.stockitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'movement of stock',
                'verbose_name_plural': 'movements of stock',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('allocated', 0), ('kind', 'correction'), models.Q(('on_hand', 0), _negated=True)), models.Q(('kind', 'receipt'), ('on_hand__gt', 0), ('allocated', 0)), models.Q(('kind', 'allocation'), ('on_hand', 0), ('allocated__gt', 0)), models.Q(('kind', 'release'), ('on_hand', 0), ('allocated__lt', 0)), models.Q(('kind', 'dispatch'), ('on_hand__lt', 0), ('allocated__lt', 0), ('on_hand', models.F('allocated'))), models.Q(('kind', 'return'), ('on_hand__gt', 0), ('allocated', 0)), _connector='OR'), name='ordering_movement_fits_its_kind')],
            },
        ),
        migrations.CreateModel(
            name='StockReservation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation_kind', models.CharField(blank=True, choices=[('partnership', 'Safeguarding partnership'), ('council', 'Council'), ('police', 'Police'), ('health', 'Health'), ('school', 'School or college'), ('club', 'Youth or sports club'), ('care', "Children's home or fostering service"), ('faith', 'Faith group'), ('charity', 'Charity or voluntary organisation'), ('business', 'Business')], max_length=20, verbose_name='kind of organisation')),
                ('quantity', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000000)], verbose_name='units')),
                ('used', models.PositiveIntegerField(default=0, editable=False, verbose_name='taken')),
                ('until', models.DateField(help_text='The last day. From the next day on everyone may have the rest.', verbose_name='until')),
                ('area', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signposting.area', verbose_name='place')),
                ('item', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='reservations', to='ordering.stockitem', verbose_name='item')),
            ],
            options={
                'verbose_name': 'share kept back',
                'verbose_name_plural': 'shares kept back',
                'ordering': ['until', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('area__isnull', False), ('organisation_kind', '')), models.Q(('area__isnull', True), models.Q(('organisation_kind', ''), _negated=True)), _connector='OR'), name='ordering_reservation_for_one', violation_error_message='Choose either a place or a kind of organisation.'), models.CheckConstraint(condition=models.Q(('used__lte', models.F('quantity'))), name='ordering_reservation_not_overdrawn', violation_error_message='More than that has been taken of this share already.')],
            },
        ),
        migrations.CreateModel(
            name='UseReportItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sent', models.PositiveIntegerField(verbose_name='sent')),
                ('left', models.PositiveIntegerField(verbose_name='left over')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ordering.stockitem')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='ordering.usereport')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('report', 'item'), name='ordering_report_item_once'), models.CheckConstraint(condition=models.Q(('left__lte', models.F('sent'))), name='ordering_report_left_of_sent')],
            },
        ),
        migrations.CreateModel(
            name='UseReportPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(choices=[('reception', 'At the entrance or in reception'), ('corridor', 'In corridors or on stairs'), ('toilets', 'In toilets or changing rooms'), ('classroom', 'In classrooms or group rooms'), ('waiting', 'In a waiting room'), ('staff', 'In the staff room'), ('event', 'Given out at an event'), ('handed', 'Handed out one to one'), ('elsewhere', 'Somewhere else'), ('nowhere', 'Not yet')], max_length=12, verbose_name='where')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='ordering.usereport')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('report', 'place'), name='ordering_report_place_once')],
            },
        ),
        migrations.CreateModel(
            name='ShareTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quantity', models.PositiveIntegerField()),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='ordering.orderline')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='taken_by', to='ordering.stockreservation')),
            ],
            options={
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('line', 'share'), name='ordering_share_taken_once')],
            },
        ),
    ]
