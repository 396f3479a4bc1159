"""Editorial rules over chapters: words that take a side, names and offices out of their time, and long sentences.

The words are data. A word in quotation marks is someone else's and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.model import Subject, Wording
from generator.problems import Problem, Where
from generator.rules.prose import CALL, sentences, texts_of_chapters, without_machinery

MOST_WORDS = 32
_LINK = re.compile(r"\{\{\s*\w+\(\s*[\"'][^\"']*[\"']\s*,\s*(?:\"([^\"]*)\"|'([^']*)')\s*\)\s*\}\}")
"""A call that writes words of the author's own: a link."""
_QUOTED = re.compile(r"“[^”]*”|(?<!\w)\"[^\"\n]*\"")
_YEAR = re.compile(r"(?<![\w-])(?:1[6-9]|20)\d\d(?!\w)")
_ATTRIBUTED = re.compile(r"\{\{\s*(?:cite|contested)\(")


@dataclass(frozen=True)
class Sentence:
    """A sentence of a chapter: where it stands, as it was written, and as it is read."""

    where: Where
    owner: str
    written: str
    read: str

    @property
    def years(self) -> list[int]:
        return [int(year) for year in _YEAR.findall(self.written)]

    @property
    def own_words(self) -> str:
        """Without what stands in quotation marks."""
        return _QUOTED.sub(" ", self.read)


def sentences_of(texts: Iterable[tuple[Where, str, str]]) -> Iterator[Sentence]:
    """The sentences of texts as they are read, calls and links taken for their words, each with its line."""
    for where, owner, text in texts:
        for start, written in sentences(text):
            read = without_machinery(CALL.sub("figure", _LINK.sub(lambda link: link[1] or link[2] or "", written)))
            if read.strip():
                first = start + len(written) - len(written.lstrip())
                line = where.line + text.count("\n", 0, first)
                yield Sentence(Where(where.path, line), owner, written, " ".join(read.split()))


@lru_cache(maxsize=1024)
def _pattern(*phrases: str) -> re.Pattern[str]:
    """Any of these phrases as a whole word; letters of either case match unless the phrase has capitals."""
    each = (f"(?i:{re.escape(phrase)})" if phrase == phrase.lower() else re.escape(phrase) for phrase in phrases)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)")


def _faults(subject: Subject, rule: str, texts: Iterable[Sentence]) -> Iterator[tuple[Sentence, Wording, str]]:
    """Every listed word that stands in a sentence of its years, outside quotation marks and wider phrases."""
    wordings = [wording for wording in subject.of("wording") if wording.rule == rule]
    for sentence in texts if wordings else ():
        for wording in wordings:
            words = _find(wording, sentence)
            if words:
                yield sentence, wording, words[0]


def _find(wording: Wording, sentence: Sentence) -> list[str]:
    """The words of a list that stand in a sentence of its years, outside what excuses them."""
    span = wording.years
    if span and not (sentence.years and all(span.first.year <= year <= span.last.year for year in sentence.years)):
        return []
    text = sentence.own_words
    if not _pattern(*wording.words).search(text):  # most sentences have none of them, and that is seen at once
        return []
    if any(_pattern(word).search(sentence.read) for word in wording.beside):
        return []
    words = [word for word in wording.words if _pattern(word).search(text)]
    for phrase in wording.unless if words else ():
        text = _pattern(phrase.text).sub(" ", text)
    return [word for word in words if _pattern(word).search(text)]


def _told(sentence: Sentence, says: str, fix: str) -> Problem:
    return Problem(sentence.where, f"{sentence.owner} {says}", fix)


def loaded_words_are_left_to_others(subject: Subject) -> Iterator[Problem]:
    """A chapter has no word of `data/editorial.yml` that takes a side, unless in quotation marks."""
    for sentence, wording, word in _faults(subject, "loaded", sentences_of(texts_of_chapters(subject))):
        yield _told(sentence, f'says "{word}"', wording.instead)


