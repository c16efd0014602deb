"""Pages of the tests alone: what a view may do to the transaction of its request."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from framdrift.casework.offices.models import Office
from framdrift.site.urls import handler400, handler403, handler404, handler500  # noqa: F401
from framdrift.web.gate import open_to_all


@open_to_all
def write(request: HttpRequest) -> HttpResponse:
    Office.objects.create(code="lillevik", name="Lillevik")
    return HttpResponse("written")


@open_to_all
def write_and_fail(request: HttpRequest) -> HttpResponse:
    Office.objects.create(code="lillevik", name="Lillevik")
    raise ValueError("after writing")


@open_to_all
def write_and_miss(request: HttpRequest) -> HttpResponse:
    Office.objects.create(code="lillevik", name="Lillevik")
    raise Http404


@open_to_all
def break_the_transaction(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = True
    Office.objects.bulk_create([Office(code="same", name="One"), Office(code="same", name="Other")])
    return HttpResponse("not reached")


@open_to_all
def depth(request: HttpRequest) -> HttpResponse:
    """How deep the view stands in transactions: one of the request, one savepoint of the view."""
    connection = transaction.get_connection()
    return HttpResponse(f"{connection.in_atomic_block} {len(connection.savepoint_ids)}")


urlpatterns = [
    path("test/write", write),
    path("test/fail", write_and_fail),
    path("test/miss", write_and_miss),
    path("test/break", break_the_transaction),
    path("test/depth", depth),
    path("", include("framdrift.site.urls")),
]
