"""Who may open what: every address of the site against every kind of viewer, and every relation to a person.

Whoever adds an address adds its row here; the suite fails for an address without one. What is not named is not allowed:
somebody logged in meets 404 there, and whoever is not is asked to log in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from people_of_the_town import People

from framdrift.casework.offices.models import Staff
from framdrift.casework.people.models import Person

Somebody = Staff | Person | None

VIEWERS: Mapping[str, Callable[[People], Somebody]] = {
    "nobody": lambda people: None,
    "advisor": lambda people: people.advisor,
    "colleague": lambda people: people.colleague,  # who covers for an absent one
    "follower": lambda people: people.follower,  # of the other team
    "cleared": lambda people: people.cleared,
    "team lead": lambda people: people.team_lead,
    "leader": lambda people: people.leader,
    "reviewer": lambda people: people.reviewer,
    "privacy officer": lambda people: people.privacy_officer,
    "representative": lambda people: people.representative,
    "administrator": lambda people: people.administrator,
    "analyst": lambda people: people.analyst,
    "other leader": lambda people: people.town.large.leader,
    "other advisor": lambda people: people.other_advisor,
    "former leader": lambda people: people.town.former_leader,
    "no role": lambda people: people.town.stranger,
    "job-seeker": lambda people: people.own,
    "newcomer": lambda people: people.newcomer,  # has logged in and registered nowhere
}
PERSONS: Mapping[str, Callable[[People], Person]] = {
    "own": lambda people: people.own,
    "covered": lambda people: people.covered,
    "of team": lambda people: people.of_team,
    "of office": lambda people: people.of_office,
    "nobody's": lambda people: people.nobodys,
    "protected": lambda people: people.protected,
    "shielded": lambda people: people.shielded,
    "other": lambda people: people.other,
    "newcomer": lambda people: people.newcomer,
}
LOGIN = 302


def open_to(*viewers: str, status: int = 200) -> dict[str, int]:
    return dict.fromkeys(viewers, status)


ADVISORS = ("advisor", "colleague", "follower", "cleared")
WITH_CASES = (*ADVISORS, "team lead", "leader", "reviewer")
OF_LILLEVIK = (*WITH_CASES, "privacy officer", "representative", "administrator", "analyst")
STAFF = (*OF_LILLEVIK, "other leader", "other advisor")
JOB_SEEKERS = ("job-seeker", "newcomer")
EVERYBODY = open_to(*VIEWERS)
LEADER = open_to("leader")
SUMS = open_to("analyst", "representative")
ASSIGNING = open_to("team lead", "leader")
MATCHED = open_to("advisor") | open_to("colleague", "follower", "cleared", "team lead", status=302)

# Addresses one comes to; those with an office are Lillevik's.
PAGES: Mapping[str, Mapping[str, int]] = {
    "health": EVERYBODY,
    "login": EVERYBODY,
    "design:view": EVERYBODY,
    # Set up by the environment alone, so that here they have no address; tests/web/test_login_openid.py opens them.
    "login_staff_answer": open_to(*VIEWERS, status=404),
    "login_citizens_answer": open_to(*VIEWERS, status=404),
    # Whoever has no role today is told so, and has no page to come to.
    "home": open_to(*STAFF, *JOB_SEEKERS, status=302) | open_to("former leader", "no role", status=403),
    "design:gallery": open_to(*STAFF),
    "office:conformity": LEADER,
    "office:cases": LEADER,
    "office:attempt": LEADER,
    "office:csv": LEADER,
    "office:pdf": LEADER,
    "office:without_advisor": ASSIGNING,
    "office:without_advisor_csv": ASSIGNING,
    "office:redistribution": ASSIGNING,
    "office:share_out": ASSIGNING,
    "office:share_out_nobodys": ASSIGNING,
    "office:redistributed": ASSIGNING,
    "office:staff": open_to("leader", "administrator"),
    "office:staff_new": open_to("leader", "administrator"),
    "office:employee": open_to("leader", "administrator"),
    "office:absence": open_to(*OF_LILLEVIK),
    # The colleague's covered one is away: whoever plans for others, and nobody else, changes that.
    "office:absence_change": open_to("team lead", "leader", "administrator"),
    "office:unmatched": open_to(*ADVISORS, "team lead"),
    # It is matched to the advisor's own one: the others are asked why first, as they are for the person.
    "office:who": MATCHED,
    "insight:offices": open_to("analyst"),
    "insight:conformity": SUMS,
    "insight:attempt": SUMS,
    "insight:csv": SUMS,
    "insight:pdf": SUMS,
    "insight:access_log": open_to("privacy officer"),
    "insight:access_log_csv": open_to("privacy officer"),
    "advisor:search": open_to(*WITH_CASES),
    "advisor:register": open_to(*ADVISORS, "team lead"),
}
# Addresses that take a POST only: who may, and what a right one answers. What is sent with it stands in SENT.
FORMS: Mapping[str, Mapping[str, int]] = {
    "logout": open_to(*VIEWERS, status=302),
    "login_staff": open_to(*VIEWERS, status=404),
    "login_citizens": open_to(*VIEWERS, status=404),
    "design:language": open_to(*VIEWERS, status=302),
    "office:request_figures": open_to("leader", status=302),
    "office:go_on": open_to("team lead", "leader", status=302),
    "office:go_back": open_to("team lead", "leader", status=302),
    # It is matched already, and its person has registered in it: told so, with what to do.
    "office:match": MATCHED,
    "office:unmatch": MATCHED,
}
SENT: Mapping[str, Mapping[str, str]] = {
    "design:language": {"language": "en"},
    "office:request_figures": {"standard": "nav-2012"},
    "advisor:occupations": {"question": "occupations"},
    "jobseeker:occupations": {"question": "occupations"},
    "office:go_back": {"request_id": "8c0f3f9e-6f2b-4a4e-9a53-0e8c5a3d2b11"},
    "office:match": {
        "request_id": "8c0f3f9e-6f2b-4a4e-9a53-0e8c5a3d2b12",
        "version": "1",
        "person": "8c0f3f9e-6f2b-4a4e-9a53-0e8c5a3d2b13",
    },
    "office:unmatch": {"request_id": "8c0f3f9e-6f2b-4a4e-9a53-0e8c5a3d2b14", "version": "1"},
}

# Addresses about one person: what each viewer meets by their relation to that person.
OPENS, ASKS, HIDDEN = "opens", "asks why first", "hidden"
_UNPROTECTED = ("own", "covered", "of team", "of office", "nobody's")


def _by_relation(opens: str = "", *, also: tuple[str, ...] = ()) -> dict[str, str]:
    """Opens without a word to the one named; asks why of everybody else unprotected; hides the rest."""
    return {name: OPENS if name == opens else ASKS if name in (*_UNPROTECTED, *also) else HIDDEN for name in PERSONS}


RELATIONS: Mapping[str, Mapping[str, str]] = {
    "advisor": _by_relation("own"),
    "colleague": _by_relation("covered") | {"of team": OPENS},
    "follower": _by_relation("of office"),
    "cleared": _by_relation("protected", also=("shielded",)),
    "team lead": _by_relation(),
    "leader": _by_relation(),
    "reviewer": _by_relation(),
}
"""Nobody else meets a person at all."""

# Of those, who may come to each address about a person; the others meet 404 as for a person that is hidden.
READ_BY = WITH_CASES
WRITTEN_BY = (*ADVISORS, "team lead")
ABOUT_A_PERSON: Mapping[str, tuple[str, ...]] = {
    "advisor:person": READ_BY,
    "advisor:openings": READ_BY,
    "advisor:versions": READ_BY,
    "advisor:version": READ_BY,
    "advisor:changes": READ_BY,
    "advisor:contact": WRITTEN_BY,
    "advisor:safety": (*WRITTEN_BY, "leader"),
    "advisor:step": WRITTEN_BY,
    "advisor:review": WRITTEN_BY,
    "advisor:receipt": WRITTEN_BY,
    "office:assign": (*ADVISORS, "team lead", "leader"),
}
FORMS_ABOUT_A_PERSON: Mapping[str, tuple[str, ...]] = {"advisor:occupations": WRITTEN_BY}
# Asks nobody why: it is where one says it.
REASON_PAGE = "advisor:reason"

# The job-seeker's own pages, which no employee comes to.
PORTAL = (
    "jobseeker:home",
    "jobseeker:openings",
    "jobseeker:offices",
    "jobseeker:start",
    "jobseeker:review",
    "jobseeker:receipt",
    "jobseeker:versions",
    "jobseeker:version",
    "jobseeker:changes",
    "jobseeker:export",
    "jobseeker:step",
)
PORTAL_FORMS = ("jobseeker:occupations",)
