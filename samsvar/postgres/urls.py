"""Database addresses as URLs, read into what Django wants."""

from urllib.parse import parse_qs, unquote, urlsplit


def database_from_url(url: str) -> dict:
    """A Django DATABASES entry from `postgres://user:password@host:port/name?host=/socket/folder`.

    A socket folder may stand in the query as `host`, since a path cannot stand in a URL's host part; `sslmode` and
    `sslrootcert` may stand there for a server across a network.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [unquote(parts.hostname or "")])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "application_name": "samsvar",
            **{name: query[name][0] for name in ("sslmode", "sslrootcert") if name in query},
        },
    }