def metaphors_are_left_out(subject: Subject) -> Iterator[Problem]:
    """A chapter has no picture of `data/editorial.yml` in its own words."""
    for sentence, wording, word in _faults(subject, "metaphor", sentences_of(texts_of_chapters(subject))):
        yield _told(sentence, f'has the picture "{word}"', wording.instead)


def evaluations_are_attributed(subject: Subject) -> Iterator[Problem]:
    """A sentence of a chapter with a judging word of `data/editorial.yml` says whose judgement that is."""
    verbs = [word for wording in subject.of("wording") if wording.rule == "attribution" for word in wording.words]
    for sentence, wording, word in _faults(subject, "evaluation", sentences_of(texts_of_chapters(subject))):
        if not _ATTRIBUTED.search(sentence.written) and not any(_pattern(verb).search(sentence.read) for verb in verbs):
            yield _told(sentence, f'judges with "{word}"', wording.instead)


def names_fit_their_years(subject: Subject) -> Iterator[Problem]:
    """A sentence of a chapter calls a state by the name of the years that it names."""
    told = (sentence for sentence in sentences_of(texts_of_chapters(subject)) if _speaks_of_its_years(sentence))
    for sentence, wording, word in _faults(subject, "name", told):
        yield _told(sentence, f'says "{word}" of {_years(sentence)}', wording.instead)


def _speaks_of_its_years(sentence: Sentence) -> bool:
    """Whether the years of a sentence are those of what it tells; a description spans many, a work has its own."""
    return "cite(" not in sentence.written and not sentence.owner.startswith(("the description of", "the title of"))


def offices_fit_their_years(subject: Subject) -> Iterator[Problem]:
    """A sentence of a chapter gives nobody an office that was not theirs in the years that it names."""
    for sentence, wording, word in _faults(subject, "office", sentences_of(texts_of_chapters(subject))):
        when = f" of {_years(sentence)}" if wording.years else ""
        yield _told(sentence, f'says "{word}"{when}', wording.instead)


def _years(sentence: Sentence) -> str:
    return ", ".join(dict.fromkeys(map(str, sentence.years)))


def sentences_are_short(subject: Subject) -> Iterator[Problem]:
    """A sentence of a chapter has at most 32 words, a called figure counted as one."""
    for sentence in sentences_of(texts_of_chapters(subject)):
        is_table = sentence.read.lstrip().startswith("|")
        words = sum(1 for word in sentence.read.split() if re.search(r"\w", word))
        if words > MOST_WORDS and not is_table:
            yield _told(sentence, f'has a sentence of {words} words, "{sentence.read[:40]}…"', "Make two of it.")


def exceptions_hold_their_word(subject: Subject) -> Iterator[Problem]:
    """A phrase that excuses a word of `data/editorial.yml` holds that word."""
    for wording in subject.of("wording"):
        for at, phrase in enumerate(wording.unless):
            if not _holds_a_word(wording, phrase.text):
                message = f'excuses "{phrase.text}", which holds none of its words'
                yield wording.problem(message, "Correct or remove it.", ("unless", at))


def _holds_a_word(wording: Wording, phrase: str) -> bool:
    return any(_pattern(word).search(phrase) for word in wording.words)


def exceptions_are_needed(subject: Subject) -> Iterator[Problem]:
    """Some chapter needs each phrase that excuses a word of `data/editorial.yml`."""
    excused = [wording for wording in subject.of("wording") if wording.unless]
    told = list(sentences_of(texts_of_chapters(subject))) if excused else []
    for wording in excused:
        texts = [one for one in told if wording.rule != "name" or _speaks_of_its_years(one)]
        for at, phrase in enumerate(wording.unless):
            others = tuple(other for other in wording.unless if other is not phrase)
            without = wording.model_copy(update={"unless": others})
            near = (one for one in texts if _pattern(phrase.text).search(one.read))
            is_needed = any(len(_find(without, one)) > len(_find(wording, one)) for one in near)
            if not is_needed and _holds_a_word(wording, phrase.text):
                yield wording.problem(f'excuses "{phrase.text}", which no chapter needs', "Remove it.", ("unless", at))
