from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
@transaction.non_atomic_requests
def health(_request: HttpRequest) -> HttpResponse:
    """200 where the database answers, else 503: for load balancers and for whoever starts the server. Says no more."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database unreachable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
