"""Loading a source's YAML, with errors that name the file and each wrong key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from scrapers.sources.spec import EVIDENCE_OF, Spec
from scrapers.web.errors import Misconfigured
from scrapers.web.policy import Site


def load_spec(path: Path) -> Spec:
    """Return the source that a YAML file describes.

    Raises Misconfigured, naming the file and each wrong key.
    """
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        spec = Spec.model_validate(data)
    except yaml.YAMLError as error:
        raise Misconfigured(f"{path.name}: not YAML: {error}") from error
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, e['loc'])) or 'file'}: {e['msg']}" for e in error.errors()
        )
        raise Misconfigured(f"{path.name}: {wrong}") from error
    check(spec, path.name)
    return spec


def check(spec: Spec, file: str) -> None:
    """Refuse what each key allows alone, but not together."""
    if f"{spec.id}.yml" != file:
        raise Misconfigured(f"{file}: id: {spec.id!r} must be the file's name")
    try:
        Site(id=spec.id, hosts=spec.hosts, policy=spec.policy.policy())
    except Misconfigured as error:
        raise Misconfigured(f"{file}: {error}") from error
    kinds = {way.kind for e in spec.editions.values() for way in (*e.front, *e.archive)}
    for kind, section in (("listing", spec.listing), ("rows", spec.rows)):
        if kind in kinds and section is None:
            raise Misconfigured(
                f"{file}: {kind}: an edition has a way of this kind, so it is needed"
            )
    told = {EVIDENCE_OF[kind] for kind in kinds} | {"interface" if spec.interface else "article"}
    if missing := sorted(told - set(spec.evidence)):
        raise Misconfigured(f"{file}: evidence: must say how well {', '.join(missing)} is known")
    if spec.interface is None and not (spec.article.body or spec.article.generic):
        raise Misconfigured(f"{file}: article.body: needs a selector, or generic: true")
