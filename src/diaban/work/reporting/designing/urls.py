"""Pages under /bao-cao/bieu-mau/, named in the room's namespace."""

from django.urls import path

from diaban.work.reporting.designing.views import drafts, items, published, taking

urlpatterns = [
    path("", published.form_list, name="forms"),
    path("ganh-nang/", published.burden, name="burden"),
    path("soan-moi/", drafts.new_form, name="new_form"),
    path("nap-tep/", taking.form_file, name="form_file"),
    path("nap-xlsform/", taking.xlsform_file, name="xlsform_file"),
    path("du-thao/<uuid:uid>/", drafts.draft, name="form_draft"),
    path("du-thao/<uuid:uid>/xem/", drafts.preview, name="draft_preview"),
    path("du-thao/<uuid:uid>/bieu-mau.xlsx", drafts.workbook, name="draft_workbook"),
    path("du-thao/<uuid:uid>/nap-tep/", taking.draft_file, name="draft_file"),
    path("du-thao/<uuid:uid>/ban-hanh/", drafts.publish, name="publish_draft"),
    path("du-thao/<uuid:uid>/rut/", drafts.withdraw, name="withdraw_draft"),
    path("du-thao/<uuid:uid>/chon-chi-tieu/", items.choose, name="choose_indicator"),
    path("du-thao/<uuid:uid>/<str:table>/<int:number>/", items.item, name="draft_item"),
    path("<slug:code>/", published.form, name="form"),
    path("<slug:code>/soan/", drafts.new_version, name="new_version"),
    path("<slug:code>/<int:number>/", published.version, name="form_version"),
    path("<slug:code>/<int:number>/bieu-mau.xlsx", published.workbook, name="form_workbook"),
]
