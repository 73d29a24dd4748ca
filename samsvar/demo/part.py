"""One place told in a process of its own. Imports nothing of Django's before it has been set up."""


def tell(name: str, facts: tuple, database: dict[str, str]) -> None:
    """Tell the stories of the place with this name, which has been set up, in the database at this address.

    `facts` are those of its `Scene`.
    """
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.utils import translation

    from samsvar.demo.conferences import tell_conferences
    from samsvar.demo.directory import tell_directory
    from samsvar.demo.networks import tell_networks
    from samsvar.demo.outreach import tell_outreach
    from samsvar.demo.pathways import tell_pathways
    from samsvar.demo.places import EVERYWHERE, PLACES, VORDINGBORG
    from samsvar.demo.referrals import tell_referrals
    from samsvar.demo.setting import Scene
    from samsvar.demo.stories import tell_of
    from samsvar.demo.transitions import tell_transitions

    settings.DATABASES["default"].update(database)
    with connection.cursor() as cursor:
        # A told world that is lost is told again: no need to wait for the disk at each step.
        cursor.execute("set synchronous_commit = off")
    with translation.override("da"):
        scene = Scene.of(next(place for place in EVERYWHERE if place.name == name), facts)
        tellers = [tell_conferences, tell_networks, tell_outreach, tell_transitions, tell_referrals, tell_pathways]
        if scene.place in PLACES:
            tellers = [tell_of]
        elif scene.place is VORDINGBORG:
            tellers = [tell_directory]
        for one in tellers:
            one(scene)
    connection.close()
