"""What a user may choose: read from a TOML file or given by name."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Literal, get_args

from transcript_rapport.errors import SettingsError

DETECTORS = (
    *(
        "listening",
        "validation",
        "partnership",
        "judgment",
        "jargon",
        "openings",
        "moves",
        "stacked",
        "safety",
        "remarked",
        "own",
    ),
)
Engine = Literal["numpy", "torch"]
English = Literal["british", "american"]
Reader = Literal["anyone", "trainee", "supervisor", "researcher"]
Setting = Literal["auto", "counselling", "counseling", "medical"]
CHOICES: dict[str, tuple[str, ...]] = {
    "engine": get_args(Engine),
    "english": get_args(English),
    "reader": get_args(Reader),
    "setting": get_args(Setting),
}
"""The settings that are one of a few words."""
MEASURES = (
    *("talk", "listening", "validation", "acceptance", "language", "partnership", "client"),
    *("responsiveness", "validation_levels", "collaboration", "transparency", "clarity"),
    *("style_matching", "agenda", "frame", "dynamics", "remarks", "own"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices that shape a report; every one is recorded in ``made_with``.

    ``practitioner`` names the practitioner's label; ``model`` is a folder of weights (None: the one
    that came with the package); ``detectors`` and ``measures`` name what runs: installed is not enabled.
    ``engine`` is what runs the model: the same codes either way, numpy starts faster.
    ``certainty`` is the least probability at which an inferred practitioner is accepted;
    ``repair_roles``: labels that seem exchanged for a stretch are exchanged back, not only noted.
    ``reader`` is whom the page and the short form are written for.
    ``setting`` is what kind of talk it is: a medical visit gets other steps and none of MITI's values; auto: what
    the talk itself shows.
    ``english`` is how the report spells its own words; quotes of the session are never touched.
    ``norms`` is a file of norms: each measure then says where it lies among them.
    ``questionnaires`` is a table of what people reported in questionnaires, shown beside the measures.
    For recordings: ``consent`` names who confirmed that everyone heard agreed; ``asr`` is a folder of a
    recogniser's weights; ``speakers`` is how many speak (0: to be found); ``diarisation`` is a folder with a
    pipeline of pyannote.audio, or "pyannote" for the one in the Hugging Face cache (None: the one that came
    with the package); ``stages`` is a folder that keeps what each stage found, so that an interrupted run
    goes on; ``delete_recording`` removes the recording once its report is written.
    ``tasks`` are files of own codes, made by rapport train --task; ``lexicons`` are own lexicons, added to ours.
    ``deidentify``: names, dates and other direct identifiers give way to placeholders before anything is written.
    """

    practitioner: str | None = None
    model: str | None = None
    engine: Engine = "numpy"
    detectors: tuple[str, ...] = DETECTORS
    measures: tuple[str, ...] = MEASURES
    certainty: float = 0.9
    windows: int = 8
    repair_roles: bool = False
    norms: str | None = None
    questionnaires: str | None = None
    consent: str | None = None
    asr: str | None = None
    speakers: int = 0
    diarisation: str | None = None
    stages: str | None = None
    delete_recording: bool = False
    reader: Reader = "anyone"
    setting: Setting = "auto"
    english: English = "british"
    tasks: tuple[str, ...] = ()
    lexicons: tuple[str, ...] = ()
    deidentify: bool = False

    def with_changes(self, changes: Mapping[str, object], where: str = "settings") -> Settings:
        """These settings with some replaced; unknown names and wrong kinds are a SettingsError."""
        known = {f.name: getattr(DEFAULTS, f.name) for f in fields(self)}
        clean: dict[str, object] = {}
        for name, value in changes.items():
            if name not in known:
                raise SettingsError(
                    where, f"unknown setting {name!r}", f"one of {', '.join(known)}", "check the spelling"
                )
            clean[name] = _checked(where, name, value, known[name])
            if name in CHOICES and clean[name] not in CHOICES[name]:
                raise SettingsError(where, f"{name} = {clean[name]!r}", f"one of {', '.join(CHOICES[name])}")
        return replace(self, **clean)  # type: ignore[arg-type]


DEFAULTS = Settings()


def _checked(where: str, name: str, value: object, default: object) -> object:
    if isinstance(default, tuple):
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        raise SettingsError(where, f"{name} = {value!r}", "a list of names")
    if isinstance(default, float):
        if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
            return float(value)
        raise SettingsError(where, f"{name} = {value!r}", "a number between 0 and 1")
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        raise SettingsError(where, f"{name} = {value!r}", "true or false")
    if isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            return value
        raise SettingsError(where, f"{name} = {value!r}", "a whole number above 0")
    if value is None or isinstance(value, str):
        return value
    raise SettingsError(where, f"{name} = {value!r}", "a text in quotes")


def load(path: str | Path) -> Settings:
    """Settings from a TOML file; names and kinds are checked, the rest keeps its default."""
    try:
        raw = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(str(path), "there is no such file", "a TOML file", "check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(str(path), f"not TOML ({error})", 'lines such as practitioner = "Dr Lee"') from None
    return DEFAULTS.with_changes(raw, where=str(path))
