"""Checks of the scenes that records name, and of the scenes' own words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from printables.library.crossrefs import Reporter
from printables.library.library import Library
from printables.library.scenes import SceneWord
from printables.library.therapies import Therapy
from printables.library.yaml_reader import Key
from printables.problems import Problem, guess

HOME = "templates/_scenes"


def of_record(library: Library, therapy: Therapy) -> Iterator[Problem]:
    """Yield a problem, with the record's id, for each scene that there is not, and for words that it cannot take."""
    report = Reporter(library, "therapy", therapy.id)
    for audience, title in therapy.titles.items():
        if title.scene is None or audience not in library.audiences:
            continue
        key = ("titles", audience, "scene")
        unknown = list(report.unknown((*key, "draws"), "scene", title.scene.draws, library.scenes, HOME))
        small = library.audiences[audience].drawing == "small"
        taken = {} if small or unknown else library.scenes[title.scene.draws].words
        wrong = [] if unknown else list(_words(report, key, title.scene.draws, taken, title.scene.words))
        if small and title.scene.caption:
            what = "This reader is shown a sign, which needs no caption."
            wrong.append(report.problem((*key, "caption"), what, "Delete caption from the scene."))
        for problem in (*unknown, *wrong):
            yield dataclasses.replace(problem, therapy=therapy.id)


def _words(
    report: Reporter, key: Key, scene: str, taken: Mapping[str, SceneWord], given: Mapping[str, str]
) -> Iterator[Problem]:
    for name, word in taken.items():
        if name not in given:
            mend = f"Add it under words: {word.names}, in {word.most} characters at most."
            yield report.problem(key, f'The scene "{scene}" needs the word "{name}".', mend)
        elif len(given[name]) > word.most:
            what = f'"{given[name]}" has {len(given[name])} characters, and {word.most} fit into the drawing.'
            yield report.problem((*key, "words", name), what, "Say it in fewer.")
    for name in given:
        if not taken:
            yield report.problem(
                (*key, "words"), "This reader is shown a sign without words.", "Delete words from the scene."
            )
            return
        if name not in taken:
            hint = guess(name, taken).strip() or f"Use {', '.join(taken)}, or delete it."
            yield report.problem((*key, "words", name), f'The scene "{scene}" has no word "{name}".', hint)


def check(library: Library) -> Iterator[Problem]:
    """Yield a problem for each scene that a language does not describe, at the file of its words."""
    languages = sorted({summary.language for summary in library.summaries.values()} & library.locales.keys())
    for language in languages:
        report = Reporter(library, "locale", language)
        for name in library.scenes:
            if f"scene-{name}" not in library.locales[language].words:
                what = f'Nothing says what the scene "{name}" shows, for those who do not see it.'
                yield report.problem(("words",), what, f'Add "scene-{name}:" under words.')
