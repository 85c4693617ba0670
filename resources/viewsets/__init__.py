"""How editors look after the library in ``/cms/``."""
