"""What this app refuses, by name."""


class SheetError(Exception):
    """A sheet couldn't be made."""


class SheetLibraryMissingError(SheetError):
    """The system lacks what sheets are made with; the message names it."""


class SheetBusyError(SheetError):
    """As many sheets are being made as this process makes at once."""


class SheetFailedError(SheetError):
    """It took too long, needed too much, or the artwork can't be drawn. The message is for the log and the admin."""


class ArtworkError(SheetError):
    """The artwork's HTML or CSS can't be used; ``messages`` say why, all at once, for whoever wrote it."""

    def __init__(self, *messages: str):
        super().__init__(" ".join(messages))
        self.messages = list(messages)


class ResourcesError(Exception):
    """Something about the library was refused."""


class AlreadyWithdrawnError(ResourcesError):
    """The resource is withdrawn already."""


class NotWithdrawnError(ResourcesError):
    """The resource isn't withdrawn: there is nothing to bring back."""


class ReplacementError(ResourcesError):
    """A resource can't be replaced by the one that was named."""


class ReplacedByItselfError(ReplacementError):
    """A resource can't be replaced by itself, or by its translation."""


class ReplacementWithdrawnError(ReplacementError):
    """The replacement is withdrawn itself: people would be sent round."""


class ReplacementNotListedError(ReplacementError):
    """Nobody gets the replacement: it is a draft, under embargo, past its date, or carries a wrong number."""


class PreviewFailedError(ResourcesError):
    """The first page of a file can't be drawn: it is damaged, or takes too long."""
