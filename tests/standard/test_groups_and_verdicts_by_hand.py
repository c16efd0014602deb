"""Share, compare, verdicts, goals and the whole, where counts stand exactly on a bound."""

from datetime import date

import naive
import pytest
from strategies import as_yaml
from written import events_of

from framdrift.events import Log
from framdrift.standard import conformity, loading

AS_OF = date(2013, 6, 30)


def held(requirements, events, **standard):
    """The conformity, which the naive evaluator must have found too."""
    raw = {"standard": "by-hand", "requirements": requirements, **standard}
    with Log.of_events(events) as log:
        found = conformity(loading.parse("by-hand.yaml", as_yaml(raw)), log, as_of=AS_OF).as_dict()
    assert found == naive.conformity(raw, events, as_of=AS_OF)
    return found


def counts(requirement):
    return {state: requirement[state] for state in ("met", "late", "missed", "open", "void") if requirement[state]}


def decisions(standard, others, actor="a1", office="0301"):
    """So many cases with a first decision `standard`, and so many with another."""
    groups = ["standard"] * standard + ["situational"] * others
    return [
        event
        for number, group in enumerate(groups)
        for event in events_of(
            f'2012-01-10 decision_made {{"group": "{group}"}} actor={actor} office={office}',
            f"{actor}-{office}-{number}",
        )
    ]


SHARE = {
    "id": "S",
    "pattern": "share",
    "of": {"kind": "decision_made", "where": {"group": "standard"}},
    "among": {"kind": "decision_made"},
    "per": "actor",
    "at_most": 0.99,
    "min_n": 40,
}


class TestShare:
    def test_198_of_200_is_at_most_99_percent_and_199_is_not(self):
        found = held([SHARE], decisions(198, 2, "a1") + decisions(199, 1, "a2"))
        (share,) = found["requirements"]
        assert counts(share) == {"met": 1, "missed": 1}
        assert share["rate"] == 0.5
        assert share["cases_missed"] == 0
        assert share["verdict"] == "does not conform"

    def test_a_share_conforms_when_no_group_is_missed_however_few_there_are(self):
        (share,) = held([SHARE], decisions(39, 1))["requirements"]
        assert counts(share) == {"met": 1}
        assert share["verdict"] == "conforms"

    def test_a_group_smaller_than_min_n_is_not_there(self):
        (share,) = held([SHARE], decisions(39, 0))["requirements"]
        assert counts(share) == {}
        assert share["rate"] is None
        assert share["verdict"] == "cannot be judged"

    def test_at_least_holds_at_its_bound_too(self):
        rule = SHARE | {"at_least": 0.3, "min_n": 1}
        (share,) = held([rule], decisions(3, 7, "a1") + decisions(29, 71, "a2"))["requirements"]
        assert counts(share) == {"met": 1, "missed": 1}

    def test_an_event_without_an_office_belongs_to_no_office(self):
        rule = SHARE | {"per": "office", "min_n": 1}
        nowhere = events_of('2012-01-10 decision_made {"group": "standard"}', "nowhere")
        (share,) = held([rule], decisions(1, 1) + nowhere)["requirements"]
        assert counts(share) == {"met": 1}

    def test_events_after_the_end_are_not_among_them(self):
        ended = events_of('2012-01-09 ended\n2012-01-10 decision_made {"group": "standard"} actor=a1', "ended")
        (share,) = held([SHARE | {"min_n": 2}], decisions(1, 0) + ended)["requirements"]
        assert counts(share) == {}


def conversations(met, missed, registration, name):
    """So many cases with a conversation within six months, and so many without."""
    logs = [f"2012-01-10 registered {registration}\n2012-02-10 conversation"] * met
    logs += [f"2012-01-10 registered {registration}"] * missed
    return [event for number, log in enumerate(logs) for event in events_of(log, f"{name}-{number}")]


CONVERSATION = {
    "id": "R",
    "pattern": "response",
    "trigger": {"kind": "registered"},
    "target": {"kind": "conversation"},
    "within": "P6M",
}
COMPARE = {"id": "C", "pattern": "compare", "of": "R", "group": {"age_below": 30}, "margin": 0.02, "min_n": 20}
YOUNG, OLD = '{"birth_year": 1983}', '{"birth_year": 1982}'


