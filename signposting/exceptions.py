"""What the services and models of this app raise."""


class SignpostingError(Exception):
    """Something about helplines was refused."""


class GuardedFieldError(SignpostingError):
    """A number, a verification or a withdrawal was about to change outside ``signposting.services``."""


class ProposalOpenError(SignpostingError):
    """Another proposal for the same record awaits a second person."""


class ProposalClosedError(SignpostingError):
    """The proposal was decided before."""


class SamePersonError(SignpostingError):
    """The person who decides is the person who proposed."""


class NothingProposedError(SignpostingError):
    """The proposal changes nothing: no number is new."""


class WithdrawnError(SignpostingError):
    """The record is withdrawn: only a proposal that a second person approves brings it back."""


class PostcodeFileError(SignpostingError):
    """A file isn't the ONS Postcode Directory, or isn't whole. Its words say which line, and why."""
