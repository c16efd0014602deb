class ServerError(Exception):
    """The PostgreSQL server cannot be had; the message says what, where, why and how to mend it, in plain words."""
