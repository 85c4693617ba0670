"""How staff look after stock in ``/cms/``."""
