"""Addresses: each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("tai-khoan/", include("diaban.foundation.accounts.urls")),
    path("dia-ban/", include("diaban.foundation.territory.urls")),
    path("to-chuc/", include("diaban.foundation.organisations.urls")),
    path("chuc-nang/", include("diaban.foundation.mandates.urls")),
    path("viec/", include("diaban.foundation.obligations.urls")),
    path("so-lieu/", include("diaban.foundation.facts.urls")),
    path("sap-xep/", include("diaban.foundation.reforms.urls")),
    path("van-ban/", include("diaban.foundation.documents.urls")),
    path("nhat-ky/", include("diaban.foundation.journal.urls")),
    path("tep/", include("diaban.foundation.files.urls")),
    path("tien-trinh/", include("diaban.foundation.jobs.urls")),
    path("trao-doi/", include("diaban.foundation.remarks.urls")),
    path("chuoi-viec/", include("diaban.foundation.links.urls")),
    path("bao-cao/", include("diaban.work.reporting.urls")),
    path("thu-thap/", include("diaban.work.requests.urls")),
    path("trao-doi-so-lieu/", include("diaban.work.exchange.urls")),
    path("so-lieu-lich-su/", include("diaban.work.history.urls")),
    path("phan-tich/", include("diaban.work.analysis.urls")),
    path("xep-hang/", include("diaban.work.ranking.urls")),
    path("kien-nghi/", include("diaban.work.difficulties.urls")),
    path("nhiem-vu/", include("diaban.work.directives.urls")),
    path("lich-cong-tac/", include("diaban.work.meetings.urls")),
    path("api/", include("diaban.faces.api.urls")),
    path("", include("diaban.faces.web.urls")),
]
