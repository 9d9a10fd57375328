"""What a picture is drawn by: charts from the table, maps from the ground."""

from diaban.lib.charts import Look
from diaban.work.analysis.maps import map_of
from diaban.work.analysis.pictures import Drawn, picture_of
from diaban.work.analysis.pivot import Pivot
from diaban.work.analysis.rules import Picture


def drawn(pivot: Pivot, *, title: str, look: Look = "page", heading: bool = False) -> Drawn:
    """The picture that the address asks for. Raises `NotDrawable`."""
    make = map_of if pivot.choice.picture is Picture.MAP else picture_of
    return make(pivot, title=title, look=look, heading=heading)
