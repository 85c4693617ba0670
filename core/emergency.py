"""Emergency numbers: constants of the code, shown without a database, and no one can withdraw them."""

from dataclasses import dataclass

from core.numbers import Number, number_of


@dataclass(frozen=True)
class Emergency:
    """``call`` when someone is in danger now; ``police`` when it can wait."""

    call: Number
    police: Number


EMERGENCY = Emergency(call=number_of("999"), police=number_of("101"))
