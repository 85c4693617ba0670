"""Programs that fetch without a person who asked: not counted."""

import re
from functools import cache
from pathlib import Path

# Words of user agents, one a line, in small letters. Written for this project from how programs name themselves: most
# robots carry "bot", "crawl" or "spider" (RFC 9309, section 2.2.1, has them say their product's name), libraries their
# own name, checkers of links and monitors what they do. A line with "!" is a name of devices that people hold.
_WORDS = Path(__file__).parent / "robot_words.txt"
_LONGEST = 512


def is_robot(user_agent: str) -> bool:
    """Whether a User-Agent header names a program that no person sits before; one without a name is one.

    Read and forgotten: nothing of it may be stored or logged.
    """
    people, robots = _patterns()
    return not user_agent.strip() or bool(robots.search(people.sub("", user_agent[:_LONGEST].lower())))


@cache
def _patterns() -> tuple[re.Pattern, re.Pattern]:
    lines = [line.strip() for line in _WORDS.read_text().splitlines() if line.strip() and not line.startswith("#")]
    people = [re.escape(line[1:]) for line in lines if line.startswith("!")]
    robots = [re.escape(line) for line in lines if not line.startswith("!")]
    return re.compile("|".join(people)), re.compile("|".join(robots))
