"""Django's PostgreSQL backend, where the server may be our embedded one."""
