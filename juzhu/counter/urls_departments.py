"""Departments: their own word, one by one or as a sheet, and what people object to."""

from django.urls import path
from django.urls.resolvers import URLPattern

from juzhu.counter.views import departments, departments_objections, departments_sheets

urlpatterns: list[URLPattern] = [
    path("attested", departments.attested, name="attested"),
    path("attested/<int:pk>/replace", departments.replace_word, name="replace_word"),
    path("attested/<int:pk>/withdraw", departments.withdraw_word, name="withdraw_word"),
    path("departments/give", departments.give, name="give"),
    path("departments/give/<str:kind>", departments.give_kind, name="give_kind"),
    path("departments/sheets/<int:pk>", departments_sheets.sheet, name="sheet"),
    path("departments/sheets/<int:pk>/mend", departments_sheets.mend, name="sheet_mend"),
    path("departments/sheets/<int:pk>/file", departments_sheets.file, name="sheet_file"),
    path("departments/sheets/<int:pk>/discard", departments_sheets.discard, name="sheet_discard"),
    path("departments/sheets/<int:pk>/returned.xlsx", departments_sheets.back, name="sheet_back"),
    path("departments/sheets/<str:kind>/template.xlsx", departments_sheets.template, name="sheet_template"),
    path("departments/sheets/<str:kind>/upload", departments_sheets.upload, name="sheet_upload"),
    path("departments/objections", departments_objections.queue, name="objections"),
    path("departments/objections/<str:number>", departments_objections.answer, name="objection"),
]
