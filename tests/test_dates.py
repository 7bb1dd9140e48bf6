"""Dates: what is ISO stays, what can mean one day only becomes ISO, and what can mean two is listed and never guessed."""

import pandas as pd
import pytest

from framing.corpus.articles import read_articles
from framing.corpus.dates import read_date

STAYS = [
    "2031-03-04",
    "2031-03-04T10:30:00Z",
    "2031-03-04 10:30:00+02:00",
    "2031-03-04T10:30",
    "2031-03-04 10:30 UTC",
    "2031",
    "2031-03",
]
MADE_ISO = {
    "20310304": "2031-03-04",
    "20310304T1030Z": "2031-03-04",
    "2031/3/4": "2031-03-04",
    "2031.03.04": "2031-03-04",
    "March 4, 2031": "2031-03-04",
    "Mar. 4 2031": "2031-03-04",
    "Tuesday, March 4th, 2031": "2031-03-04",
    "March 4, 2031 Tuesday 9:00 AM GMT": "2031-03-04",
    "Tue, 04 Mar 2031 10:30:00 GMT": "2031-03-04",
    "4-Mar-2031": "2031-03-04",
    "the 4th of May 2031": "2031-05-04",
    "4. März 2031": "2031-03-04",
    "Dienstag, den 4. Mrz. 2031, 10:30 Uhr": "2031-03-04",
    "May 2031": "2031-05",
    "Août 2031": "2031-08",
    "24. Dezember 2031": "2031-12-24",
    "mardi 4 mars 2031": "2031-03-04",
    "1er févr. 2031": "2031-02-01",
    "29 déc 2031": "2031-12-29",
    "13/03/2031": "2031-03-13",
    "3/13/2031 10:30": "2031-03-13",
    "04.04.2031": "2031-04-04",
}
UNREAD = {
    "03/04/2031": "could be 2031-04-03 or 2031-03-04",
    "03.04.2031 10:30": "could be 2031-04-03 or 2031-03-04",
    "3-4-2031": "could be 2031-04-03 or 2031-03-04",
    "03/04/31": "has no year of four digits",
    "2031-02-30": "is no day of the calendar",
    "31 April 2031": "is no day of the calendar",
    "4 jui 2031": "names no month that is known (jui)",
    "4 Brumaire 2031": "names no month that is known (Brumaire)",
    "Spring 2031": "is no date in a form that is read",
    "yesterday": "is no date in a form that is read",
    "1741082400": "is no date in a form that is read",
}


@pytest.mark.parametrize("written", STAYS)
def test_an_iso_date_stays_as_it_is(written):
    assert read_date(written) == read_date(written, True) == read_date(written, False) == (written, "")


@pytest.mark.parametrize("written", MADE_ISO)
def test_a_date_that_can_mean_one_day_becomes_iso(written):
    assert read_date(written) == (MADE_ISO[written], "")


@pytest.mark.parametrize("written", UNREAD)
def test_a_date_that_cannot_be_told_is_not_guessed(written):
    assert read_date(written) == ("", UNREAD[written])


def test_a_declared_order_reads_what_is_ambiguous_and_contradicts_what_is_not():
    assert [read_date("03/04/2031", first)[0] for first in (True, False)] == ["2031-04-03", "2031-03-04"]
    assert read_date("03/13/2031", day_first=True) == ("", "is no day of the calendar")
    assert read_date("March 4, 2031", day_first=True) == ("2031-03-04", "")


def test_an_ambiguous_date_is_noticed_and_its_article_is_read():
    frame = pd.DataFrame({"text": ["Peace", "War", "Talks", "Truce"], "date": ["2031-03-04", "03/04/2031", "4 March 2031", ""]})
    with pytest.warns(UserWarning, match=r"1 thing was noticed; see .attrs\['noticed'\]. The first: DataFrame, row 2"):
        articles = read_articles(frame)
    assert articles["date"].tolist() == ["2031-03-04", "", "2031-03-04", ""]
    assert articles["date_as_read"].tolist() == ["", "03/04/2031", "4 March 2031", ""]
    assert [(one["record"], "day_first" in one["reason"]) for one in articles.attrs["noticed"]] == [
        ("row 2, article DataFrame:row2", True)
    ]
    assert read_articles(frame, day_first=True)["date"].tolist() == ["2031-03-04", "2031-04-03", "2031-03-04", ""]


def test_a_table_of_iso_dates_gets_no_further_column():
    articles = read_articles(pd.DataFrame({"text": ["Peace"], "date": ["2031-03-04 10:30:00"]}))
    assert "date_as_read" not in articles
    assert articles["date"].tolist() == ["2031-03-04 10:30:00"]
