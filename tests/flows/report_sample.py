"""A small warehouse for the report, with a disagreement, trouble, and text that means harm."""

from dataclasses import replace
from datetime import date, timedelta

from flows.settings import Settings
from tests.warehouse.samples import capture, event, figure, night, release, run
from warehouse.fields import Event, columns, content_id
from warehouse.publish import publish
from warehouse.tables import Warehouse

SCRIPT = "<script>alert(1)</script>"
RUSSIAN = "Встретились президенты.\n\nТоргoвля достигла 5 млрд долларов. Стороны довольны."
HARM = f'Trade {SCRIPT} reached <b>$9 billion</b> "><img src=x onerror=alert(2)>. So it went.'


def releases():
    told = capture("told")
    return [
        release("r1", title="Talks in Dushanbe", capture_id=told.capture_id),
        release("r2", source="president.uz", language="ru", title="Переговоры", text=RUSSIAN),
        release(
            "harm",
            source="../../evil",
            url="javascript:alert(1)",
            title=SCRIPT,
            text=HARM,
            language='en"><b>',
            published=date(2026, 11, 19),
        ),
    ], told


def forum(of):
    """Return an event as a release states it."""
    values = {c.name: getattr(of, c.name, None) for c in columns(Event)}
    told = {"event_id": content_id(of.url), "type": "forum", "date": "2026-11-20", "status": "held"}
    told |= {"areas": ["RU", "TJ"], "quote": "The presidents met", "start": 0, "end": 18}
    return Event(**(values | told | {"rules": "{}", "extractor_version": "1"}))


def settled(tmp_path, *, more=0):
    """Return a warehouse, published, and its settings."""
    made = Warehouse(tmp_path / "warehouse")
    (one, other, harm), told = releases()
    first = figure(one, speaker="Emomali Rahmon")
    second = figure(other, value=5e9, quote="5 млрд долларов")
    third = figure(harm, value=9e9, quote="<b>$9 billion</b>", speaker=SCRIPT, scope=SCRIPT)
    bare = figure(one, value=3e9, low=3e9, time_period=None, bound="min", quote="$3.8 billion")
    bare = replace(bare, high=None)
    conflict = event(
        figure_ids=[first.figure_id], against_ids=[second.figure_id], gap=0.31, severity="critical"
    )
    harmful = event(
        "f2",
        figure_ids=[third.figure_id],
        against_ids=["retired"],
        why=SCRIPT,
        scope=SCRIPT,
        at=night(0) + timedelta(hours=1),
    )
    extra = [release(f"x{n}", published=date(2025, 1, 1) + timedelta(n)) for n in range(more)]
    made.append([told], recorded_at=night(0))
    made.append([first, second, third, bare, *map(figure, extra)], recorded_at=night(0))
    made.append([conflict, harmful], recorded_at=night(0))
    made.append([forum(one), forum(harm)], recorded_at=night(0))
    made.append([one, other, harm, *extra], recorded_at=night(0))
    made.append([run(at=night(-1), run_id="n0")], recorded_at=night(-1))
    made.append(
        [
            run(listed=3, new=2, parsed=2, figures=2),
            run("president.uz", verdict="unreachable", note=f"no answer {SCRIPT}"),
            run("../../evil", verdict="partial"),
        ],
        recorded_at=night(0),
    )
    settings = Settings(home=tmp_path)
    publish(made, settings.published)
    return made, settings
