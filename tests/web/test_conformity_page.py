"""The conformity page as it is read: by leaders and analysts, whole and in part, in two languages, chosen and empty."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from conformity_reports import COMPUTED, Town, stored_report
from django.db.models import F
from django.test import Client
from django.urls import reverse

from framdrift.casework.conformity.models import Figure, Report, State
from framdrift.web.design.formats import NO_BREAK

LEADERS = "/kontor/lillevik/samsvar/"
ANALYSTS = "/innsikt/lillevik/samsvar/"
TAG = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    """What is read: no tags, and any space as one plain space."""
    return re.sub(r"\s+", " ", TAG.sub(" ", html)).replace(NO_BREAK, " ")


def page(client: Client, address: str = LEADERS, **chosen: str) -> str:
    response = client.get(address, chosen)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("measured")
class TestReport:
    def test_it_says_in_short_what_the_verdicts_say(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        assert "Kontoret gjør mye, men ikke alt, av det som er foreskrevet, og når noe av det reformen ville." in read
        assert (
            "Svakest: R2 streng, kontakt før første vedtak når noe er uklart eller brukeren ønsker det (47 %); R6 streng"
            in read
        )
        assert "Best: R1, tidlig første vedtak (96 %)." in read

    def test_both_yardsticks_have_a_verdict_of_their_own(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        assert "Retningslinjer: gjør vi det som er foreskrevet? Delvis i samsvar" in read
        assert "Intensjon: gjør vi det reformen ville? Delvis i samsvar" in read

    def test_the_same_practice_stands_under_each_reading_the_most_generous_first(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        start = read.index("Lesning og hva som teller")
        readings = read[start : read.index("Mål for mål", start)]
        assert re.search(
            r"R6 .*Raus .*100 % .*Vurderes ikke .*Rutine .*73 % .*Delvis .*Streng .*20 % .*Ikke i", readings
        )

    def test_counts_stand_beside_each_requirement(self, as_leader: Client) -> None:
        assert "382 oppfylt, 14 for sent, 4 ikke gjort 12 åpne, 8 bortfalte" in words(page(as_leader))

    def test_what_counts_groups_is_told_in_words_without_a_share_or_a_development(
        self, as_leader: Client, measured: Town
    ) -> None:
        under_30 = Figure.objects.filter(report__office=measured.small.office, dimension="age", value="under_30")
        under_30.filter(requirement="R5", reading="routine").update(met=0, missed=F("met"))
        read = words(page(as_leader))
        for requirement, counted in (
            ("R11a", "Ikke i samsvar Ingen andel vises Gruppen kommer dårligere ut –"),
            ("R11b", "I samsvar Ingen andel vises Gruppen kommer ikke dårligere ut –"),
            ("R17", "Ikke i samsvar Ingen andel vises 4 av 5 veiledere holder grensen –"),
        ):
            row = read[read.index(f"{requirement} ", read.index("Krav for krav")) :][:300]
            assert counted in row

    def test_what_the_job_seeker_owes_stands_apart(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        requirements = read.index("Andelen er oppfylt av alle avsluttede")
        apart = read.index("Det arbeidssøkeren skylder", requirements)
        assert "R12a" not in read[requirements:apart]
        assert "R12a Jobblogg leveres" in read[apart:]

    def test_each_requirement_is_defined_from_the_rule_itself_and_sourced(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        assert "Utløses av: registrering. Oppfylles av: vedtak (det første). Frist: 14 dager." in read
        assert "Kilde: NAV-loven §§ 14 a og 15 («tidligst mulig»); 14 dager er vårt tall. Opphav: loven." in read

    def test_it_says_what_it_rests_on_and_what_it_does_not_measure(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        assert "Saker: 390. Hendelser: 12 345." in read
        assert "coffee_offered (3)" in read
        assert "Det måler ikke hvordan: møtet mellom mennesker, respekt" in read

    def test_a_small_office_stands_beside_a_large_one(self, as_leader: Client) -> None:
        assert "Forskjell i prosentpoeng, Storhavn minus Lillevik" in words(page(as_leader))

    def test_the_office_beside_shows_sums_and_no_way_to_its_cases(self, as_leader: Client) -> None:
        assert "/kontor/storhavn/" not in page(as_leader)

    def test_an_analyst_sees_the_same_figures_and_no_cases(self, as_leader: Client, as_analyst: Client) -> None:
        leaders, analysts = page(as_leader), page(as_analyst, ANALYSTS)
        assert "/samsvar/saker/" in leaders
        assert "/samsvar/saker/" not in analysts
        assert "Beregn på nytt" not in analysts
        assert "382 oppfylt, 14 for sent, 4 ikke gjort" in words(analysts)

    def test_it_reads_in_english(self, as_leader: Client) -> None:
        as_leader.cookies["django_language"] = "en"
        read = words(page(as_leader))
        assert "The office does much, but not all, of what is prescribed" in read
        assert "1 January 2026 to 20 November 2026" in read
        assert "R1 Early first decision" in read
        assert "Retningslinjer" not in read

    def test_a_fragment_is_the_same_part_of_the_whole_page(self, as_leader: Client) -> None:
        chosen = {"periode": "siste4", "krav": "R5/early"}
        part = as_leader.get(LEADERS, chosen, headers={"HX-Request": "true"})
        assert "HX-Request" in part["Vary"]
        assert "<html" not in part.content.decode()
        assert without_tokens(part.content.decode()).strip() in without_tokens(page(as_leader, **chosen))

    def test_going_back_fetches_the_whole_page(self, as_leader: Client) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        assert "<html" in as_leader.get(LEADERS, headers=headers).content.decode()


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)


@pytest.mark.usefixtures("measured")
class TestChoices:
    def test_a_quarter_shows_that_quarter_alone(self, as_leader: Client) -> None:
        read = words(page(as_leader, periode="2026-2"))
        assert "1. april 2026 til 30. juni 2026" in read
        assert "95 oppfylt, 4 for sent, 1 ikke gjort" in read

    def test_a_team_shows_its_own_counts(self, as_leader: Client) -> None:
        read = words(page(as_leader, team="oot"))
        assert "team oot" in read
        assert "37 oppfylt" not in read
        assert "151 oppfylt" in read

    def test_the_breakdown_stays_that_of_the_whole_office_and_time(self, as_leader: Client) -> None:
        whole, narrow = (words(page(as_leader, krav="R6/strict", **chosen)) for chosen in ({}, {"team": "oot"}))
        assert breakdown_of(whole) == breakdown_of(narrow)

    def test_a_choice_that_is_not_on_offer_is_told_and_the_default_shown(self, as_leader: Client) -> None:
        html = page(as_leader, periode="1850-1", krav="R99")
        assert "ds-validation-message" in html
        assert "382 oppfylt" in words(html)

    def test_no_group_row_shows_a_number_under_five(self, as_leader: Client) -> None:
        for rule in ("R1", "R5/early", "R6/strict", "R19", "R2/lenient"):
            html = page(as_leader, krav=rule)
            table = html[html.index('aria-labelledby="grupper"') :]
            cells = re.findall(r'class="fd-end">(\d[^<]*)</td>', table[: table.index("</table>")])
            assert not {"1", "2", "3", "4"} & set(cells)

    def test_a_small_group_is_hidden_with_a_neighbour_and_without_saying_which(self, as_leader: Client) -> None:
        move_to_somali(3)
        read = breakdown_of(words(page(as_leader, krav="R6/strict")))
        languages = read[read.index("Språk") : read.index("Ytelse")]
        assert "Bokmål Skjult" not in languages
        assert "Engelsk Skjult" in languages
        assert "Somali Skjult" in languages

    def test_what_the_page_hides_the_files_hide(self, as_leader: Client) -> None:
        move_to_somali(3)
        rows = as_leader.get(f"{LEADERS}samsvar.csv", {"krav": "R6/strict"}).content.decode("utf-8-sig").splitlines()
        languages = [row for row in rows if ",language," in row]
        assert [row.count("hidden") for row in languages] == [0, 2, 2]


def move_to_somali(closed: int) -> None:
    """A language that only so many closed instances of R6/strict have, taken from English."""
    languages = Figure.objects.filter(requirement="R6", reading="strict", dimension="language")
    report, quarter = Report.objects.get(office__code="lillevik"), "2026-10-01"
    languages.filter(report=report, value="so").delete()
    Figure.objects.create(
        report=report, requirement="R6", reading="strict", dimension="language", value="so", quarter=quarter,
        met=0, late=0, missed=closed, open=0, void=0,
    )  # fmt: skip
    whole = Figure.objects.get(report=report, requirement="R6", reading="strict", dimension="all", quarter=quarter)
    nb = languages.get(report=report, value="nb", quarter=quarter)
    languages.filter(report=report, value="en", quarter=quarter).update(
        met=whole.met - nb.met, late=whole.late - nb.late, missed=whole.missed - nb.missed - closed
    )


def breakdown_of(read: str) -> str:
    start = read.index("Gjelder alltid hele kontoret")
    return read[start : read.index("Lite og stort kontor", start)]


class TestEmptyAndUnderWay:
    def test_without_figures_it_says_what_to_do(self, as_leader: Client) -> None:
        read = words(page(as_leader))
        assert "Ingen tall ennå" in read
        assert "Trykk «Beregn nå»" in read

    def test_without_figures_there_is_nothing_to_download(self, as_leader: Client) -> None:
        assert as_leader.get(f"{LEADERS}samsvar.csv").status_code == 404
        assert as_leader.get(f"{LEADERS}samsvar.pdf").status_code == 404
        assert as_leader.get(f"{LEADERS}saker/").status_code == 404

    def test_an_analyst_is_told_who_can_ask(self, as_analyst: Client) -> None:
        assert "når kontorlederen ber om det" in words(page(as_analyst, ANALYSTS))

    def test_while_it_is_computed_the_page_says_so_and_asks_again(self, town: Town, as_leader: Client) -> None:
        stored_report(town.small.office)
        asked(town, State.RUNNING, step="measuring")
        html = page(as_leader)
        assert "sakene holdes mot standarden" in html
        assert 'hx-trigger="every 2s"' in html
        assert "Beregn på nytt" not in html
        waiting = as_leader.get(reverse("office:attempt", args=["lillevik"]))
        assert "HX-Refresh" not in waiting

    def test_when_it_is_done_the_waiting_page_is_told_to_load_anew(self, town: Town, as_leader: Client) -> None:
        stored_report(town.small.office)
        assert as_leader.get(reverse("office:attempt", args=["lillevik"]))["HX-Refresh"] == "true"

    def test_a_failed_computation_is_told_and_the_old_figures_stay(self, town: Town, as_leader: Client) -> None:
        stored_report(town.small.office)
        asked(town, State.FAILED, step="reading")
        read = words(page(as_leader))
        assert "ble ikke fullført" in read
        assert "382 oppfylt" in read

    def test_too_little_data_shows_no_share_and_no_verdict(self, town: Town, as_leader: Client) -> None:
        report = stored_report(town.small.office)
        Figure.objects.filter(report=report).exclude(quarter="2026-10-01").delete()
        Figure.objects.filter(report=report, requirement="R13a").update(met=6, late=0, missed=0)
        Figure.objects.filter(report=report, requirement="R13a").exclude(dimension="all").delete()
        read = words(page(as_leader))
        row = read[read.index("R13a Varsel") :][:200]
        assert "Kan ikke vurderes Ingen andel vises 6 avsluttede, trenger 10" in row


def asked(town: Town, state: State, *, step: str) -> None:
    Report.objects.create(
        office=town.small.office,
        standard="nav-2012",
        state=state,
        step=step,
        requested_at=COMPUTED + timedelta(hours=1),
        finished_at=COMPUTED + timedelta(hours=2) if state == State.FAILED else None,
    )


@pytest.mark.usefixtures("measured")
class TestCasesBehind:
    ADDRESS = f"{LEADERS}saker/"

    def test_every_case_is_met_once_page_by_page(self, as_leader: Client) -> None:
        address, found = f"{self.ADDRESS}?krav=R6/strict", []
        while address:
            html = as_leader.get(address).content.decode()
            found += re.findall(r"case-\d+", re.sub(r'(href|value)="[^"]*"', "", html))
            following = re.search(r'rel="next" href="([^"]+)"', html)
            address = following[1].replace("&amp;", "&") if following else ""
        assert len(found) == 130
        assert len(set(found)) == 130

    def test_the_period_limits_them(self, as_leader: Client) -> None:
        html = page(as_leader, self.ADDRESS, krav="R6/strict", periode="2026-2")
        assert len(set(re.findall(r"case-\d+", html))) == 33

    def test_a_figure_without_cases_says_so(self, as_leader: Client) -> None:
        assert "Ingen var for sent ute" in words(page(as_leader, self.ADDRESS, krav="R1"))

    def test_they_are_said_to_be_of_the_period_and_the_whole_office(self, as_leader: Client) -> None:
        read = words(page(as_leader, self.ADDRESS, krav="R6/strict", periode="2026-2"))
        assert "1. april 2026 til 30. juni 2026 · Hele kontoret" in read

    def test_a_team_s_figures_lead_to_no_cases_as_cases_know_no_team(self, as_leader: Client) -> None:
        assert "/samsvar/saker/" in page(as_leader)
        html = page(as_leader, team="oot")
        assert "/samsvar/saker/" not in html
        assert "De vises bare for hele kontoret, ikke team for team." in words(html)

    @pytest.mark.parametrize("rule", ["R99", "R6", "R6/none", "R11a", "R11b", "R17"])
    def test_a_requirement_without_cases_does_not_show_another_s(self, as_leader: Client, rule: str) -> None:
        assert as_leader.get(self.ADDRESS, {"krav": rule}).status_code == 404

    @pytest.mark.parametrize("after", ["x", "2026-13-01~case-1", "2026-01-01", "2026-01-01~", "2026-01-01~a\0b"])
    def test_an_unreadable_place_to_go_on_from_is_a_plain_error(self, as_leader: Client, after: str) -> None:
        response = as_leader.get(self.ADDRESS, {"etter": after})
        assert response.status_code == 400
        assert "Forespørselen kunne ikke leses" in words(response.content.decode())


@pytest.mark.usefixtures("measured")
class TestOverview:
    def test_offices_stand_with_their_verdicts_the_largest_first(self, as_analyst: Client) -> None:
        read = words(page(as_analyst, reverse("insight:offices")))
        assert read.index("Storhavn") < read.index("Lillevik")
        assert read.count("Delvis i samsvar") == 4
