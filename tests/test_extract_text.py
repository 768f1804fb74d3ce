"""Reading before any parse: words, lines, moods, dates, sentences."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dating.dates import Dates
from kg.extract.lexicon.date_words import DateWords
from kg.extract.lexicon.form_words import FormWords
from kg.extract.lexicon.mood_words import MoodWords
from kg.extract.lexicon.name_words import LineWords
from kg.extract.lines.moods import Mood, Moods
from kg.extract.lines.quantities import Quantities, QuantityWords
from kg.extract.lines.sentences import Sentences
from kg.extract.lines.text import LineKind, reading_lines
from kg.extract.words import Trie, keys, words
from kg.settings import ROOT

WORDS = ROOT / "ontology" / "lexicon" / "fr" / "words"
LINES = LineWords.model_validate(yaml.safe_load((WORDS / "lines.yaml").read_text(encoding="utf-8")))
MOODS = Moods(
    MoodWords.model_validate(yaml.safe_load((WORDS / "moods.yaml").read_text(encoding="utf-8"))),
    FormWords.model_validate(yaml.safe_load((WORDS / "forms.yaml").read_text(encoding="utf-8"))),
)
DATES = Dates(DateWords.model_validate(yaml.safe_load((WORDS / "dates.yaml").read_text(encoding="utf-8"))))
QUANTITIES = Quantities(
    QuantityWords.model_validate(yaml.safe_load((WORDS / "quantities.yaml").read_text(encoding="utf-8")))
)
KNOWN = {"achat", "autres", "avion", "achats", "armes"}


def lines_of(text: str) -> list[tuple[str, LineKind]]:
    return [(line.text, line.kind) for line in reading_lines(text, LINES, KNOWN.__contains__, QUANTITIES.spare)]


def test_spellings_of_one_name_are_the_same_words() -> None:
    assert keys("S-400") == keys("S 400") == keys("S400") == ("s", "400")
    assert keys("l’État") == keys("L'ETAT") == ("l", "etat")


def test_a_trie_finds_every_entry_that_begins_at_a_word() -> None:
    trie = Trie([(keys("New START"), 1), (keys("New"), 2)])
    assert list(trie.at(words("le New Start"), 1)) == [(2, [2]), (3, [1])]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("La Suède a livré des canons à l'Ukraine au printemps, selon le ministère.", LineKind.CONTENT),
        ("La Suède livre des canons à l'Ukraine", LineKind.TITLE),
        ("Lire aussi : La Suède livre des canons", LineKind.RELATED),
        ("En appuyant sur « J'accepte », vous acceptez le dépôt de cookies.", LineKind.BOILERPLATE),
        ("Un canon Archer à l'exercice. Photo : ministère", LineKind.CAPTION),
        ("The minister spoke to the press during a rally in the capital on Monday.", LineKind.FOREIGN),
        ("***", LineKind.BOILERPLATE),
    ],
)
def test_lines_are_told_apart(line: str, kind: LineKind) -> None:
    assert lines_of(line) == [(line, kind)]


def test_a_word_that_the_dictionary_lacks_lost_no_apostrophe() -> None:
    text = "Un nombre croissant de navires."
    (line,) = reading_lines(text, LINES, {"ombre"}.__contains__, QUANTITIES.spare)
    assert line.text == text


def test_lost_apostrophes_and_brackets_are_mended_on_the_copy_only() -> None:
    text = "Il parle de lachat dautres avions, qu'ils produir[ont] bientôt."
    (line,) = reading_lines(text, LINES, KNOWN.__contains__, QUANTITIES.spare)
    assert line.text == "Il parle de l'achat d'autres avions, qu'ils produiront bientôt."
    begin = line.text.index("achat")
    assert line.span(begin, begin + 5).of(text) == "achat"
    begin = line.text.index("produiront")
    assert line.span(begin, begin + len("produiront")).of(text) == "produir[ont"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Plus de 1 200 chars ont brûlé.", "1200 chars ont brûlé."),
        ("Il achète jusqu'à quarante avions, entre 20 et 30 drones.", "Il achète quarante avions, 30 drones."),
        ("Près d'une centaine d'obus.", "une centaine d'obus."),
        ("Depuis plus de dix ans, jusqu'à 2027, entre 2019 et 2021.", None),
        ("Plus de la moitié des S-300 400 fois vus.", None),
        ("Plus de deux longues années.", None),
    ],
)
def test_what_says_that_a_number_is_not_exact_is_not_read(text: str, read: str | None) -> None:
    (line,) = reading_lines(text, LINES, KNOWN.__contains__, QUANTITIES.spare)
    assert line.text == (read or text)
    assert line.sentence(0, len(line.text)).of(text) == text


@given(st.text(alphabet="abc L'dDé [nous]\u00a0«».\n", max_size=80))
def test_every_character_of_the_copy_knows_its_place(text: str) -> None:
    for line in reading_lines(text, LINES, KNOWN.__contains__, QUANTITIES.spare):
        assert len(line.offsets) == len(line.text) + 1
        assert list(line.offsets) == sorted(line.offsets)
        assert all(0 <= offset <= len(text) for offset in line.offsets)


@pytest.mark.parametrize(
    ("form", "lemma", "expected"),
    [
        ("développerait", "développer", Mood.CONDITIONAL),
        ("livrait", "livrer", Mood.OTHER),
        ("déclarait", "déclarer", Mood.OTHER),
        ("offrait", "offrir", Mood.OTHER),
        ("vendra", "vendre", Mood.FUTURE),
        ("achèterait", "acheter", Mood.CONDITIONAL),
        ("céderait", "céder", Mood.CONDITIONAL),
        ("obtiendrait", "obtenir", Mood.CONDITIONAL),
        ("aurait", "avoir", Mood.CONDITIONAL),
        ("enverra", "envoyer", Mood.FUTURE),
        ("déploieront", "déployer", Mood.FUTURE),
        ("livra", "livrer", Mood.OTHER),
    ],
)
def test_moods_are_told_by_form(form: str, lemma: str, expected: Mood) -> None:
    assert MOODS.of(form, lemma) is expected


@pytest.mark.parametrize(
    ("text", "future", "expected"),
    [
        ("le 5 septembre dernier", False, "2018-09-05"),
        ("le 2 avril", False, "2019-04-02"),
        ("le 12 mai", True, "2019-05-12"),
        ("en juin dernier", False, "2018-06"),
        ("en septembre 2018", False, "2018-09"),
        ("lundi", False, "2019-04-08"),
        ("vendredi prochain", True, "2019-04-12"),
        ("hier", False, "2019-04-08"),
        ("le mois dernier", False, "2019-03"),
        ("l'an dernier", False, "2018"),
        ("fin 2017", False, "2017"),
        ("mi-février", False, "2019-02"),
        ("il y a trois jours", False, "2019-04-06"),
        ("du 3 au 5 mai 2021", False, "2021-05-03/2021-05-05"),
        ("1er janvier 2020", False, "2020-01-01"),
        ("08/05/2018", False, "2018-05-08"),
    ],
)
def test_dates_count_from_the_document(text: str, future: bool, expected: str) -> None:
    (expression,) = DATES.find(text)
    value = expression.resolve(date(2019, 4, 9), future)
    assert value is not None
    assert value.edtf == expected


@pytest.mark.parametrize("text", ["les Su-57 et les F-35", "2 000 soldats", "un missile 9M729"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert DATES.find(text) == []


def test_a_date_that_no_calendar_has_gives_nothing() -> None:
    (expression,) = DATES.find("le 30 février 2020")
    assert expression.resolve(date(2020, 3, 1), False) is None


def test_without_a_document_date_only_a_full_date_is_known() -> None:
    (full,) = DATES.find("le 8 avril 2010")
    (partial,) = DATES.find("le 8 avril")
    value = full.resolve(None, False)
    assert value is not None
    assert value.edtf == "2010-04-08"
    assert partial.resolve(None, False) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("M. Poutine a parlé. Il est parti.", 2),
        ("« Nous livrerons. » Il a ri !", 2),
        ("Le sommet s'est tenu à J.-C. en sept. 2019.", 1),
        ("Il a dit non... puis oui.", 1),
        ("Minsk attend des Iskander-M. Elle les aura en mai.", 2),
        ("C'est ce qu'écrit J.-P. Durand.", 1),
        ("SÉOUL (Yonhap) - Pyongyang a tiré un missile. Il est tombé.", 3),
        ("NEW YORK, 3 mars (Reuters) – Le Conseil se réunit.", 2),
        ("L'Iran (selon Paris) - et lui seul - enrichit.", 1),
    ],
)
def test_sentences_are_cut_by_rule(text: str, count: int) -> None:
    assert len(Sentences(LINES).starts(text)) == count
