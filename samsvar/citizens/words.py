"""How a citizen is called where no name stands."""


def initials(name: str) -> str:
    """Who it is on a page that bears no names: enough for one who knows the citizen, and for nobody else."""
    names = name.split()
    return "".join(f"{one[0].upper()}." for one in dict.fromkeys([*names[:1], *names[-1:]]))
