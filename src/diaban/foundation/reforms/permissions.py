"""Who sees reforms: those who keep the registers of the province, and auditors there."""

from django.db.models import QuerySet

from diaban.foundation.acts.actor import Actor
from diaban.foundation.mandates.permissions import visible_filter
from diaban.foundation.reforms.models import Reform


def visible_reforms(actor: Actor) -> QuerySet[Reform]:
    return Reform.objects.filter(visible_filter(actor, "reforms.see", unit="province_id", field=None))
