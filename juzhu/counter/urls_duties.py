"""到期与责令: reports that wait, contradictions, worklists, orders, penalty cases."""

from django.urls import path

from juzhu.counter.views import duties, duties_orders

urlpatterns = [
    path("duties", duties.home, name="duties"),
    path("duties/reports/<str:number>", duties.report, name="report"),
    path("duties/contradictions/<int:pk>", duties.contradiction, name="contradiction"),
    path("duties/orders/new", duties_orders.new, name="new_order"),
    path("duties/orders/<str:number>", duties_orders.order, name="order"),
    path("duties/cases/<str:number>", duties_orders.case, name="penalty_case"),
]
