"""What import contracts do not see: foreign keys are strings, and rights lie in the database."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

ORDER = [name.rsplit(".", 1)[-1] for name in settings.CASEWORK_APPS]


def ours():
    return [model for model in apps.get_models() if model._meta.app_label in ORDER]


def foreign_keys():
    return [
        pytest.param(field, id=f"{model.__name__}.{field.name}")
        for model in ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.OneToOneField | models.ManyToManyField)
    ]


def test_no_model_of_ours_lives_outside_casework():
    labels = {config.label for config in apps.get_app_configs() if config.name.startswith("framdrift.")}
    assert {model._meta.app_label for model in apps.get_models() if model._meta.app_label in labels} <= set(ORDER)


@pytest.mark.parametrize("field", foreign_keys())
def test_a_foreign_key_points_down_the_app_order(field):
    own, other = field.model._meta.app_label, field.related_model._meta.app_label
    assert ORDER.index(other) <= ORDER.index(own)


@pytest.mark.parametrize("field", foreign_keys())
def test_a_foreign_key_lends_the_other_model_no_name_and_protects_it(field):
    if field.model._meta.app_label == field.related_model._meta.app_label:
        return
    assert field.remote_field.related_name == "+"
    assert field.remote_field.on_delete is models.PROTECT


@pytest.mark.django_db
def test_every_table_is_the_owner_s_and_no_other_role_may_make_one():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p', 'S', 'v', 'm') AND relowner <> 'framdrift_owner'::regrole"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_constraints_are_named_by_us():
    """A violated invariant is told by its name; Django's own `…_check` and hash names say nothing."""
    named = {constraint.name for model in ours() for constraint in model._meta.constraints}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
            " WHERE contype IN ('c', 'x', 'u') AND relname = ANY (%s)",
            [[model._meta.db_table for model in ours()]],
        )
        assert {name for (name,) in cursor.fetchall()} <= named
