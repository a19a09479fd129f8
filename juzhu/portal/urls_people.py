"""Accounts, the first page, registration, messages, open pages."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.portal.views import accounts, home, known, messages, open, registration, residence

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("tasks", home.tasks, name="tasks"),
    path("sign-in", accounts.sign_in, name="sign_in"),
    path("sign-up", accounts.sign_up, name="sign_up"),
    path("real-name", accounts.real_name, name="real_name"),
    path("sign-out", accounts.sign_out, name="sign_out"),
    path("register", registration.start, {"way": "register"}, name="register"),
    path("register/<slug:step>", registration.question, {"way": "register"}, name="register_step"),
    path("registration", residence.overview, name="registration"),
    path("registration/move", registration.start, {"way": "move"}, name="move"),
    path("registration/move/<slug:step>", registration.question, {"way": "move"}, name="move_step"),
    path("registration/workplace", residence.workplace, name="workplace"),
    path("registration/leave", residence.leave, name="leave"),
    path("registration/<slug:number>/done", registration.done, name="registered"),
    path("registration/<slug:number>/certificate", residence.certificate, name="certificate"),
    path("messages", messages.inbox, name="messages"),
    path("messages/<int:pk>", messages.message, name="message"),
    path("rules", open.rules, name="rules"),
    path("rules/<slug:policy_id>", open.rules, name="rules_of"),
    path("known", known.known, name="known"),
    path("known/<int:pk>/object", known.objection, name="object"),
    path("known/objections/<str:number>", known.answered, name="objection"),
    path("who-used", open.who_used, name="who_used"),
    path("counters", open.counters, name="counters"),
    path("accessibility", open.accessibility, name="accessibility"),
]