class TestCompare:
    def compared(self, young, others, **changes):
        events = conversations(*young, YOUNG, "young") + conversations(*others, OLD, "old")
        return held([CONVERSATION, COMPARE | changes], events)["requirements"][1]

    def test_a_rate_lower_by_the_margin_itself_is_met(self):
        # 22/25 = 0.88; 45/50 − 0.02 = 0.88.
        found = self.compared((22, 3), (45, 5))
        assert counts(found) == {"met": 1}
        assert found["verdict"] == "conforms"
        assert found["cases_missed"] == 0

    def test_a_rate_lower_by_more_is_missed(self):
        found = self.compared((21, 4), (45, 5))
        assert counts(found) == {"missed": 1}
        assert found["verdict"] == "does not conform"

    @pytest.mark.parametrize(("young", "others"), [((19, 0), (20, 0)), ((20, 0), (19, 0))])
    def test_neither_side_may_have_fewer_closed_than_min_n(self, young, others):
        found = self.compared(young, others)
        assert counts(found) == {}
        assert found["verdict"] == "cannot be judged"

    def test_whoever_is_not_known_to_be_young_is_among_the_others(self):
        unknown = [
            event
            for name, registration in enumerate(["{}", '{"birth_year": "1990"}', '{"birth_year": null}'])
            for event in conversations(0, 1, registration, f"unknown-{name}")
        ]
        events = conversations(1, 0, YOUNG, "young") + unknown
        found = held([CONVERSATION, COMPARE | {"min_n": 1}], events)["requirements"][1]
        assert counts(found) == {"met": 1}

    def test_six_months_to_the_day_is_six_months(self):
        lasting = events_of("2012-08-31 registered\n2013-02-28 ended", "lasting")
        shorter = events_of("2012-08-31 registered\n2012-09-01 conversation\n2013-02-27 ended", "shorter")
        rules = [CONVERSATION | {"within": "P1M"}, COMPARE | {"group": {"lasted": "P6M"}, "min_n": 1}]
        assert counts(held(rules, lasting + shorter)["requirements"][1]) == {"missed": 1}

    def test_a_case_that_runs_has_lasted_until_the_as_of_moment(self):
        lasting = events_of("2012-12-30 registered\n2013-01-01 conversation", "lasting")
        shorter = events_of("2012-12-31 registered", "shorter")
        rules = [CONVERSATION | {"within": "P1M"}, COMPARE | {"group": {"lasted": "P6M"}, "min_n": 1}]
        # 30 December and six months is 30 June, the as-of date; 31 December and six months is 30 June too.
        assert counts(held(rules, lasting + shorter)["requirements"][1]) == {}


