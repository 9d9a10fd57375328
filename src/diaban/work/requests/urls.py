from django.urls import path

from diaban.work.requests.views import answering, asking, following, recording, workbooks

app_name = "requests"
urlpatterns = [
    path("", asking.request_list, name="requests"),
    path("moi/", asking.new, name="new"),
    path("l/<str:token>/", answering.link_page, name="link"),
    path("tra-loi/<uuid:uid>/", answering.answer_page, name="answer"),
    path("tra-loi/<uuid:uid>/lien-ket/", following.renew_link, name="renew_link"),
    path("<uuid:uid>/", following.request_page, name="request"),
    path("<uuid:uid>/sua/", asking.edit, name="edit"),
    path("<uuid:uid>/xoa/", asking.discard, name="discard"),
    path("<uuid:uid>/gui/", asking.send, name="send"),
    path("<uuid:uid>/bang/", following.table_part, name="table"),
    path("<uuid:uid>/tin-nhan/", following.message_page, name="messages"),
    path("<uuid:uid>/chot/", following.close, name="close"),
    path("<uuid:uid>/mo-lai/", following.reopen, name="reopen"),
    path("<uuid:uid>/gia-han/", following.extend, name="extend"),
    path("<uuid:uid>/tep.xlsx", workbooks.download, name="workbook"),
    path("<uuid:uid>/nop-tep/", workbooks.upload, name="workbook_upload"),
    path("<uuid:uid>/so-lieu/", recording.facts, name="facts"),
    path("<uuid:uid>/xuat.<str:kind>", following.export, name="export"),
]
