from django.urls import path

from diaban.foundation.links import views

app_name = "links"
urlpatterns = [path("<str:kind>/<int:thing_id>/", views.chain, name="chain")]
