"""Every room's addresses."""

from django.urls import include, path

urlpatterns = [
    path("", include("samsvar.web.urls")),
    path("", include("samsvar.letters.urls")),
    path("", include("samsvar.cases.urls")),
    path("", include("samsvar.rights.urls")),
    path("henvisning/", include("samsvar.referrals.urls")),
    path("opsoegende/", include("samsvar.outreach.urls")),
    path("indberetning/", include("samsvar.outcomes.urls")),
    path("opbevaring/", include("samsvar.retention.urls")),
    path("tovholder/", include("samsvar.coordination.urls")),
    path("styring/", include("samsvar.steering.urls")),
    path("moeder/", include("samsvar.meetings.urls")),
    path("konferencer/", include("samsvar.conferences.urls")),
    path("", include("samsvar.directory.urls")),
    path("samarbejde/", include("samsvar.partnerships.urls")),
    path("mig/", include("samsvar.accounts.urls")),
    path("konto/", include("samsvar.accounts.login_urls")),
]

handler400 = "samsvar.web.errors.bad_request"
handler500 = "samsvar.web.errors.server_error"
