"""The unit administrator's pages: who holds which post in the own office, and what can be done about it."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import Actor, NotPermitted
from diaban.foundation.acts.catalogue import ROLE_LABELS, Role, act_kind
from diaban.foundation.acts.requests import actor_of, uid_typed
from diaban.foundation.journal.queries import timeline
from diaban.foundation.organisations import office as queries
from diaban.foundation.organisations import services
from diaban.foundation.organisations.forms import (
    ColleagueForm,
    DelegationForm,
    EndForm,
    HandOverForm,
    PeopleListForm,
    PostForm,
)
from diaban.foundation.organisations.models import Person
from diaban.foundation.organisations.permissions import (
    DELEGATE_OWN,
    STAFF_ANY,
    STAFF_OWN,
    can_keep_account,
    visible_delegations,
    visible_organisations,
    visible_people,
)
from diaban.foundation.organisations.services import ImportedPerson, NotPossible
from diaban.foundation.ui.exporting import table_file
from diaban.foundation.ui.responses import telling
from diaban.lib.workbooks import Column, WorkbookRefused

told = telling(NotPossible)
forms_too = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Every room with its posts, who holds them and since when they were last signed in."""
    actor = actor_of(request)
    actor.require(STAFF_OWN)
    rooms = queries.staff_of(actor)
    context = {
        "rooms": rooms,
        "bare": [room for room in rooms if not room.posts],
        "people": sum(len(post.holdings) for room in rooms for post in room.posts),
    }
    return render(request, "organisations/office.html", context)


@forms_too
def add_colleague(request: HttpRequest) -> HttpResponse:
    """A new person with an account and a post, of the own office or of that which `co-quan` names. The first password is shown
    once, to be passed on."""
    actor = actor_of(request)
    actor.require(STAFF_OWN)
    asked = request.GET.get("co-quan", "")
    other = get_object_or_404(visible_organisations(actor), uid=uid_typed(asked)) if asked else None
    rooms = queries.rooms_staffed(actor, other.pk) if other else queries.rooms_of(actor)
    form = ColleagueForm(_sent(request)[0], initial={"valid_from": actor.today}, rooms=rooms)
    if request.method == "POST" and form.is_valid():
        try:
            return _passed_on(request, [services.add_colleague(**form.cleaned_data, actor=actor, at=clock.now())])
        except NotPossible as problem:
            form.add_error(None, str(problem))
    return _form_page(request, form, "organisations/add_colleague.html")


@forms_too
def hand_over(request: HttpRequest) -> HttpResponse:
    """A post passes to someone else of the office; the work in its hands stays with it. `vi-tri` chooses the post."""
    actor = actor_of(request)
    actor.require(STAFF_OWN)
    start = {"on": actor.today, "position": request.GET.get("vi-tri")}
    posts = [post for room in queries.staff_of(actor) for post in room.posts]
    form = HandOverForm(_sent(request)[0], initial=start, posts=posts, people=queries.colleagues(actor))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            services.hand_over(
                position_id=int(typed["position"]),
                to_person_id=int(typed["person"]),
                on=typed["on"],
                actor=actor,
                at=clock.now(),
            )
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã bàn giao vị trí công tác."))
            return redirect("organisations:office")
    return _form_page(request, form, "organisations/hand_over.html")


