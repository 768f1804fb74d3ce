"""Dates as the press writes them, against the document's date: EDTF with its first and last day.

"le 5 septembre", "lundi", "en juin dernier", "fin 2017", "la semaine dernière", "il y a trois jours", "d'ici 2030". A date
without a year is the nearest one in the direction of the tense: the most recent past, or the next where the clause is
about the future. Without a document date it takes a year that the text itself makes sure of, and is marked as inferred;
else it stays without bounds.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from kg.extract.lexicon import DateWords


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved date: EDTF, first and last day."""

    edtf: str
    earliest: date | None
    latest: date | None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression in a line, characters begin to end, which gives its value once anchor and direction are known."""

    begin: int
    end: int
    resolve: Callable[[date | None, bool], Value | None]
    precision: int
    """3 day, 2 month, 1 year or part of one, 0 vague."""
    shift: int = 0
    """How many days (or years, for a precision of 1) it lies from the date told before it: "la veille" is -1."""
    is_near: bool = False
    """Whether it counts single days from the document's own ("hier"), so that an inferred year is not enough."""
    is_duration: bool = False
    """Whether it bounds a stretch ("depuis 2014", "d'ici 2030", "jusqu'en") rather than dates an event."""


def day(value: date) -> Value:
    """A day as a value."""
    return Value(value.isoformat(), value, value)


def month(year: int, number: int) -> Value:
    """A month as a value."""
    return Value(f"{year:04d}-{number:02d}", date(year, number, 1), date(year, number, monthrange(year, number)[1]))


