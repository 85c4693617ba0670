"""Names that are counted in letters: in figures, the hundred and eleventh would carry a telephone number."""


def in_letters(number: int) -> str:
    """``A`` for nought, ``B`` for one, ``BA`` after ``Z``: never a figure."""
    letters = ""
    while True:
        number, digit = divmod(number, 26)
        letters = chr(ord("A") + digit) + letters
        if not number:
            return letters
