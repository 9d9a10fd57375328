"""Writes the consolidated report of a world's last quarter to files."""

from pathlib import Path

from diaban.faces.demo.playing import Ready
from diaban.faces.demo.world import Tick
from diaban.foundation.acts import clock
from diaban.foundation.acts.actor import SettingUp
from diaban.foundation.ui.models import Instance
from diaban.lib.periods import Calendar, Period
from diaban.work.reporting.consolidated import consolidated
from diaban.work.reporting.models import Form
from diaban.work.reporting.outputs import KINDS, as_file

SHOWN = {"ha-giang-2009": ("district_quarter_2009", "2009-Q4"), "tuyen-quang-2026": ("commune_quarter_2026", "2026-Q1")}


def write_papers(world: Ready, folder: Path, tick: Tick) -> list[Path]:
    """The consolidated report in every format; returns the files, in the order they were written."""
    form_code, code = SHOWN[world.code]
    form = Form.objects.get(code=form_code)
    period = Period.parse(code, Calendar(form.calendar))
    actor = SettingUp("diaban demo", clock.today())
    root = Instance.root_unit()
    if root is None:
        return []
    one = consolidated(form_code=form_code, period=period, unit_id=root, actor=actor)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for step, kind in enumerate(KINDS, 1):
        path = folder / f"bao-cao-tong-hop-{world.code}-{period.code}.{kind}"
        path.write_bytes(as_file(one, kind, actor=actor))
        written.append(path)
        tick(step, len(KINDS))
    return written
