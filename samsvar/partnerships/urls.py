"""Addresses of this room."""

from django.urls import path

from samsvar.partnerships.views import contacts, groups, ours, places

app_name = "partnerships"
urlpatterns = [
    path("kontakter/", contacts.contacts, name="contacts"),
    path("mit-kort/", contacts.card, name="card"),
    path("opsaetning/", places.setup, name="setup"),
    path("opsaetning/<uuid:partnership_id>/", places.partnership, name="partnership"),
    path("opsaetning/<uuid:partnership_id>/vilkaar/", places.parameters, name="parameters"),
    path("opsaetning/<uuid:partnership_id>/myndigheder/", places.participants, name="participants"),
    path("opsaetning/<uuid:partnership_id>/myndigheder/ny/", places.authority_new, name="authority_new"),
    path("opsaetning/<uuid:partnership_id>/aftale/", places.agreement, name="agreement"),
    path("opsaetning/<uuid:partnership_id>/aftale/ny/", places.agreement_new, name="agreement_new"),
    path("opsaetning/<uuid:partnership_id>/ord/", places.words, name="words"),
    path("opsaetning/<uuid:partnership_id>/ord/kriterium/<uuid:row_id>/", places.criterion, name="criterion"),
    path("opsaetning/<uuid:partnership_id>/ord/kategori/<uuid:row_id>/", places.category, name="category"),
    path("opsaetning/<uuid:partnership_id>/akut/", places.numbers, name="numbers"),
    path("opsaetning/<uuid:partnership_id>/akut/<uuid:row_id>/fjern/", places.number_remove, name="number_remove"),
    path("opsaetning/<uuid:partnership_id>/grupper/ny/", groups.group_new, name="group_new"),
    path("myndigheder/<uuid:authority_id>/", places.authority_edit, name="authority_edit"),
    path("deltagelser/<uuid:participation_id>/slut/", places.leave, name="leave"),
    path("grupper/<uuid:group_id>/", groups.group, name="group"),
    path("grupper/<uuid:group_id>/ret/", groups.group_edit, name="group_edit"),
    path("grupper/<uuid:group_id>/plads/", groups.seat_new, name="seat_new"),
    path("grupper/<uuid:group_id>/funktion/", groups.function_give, name="function_give"),
    path("pladser/<uuid:membership_id>/", groups.seat_edit, name="seat_edit"),
    path("pladser/<uuid:membership_id>/afloes/", groups.hand_over, name="hand_over"),
    path("pladser/<uuid:membership_id>/udtraed/", groups.unseat, name="unseat"),
    path("os/", ours.people, name="people"),
    path("os/inviter/", ours.invite, name="invite"),
    path("os/gennemgang/", ours.review, name="review"),
    path("os/poster/<uuid:post_id>/", ours.post_edit, name="post_edit"),
    path("os/poster/<uuid:post_id>/igen/", ours.invite_again, name="invite_again"),
    path("os/poster/<uuid:post_id>/slut/", ours.post_end, name="post_end"),
    path("os/enheder/", ours.units, name="units"),
    path("os/enheder/<uuid:unit_id>/", ours.unit_edit, name="unit_edit"),
    path("os/frigivere/", ours.releasers, name="releasers"),
    path("os/frigivere/<uuid:releaser_id>/af/", ours.releaser_end, name="releaser_end"),
    path("os/indsatser/", ours.measures, name="measures"),
    path("os/indsatser/<uuid:measure_id>/", ours.measure_edit, name="measure_edit"),
]
