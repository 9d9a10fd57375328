"""Own pages under the name `accounts:`, and those of allauth that are in use, under allauth's names and in our templates."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from diaban.foundation.accounts import views

own = [
    path("tuy-chon/", views.preferences, name="preferences"),
    path("ngon-ngu/", views.language, name="language"),
    path("thong-bao/", views.notices, name="notices"),
    path("thong-bao/da-doc/", views.mark_all_read, name="mark_all_read"),
    path("thong-bao/<int:notice_id>/", views.open_notice, name="open_notice"),
]
sign_in = [
    path("dang-nhap/", account.LoginView.as_view(template_name="accounts/login.html"), name="account_login"),
    path("dang-xuat/", account.LogoutView.as_view(template_name="accounts/logout.html"), name="account_logout"),
    path("tam-khoa/", account.AccountInactiveView.as_view(template_name="accounts/inactive.html"), name="account_inactive"),
    path("mat-khau/", account.PasswordChangeView.as_view(template_name="accounts/password_change.html"), name="account_change_password"),
    path("mat-khau/dat/", account.PasswordSetView.as_view(template_name="accounts/password_set.html"), name="account_set_password"),
    path("xac-nhan/", account.ReauthenticateView.as_view(template_name="accounts/reauthenticate.html"), name="account_reauthenticate"),
    path("hai-lop/", mfa.IndexView.as_view(template_name="accounts/mfa/index.html"), name="mfa_index"),
    path("hai-lop/dang-nhap/", mfa.AuthenticateView.as_view(template_name="accounts/mfa/authenticate.html"), name="mfa_authenticate"),
    path("hai-lop/xac-nhan/", mfa.ReauthenticateView.as_view(template_name="accounts/mfa/reauthenticate.html"), name="mfa_reauthenticate"),
    path("hai-lop/bat/", totp.ActivateTOTPView.as_view(template_name="accounts/mfa/activate.html"), name="mfa_activate_totp"),
    path("hai-lop/tat/", totp.DeactivateTOTPView.as_view(template_name="accounts/mfa/deactivate.html"), name="mfa_deactivate_totp"),
    path("hai-lop/ma-du-phong/", codes.ViewRecoveryCodesView.as_view(template_name="accounts/mfa/codes.html"), name="mfa_view_recovery_codes"),
    path("hai-lop/ma-du-phong/tao/", codes.GenerateRecoveryCodesView.as_view(template_name="accounts/mfa/generate_codes.html"), name="mfa_generate_recovery_codes"),
    path("hai-lop/ma-du-phong/tai/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("lien-ket/", social.ConnectionsView.as_view(template_name="accounts/connections.html"), name="socialaccount_connections"),
    path("lien-ket/dang-ky/", social.SignupView.as_view(template_name_signup_closed="accounts/signup_closed.html"), name="socialaccount_signup"),
    path("lien-ket/huy/", social.LoginCancelledView.as_view(template_name="accounts/sign_in_failed.html"), name="socialaccount_login_cancelled"),
    path("lien-ket/loi/", login_not_required(social.LoginErrorView.as_view(template_name="accounts/sign_in_failed.html")), name="socialaccount_login_error"),
    path("lien-ket/", include("allauth.socialaccount.providers.openid_connect.urls")),
]  # fmt: skip
urlpatterns = [path("", include((own, "accounts"))), *sign_in]