@forms_too
def import_people(request: HttpRequest) -> HttpResponse:
    """People by list, typed, copied or as a file, all or none. The first passwords are shown once, to be passed on."""
    actor = actor_of(request)
    actor.require(STAFF_OWN)
    form = PeopleListForm(*_sent(request), initial={"valid_from": actor.today})
    problems: tuple[services.RowProblem, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            rows = form.people(_content(form.cleaned_data["file"]))
            valid_from = form.cleaned_data["valid_from"]
            return _passed_on(request, services.import_people(rows, valid_from=valid_from, actor=actor, at=clock.now()))
        except services.PeopleRefused as refused:
            problems = refused.problems
        except WorkbookRefused as refused:
            form.add_error("file", str(refused))
    roles = [label for role, label in ROLE_LABELS.items() if role is not Role.AUDITOR]
    return _form_page(
        request,
        form,
        "organisations/import_people.html",
        is_faulty=bool(problems),
        problems=problems,
        roles=roles,
        rooms=queries.rooms_of(actor).values(),
        without=queries.committees_without_people(actor),
        keeps_others=bool(actor.reaches(STAFF_ANY)),
    )


@require_safe
def people_template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in; with `chua-co-nguoi` a line for the administrator of each committee that has nobody yet."""
    actor = actor_of(request)
    actor.require(STAFF_OWN)
    heads = [
        (_("Họ và tên"), 28), (_("Tên đăng nhập"), 20), (_("Chức vụ"), 24), (_("Vai trò"), 22), (_("Cơ quan"), 48),
        (_("Điện thoại"), 16), (_("Thư điện tử"), 28),
    ]  # fmt: skip
    keeper = str(Role.UNIT_ADMIN.label)
    wanted = queries.committees_without_people(actor) if "chua-co-nguoi" in request.GET else []
    return table_file(
        "danh-sach-nguoi",
        title=_("Danh sách người trong cơ quan"),
        columns=[Column(name, width=width) for name, width in heads],
        rows=[["", "", keeper, keeper, one.name, "", ""] for one in wanted],
    )


@require_safe
def colleague(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One of the office's people: posts now and before, the account, what can be done about them."""
    actor = actor_of(request)
    return _person_page(request, actor, _person(actor, uid))


@require_POST
def give_post(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One post more beside those held (kiêm nhiệm)."""
    actor = actor_of(request)
    person = _person(actor, uid)
    form = PostForm(request.POST, rooms=queries.rooms_of(actor))
    if form.is_valid():
        try:
            services.give_post(person_id=person.pk, **form.cleaned_data, actor=actor, at=clock.now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã giao thêm vị trí cho %(name)s.") % {"name": person.name})
            return redirect("organisations:colleague", uid)
    return _person_page(request, actor, person, status=422, post=form)


@require_POST
@told("organisations:colleague")
def end_holding(request: HttpRequest, uid: UUID) -> HttpResponse:
    """From the day `on` the person no longer holds the post `giu`."""
    actor = actor_of(request)
    person = _person(actor, uid)
    holding = get_object_or_404(person.holdings, pk=_number(request.POST.get("giu")))
    form = EndForm(request.POST)
    if not form.is_valid():
        raise NotPossible(_("Ghi ngày thôi giữ vị trí, dạng ngày/tháng/năm."))
    services.end_holding(holding_id=holding.pk, on=form.cleaned_data["on"], actor=actor, at=clock.now())
    messages.success(request, _("Đã ghi %(name)s thôi giữ vị trí.") % {"name": person.name})
    return redirect("organisations:colleague", uid)


@require_POST
@told("organisations:colleague")
def renew_password(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A new first password, shown once."""
    actor = actor_of(request)
    person = _person(actor, uid)
    password = services.renew_password(
        person_id=person.pk, forget_second="hai-lop" in request.POST, actor=actor, at=clock.now()
    )
    account = person.account
    return _passed_on(request, [ImportedPerson(person, account.username if account else "", password)])


@require_POST
@told("organisations:colleague")
def lock_account(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Nobody signs in with the account from now on."""
    return _switched(request, uid, services.lock_account, _("Đã khóa tài khoản của %(name)s."))


@require_POST
@told("organisations:colleague")
def unlock_account(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The account can be signed in to again."""
    return _switched(request, uid, services.unlock_account, _("Đã mở khóa tài khoản của %(name)s."))


@forms_too
def delegations(request: HttpRequest) -> HttpResponse:
    """Who signs for whom: what holds now and what is to come; a new one is written down. A leader gives his own signature."""
    actor = actor_of(request)
    actor.require(DELEGATE_OWN)
    givers, takers = queries.signers(actor)
    form = DelegationForm(_sent(request)[0], initial={"valid_from": actor.today}, givers=givers, takers=takers)
    if request.method == "POST" and form.is_valid():
        try:
            services.delegate(**form.cleaned_data, actor=actor, at=clock.now())
        except NotPossible as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Đã ghi việc ký thay, thừa lệnh, thừa ủy quyền."))
            return redirect("organisations:delegations")
    given = queries.delegations_of(actor)
    return _form_page(request, form, "organisations/delegations.html", given=given, has_givers=bool(givers))


@require_POST
@told("organisations:delegations")
def end_delegation(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """From today nobody signs by it any more."""
    actor = actor_of(request)
    delegation = get_object_or_404(visible_delegations(actor), pk=delegation_id)
    services.end_delegation(delegation_id=delegation.pk, on=actor.today, actor=actor, at=clock.now())
    messages.success(request, _("Đã kết thúc việc ký thay."))
    return redirect("organisations:delegations")


def _person(actor: Actor, uid: UUID) -> Person:
    person = get_object_or_404(visible_people(actor).select_related("account"), uid=uid)
    if can_keep_account(actor, person) is None:
        raise NotPermitted(str(act_kind(STAFF_OWN).label))
    return person


def _person_page(
    request: HttpRequest, actor: Actor, person: Person, *, status: int = 200, post: PostForm | None = None
) -> HttpResponse:
    context = {
        "person": person,
        "holdings": queries.holdings_of(person, actor.today),
        "is_own": person.account_id == actor.account_id,
        "post": post or PostForm(initial={"valid_from": actor.today}, rooms=queries.rooms_of(actor)),
        "today": actor.today,
        "timeline": timeline(actor, person),
    }
    return render(request, "organisations/colleague.html", context, status=status)


def _switched(request: HttpRequest, uid: UUID, act: Callable[..., None], said: str) -> HttpResponse:
    actor = actor_of(request)
    person = _person(actor, uid)
    act(person_id=person.pk, actor=actor, at=clock.now())
    messages.success(request, said % {"name": person.name})
    return redirect("organisations:colleague", uid)


def _passed_on(request: HttpRequest, added: list[ImportedPerson]) -> HttpResponse:
    """The first passwords, shown this once: no address leads here again."""
    response = render(request, "organisations/first_passwords.html", {"added": added})
    response["Cache-Control"] = "private, no-store"
    return response


def _form_page(
    request: HttpRequest, form: Any, template: str, *, is_faulty: bool = False, **shown: object
) -> HttpResponse:
    status = 422 if is_faulty or form.errors else 200
    return render(request, template, {"form": form, **shown}, status=status)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form is filled with: nothing while it is only looked at."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _content(sent: UploadedFile[bytes] | None) -> bytes:
    """Raises `WorkbookRefused` for what is too large to be a list of people."""
    if sent is None:
        return b""
    if (sent.size or 0) > settings.UPLOAD_LIMIT:
        raise WorkbookRefused(_("Tệp quá lớn."))
    return cast("bytes", sent.read())


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
