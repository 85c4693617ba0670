"""What goes wrong when demo content is read."""

from pathlib import Path


class DemoContentError(Exception):
    """A file of demo content says something that can't be loaded; the message names the file and the place in it."""

    def __init__(self, path: Path | str, message: str, where: str = ""):
        self.path, self.where = path, where
        super().__init__(f"{path}: {where + ': ' if where else ''}{message}")
