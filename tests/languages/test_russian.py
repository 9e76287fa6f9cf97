"""What Russian reports say of a contact: parties, status, day, place, manner."""

from __future__ import annotations

import pytest

from kg.model import ReportedMeeting
from tests.languages.conftest import said


def one(text: str, title: str | None = None, **more: str | None) -> ReportedMeeting:
    (meeting,) = said(text, title, **more).meetings
    return meeting


def who(meeting: ReportedMeeting) -> set[tuple[str | None, str | None]]:
    return {(p.name, p.state) for p in meeting.participants}


LAVROV_FIDAN = {("С.В.Лавров", "RUS"), ("Х.Фидан", "TUR")}


@pytest.mark.parametrize(
    "text",
    [
        "Состоялась встреча Министра иностранных дел России С.В.Лаврова с Министром иностранных дел Турции Х.Фиданом.",
        "Министр иностранных дел России С.В.Лавров встретился с Министром иностранных дел Турции Х.Фиданом.",
        "С Министром иностранных дел Турции Х.Фиданом встретился Министр иностранных дел России С.В.Лавров.",
        "Министр иностранных дел России С.В.Лавров провёл переговоры с Министром иностранных дел Турции Х.Фиданом.",
        "Министр иностранных дел России С.В.Лавров принял Министра иностранных дел Турции Х.Фидана.",
        "Министр иностранных дел Турции Х.Фидан был принят Министром иностранных дел России С.В.Лавровым.",
        "Прошли консультации между Министром иностранных дел России С.В.Лавровым и Министром иностранных дел Турции Х.Фиданом.",
        "Министры иностранных дел России и Турции С.В.Лавров и Х.Фидан провели переговоры.",
        "Министр иностранных дел России С.В.Лавров и Министр иностранных дел Турции Х.Фидан обсудили Сирию.",
        "После переговоров с Министром иностранных дел Турции Х.Фиданом в Москве выступил Министр иностранных дел России С.В.Лавров. "
        "Министр иностранных дел России С.В.Лавров провёл беседу с Х.Фиданом.",
        "Глава российского МИД С.В.Лавров переговорил со своим турецким коллегой Х.Фиданом.",
    ],
)
def test_a_contact_is_told_in_many_ways(text: str) -> None:
    assert who(one(text)) == LAVROV_FIDAN


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Президент Турции 5 июня встретится с президентом Ирана.", "planned"),
        ("Запланированы переговоры президента Турции с президентом Ирана.", "planned"),
        ("Президент Турции намерен провести переговоры с президентом Ирана.", "planned"),
        ("Встреча президента Турции с президентом Ирана отменена.", "cancelled"),
        ("Встреча президента Турции с президентом Ирана не состоялась.", "cancelled"),
        ("Президент Турции не встречался с президентом Ирана.", "denied"),
        ("Президент Турции отменил встречу с президентом Ирана.", "cancelled"),
        (
            "Визит министра обороны Турции Али Озкана отложен. Планировалось, что он проведёт переговоры с министром обороны Ирана.",
            "cancelled",
        ),
        ("Министр обороны Турции опроверг, что встречался с министром обороны Ирана.", "denied"),
        ("Президент Турции встретился с президентом Ирана.", "held"),
    ],
)
def test_what_became_of_a_contact(text: str, status: str) -> None:
    assert one(text).status == status


@pytest.mark.parametrize(
    "text",
    [
        "Президент Турции предложил президенту Ирана провести встречу.",
        "Министры договорились о встрече с президентом Ирана.",
        "Президент Турции прибыл с визитом в Иран.",
        "Президент Турции встретился с ветеранами и обсудил урожай.",
        "Президент Турции принял участие в параде.",
        "Президент России провёл совещание с Министром обороны России.",
        "Министр обороны сообщил, что учения прошли по плану.",
        "Представитель МИД России напомнил, что Москва выступает за переговоры Ирана с США.",
        "Президент Турции и президент Ирана обменялись поздравлениями.",
        "Президент Турции договорился с президентом Ирана встретиться осенью.",
    ],
)
def test_what_is_no_contact_of_two_parties_gives_none(text: str) -> None:
    assert not said(text).meetings


