"""Common names of the country, so that two of them are never taken for one name misspelt (Раҳим and Раҳмон).

Drawn from `resources/names.csv`: the loose key of the stem of every spelling, one name a word, spellings apart by `/`.
A test keeps the two in step.
"""

from desk_app.domain.names.folding import loose, neutral

NAMES = """
    abdugafar abdujabar abdukadir abdukarim abdula abdulaziz abdumajid abdumanan abdurahim abdurahman abdurawid
    abdusalam abdusamad abduvahab abduvahid adalat adil adina adinamamad afruza afsana afzal ahmad/ahmid ahmadwa
    ahun aigul ainihal aiwa ajil akbar akil akmal alga ali aliksandr alim alimwa aliwir amin amir amirhan anara
    anisa anvar arip arzugul asalma aslidin asrar awur azad azada azam azim aziz aziza baba babajan bahadur/bahadir
    bahar bahram bahridin bahtavar bahtiar baimurad barna bibijan bibisara bihruz birdi bunafwa/binafwa bustangul
    buzurgmihr dadhuda dalir davlat davlatbigim davlatma davlatnazar davlatwa davud dilafruz dilaram dilavar dilbar
    dilnaza dilraba dilwad durdana faiz faizali faizula farangis/farangiz farhad farida faridun fariwta faru farzana
    fathula fatima fazil firdavs firuz firuza gafar gafur gaib gaibnazar gairat gaiur gani gavhar/gauhar gazi gul
    gulam/guliam gulandam gulbahar gulbigim guljahan guljihra gulma gulnara gulru gulruhsar gulsara gulwan gunja
    habiba habibula hadija hafiz hafiza haidar/gaidar hairinisa hairula haja/huja haji hakim hal halida halil halim
    halima halmat halmurad hamid hamida hamra hanifa hasan/gasan hasiat hikmat hilala hudaiar hudaibirdi
    hujanazar/hajanazar humar hurwid hurwida husin/husain husrav/hasr huwbaht iahia iakub iakut iar iarmuhamad iasin
    iatim ibadat ibrahim/ibragim idris igar ihsan ikram ilham imam imamali imamiar/imamir imamnazar inabat inaiat
    irgaw isa ishak/iwak iskandar islam islamidin ismail istad itibar iulduz iunus iusuf/iusup iusup iwankul iwmat
    jabar jahangir jalal jalalidin jalil jamal jaman jamila jamwid janana jari jarwanbi javid juma jumagul jura
    jurabik kadamwa kadir kahar kaium kalandar kamal kamalidin kamil kamila kamran karim karima karimjan kasim
    kibria kimat kinja kul kumri kunduz kurban kurbanali kurbanwa kuvat laik laila/lila lala latafat latif latifa
    madali madina magfirat mahbuba mahina mahira mahmad mahmadali mahmadsaid mahmud mahruhsar malika mamadwa manija
    mansur marhaba marifat maruf mastana mastura matluba mavjuda mavluda mavzuna mihrab mihrangiz mihrinisa mijgana
    mirza mirzajan mirzali mubarak mubina muhabat muhaia muhamad/muhamid muhamadi muhamadiusuf muhamajan muhidin
    muhtar mukadas mukaram mukim mula mulajan mumin mumtaz munavara munira munisa murad muradali/muratali musa
    musafir mustafa muzafar nadir nadira nafisa nar nasiba nasim nasridin nasrula natalia navruz nazakat nazanin
    nazar nazarwa nazim nazima nazira nazri niaz nigara nigina nikruz nilufar nimat nimatula nisa nur nurali nuridin
    paimana parizad parvina parviz pir pulad/pulat rabia rahim rahima rahman rahmat rahmatula rahwana rajab rajabali
    ramazan rana rasul ravwan rawid razak razia risalat ruhsara ruhwana rukia rustam ruzi ruzibai ruzigul sabahat
    sabir sabrina sabur sadat sadbarg sadik safar safarali safarma said saida saidmurad saidrahman saifidin saifula
    sajida salam sali salim salima saltanat samandar sanavbar/sanabar sang sangin sara sarvinaz savri savsan siavuw
    sirajidin sirgi sitara subhia suhrab sulaiman/suliman sultan sumaia suraia svitlana tabar tagai/taga tahir
    tahmina tair taji tajidin tajinisa tamana tatiana taw tawmat timur tuhta tuiji tura turajan tursun tuti ubaidula
    ugulai/ugilai uktam umar umid umida umrinisa urin usman utkir/utkur vahid vahida vali vatanwa vladimir wa wabnam
    wadi wadman wahla wahnaza wahnazar/wanazar wahrbanu/wahribanu wahru wahzada waira wakarbigim wams wamsia
    wamsidin wanazar warafat warap warif/warip warifa warip wavkat/waukat wirali wirin wirzad wukrana wukur zafar
    zainab zainidin zakir zamira zarif zarina zia ziavudin ziba zibunisa zivar zubaidula zuhra zulaiha/zuliha zulfia
""".split()
"""One entry a name: its loose keys, joined by `/`."""

_MORE = (
    # Common names that stand beside one of the list like a misspelling of it; each its own name.
    "Заҳро Камола Солеҳа Ҳамида Рашида Саъида Карима Азима Ҷамол Малик Собир Сабур Шакур Ғанӣ "
    "Масрур Мансура Музаффара Саломат Салмон Сарвар Сардор Сомон Сомир Самир Самира Саима Ойдин Парвина Парвона "
    "Нозанин Назокат Нозила Зайнура Зарина Зарифа Замира Тоҳира Тамара Тоҷинисо Хосият Холида Фарида "
    "Фаридун Фируза Фарзона Файзулло Асад Аъло Анвара Аслон Арслон Баҳрулло Баҳриддин Далер Диловар Иқбол "
    "Илҳомиддин Каримулло Раҳимулло Раҳматулло Неъмат Неъматулло Носир Насим Насиба Назир Назира Одил Одила Адиба "
    "Шариф Шараф Шарофат Шамс Шамсия Шоира Шаҳло "
)

_NONE: frozenset[int] = frozenset()


def _every_name() -> list[str]:
    listed = {key for entry in NAMES for key in entry.split("/")}
    return [*NAMES, *sorted({loose(neutral(name)) for name in _MORE.split()} - listed)]


def numbers_by_key(names: list[str]) -> dict[str, frozenset[int]]:
    """Loose key -> numbers of the names it may be: a key can belong to two names."""
    found: dict[str, set[int]] = {}
    for number, keys in enumerate(names):
        for key in keys.split("/"):
            found.setdefault(key, set()).add(number)
    return {key: frozenset(numbers) for key, numbers in found.items()}


_ALL = _every_name()
_BY_KEY = numbers_by_key(_ALL)


def known_as(key: str) -> frozenset[int]:
    """The numbers of the common names whose spelling has this loose key; empty for any other word."""
    return _BY_KEY.get(key, _NONE)


def usual_keys(key: str) -> tuple[str, ...]:
    """The first loose key of each common name this key may be, the same for all its spellings (ibragim: `ibrahim`)."""
    return tuple(sorted(_ALL[number].split("/")[0] for number in known_as(key)))
