"""The index that the site's search needs on PostgreSQL.

Wagtail indexes titles and bodies apart, but a search asks both together (``title || body``): without an index on that
expression the planner reads every entry.
"""

from django.db import migrations

CREATE = "CREATE INDEX IF NOT EXISTS pages_search_both ON wagtailsearch_indexentry USING gin ((title || body))"
DROP = "DROP INDEX IF EXISTS pages_search_both"


def create_index(apps, schema_editor):
    """Only PostgreSQL has the two columns as vectors; SQLite's FTS5 table is an index itself."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(CREATE)


def drop_index(apps, schema_editor):
    """Take the index away."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("pages", "0001_initial"), ("wagtailsearch", "0010_add_text_fields")]
    operations = [migrations.RunPython(create_index, drop_index)]
