"""Every setting of Địa Bàn in one file, read from the environment (docs/operator.md lists the variables)."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONCE, NONE, SELF

from diaban.config import embedded
from diaban.config.environment import PLANNED_ONCE, Environment

django_stubs_ext.monkeypatch()

env = Environment()
PACKAGE = Path(__file__).resolve().parent.parent
PROJECT = PACKAGE.parent.parent
STATE = env.folder("DIABAN_STATE", PROJECT / "var")

# --- what runs where
DEBUG = env.flag("DIABAN_DEBUG", default=False)
DATABASE = env.postgres("DATABASE_URL")
IS_EMBEDDED = DATABASE is None
SECRET_KEY = env.text("DIABAN_SECRET_KEY", "an-embedded-demo-is-on-one-machine-only" if IS_EMBEDDED else "")
if len(SECRET_KEY) < 32:
    env.problem("DIABAN_SECRET_KEY must be at least 32 characters, and secret, when DATABASE_URL is set")
ALLOWED_HOSTS = env.words("DIABAN_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env.words("DIABAN_ORIGINS")
BEHIND_HTTPS = env.flag("DIABAN_HTTPS", default=False)
PORT = env.number("DIABAN_PORT", 8000, least=1)
ADDRESS = env.text("DIABAN_ADDRESS", f"http://127.0.0.1:{PORT}").rstrip("/")  # what links in letters begin with

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "csp",
    "ninja",
    "procrastinate.contrib.django",
    "diaban.foundation.ui",
    "diaban.foundation.acts",
    "diaban.foundation.journal",
    "diaban.foundation.accounts",
    "diaban.foundation.files",
    "diaban.foundation.jobs",
    "diaban.foundation.remarks",
    "diaban.foundation.links",
    "diaban.foundation.territory",
    "diaban.foundation.organisations",
    "diaban.foundation.mandates",
    "diaban.foundation.obligations",
    "diaban.foundation.facts",
    "diaban.foundation.reforms",
    "diaban.foundation.documents",
    "diaban.work.difficulties",
    "diaban.work.reporting",
    "diaban.work.directives",
    "diaban.work.requests",
    "diaban.work.history",
    "diaban.work.exchange",
    "diaban.work.analysis",
    "diaban.work.ranking",
    "diaban.work.meetings",
    "diaban.faces.web",
    "diaban.faces.api",
    "diaban.faces.demo",
    "diaban.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "diaban.faces.api.middleware.without_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "diaban.foundation.accounts.middleware.own_language",
    "diaban.foundation.accounts.middleware.own_password",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "diaban.foundation.mandates.middleware.acting_position",
    "diaban.faces.api.middleware.told_as_problems",
    "diaban.foundation.ui.middleware.buttons_explained",
    "diaban.foundation.ui.middleware.storable_text",
]

ROOT_URLCONF = "diaban.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diaban.faces.web.context.shell",
            ],
            "builtins": ["diaban.foundation.ui.templatetags.ui"],
        },
    }
]
FORM_RENDERER = "diaban.foundation.ui.forms.Renderer"

# --- database
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": PLANNED_ONCE,
        **(DATABASE or {"NAME": "diaban", "USER": "postgres", "HOST": str(embedded.socket_folder(STATE))}),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- sign-in
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "diaban.foundation.accounts.adapter.ClosedAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
CSRF_FAILURE_VIEW = "diaban.faces.web.views.csrf_failure"
SESSION_COOKIE_AGE = env.number("DIABAN_SESSION_HOURS", 10, least=1) * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

# --- language and time
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["diaban.foundation.ui.formats"]

# --- files
STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
NODE_MODULES = env.folder("DIABAN_NODE_MODULES", PROJECT / "node_modules")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "diaban.foundation.ui.finders.PackageFiles",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE / "files"}},
    "staticfiles": {"BACKEND": "diaban.foundation.ui.storage.StaticFiles"},
}
MEDIA_ROOT = STATE / "files"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "diaban.foundation.files.uploading.UpToTheLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
JOB_STALLED_AFTER = env.number("DIABAN_STALLED_AFTER", 120, least=1)  # seconds without a worker's sign of life
UPLOAD_LIMIT = env.number("DIABAN_UPLOAD_MIB", 25, least=1) * 1024 * 1024

# --- mail, logging
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("DIABAN_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = STATE / "mail"
EMAIL_HOST = env.text("DIABAN_SMTP_HOST")
EMAIL_PORT = env.number("DIABAN_SMTP_PORT", 587, least=1)
EMAIL_HOST_USER = env.text("DIABAN_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("DIABAN_SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("DIABAN_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20  # seconds: a silent mail server holds up a worker no longer
DEFAULT_FROM_EMAIL = env.text("DIABAN_MAIL_FROM", "khong-tra-loi@localhost")
FILE_CHANNELS = env.words("DIABAN_FILE_CHANNELS", ("sms", "zalo") if IS_EMBEDDED else ())
WEBHOOK_URL = env.text("DIABAN_WEBHOOK_URL")
WEBHOOK_SECRET = env.text("DIABAN_WEBHOOK_SECRET")
WEBHOOK_NETWORKS = env.networks("DIABAN_WEBHOOK_NETWORKS")
if WEBHOOK_URL and not WEBHOOK_URL.startswith(("https://", "http://")):
    env.problem("DIABAN_WEBHOOK_URL must begin with https:// or http://")
if WEBHOOK_URL and len(WEBHOOK_SECRET) < 32:
    env.problem("DIABAN_WEBHOOK_SECRET must be at least 32 characters when DIABAN_WEBHOOK_URL is set")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": env.text("DIABAN_LOG_LEVEL", "WARNING").upper()},
}
SILENCED_SYSTEM_CHECKS = [
    "staticfiles.W004"
]  # the front-end packages are installed by `make setup`, after the first check

env.finish()
