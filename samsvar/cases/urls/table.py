"""Cases: lists, the case, and what is done in it."""

from django.urls import URLPattern, path

from samsvar.cases.views import case, telling, work

CASE = "sager/<uuid:case_id>/"

urlpatterns: list[URLPattern] = [
    path("sager/", case.case_list, name="list"),
    path("sager/indtast/", case.type_in_page, name="type_in"),
    path("soeg/", case.search, name="search"),
    path(CASE, case.case_page, name="case"),
    path(f"{CASE}udskriv/", case.paper, name="paper"),
    path(f"{CASE}ansvar/", case.place, name="place"),
    path(f"{CASE}vent/", case.wait, name="wait"),
    path(f"{CASE}videre/", case.resume, name="resume"),
    path(f"{CASE}ret/", case.edit, name="edit"),
    path(f"{CASE}part/", case.bring_in, name="bring_in"),
    path(f"{CASE}udtraed/", case.step_out, name="step_out"),
    path(f"{CASE}navn/", case.say_name, name="say_name"),
    path(f"{CASE}kollega/", case.assign, name="assign"),
    path(f"{CASE}kollega/<uuid:assignment_id>/af/", case.unassign, name="unassign"),
    path(f"{CASE}cpr/", case.show_number, name="show_number"),
    path(f"{CASE}afslut/", case.close, name="close"),
    path(f"{CASE}samme-borger/", case.same_person, name="same_person"),
    path(f"{CASE}samme-borger/<uuid:merge_id>/fortryd/", case.not_same_person, name="not_same_person"),
    path(f"{CASE}aftale/", work.agree, name="agree"),
    path(f"{CASE}aftale/<uuid:action_id>/tag/", work.take, name="take"),
    path(f"{CASE}aftale/<uuid:action_id>/afvis/", work.decline, name="decline"),
    path(f"{CASE}aftale/<uuid:action_id>/gjort/", work.done, name="done"),
    path(f"{CASE}aftale/<uuid:action_id>/kom-ikke/", work.no_show, name="no_show"),
    path(f"{CASE}aftale/<uuid:action_id>/stop/", work.stop, name="stop"),
    path(f"{CASE}opfoelgning/", work.follow_up, name="follow_up"),
    path(f"{CASE}intet-nyt/", work.nothing_new, name="nothing_new"),
    path(f"{CASE}borgeren/", work.involve, name="involve"),
    path(f"{CASE}boern/", work.decide_on_children, name="children"),
    path(f"{CASE}moedeforbud/", work.ban, name="ban"),
    path(f"{CASE}moedeforbud/<uuid:ban_id>/ophaev/", work.lift_ban, name="lift_ban"),
    path(f"{CASE}besoeg/", work.advise, name="advise"),
    path(f"{CASE}besoeg/<uuid:advice_id>/videregiv/", telling.pass_advice_on, name="pass_advice_on"),
    path(f"{CASE}svar/", telling.contribute, name="contribute"),
    path(f"{CASE}svar/virkning/", telling.effect, name="effect"),
    path(f"{CASE}svar/<uuid:contribution_id>/videregiv/", telling.pass_on, name="pass_on"),
    path("frigivelser/<uuid:release_id>/", telling.release, name="release"),
    path(f"{CASE}vilkaar/", telling.conditions, name="conditions"),
    path(f"{CASE}vilkaar/<uuid:sentence_id>/videregiv/", telling.pass_conditions_on, name="pass_conditions_on"),
    path(f"{CASE}vilkaar/<uuid:sentence_id>/fjern/", telling.take_conditions_away, name="take_conditions_away"),
    path(f"{CASE}note/", work.note, name="note"),
    path(f"{CASE}note/<uuid:note_id>/slet/", work.forget_note, name="forget_note"),
]
