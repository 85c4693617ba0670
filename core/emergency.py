"""The emergency numbers: constants of the code, not withdrawable, shown without a database."""

from dataclasses import dataclass

from core.numbers import Number


@dataclass(frozen=True, slots=True)
class Emergency:
    """Whom to call in danger, and when there is none now."""

    call: Number
    police: Number


EMERGENCY = Emergency(call=Number("999"), police=Number("101"))
