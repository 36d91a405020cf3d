import pytest

from scrapers.facts.scope import scope_at
from tests.expectations.sample import release

CASES = [  # the figure stands between the bars
    ("trade.turnover", "Товарооборот Омской области с Казахстаном составил |2 млрд|.", "Omsk"),
    ("trade.turnover", "Trade between Tatarstan and Uzbekistan reached |$1 bn|.", "Tatarstan"),
    ("trade.turnover", "Tatarstan's trade with Uzbekistan reached |$1 bn|.", "Tatarstan"),
    ("trade.turnover", "Товарооборот области с Россией составил |410 млн|.", "a region"),
    ("trade.turnover", "Trade between Moscow and Tashkent reached |$9 bn|.", None),
    ("trade.turnover", "ТАШКЕНТ, 3 июня. /ТАСС/. Торговля с Россией достигла |9 млрд|.", None),
    ("trade.turnover", "Trade was |$28 bn|, with border regions contributing much.", None),
    ("trade.turnover", "Trade was |$28 bn|, said the governor of Omsk Region.", None),
    ("trade.exports", "Exports of wheat to Russia came to |$90 mln|.", "grain"),
    ("trade.exports", "Экспорт зерна в Россию составил |90 млн|.", "grain"),
    ("trade.exports", "In 2024, textiles worth |$940 million| were supplied.", "textiles"),
    ("trade.exports", "Exports to Russia came to |$7 bn|, mainly metals and oil.", None),
    ("trade.exports", "Экспорт составил |7 млрд|. Лидируют металлы.", None),
    ("trade.turnover", "Of this, trade in services was |$1 bn|.", "services"),
    ("trade.agri", "Trade in agricultural products was worth |$1 bn|.", None),
    ("trade.agri", "Поставки плодоовощной продукции составили |1 млрд|.", "fruit and vegetables"),
    ("investment.stock", "Russian investment in mining has reached |$2 bn|.", "mining"),
    ("investment.stock", "Lukoil has invested |$8 bn|.", "Lukoil"),
    ("investment.stock", "Investment in your economy is |$2 bn|, and energy is next.", None),
    (
        "investment.project_value",
        "Стоимость АЭС в Джизаке – |2 млрд|.",
        "Jizzakh; nuclear power plant",
    ),
    ("investment.project_value", "The cable plant is valued at |$95 million|.", "cable plant"),
    (
        "investment.project_value",
        "They signed a contract on a solar plant in Navoi. The plant will cost |$2 bn|.",
        "Navoi; solar plant",
    ),
    ("education.students", "За счёт российского бюджета учатся |9 тысяч|.", "on scholarships"),
    ("education.students", "|800 students| are enrolled in the new branch.", "at a branch"),
    ("education.students", "|12 000 студентов| учатся за счёт бюджета.", "on scholarships"),
    ("education.students", "At present, |34,000 citizens| study at Russian universities.", None),
    ("education.students", "Сегодня |34 тысячи граждан| учатся в российских вузах.", None),
    ("education.students", "Of them, including |600 students| of medicine.", "a part"),
    ("transport.freight", "Объём железнодорожных перевозок составил |89 млн тонн|.", "rail"),
    ("transport.freight", "|93 million tonnes| were carried by rail.", "rail"),
    ("investment.stock", "We have invested |363 billion| in this project.", "one project"),
    ("macro.growth", "Inflation reached |6.1 percent| in 2011.", "inflation"),
    ("macro.growth", "Безработица составила |4,6 процента|, а ВВП вырос.", "unemployment"),
    ("macro.growth", "GDP will grow by |8.7 percent|.", None),
    ("macro.growth", "ВВП вырастет на |8,7%|, инфляция замедлится.", None),
    ("labour.remittances", "The average transfer was |$310|.", "average"),
    ("labour.remittances", "The country received |$14.8 bn| from abroad.", "all partners"),
    ("labour.remittances", "Из-за рубежа поступило |14,8 млрд|.", "all partners"),
    (
        "labour.remittances",
        "На Россию пришлась треть денег из-за рубежа, которых набралось |2 млрд|.",
        "all partners",
    ),
    ("labour.remittances", "Россия дала треть денег из-за рубежа – |700 млн|.", None),
    ("labour.remittances", "Of what came from abroad, |$9 bn| is from Russia.", None),
    ("investment.stock", "Germany has invested |$5 bn| in Kazakhstan.", "another partner"),
    ("trade.turnover", "Trade with Russia was |$11 bn|, second only to China.", None),
    ("labour.remittances", "Transfers from Russia came to |$2 bn|.", None),
    ("development.funding", "The Development Fund has lent |$680 mln|.", "Development Fund"),
    ("business.russian_capital", "There are |900 companies| in Tashkent.", "Tashkent"),
    ("business.russian_capital", "There are |900 companies| in the republic.", None),
    ("investment.stock", "Jizzakh accounts for |$1.2 bn| of it.", "Jizzakh"),
    ("investment.stock", "Of it, Jizzakh's share is |$1.2 bn|.", "Jizzakh"),
    ("investment.stock", "На долю Наманганской области приходится |700 млн|.", "Namangan"),
    ("investment.stock", "В экономику Наманганской области вложено |700 млн|.", "Namangan"),
    ("investment.stock", "Navoi Region has attracted |$1.2 bn| from Russia.", "Navoi"),
    ("investment.stock", "Ферганская область привлекла из России |700 млн|.", "Fergana"),
    ("investment.outward", "Our firms put |$12 mln| into the Tomsk Region.", "Tomsk"),
    ("investment.stock", "Each year Russia adds |$1 bn| a year to our economy.", "a year"),
    ("investment.stock", "There are 40 projects; |$3 bn| was invested in them.", "one project"),
    ("labour.migrants", "Last year |19,000 Tajiks| were deported from Russia.", "deported"),
    ("labour.migrants", "Из России выдворили |19 тысяч| граждан Таджикистана.", "deported"),
    ("labour.migrants", "|48,000 Uzbeks| obtained Russian citizenship.", "naturalised"),
    ("labour.migrants", "Гражданство России получили |48 тысяч узбекистанцев|.", "naturalised"),
    ("labour.migrants", "Work patents were issued to |900,000 Uzbeks|.", "with a permit"),
    ("labour.migrants", "Вид на жительство имеют |71 тысяча киргизов|.", "with a permit"),
    ("labour.migrants", "|1.2 million citizens| of Tajikistan work in Russia.", None),
    ("labour.migrants", "В России трудятся |1,2 млн граждан| Таджикистана.", None),
    ("labour.migrants", "At the peak, |a million workers| were in Russia.", "at its height"),
    ("tourism.visitors", "До пандемии приезжали |2 млн туристов|.", "at its height"),
    ("investment.projects", "|60 projects| have been completed.", "completed"),
    ("investment.projects", "Уже реализовано |60 проектов|.", "completed"),
    ("investment.projects", "|60 projects| are being implemented.", None),
    ("investment.projects", "Сейчас реализуется |60 проектов|.", None),
    ("labour.migrants", "A quota of |8,000 workers| was set.", "a limit"),
    (
        "trade.turnover",
        "Uzbekistan lags behind Kazakhstan. Trade with it fell by |9%|.",
        "another partner",
    ),
    ("trade.turnover", "Узбекистан – наш партнёр. Торговля с ним достигла |9 млрд|.", None),
    ("tourism.visitors", "Kyrgyz citizens made |700,000 trips| to Russia.", "to Russia"),
    (
        "tourism.visitors",
        "В Россию съездили |700 тысяч киргизов|.",
        "to Russia",
    ),
    ("tourism.visitors", "The country had |2 mln foreign guests|.", "all partners"),
    ("tourism.visitors", "Из них |300 тысяч россиян|.", None),
    ("tourism.visitors", "The country was visited by |300,000 Russians|.", None),
    ("trade.turnover", "Trade hit a record |$28 bn|.", None),
    ("education.students", "|70,000 schoolchildren| get hot meals.", "at school"),
    ("education.students", "Русский язык учат |70 тысяч школьников|.", "at school"),
    ("business.russian_capital", "|120 Russian firms| took part in the fair.", "at an event"),
    ("business.russian_capital", "В выставке участвовали |120 компаний|.", "at an event"),
    ("business.russian_capital", "За год открылось |триста предприятий|.", "new ones"),
    ("business.russian_capital", "|3,100 companies| with Russian participation work here.", None),
    ("education.branches", "За два года открыли |пять филиалов|.", "new ones"),
    ("agriculture.volume", "They sent |90 tons| of lentils.", "pulses"),
]


@pytest.mark.parametrize(
    ("title", "text", "scope"),
    [
        ("President of Tatarstan visits Ashgabat", "Our trade was |$70 mln|.", "Tatarstan"),
        ("Губернатор Томской области принял посла", "Товарооборот составил |9 млн|.", "Tomsk"),
        ("President of Tatarstan visits Ashgabat", "Trade with Russia was |$1 bn|.", None),
        ("Ties with the Tula Region", "Our trade was |$90 mln|.", "Tula"),
        ("Ties with the Tula Region", "Turnover fell by |9%| over the year.", None),
        ("Presidents meet in Moscow", "Our trade was |$1 bn|.", None),
    ],
)
def test_the_trade_of_a_region_whose_head_a_release_is_about(title, text, scope):
    start, end = text.index("|"), text.rindex("|") - 1
    told = release(text.replace("|", ""), title=title)
    assert scope_at(told, start, end, "trade.turnover") == scope


@pytest.mark.parametrize(("indicator", "text", "scope"), CASES)
def test_what_narrows_a_figure(indicator, text, scope):
    start, end = text.index("|"), text.rindex("|") - 1
    assert scope_at(release(text.replace("|", "")), start, end, indicator) == scope
