"""The report of a corpus: its tables agree with the articles, and its page shows them."""

import pandas as pd
import pytest

from framing.cli import main
from framing.corpus.articles import DEMO, read_articles
from framing.corpus.languages import FUNCTION_WORDS, UNKNOWN, english_share, guess_language, is_other_language
from framing.corpus.report import MOST_ROWS, describe_corpus, list_languages

ENGLISH = (
    "The council of Orrel met on Monday to decide whether the old bridge can be repaired before the winter, but nobody who was "
    "there would say what it is going to cost or when the work will begin."
)
PROSE = {
    "German": "Der Rat von Orrel hat am Montag darüber beraten, ob die alte Brücke noch vor dem Winter repariert werden kann, "
    "aber niemand wollte sagen, was es kosten wird und wann die Arbeiten beginnen.",
    "French": "Le conseil d'Orrel s'est réuni lundi pour décider si le vieux pont peut être réparé avant l'hiver, mais personne "
    "n'a voulu dire ce que cela va coûter, ni quand les travaux pourront commencer dans la ville.",
    "Spanish": "El consejo de Orrel se reunió el lunes para decidir si el viejo puente se puede reparar antes del invierno, pero "
    "nadie quiso decir lo que va a costar ni cuando van a empezar los trabajos en la ciudad.",
    "Italian": "Il consiglio di Orrel si è riunito lunedì per decidere se il vecchio ponte si può riparare prima dell'inverno, "
    "ma nessuno ha voluto dire quanto costerà e quando i lavori potranno cominciare nella città.",
    "Portuguese": "O conselho de Orrel reuniu-se na segunda-feira para decidir se a velha ponte pode ser reparada antes do "
    "inverno, mas ninguém quis dizer quanto vai custar nem quando os trabalhos vão começar na cidade, e não há data.",
    "Dutch": "De raad van Orrel kwam maandag bijeen om te besluiten of de oude brug nog voor de winter kan worden hersteld, maar "
    "niemand wilde zeggen wat het gaat kosten en wanneer het werk in de stad zal beginnen.",
    "Swedish": "Rådet i Orrel möttes på måndagen för att besluta om den gamla bron kan lagas innan vintern, men ingen ville säga "
    "vad det kommer att kosta eller när arbetet ska börja, och det är inte klart vem som har ansvaret.",
    "Polish": "Rada miasta spotkała się w poniedziałek, by zdecydować, czy stary most da się naprawić przed zimą, ale nikt nie "
    "chciał powiedzieć, ile to będzie kosztować i kiedy się zacznie, bo nie jest to jeszcze jasne.",
    "Russian": "Совет города собрался в понедельник, чтобы решить, можно ли починить старый мост до зимы, но никто не сказал, "
    "сколько это будет стоить и когда начнут, так как это ещё не было решено на совете.",
}


def test_the_tables_agree_with_the_articles():
    articles = read_articles(DEMO)
    report = describe_corpus(articles)
    assert report.months.drop(columns="month").to_numpy().sum() == report.lengths["articles"].sum() == 24
    assert (report.lengths["shortest"] <= report.lengths["median"]).all()
    assert report.furniture.set_index("outlet")["articles_with_furniture"].to_dict()["Daily Lantern"] == 1
    assert report.copies[["outlet", "outlet_2", "copies"]].to_numpy().tolist() == [["Harbour Ledger", "Marrow Bay Courier", 1]]
    assert report.stories.to_numpy().tolist() == [[4, 6]]
    assert report.languages.empty
    assert report.undated == ()


def test_furniture_is_not_counted_among_the_words():
    table = pd.DataFrame({"article": ["a"], "outlet": ["x"], "text": ["The talks opened on Monday.\nAdvertisement"]})
    report = describe_corpus(read_articles(table))
    assert report.lengths["words"].tolist() == [5]
    assert report.furniture["per_cent"].tolist() == [round(100 * 13 / 41, 2)]


def test_articles_without_a_date_are_counted_apart_and_named():
    table = pd.DataFrame({"article": ["a", "b"], "outlet": "x", "text": ["One.", "Two."], "date": ["2031-03-04", "4 March"]})
    with pytest.warns(UserWarning, match="is no date in a form that is read"):
        articles = read_articles(table)
    report = describe_corpus(articles)
    assert report.months.to_numpy().tolist() == [["2031-03", 1], ["no date", 1]]
    assert report.undated == ("b",)
    assert "without an ISO date: 1 (b)" in str(report)


def test_a_table_with_nothing_but_texts_is_described_too():
    report = describe_corpus(pd.DataFrame({"article": ["a", "b"], "text": ["", "Two words."]}))
    assert report.lengths["articles"].tolist() == [2]
    assert report.stories.empty
    assert report.months["month"].tolist() == ["no date"]


def test_the_page_is_one_page_whatever_the_number_of_outlets():
    ids = [f"a{number:02d}" for number in range(40)]
    report = describe_corpus(read_articles(pd.DataFrame({"article": ids, "outlet": ids, "text": "Talks opened."})))
    assert f"... and {40 - MOST_ROWS} more" in str(report)
    assert len(str(report).splitlines()) < 90
    assert len(report.lengths) == 40


@pytest.mark.parametrize("language", PROSE)
def test_a_language_is_recognised_by_its_small_words(language):
    assert guess_language(PROSE[language]).language == language
    assert is_other_language(PROSE[language])


def test_english_is_english_and_a_short_text_is_nothing():
    assert guess_language(ENGLISH).language == "English"
    assert english_share(ENGLISH) > 0.35 > 0.1 > english_share(PROSE["German"])
    assert guess_language("Le pont de la ville").language == UNKNOWN
    assert guess_language("").language == UNKNOWN
    assert guess_language("Orrel Varn Sorrel " * 20).language == UNKNOWN
    assert not is_other_language("Orrel Varn Sorrel " * 20)


def test_every_article_of_the_demo_is_english():
    guesses = [guess_language(text) for text in read_articles(DEMO)["text"]]
    assert {guess.language for guess in guesses} == {"English"}
    assert min(guess.share for guess in guesses) > 0.3


def test_no_list_of_small_words_holds_a_word_twice_or_in_capitals():
    for language, words in FUNCTION_WORDS.items():
        assert words == words.lower(), language
        assert len(set(words.split())) == len(words.split()), language
        assert len(words.split()) >= 30, language


def test_articles_in_other_languages_are_named_and_nothing_is_refused():
    texts = [ENGLISH, PROSE["German"], "Kurz und gut."]
    articles = read_articles(pd.DataFrame({"article": list("abc"), "outlet": "x", "text": texts}))
    assert list_languages(articles)[["article", "language"]].to_numpy().tolist() == [["b", "German"]]
    assert len(articles) == 3
    assert "Articles that are not in English: 1." in str(describe_corpus(articles))


def test_the_command_prints_the_page_and_names_what_was_refused(tmp_path, capsys):
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "demo.jsonl").write_bytes(DEMO.read_bytes())
    assert main(["corpus", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("# 24 articles, 4 outlets\n\n## Months")
    (folder / "empty.txt").write_text("")
    assert main(["corpus", str(folder)]) == 3
    assert "refused: empty.txt" in capsys.readouterr().err
