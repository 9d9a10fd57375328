"""Connects the sockets of rooms that are strangers to one another; done once, in `ready()` of the last app."""

from collections.abc import Collection


def connect() -> None:
    """Plug each socket. Plugging one twice raises `DoublyPlugged`; `check` reports those left open."""
    _channels()
    _work()
    _dossier()
    _chain()


def _channels() -> None:
    """The ways out: mail always, the others where the environment names them. To connect a service of messages, plug here an
    object with what `channels.Channel` asks for, in the place of `Filing`."""
    from django.conf import settings
    from django.utils.translation import gettext_lazy as _

    from diaban.foundation.accounts.channels import CONTACTS, channels
    from diaban.foundation.accounts.mail import Mail
    from diaban.foundation.accounts.webhook import Webhook
    from diaban.foundation.organisations.queries import contacts_of

    CONTACTS.plug(contacts_of)
    channels.plug("mail", Mail())
    plug_file_channels(settings.FILE_CHANNELS)
    if settings.WEBHOOK_URL:
        way = Webhook(_("Hệ thống khác"), settings.WEBHOOK_URL, settings.WEBHOOK_SECRET, settings.WEBHOOK_NETWORKS)
        channels.plug("webhook", way)


def plug_file_channels(names: Collection[str]) -> None:
    """Ways that are not connected: what goes out by those of `names` that are not plugged yet is written into files."""
    from django.conf import settings
    from django.utils.translation import gettext_lazy as _

    from diaban.foundation.accounts.channels import channels
    from diaban.foundation.accounts.filing import Filing

    if "sms" in names and not channels.find("sms"):
        channels.plug("sms", Filing(_("Tin nhắn SMS"), settings.STATE / "sms", lambda contact: contact.phone))
    if "zalo" in names and not channels.find("zalo"):
        channels.plug("zalo", Filing(_("Zalo"), settings.STATE / "zalo", lambda contact: contact.zalo))


def _work() -> None:
    from diaban.foundation.facts.sockets import ASKED_IN, MEASURE
    from diaban.foundation.journal.sockets import OFFICES
    from diaban.foundation.mandates.permissions import offices_of
    from diaban.foundation.obligations.holders import holders
    from diaban.foundation.obligations.starts import UNOWED, courses, ruling_starts, starts, together
    from diaban.work.difficulties.plugs import difficulty_starts
    from diaban.work.difficulties.services.steps import AGAIN, PROMISED, TO_ANSWER
    from diaban.work.difficulties.sockets import DIRECTED
    from diaban.work.directives.plugs import directed_from, signing_starts, task_starts
    from diaban.work.meetings.plugs import briefing_starts, meeting_starts, week_starts
    from diaban.work.meetings.queries.holders import holders_of_units
    from diaban.work.ranking.plugs import appeal_starts
    from diaban.work.reporting.measuring import figures_over_ground
    from diaban.work.reporting.plugs import about_report_starts, asked_in, reception_url, report_courses, report_starts
    from diaban.work.requests.plugs import answer_starts
    from diaban.work.requests.plugs import asked_in as asked_quickly

    ASKED_IN.plug("reporting", asked_in)
    ASKED_IN.plug("requests", asked_quickly)
    OFFICES.plug(offices_of)
    starts.plug(UNOWED, ruling_starts)
    starts.plug("reporting.report", report_starts)
    courses.plug("reporting.report", report_courses)
    starts.plug("reporting.supplement", about_report_starts)
    starts.plug("reporting.reception", about_report_starts)
    together.plug("reporting.reception", reception_url)
    starts.plug("requests.answer", answer_starts)
    starts.plug("ranking.appeal", appeal_starts)
    for kind in (TO_ANSWER, AGAIN, PROMISED):
        starts.plug(kind, difficulty_starts)
    starts.plug("directives.task", task_starts)
    starts.plug("directives.confirmation", task_starts)
    starts.plug("directives.signing", signing_starts)
    starts.plug("meetings.notice", meeting_starts)
    starts.plug("meetings.update", meeting_starts)
    starts.plug("meetings.briefing", briefing_starts)
    holders.plug("meetings.briefing", holders_of_units)
    starts.plug("meetings.next_week", week_starts)
    DIRECTED.plug(directed_from)
    MEASURE.plug(figures_over_ground)


def _dossier() -> None:
    """What the page of a place tells, in this order."""
    from diaban.faces.web.dossier import page_of
    from diaban.foundation.mandates.dossier import leads_in_place
    from diaban.foundation.obligations.dossier import open_work
    from diaban.foundation.organisations.dossier import people_of
    from diaban.foundation.territory.dossier import pages_of_unit, sources
    from diaban.work.difficulties.plugs import raised_at
    from diaban.work.directives.dossier import tasks_of_place
    from diaban.work.meetings.plugs import conclusions_of_place, meetings_of_place
    from diaban.work.ranking.plugs import indices_of, places_of
    from diaban.work.reporting.dossier import course_kept, enterprises, newest_figures, reports_sent
    from diaban.work.reporting.targets.dossier import plans_of_place

    pages_of_unit.plug("dossier", page_of)
    sources.plug("people", people_of)
    sources.plug("figures", newest_figures)
    sources.plug("plans", plans_of_place)
    sources.plug("enterprises", enterprises)
    sources.plug("meetings", meetings_of_place)
    sources.plug("conclusions", conclusions_of_place)
    sources.plug("directives", tasks_of_place)
    sources.plug("difficulties", raised_at)
    sources.plug("obligations", open_work)
    sources.plug("reports", reports_sent)
    sources.plug("course", course_kept)
    sources.plug("ranking", places_of)
    sources.plug("indices", indices_of)
    sources.plug("leads", leads_in_place)


def _chain() -> None:
    """How the things of a chain stand, and what aims at a figure."""
    from diaban.foundation.documents.queries import standing_of_documents
    from diaban.foundation.facts.sockets import AIMS
    from diaban.foundation.links.sockets import STANDINGS
    from diaban.foundation.obligations.queries import standing_of_obligations
    from diaban.work.difficulties.plugs import standing_of_difficulties
    from diaban.work.directives.chain import (
        aims_at,
        standing_of_completions,
        standing_of_directives,
        standing_of_tasks,
    )
    from diaban.work.meetings.plugs import standing_of_conclusions, standing_of_meetings
    from diaban.work.reporting.plugs import standing_of_reports

    STANDINGS.plug("documents.document", standing_of_documents)
    STANDINGS.plug("obligations.obligation", standing_of_obligations)
    STANDINGS.plug("reporting.report", standing_of_reports)
    STANDINGS.plug("difficulties.difficulty", standing_of_difficulties)
    STANDINGS.plug("meetings.meeting", standing_of_meetings)
    STANDINGS.plug("meetings.conclusion", standing_of_conclusions)
    STANDINGS.plug("directives.directive", standing_of_directives)
    STANDINGS.plug("directives.task", standing_of_tasks)
    STANDINGS.plug("directives.completion", standing_of_completions)
    AIMS.plug("directives", aims_at)