@pytest.mark.parametrize(
    ("words", "when", "basis"),
    [
        ("16 марта 2021 года", "2021-03-16", "explicit"),
        ("30 мая", "2021-05-30", "explicit"),
        ("30-31 мая", "2021-05-30/2021-05-31", "explicit"),
        ("01.06.2021", "2021-06-01", "explicit"),
        ("сегодня", "2021-06-02", "relative"),
        ("вчера", "2021-06-01", "relative"),
        ("во вторник", "2021-06-01", "weekday"),
        ("в минувшую пятницу", "2021-05-28", "weekday"),
    ],
)
def test_days_are_read_as_seen_from_the_day_of_the_report(
    words: str, when: str, basis: str
) -> None:
    meeting = one(f"Президент Турции {words} встретился с президентом Ирана.")
    assert meeting.when is not None
    assert (meeting.when.edtf, meeting.date_basis) == (when, basis)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Состоялся телефонный разговор президента Турции с президентом Ирана.", "phone"),
        ("Президент Турции поговорил по телефону с президентом Ирана.", "phone"),
        ("Президент Турции позвонил президенту Ирана.", "phone"),
        (
            "Президент Турции провёл переговоры с президентом Ирана в режиме видеоконференции.",
            "video",
        ),
        ("Президент Турции встретился с президентом Ирана.", "in-person"),
    ],
)
def test_how_the_parties_met(text: str, form: str) -> None:
    assert one(text).format == form


def test_a_call_has_no_place() -> None:
    text = "Находясь в Лондоне, президент Турции провёл телефонный разговор с президентом Ирана."
    assert one(text).place is None


def test_a_place_is_named_in_the_nominative() -> None:
    place = one("Президент Турции встретился в Тегеране с президентом Ирана.").place
    assert place is not None and (place.name, place.state, place.basis) == (
        "Тегеран",
        "IRN",
        "explicit",
    )


@pytest.mark.parametrize(
    "head",
    [
        "МИНСК, 1 июня. /БЕЛТА/. ",
        "1 июня, Минск /Корр. БЕЛТА/. ",
        "МИНСК, 1 июня, БЕЛТА. ",
    ],
)
def test_a_dateline_gives_place_and_day(head: str) -> None:
    meeting = one(head + "Президент Беларуси провел переговоры с президентом Ирана.")
    assert meeting.when is not None and meeting.when.edtf == "2021-06-01"
    assert meeting.place is not None and meeting.place.name == "Минск"


def test_an_office_alone_is_that_of_the_state_that_publishes() -> None:
    text = "Глава государства принял министра обороны Индии Раджнатха Сингха."
    assert who(one(text, outlet="akorda.kz")) == {(None, "KAZ"), ("Раджнатх Сингх", "IND")}


def test_who_signs_a_record_is_the_one_who_met() -> None:
    text = (
        "Запись беседы с министром финансов Ирана\n\n3 мая 1961 г.\n\nПосетил министра финансов Ирана А. Дарьюша.\n\n"
        "Посол СССР в Иране П. Звонарев"
    )
    meeting = one(text, published=None)
    assert who(meeting) == {("П. Звонарев", "SUN"), ("А. Дарьюш", "IRN")}
    assert meeting.when is not None and meeting.when.edtf == "1961-05-03"


def test_a_letter_is_no_contact() -> None:
    found = said("Президент Узбекистана направил Президенту Финляндии поздравительную телеграмму.")
    assert (found.meetings, found.skipped) == ((), "letter")


def test_separate_meetings_are_apart() -> None:
    text = "Президент Монголии провел отдельные встречи с президентом Чили и президентом Перу."
    met = [{p.state for p in m.participants} for m in said(text).meetings]
    assert met == [{"MNG", "CHL"}, {"MNG", "PER"}]


def test_spans_are_those_of_the_words() -> None:
    text = "В Москве Министр иностранных дел России С.В.Лавров принял посла Индии Т.Кауля. Обсуждены поставки чая."
    meeting = one(text)
    for p in meeting.participants:
        assert p.span is not None and text[p.span.start : p.span.end] == p.as_written
    (topic,) = meeting.topics
    assert (
        topic.span is not None
        and text[topic.span.start : topic.span.end] == topic.text == "поставки чая"
    )


