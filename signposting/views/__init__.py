"""What visitors see (``help``) and what the safeguarding team does in ``/cms/`` (``contacts``)."""