class TestVerdicts:
    @pytest.mark.parametrize(
        ("met", "missed", "verdict"),
        [
            (9, 1, "conforms"),
            (89, 11, "partly"),
            (6, 4, "partly"),
            (59, 41, "does not conform"),
            (0, 10, "does not conform"),
            (9, 0, "cannot be judged"),
            (0, 0, "cannot be judged"),
        ],
    )
    def test_by_rate_and_from_ten_closed_instances(self, met, missed, verdict):
        other = events_of("2012-01-10 coffee", "other")
        found = held([CONVERSATION], conversations(met, missed, "{}", "c") + other)
        (requirement,) = found["requirements"]
        assert requirement["verdict"] == verdict
        assert requirement["rate"] == (met / (met + missed) if met + missed else None)
        assert requirement["cases_missed"] == missed
        assert found["unknown_kinds"] == {"coffee": 1}

    def test_open_and_void_stand_beside_the_rate(self):
        events = conversations(9, 1, "{}", "closed")
        events += events_of("2013-06-01 registered", "open")
        events += events_of("2012-01-10 registered\n2012-01-11 ended\n2012-01-12 coffee", "void")
        found = held([CONVERSATION], events)
        (requirement,) = found["requirements"]
        assert counts(requirement) == {"met": 9, "missed": 1, "open": 1, "void": 1}
        assert requirement["rate"] == 0.9
        assert (found["cases"], found["ignored_after_end"]) == (12, 1)

    def verdicts(self, *wanted, **changes):
        """Goals and the whole of a standard whose requirements come to these verdicts by the yardstick `guideline`."""
        kinds = {"conforms": "good", "partly": "middling", "does not conform": "bad", "cannot be judged": "rare"}
        told = ['good {"x": 1}', 'good {"x": 1}', "middling", 'middling {"x": 1}', "bad", "bad", "rare"]
        events = [event for n, line in enumerate(told) for event in events_of(f"2012-01-10 {line}", f"c{n}")]
        rules = [
            {"id": f"Q{n}", "pattern": "content", "event": {"kind": kinds[verdict]}, "holds": {"x": 1}, "goals": ["G1"]}
            for n, verdict in enumerate(wanted)
        ]
        rules[-1] |= changes
        verdict = {"conforms": 0.9, "partly": 0.5, "min_n": 2}
        found = held(rules, events, goals=[{"id": "G1"}, {"id": "G2"}], verdict=verdict)
        if not changes:
            assert [rule["verdict"] for rule in found["requirements"]] == list(wanted)
        return found

    @pytest.mark.parametrize(
        ("verdicts", "goal"),
        [
            (["conforms", "conforms", "cannot be judged"], "conforms"),
            (["conforms", "partly"], "partly"),
            (["partly", "partly"], "partly"),
            (["conforms", "does not conform"], "partly"),
            (["does not conform", "does not conform", "conforms"], "does not conform"),
            (["cannot be judged"], "cannot be judged"),
        ],
    )
    def test_a_goal_and_the_whole_by_their_judged_requirements(self, verdicts, goal):
        found = self.verdicts(*verdicts)
        assert found["goals"] == [
            {"id": "G1", "yardstick": "guideline", "verdict": goal},
            {"id": "G1", "yardstick": "intention", "verdict": "cannot be judged"},
            {"id": "G2", "yardstick": "guideline", "verdict": "cannot be judged"},
            {"id": "G2", "yardstick": "intention", "verdict": "cannot be judged"},
        ]
        assert found["overall"] == {"guideline": goal, "intention": "cannot be judged"}

    def test_what_the_jobseeker_owes_is_shown_and_never_lowers_the_office(self):
        found = self.verdicts("conforms", "does not conform", owed_by="jobseeker")
        assert found["requirements"][1]["verdict"] == "does not conform"
        assert found["overall"]["guideline"] == found["goals"][0]["verdict"] == "conforms"

    def test_the_yardstick_none_is_shown_and_never_judged(self):
        found = self.verdicts("conforms", "does not conform", yardstick="none")
        assert found["requirements"][1]["verdict"] is None
        assert found["requirements"][1]["missed"] == 2
        assert found["overall"] == {"guideline": "conforms", "intention": "cannot be judged"}

    def test_each_yardstick_has_its_own_verdict(self):
        found = self.verdicts("conforms", "does not conform", yardstick="intention")
        assert found["overall"] == {"guideline": "conforms", "intention": "does not conform"}


class TestMoments:
    LOG = """2012-01-10 registered
             2012-01-20 conversation id=k recorded=2012-03-01
             2012-05-01 coffee
             2012-05-02 retracted corrects=k recorded=2012-06-01"""

    @pytest.mark.parametrize(
        ("as_of", "known_at", "state", "events"),
        [
            (date(2012, 1, 19), None, "open", 1),
            (date(2012, 3, 1), None, "missed", 1),
            (date(2012, 3, 1), date(2012, 2, 29), "missed", 1),
            (date(2012, 3, 1), date(2012, 3, 1), "met", 2),
            (date(2012, 5, 1), date(2012, 5, 31), "met", 3),
            (date(2012, 5, 1), date(2012, 6, 1), "missed", 2),
        ],
    )
    def test_the_two_clocks_are_independent(self, as_of, known_at, state, events):
        raw = {"standard": "by-hand", "requirements": [CONVERSATION | {"within": "P1M"}]}
        rows = events_of(self.LOG)
        with Log.of_events(rows) as log:
            found = conformity(loading.parse("x.yaml", as_yaml(raw)), log, as_of=as_of, known_at=known_at).as_dict()
        assert counts(found["requirements"][0]) == {state: 1}
        assert found["events"] == events
        assert found == naive.conformity(raw, rows, as_of=as_of, known_at=known_at)

    def test_a_log_is_measured_as_of_the_end_of_its_last_day(self):
        raw = {"standard": "by-hand", "requirements": [CONVERSATION]}
        with Log.of_events(events_of(self.LOG)) as log:
            found = conformity(loading.parse("x.yaml", as_yaml(raw)), log).as_dict()
        assert found["as_of"] == "2012-05-02T23:59:59.999999+02:00"
        assert found["known_at"] is None