def test_topics_bear_the_labels_of_the_tree_and_who_raised_them() -> None:
    text = (
        "Министр иностранных дел Турции Хакан Фидан встретился с министром иностранных дел Ирана. Стороны обсудили "
        "сельское хозяйство и поставки зерна. Хакан Фидан подчеркнул важность водоснабжения. Договорились открыть пункт пропуска."
    )
    topics = [(t.topic, t.treatment, t.by) for t in one(text).topics]
    assert topics == [
        ("agriculture", "discussed", None),
        ("grain supplies", "discussed", None),
        (topics[2][0], "raised", "Хакан Фидан"),
        ("border crossings", "agreed", None),
    ]


def test_rows_that_found_a_meeting_are_named() -> None:
    from loaders.extraction import explain
    from tests.languages.conftest import report

    (found,) = explain(report("Президент Турции встретился с президентом Ирана."))
    assert found.patterns == ("meet",) and found.phrases == ("встретился",)


def test_who_led_the_delegations_is_who_met() -> None:
    text = (
        "В Астане прошли консультации между МИД Казахстана и МИД Словакии. Делегации возглавили заместитель министра иностранных "
        "дел Казахстана Роман Василенко и статс-секретарь Словакии Ингрид Броцкова."
    )
    assert who(one(text)) == {("Роман Василенко", "KAZ"), ("Ингрид Броцкова", "SVK")}


def test_those_who_joined_are_attendees_and_those_of_a_summit_principals() -> None:
    joined = one(
        "Президент Турции Али Озкан встретился с президентом Ирана Хасаном Рази. Во встрече приняли участие министр обороны Турции Кемаль Унал и министр спорта Ирана Реза Амини."
    )
    assert [p.role for p in joined.participants] == [
        "principal",
        "principal",
        "attendee",
        "attendee",
    ]
    summit = one(
        "Состоялось заседание совета. В нём участвовали президенты Казахстана Али Аханов, Узбекистана Бек Юсупов и Монголии Баяр Дорж."
    )
    assert summit.multilateral and {p.role for p in summit.participants} == {"principal"}
    assert {p.state for p in summit.participants} == {"KAZ", "UZB", "MNG"}


@pytest.mark.parametrize(
    ("words", "value", "unit", "period"),
    [
        ("в 2022 году составил 2,8 млрд долларов", 2.8e9, "USD", "2022"),
        ("в первом полугодии 2023 года превысил $1,4 млрд", 1.4e9, "USD", "2023-H1"),
        ("за 8 месяцев 2020 года достиг 300 млн евро", 3e8, "EUR", "2020-01/2020-08"),
        ("за январь-май 2020 года достиг 900 тыс. евро", 9e5, "EUR", "2020-01/2020-05"),
        ("в прошлом году достиг 1 млрд 200 млн долларов", 1.2e9, "USD", "2020"),
    ],
)
def test_sums_have_their_unit_and_period(words: str, value: float, unit: str, period: str) -> None:
    meeting = one(f"Президент Турции встретился с президентом Ирана. Товарооборот {words}.")
    assert [(f.indicator, f.value, f.unit, f.period) for f in meeting.figures] == [
        ("bilateral trade", value, unit, period)
    ]


def test_a_list_of_papers_gives_each() -> None:
    text = "Президент Турции встретился с президентом Ирана. Подписаны соглашение о туризме, меморандум о спорте и программа действий."
    assert [(d.type, d.status) for d in one(text).documents] == [
        ("agreement", "signed"),
        ("memorandum", "signed"),
        ("programme", "signed"),
    ]


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        (
            "обсудили ситуацию в Афганистане и подготовку саммита",
            ["ситуацию в Афганистане", "подготовку саммита"],
        ),
        ("обсудили борьбу с терроризмом и наркотрафиком", ["борьбу с терроризмом и наркотрафиком"]),
        ("обсудили Украину, Сирию и Иран", ["Украину", "Сирию", "Иран"]),
        (
            "обсудили сотрудничество в сферах энергетики, транспорта и торговли",
            ["энергетики", "транспорта", "торговли"],
        ),
        ("обсудили сотрудничество в области образования", ["сотрудничество в области образования"]),
        ("обсудили торговлю, а также поставки зерна", ["торговлю", "поставки зерна"]),
        ("обсудили проблематику, связанную с беженцами", ["проблематику, связанную с беженцами"]),
    ],
)
def test_a_list_of_subjects_is_parted_where_its_cases_agree(words: str, topics: list[str]) -> None:
    meeting = one(f"Президент Турции встретился с президентом Грузии. Стороны {words}.")
    assert [t.text for t in meeting.topics] == topics
