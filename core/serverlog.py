"""gunicorn's own log, without visitors. Named in gunicorn.conf.py."""

from gunicorn.config import Config
from gunicorn.glogging import Logger

from core.logs import ServerFilter


class VisitorlessLogger(Logger):
    """Puts every line through ``ServerFilter``, wherever it goes."""

    def setup(self, cfg: Config) -> None:
        """Set up the handlers, each with the filter; an access log is refused. Raises ``RuntimeError`` for one."""
        if cfg.accesslog is not None:
            raise RuntimeError("No access log: an address in a log is a trace of a visitor.")
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(ServerFilter())
