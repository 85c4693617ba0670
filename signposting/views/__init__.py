"""What visitors see (``help``, ``areas``) and what the safeguarding team does in ``/cms/`` (``contacts``)."""
