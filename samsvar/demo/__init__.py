"""The demonstration's world: four partnerships as the reports describe them, and nobody in them exists.

Nothing here is written as rows. Places are set up by the verbs of partnerships, stories are played by the services of
the rooms, each step by a person in a post, at its own moment in the past.
"""


def play(owner_url: str = "") -> None:
    """Set the four places up and tell their stories; what is there already is left alone. See `world.play`."""
    from samsvar.demo import world

    world.play(owner_url)