def year(number: int) -> Value:
    """A year as a value."""
    return Value(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def interval(first: date, last: date, edtf: str | None = None) -> Value:
    """Days from first to last as a value."""
    return Value(edtf or f"{first.isoformat()}/{last.isoformat()}", first, last)


class Dates:
    """Finds date expressions in a line. A part of a month or a year ("mi-février", "fin 2017") has the bounds of the whole."""

    def __init__(self, words: DateWords) -> None:
        self.months = words.months
        self.weekdays = words.weekdays
        self.seasons = words.seasons
        self.numbers = words.numbers
        months = "|".join(sorted(map(re.escape, words.months), key=len, reverse=True))
        weekdays = "|".join(words.weekdays)
        seasons = "|".join(words.seasons)
        numbers = "|".join(sorted(words.numbers, key=len, reverse=True))
        last = r"(?P<last>derniers?|dernières?|passée?|écoulée?|prochaine?s?|suivante?|même|courant)"
        self._rules: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Expression]]] = [
            (self._pattern(rf"(?:du|entre le) (?P<d1>\d{{1,2}})(?:er)?(?: (?P<m1>{months})\.?)? (?:au|et le) (?P<d2>\d{{1,2}})(?:er)? (?P<m2>{months})\.?(?: (?P<y>\d{{4}}))?"), self._range),
            (self._pattern(rf"(?P<d1>\d{{1,2}})(?:er)? et (?P<d2>\d{{1,2}}) (?P<m2>{months})\.?(?: (?P<y>\d{{4}}))?"), self._range),
            (self._pattern(rf"(?:(?P<w>{weekdays}) )?(?P<d>\d{{1,2}})(?:er)? (?P<m>{months})\.?(?:(?: de l'année)? (?P<y>\d{{4}})\b| {last})?"), self._day_month),
            (self._pattern(r"(?P<d>\d{1,2})[/.](?P<n>\d{1,2})[/.](?P<y>\d{4})"), self._numeric),
            (self._pattern(r"(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})"), self._numeric),
            (self._pattern(rf"(?P<part>début|fin|mi|courant)[ -](?:du mois (?:de|d') ?)?(?P<m>{months})(?: (?P<y>\d{{4}})\b| {last})?"), self._month),
            (self._pattern(rf"(?:(?:en|au mois de|au mois d'|de|depuis|d'ici|d'|dès|jusqu'en|pour|avant|après|vers|le) ?)(?P<m>{months})(?: (?P<y>\d{{4}})\b| {last})?"), self._month),
            (self._pattern(rf"(?P<m>{months}) (?P<y>\d{{4}})"), self._month),
            (self._pattern(rf"(?:au|l'|cet|du|de l'|à l'|en|depuis l'|pendant l'|durant l')? ?(?P<s>{seasons}) (?:(?:de )?(?P<y>\d{{4}})\b|{last})"), self._season),
            (self._pattern(r"(?P<part>début|fin|mi|à la fin de|au début de|dès|courant)[ -](?:l'année )?(?P<y>(?:19|20)\d{2})"), self._year),
            (self._pattern(r"(?:en|depuis|d'ici(?: à)?|jusqu'en|dès|de|pour|avant|après|vers|l'année|à|l'an|l'horizon) (?:l'année )?(?P<y>(?:19|20)\d{2})\b(?! ?(?:km|kilomètres|soldats|hommes|missiles|têtes|tonnes|ogives|m\b|drones|chars|obus|euros|dollars))"), self._year),
            (self._pattern(rf"(?:ce |le )?(?P<w>{weekdays})(?: {last})?"), self._weekday),
            (self._pattern(r"avant-hier|hier|aujourd'hui|après-demain|demain|ce jour|ce matin|ce soir|cette nuit"), self._near),
            (self._pattern(r"la veille|le lendemain|le jour suivant|l'année suivante|l'année d'après|l'année précédente|un an plus tard"), self._relative),
            (self._pattern(rf"(?:la semaine|le mois|l'année|l'an|le trimestre) {last}|ce mois-ci|ce mois|cette semaine|cette année"), self._period),
            (self._pattern(rf"il y a (?:environ |près de |plus de )?(?P<n>\d+|{numbers}) (?P<u>jours?|semaines?|mois|ans?|années?)"), self._ago),
            (self._pattern(rf"dans (?:les )?(?P<n>\d+|{numbers}) (?P<u>jours|semaines|mois|ans|années)"), self._ahead),
            (self._pattern(rf"(?P<n>\d+|{numbers}) (?P<u>jours|semaines|mois|ans) plus tôt"), self._vague),
        ]  # fmt: skip

    @staticmethod
    def _pattern(text: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){text}(?!\w)", re.IGNORECASE)

    def find(self, text: str) -> list[Expression]:
        """The date expressions of a line, in order; where two overlap, the longer."""
        found: list[Expression] = []
        for pattern, build in self._rules:
            for match in pattern.finditer(text):
                begin, end = match.span()
                while begin < end and text[begin] == " ":
                    begin += 1
                if any(e.begin < end and begin < e.end for e in found):
                    continue
                built = build(match)
                lead = text[max(0, begin - 14) : end].lower()
                duration = bool(
                    re.search(r"\b(depuis|d'ici|jusqu'(?:en|au|à)|pendant|durant|à l'horizon|horizon)\b", lead)
                )
                found.append(
                    Expression(
                        begin,
                        end,
                        built.resolve,
                        built.precision,
                        built.shift,
                        build == self._near,
                        built.is_duration or duration,
                    )
                )
        return sorted(found, key=lambda e: e.begin)

    def _expression(
        self, match: re.Match[str], precision: int, resolve: Callable[[date | None, bool], Value | None]
    ) -> Expression:
        return Expression(match.start(), match.end(), resolve, precision)

    def _day_month(self, match: re.Match[str]) -> Expression:
        number, name = int(match["d"]), self.months[match["m"].lower()]
        said, last = match["y"], (match["last"] or "").lower()

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if said:
                return _day(int(said), name, number)
            if anchor is None:
                return None
            return _near_day(anchor, name, number, future or last.startswith("prochain"))

        return self._expression(match, 3, resolve)

    def _numeric(self, match: re.Match[str]) -> Expression:
        return self._expression(match, 3, lambda *_: _day(int(match["y"]), int(match["n"]), int(match["d"])))

    def _range(self, match: re.Match[str]) -> Expression:
        groups = match.groupdict()
        second = self.months[match["m2"].lower()]
        first = self.months[(groups.get("m1") or match["m2"]).lower()]

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if groups["y"]:
                end = _day(int(groups["y"]), second, int(groups["d2"]))
            else:
                end = _near_day(anchor, second, int(groups["d2"]), future) if anchor else None
            if end is None or end.latest is None:
                return None
            begin = _day(end.latest.year - (first > second), first, int(groups["d1"]))
            return interval(begin.earliest, end.latest) if begin and begin.earliest else None

        return self._expression(match, 3, resolve)

    def _month(self, match: re.Match[str]) -> Expression:
        number, groups = self.months[match["m"].lower()], match.groupdict()
        last = (groups.get("last") or "").lower()

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if groups.get("y"):
                return month(int(groups["y"]), number)
            if anchor is None:
                return None
            if last.startswith(("dernier", "passé")):
                chosen = anchor.year if number < anchor.month else anchor.year - 1
            elif future or last.startswith("prochain"):
                chosen = anchor.year if number >= anchor.month else anchor.year + 1
            else:
                chosen = anchor.year if number <= anchor.month else anchor.year - 1
            return month(chosen, number)

        return self._expression(match, 2, resolve)

    def _season(self, match: re.Match[str]) -> Expression:
        first, last_month = self.seasons[match["s"].lower()]
        said, last = match["y"], (match["last"] or "").lower()

        def resolve(anchor: date | None, future: bool) -> Value | None:
            chosen = int(said) if said else None
            if chosen is None and anchor is not None:
                ahead = future or last.startswith("prochain")
                chosen = (
                    anchor.year
                    + (1 if ahead and first <= anchor.month else 0)
                    - (1 if not ahead and last_month >= anchor.month else 0)
                )
            if chosen is None:
                return None
            end = chosen + (1 if last_month < first else 0)
            return interval(
                date(chosen, first, 1),
                date(end, last_month, monthrange(end, last_month)[1]),
                f"{chosen:04d}-{first:02d}/{end:04d}-{last_month:02d}",
            )

        return self._expression(match, 1, resolve)

    def _year(self, match: re.Match[str]) -> Expression:
        number = int(match["y"])
        return self._expression(match, 1, lambda *_: year(number))

    def _weekday(self, match: re.Match[str]) -> Expression:
        number, last = self.weekdays[match["w"].lower()], (match["last"] or "").lower()

        def resolve(anchor: date | None, future: bool) -> Value | None:
            if anchor is None:
                return None
            back = (anchor.weekday() - number) % 7
            if last.startswith(("dernier", "passé")):
                return day(anchor - timedelta(days=back or 7))
            if future or last.startswith("prochain"):
                return day(anchor + timedelta(days=(number - anchor.weekday()) % 7 or 7))
            return day(anchor - timedelta(days=back))

        return self._expression(match, 3, resolve)

    def _near(self, match: re.Match[str]) -> Expression:
        shift = {"avant-hier": -2, "hier": -1, "demain": 1, "après-demain": 2}.get(match.group().lower(), 0)
        return self._expression(match, 3, lambda anchor, _: day(anchor + timedelta(days=shift)) if anchor else None)

    def _relative(self, match: re.Match[str]) -> Expression:
        text = match.group().lower()
        back = text.startswith("la veille") or "précédent" in text
        precision = 1 if "année" in text or " an " in text else 3
        return Expression(match.start(), match.end(), lambda *_: None, precision, shift=-1 if back else 1)

    def _vague(self, match: re.Match[str]) -> Expression:
        return self._expression(match, 0, lambda *_: None)

    def _period(self, match: re.Match[str]) -> Expression:
        text = match.group().lower()
        shift = 0 if text.startswith(("ce ", "cette ")) else 1 if "prochain" in text else -1

        def resolve(anchor: date | None, _: bool) -> Value | None:
            if anchor is None:
                return None
            if "semaine" in text:
                monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=shift)
                return interval(monday, monday + timedelta(days=6))
            if "mois" in text:
                total = anchor.year * 12 + anchor.month - 1 + shift
                return month(total // 12, total % 12 + 1)
            return None if "trimestre" in text else year(anchor.year + shift)

        return self._expression(match, 1, resolve)

    def _ago(self, match: re.Match[str]) -> Expression:
        return self._distance(match, -1)

    def _ahead(self, match: re.Match[str]) -> Expression:
        return self._distance(match, 1)

    def _distance(self, match: re.Match[str], sign: int) -> Expression:
        said = match["n"].lower()
        amount, unit = self.numbers.get(said, 0) if not said.isdigit() else int(said), match["u"].lower()

        def resolve(anchor: date | None, _: bool) -> Value | None:
            if anchor is None or not amount:
                return None
            if unit.startswith(("jour", "semaine")):
                exact = anchor + sign * timedelta(days=amount * (7 if unit.startswith("semaine") else 1))
                return (
                    day(exact)
                    if unit.startswith("jour")
                    else interval(exact - timedelta(days=3), exact + timedelta(days=3))
                )
            if unit == "mois":
                total = anchor.year * 12 + anchor.month - 1 + sign * amount
                return month(total // 12, total % 12 + 1)
            return year(anchor.year + sign * amount)

        return self._expression(match, 1, resolve)


def _day(y: int, m: int, d: int) -> Value | None:
    try:
        return day(date(y, m, d))
    except ValueError:
        return None


def _near_day(anchor: date, m: int, d: int, future: bool) -> Value | None:
    """The day of that month nearest to the anchor in the direction; the anchor's own year wins within a fortnight."""
    for shift in (0, 1) if future else (0, -1):
        value = _day(anchor.year + shift, m, d)
        if value is None or value.earliest is None:
            continue
        distance = (value.earliest - anchor).days
        if (future and distance >= -14) or (not future and distance <= 14):
            return value
    return _day(anchor.year + (1 if future else -1), m, d)
