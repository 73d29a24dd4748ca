"""What people are in: the situations that the reports describe, in words as a busy colleague would type them.

Nobody here exists. Sources: 000 sections 2.12, 3.11, 3.15; the ten traits of law L26.
"""

from dataclasses import dataclass

from samsvar.cases.models import CloseReason, OutcomeType


@dataclass(frozen=True)
class Step:
    """An agreement: which kind of authority, what, what if the plan slips, what came of it."""

    by: str
    what: str
    slips: str
    result: str = ""


@dataclass(frozen=True)
class Situation:
    """One kind of situation. `says` is what each kind of authority can contribute; `holder` who ends up with it."""

    key: str
    sex: str
    born: int
    lines: str
    why: str
    means: str
    tried: str
    traits: tuple[str, ...]
    category: str
    holder: str
    says: dict[str, str]
    own: Step
    support: Step
    happened: tuple[str, ...]
    note: str
    raised_by: str = "police"
    dimensions: tuple[str, str, str] = ("yes", "yes", "unknown")
    children: str = "no"
    child_decision: str = ""
    reason: CloseReason = CloseReason.SOLVED
    outcome: OutcomeType = OutcomeType.NONE
    good: str = ""


FILTH = Situation(
    key="filth",
    sex="male",
    born=1957,
    lines=(
        "Naboen ringede om lugten. Vi fandt borgeren på gulvet i stuen, afmagret og i sit eget skidt, vægge og møbler "
        "ødelagt. Ville ikke med og ikke tale om det, men blev rolig, da vi satte os. Ambulancen så til ham og "
        "kørte igen."
    ),
    why="Går til grunde i egen bolig og mister lejligheden, hvis ingen gør noget nu.",
    means="Vi kan køre ud igen, men vi kan hverken behandle eller gøre rent.",
    tried="To tidligere breve fra kommunen er ikke åbnet. Hjemmeplejen blev afvist i døren.",
    traits=("invisible", "losing_home", "no_insight"),
    category="invisible",
    holder="psychiatry",
    says={
        "police": "Har været der fire gange på et halvt år efter opkald fra naboer. Rolig over for os hver gang.",
        "social": "Kender ham fra pensionen. Husleje betalt til og med sidste måned. Boligselskabet har skrevet.",
        "psychiatry": "Kendt hos os indtil for to år siden, hvor han holdt op med at komme.",
    },
    own=Step(
        "psychiatry",
        "Besøger hjemme og vurderer, om han skal indlægges",
        "Tager politiet med og prøver igen dagen efter",
        "Indlagt frivilligt samme uge.",
    ),
    support=Step(
        "social",
        "Hovedrengøring, og taler med boligselskabet om huslejen",
        "Socialchefen godkender at betale restancen",
        "Lejligheden er gjort ren, og huslejen er betalt.",
    ),
    happened=(
        "Har lukket op to gange og spist sammen med den opsøgende.",
        "Indlagt og i bedring; lejligheden bliver gjort i stand.",
    ),
    note="Er hjemme igen, tager sin medicin og har en støtte-kontaktperson.",
    outcome=OutcomeType.HOME_KEPT,
    good="Ja. Han siger selv, at han sover om natten nu.",
)

RENT = Situation(
    key="rent",
    sex="female",
    born=1979,
    lines=(
        "Boligforeningen har fået klager over lugt og råb om natten. Da viceværten kiggede ind, var der rod til "
        "loftet. "
        "Huslejen er ikke betalt i tre måneder, og fogeden er bestilt."
    ),
    why="Bliver sat ud om få uger og har ingen steder at gå hen.",
    means="Kontanthjælpen er stoppet, fordi der ikke blev svaret på breve, og vi får ingen kontakt.",
    tried="Tre breve og to telefonopkald fra jobcentret. Ingen har mødt hende ansigt til ansigt.",
    traits=("losing_home", "complaint", "several_problems"),
    category="invisible",
    holder="social",
    raised_by="social",
    says={
        "police": "Tre naboklager over støj i år. Ingen af gangene noget, vi kunne gøre noget ved.",
        "social": "Har haft kontanthjælp i seks år. Ydelsen stoppede i foråret.",
        "psychiatry": "Et forløb hos os for flere år siden, afsluttet efter aftale.",
    },
    own=Step(
        "social",
        "Støtte-kontaktperson opsøger hende hver tirsdag",
        "Kommer igen torsdag sammen med viceværten",
        "Har fået kontakt gennem døren, siden på trappen.",
    ),
    support=Step(
        "police",
        "Tager med første gang og taler med naboen",
        "Lokalpolitiet prøver på en anden tid af dagen",
        "Naboen er talt til ro.",
    ),
    happened=("Åbnede ikke, men talte gennem brevsprækken.", "Kontanthjælpen er i gang igen, og fogeden er afbestilt."),
    note="Huslejen er betalt, og der er en fast kontaktperson.",
    outcome=OutcomeType.HOME_KEPT,
    good="Ja, hun beholdt sit hjem.",
)

OUTDOORS = Situation(
    key="outdoors",
    sex="male",
    born=1972,
    lines=(
        "Mand omkring 50 sover i parken ved søen, også nu hvor det fryser. Taler ikke, men nikker. Fødderne ser "
        "slemme ud. Vi "
        "har givet tæpper tre nætter i træk. Vil ikke med på herberg."
    ),
    why="Fryser ihjel eller mister fødderne, hvis vi kun giver tæpper.",
    means="Det er ikke forbudt at sove ude, og han vil ikke med os.",
    tried="Herberg tilbudt ti gange. Gadesygeplejersken så ham en gang i efteråret.",
    traits=("invisible", "danger", "no_insight"),
    category="invisible",
    holder="social",
    says={
        "police": "Ser ham næsten hver nat. Generer ingen.",
        "social": "Ikke kendt under noget navn. En opsøgende medarbejder kan tage ud.",
        "psychiatry": "Beskrivelsen passer på en, OP-teamet mødte sidste vinter.",
    },
    own=Step(
        "social",
        "Opsøger ham samme sted hver aften med varm mad",
        "Patruljen siger til, hvor han er flyttet hen",
        "Sidder med ved bålet nu og har vist sine fødder frem.",
    ),
    support=Step(
        "police",
        "Holder øje på natpatruljen",
        "Ringer til den opsøgende, hvis han ikke er der",
        "Fundet hver nat undtagen en.",
    ),
    happened=("Tog imod sokker og suppe.", "Har sovet inde to nætter."),
    note="Har fået et værelse og bliver tilset af gadesygeplejersken.",
    dimensions=("yes", "unknown", "no"),
    outcome=OutcomeType.CONTACT,
    good="Ja, men han savner parken.",
)

BANNED = Situation(
    key="banned",
    sex="male",
    born=1975,
    lines=(
        "Har slået i skranken i borgerservice og må ikke komme der de næste måneder. Nu ved ingen, hvordan det "
        "går. Vi så "
        "ham i går, tynd og forpjusket, han spurgte efter sin sagsbehandler."
    ),
    why="Har mistet den eneste kontakt, han havde, og får det værre.",
    means="Vi må ikke møde ham på kontoret, og breve svarer han ikke på.",
    tried="Samtale med to medarbejdere til stede endte også i råb.",
    traits=("threatening", "several_problems", "no_insight"),
    category="outward",
    holder="social",
    raised_by="social",
    dimensions=("yes", "yes", "yes"),
    says={
        "police": "Kendt i døgnrapporten omkring hver fjortende dag, mest uro på åben gade.",
        "social": "Mødeforbud på kontoret. Pensionssag venter på hans underskrift.",
        "psychiatry": "Har en tid i ambulatoriet, som han plejer at holde.",
    },
    own=Step(
        "social",
        "Sagsbehandleren møder ham i ambulatoriet i stedet",
        "OP-teamet tager papirerne med ud",
        "Papirerne er skrevet under.",
    ),
    support=Step(
        "police",
        "Spørger, hvordan det går, når vi møder ham, og giver sagsbehandleren besked",
        "Lokalpolitiet banker på",
        "Talt med ham tre gange. Roligt.",
    ),
    happened=("Kom til tiden i ambulatoriet og var høflig.", "Pensionen er på vej."),
    note="Mødeforbuddet er ophævet, og han kommer selv på kontoret.",
    reason=CloseReason.ORDINARY,
    outcome=OutcomeType.CONTACT,
    good="Ja. Han fik sin sagsbehandler tilbage.",
)

CALLS = Situation(
    key="calls",
    sex="female",
    born=1954,
    lines=(
        "Ringer op til halvtreds gange i døgnet til vagtcentralen om stråler fra underboen. Høflig, men bange. "
        "Naboen er "
        "begyndt at svare igen med hårde ord på trappen."
    ),
    why="Angsten bliver værre, og det ender med, at nogen på trappen slår.",
    means="Vi kan ikke blive ved med at køre ud til stråler.",
    tried="Egen læge har foreslået en samtale, men hun mødte ikke op.",
    traits=("no_insight", "complaint", "several_problems"),
    category="character",
    holder="psychiatry",
    dimensions=("unknown", "yes", "no"),
    says={
        "police": "Over 600 opkald i år, kørt ud elleve gange. Ikke farlig at besøge.",
        "social": "Ikke kendt hos os.",
        "psychiatry": "Ikke i behandling. Vi kan tilbyde en samtale hjemme.",
    },
    own=Step(
        "psychiatry",
        "Samtale i hjemmet med to fra OP-teamet",
        "Ringer hver fredag kl. 10, også selv om hun ikke lukker op",
        "Første samtale varede to timer.",
    ),
    support=Step(
        "social",
        "Tilbyder en anden lejlighed i opgangen ved siden af",
        "Spørger boligforeningen om en ordning på trappen",
        "Har sagt ja tak til at flytte.",
    ),
    happened=("Er nede på ti opkald i døgnet.", "Har selv ringet til OP-teamet i stedet for til politiet."),
    note="I behandling. Ingen opkald den sidste måned.",
    outcome=OutcomeType.TREATMENT,
    good="Ja, hun er ikke bange hele tiden.",
)

VETERAN = Situation(
    key="veteran",
    sex="male",
    born=1986,
    lines=(
        "Råb og knust glas i lejligheden tredje gang på en måned. Har været udsendt og sover næsten ikke. Kæresten er "
        "flyttet. Han græd, da vi blev stående lidt, og sagde, at han ikke tør være alene."
    ),
    why="Kan gøre skade på sig selv eller den næste, der banker på.",
    means="Vi kan berolige ham for en nat ad gangen.",
    tried="Et forløb hos veterancentret gik i stå, da samtalerne blev flyttet.",
    traits=("violent", "danger", "several_problems"),
    category="outward",
    holder="psychiatry",
    dimensions=("yes", "yes", "yes"),
    says={
        "police": "Kørt til adressen syv gange. Rolig, når der er god tid og kun to betjente.",
        "social": "Har flexjob og er bange for at miste det.",
        "psychiatry": "Henvist tidligere, udeblev fra første samtale.",
    },
    own=Step(
        "psychiatry",
        "Fast samtale hver uge, første gang hjemme",
        "Den opsøgende ringer samme dag og kommer igen dagen efter",
        "Har mødt op fire gange i træk.",
    ),
    support=Step(
        "social",
        "Aftaler nedsat tid med arbejdspladsen",
        "Jobcentret følger op med arbejdsgiveren",
        "Arbejdspladsen vil gerne vente.",
    ),
    happened=("Mødte ikke op første gang, men lukkede op, da vi kom.", "Sover fem timer. Ingen opkald fra naboerne."),
    note="I behandling og på arbejde på nedsat tid.",
    outcome=OutcomeType.POLICE_AVOIDED,
    good="Ja. Ingen udrykninger siden sommer.",
)

ELDERLY = Situation(
    key="elderly",
    sex="male",
    born=1971,
    lines=(
        "Under et besøg i hjemmeplejen: sønnen er flyttet ind hos sin gamle mor, drikker og råber. Hun låser sig "
        "inde på "
        "badeværelset om natten. Personalet tør ikke komme alene."
    ),
    why="En gammel kvinde er bange i sit eget hjem, og sønnen er selv syg.",
    means="Hjemmeplejen kan ikke få sønnen ud og kan ikke behandle ham.",
    tried="Samtale med sønnen ved lederen. Han lovede bod og bedring.",
    traits=("family", "violent", "several_problems"),
    category="outward",
    holder="social",
    raised_by="social",
    says={
        "police": "Kendt fra to udrykninger til husspektakler. Beruset, ikke truende over for os.",
        "social": "Moderen får hjælp hver dag. Sønnen er skrevet op til bolig.",
        "psychiatry": "Sønnen har været i ambulant behandling, afbrudt i foråret.",
    },
    own=Step(
        "social",
        "Finder en akut bolig til sønnen",
        "Moderen tilbydes en aflastningsplads imens",
        "Sønnen er flyttet i egen bolig.",
    ),
    support=Step(
        "psychiatry",
        "Kontakter sønnen om behandling",
        "Prøver gennem misbrugsrådgiveren",
        "Har sagt ja til en samtale.",
    ),
    happened=("Sønnen var hjemme og talte pænt. Moderen sov igennem.", "Boligen er klar den første."),
    note="Moderen er tryg hjemme, og sønnen har egen bolig og støtte.",
    reason=CloseReason.ORDINARY,
    outcome=OutcomeType.SUPPORT,
    good="Ja, for dem begge.",
)

FAMILY = Situation(
    key="family",
    sex="female",
    born=1990,
    lines=(
        "Kaldt ud af naboer. Mor sad beruset i køkkenet, far var ikke hjemme. To børn på 4 og 7 så fjernsyn i "
        "overtøj, der var "
        "ingen mad. Mormor kom og blev natten over."
    ),
    why="Børnene er alene med det, og moderen bliver dårligere for hver gang.",
    means="Vi kan sikre natten, ikke hverdagen.",
    tried="Familieafdelingen har haft to samtaler. Moderen meldte afbud til den tredje.",
    traits=("family", "danger", "several_problems"),
    category="invisible",
    holder="social",
    dimensions=("yes", "yes", "unknown"),
    children="yes",
    child_decision="Familieafdelingen er underrettet samme aften. Mormor har børnene, til der er lavet en plan.",
    says={
        "police": "Været på adressen fire gange siden sommer, hver gang med børn hjemme.",
        "social": "Familien har en sag. Støtte i hjemmet er bevilget, men ikke kommet i gang.",
        "psychiatry": "Moderen har tidligere været hos os efter en fødsel.",
    },
    own=Step(
        "social",
        "Støtte i hjemmet fra mandag, fem dage om ugen",
        "Familieafdelingen tager ud samme dag, hvis ingen lukker op",
        "Støtten er i gang, og børnene er i institution hver dag.",
    ),
    support=Step(
        "psychiatry", "Samtale med moderen hjemme", "Aftaler ny tid gennem mormor", "Er begyndt i ambulatoriet."
    ),
    happened=("Mormor siger, at børnene sover hos sig selv igen.", "Moderen holder sine tider."),
    note="Børnene er trygge, og familien har fast støtte.",
    reason=CloseReason.ORDINARY,
    outcome=OutcomeType.CHILDREN_SAFE,
    good="Ja. Den ældste er begyndt til fodbold.",
)

BRIDGE = Situation(
    key="bridge",
    sex="female",
    born=1994,
    lines=(
        "Hentet ned fra broen for tredje gang i år. Vil ikke tale om det på skadestuen og bliver sendt hjem igen,"
        " fordi hun "
        "siger, at det går. Broderen ringer til os, fordi han ikke ved, hvem han ellers skal ringe til."
    ),
    why="En dag når vi det ikke.",
    means="Vi er ikke dem, der kan hjælpe hende bagefter.",
    tried="Tre ture i skadestuen uden opfølgning, fordi hun ikke gav lov til at ringe.",
    traits=("danger", "no_insight", "several_problems"),
    category="invisible",
    holder="psychiatry",
    dimensions=("unknown", "yes", "no"),
    says={
        "police": "Tre selvmordsbesøg i år. Går altid med, når vi taler stille.",
        "social": "Har arbejde og er ikke kendt hos os.",
        "psychiatry": "Set i skadestuen tre gange. Ingen fast behandler.",
    },
    own=Step(
        "psychiatry",
        "Fast behandler, som ringer dagen efter hver vagt",
        "Tager ud, hvis telefonen ikke bliver taget",
        "Talt med hende hver dag i to uger.",
    ),
    support=Step(
        "police",
        "Ringer til behandleren, når vi har mødt hende, uanset klokken",
        "Vagtleder overtager opkaldet",
        "Ikke nødvendigt siden.",
    ),
    happened=("Tager telefonen og griner indimellem.", "Har fortalt sin bror, hvordan hun har det."),
    note="I behandling og har en kriseplan i lommen.",
    outcome=OutcomeType.TREATMENT,
    good="Ja, siger hun selv.",
)

YOUNG = Situation(
    key="young",
    sex="male",
    born=2007,
    lines=(
        "19-årig hænger i stationscentret til lukketid. Ryger meget hash, taler med folk, der ikke er der. Tre af"
        " de ældre "
        "drenge sender ham ind efter ting. Han er ikke hård, han er bange for dem."
    ),
    why="Bliver brugt af andre og er ved at blive alvorligt syg.",
    means="Hvis vi kun ser det som uro, ender han i den forkerte ende.",
    tried="SSP slap ham, da han fyldte 18. Ungevejlederen har ikke set ham siden.",
    traits=("crime", "no_insight", "several_problems"),
    category="outward",
    holder="psychiatry",
    dimensions=("yes", "yes", "yes"),
    says={
        "police": "Set i centret næsten dagligt. Aldrig grov selv.",
        "social": "Bor hos en onkel, som er træt. Uddannelseshjælp, men møder ikke.",
        "psychiatry": "Ikke kendt. Vi har plads i teamet for unge.",
    },
    own=Step(
        "psychiatry",
        "Teamet for unge møder ham i centret, ikke på afdelingen",
        "Onklen ringer, når han er hjemme",
        "Har været med til to samtaler.",
    ),
    support=Step(
        "social",
        "Finder et værelse i den anden ende af byen",
        "Onklen beholder ham en måned til mod aflastning",
        "Flyttet ind den 1.",
    ),
    happened=("Talte om musik i en time. Vil gerne ses igen.", "I behandling og ryger mindre."),
    note="I behandling og i gang på produktionsskolen.",
    outcome=OutcomeType.TREATMENT_NOT_SENTENCE,
    good="Ja. Han fik hjælp, før det gik galt.",
)

DISCHARGE = Situation(
    key="discharge",
    sex="male",
    born=1983,
    lines=(
        "Udskrives fra retspsykiatrien om en måned og har ingen bolig. Sidst gik der fem dage, før han var "
        "tilbage. Han vil "
        "gerne selv have det til at gå denne gang."
    ),
    why="Uden bolig og aftaler på plads går det galt igen i løbet af en uge.",
    means="Vi kan holde ham indlagt, men ikke skaffe en bolig.",
    tried="Sidste gang blev kommunen ringet op dagen før.",
    traits=("losing_home", "crime", "several_problems"),
    category="outward",
    holder="social",
    raised_by="psychiatry",
    dimensions=("yes", "yes", "yes"),
    says={
        "police": "Ikke mødt ham det sidste år.",
        "social": "Venteliste til botilbud. En udslusningsplads kan måske bruges.",
        "psychiatry": "Samarbejdsplan er skrevet sammen med ham. Han kender sine vilkår.",
    },
    own=Step(
        "social",
        "Udslusningsbolig klar den dag, han udskrives",
        "Psykiatrien venter med udskrivning til boligen er der",
        "Nøglen er udleveret.",
    ),
    support=Step(
        "psychiatry",
        "Kontaktperson følger med de første fire uger",
        "Ringer til boligens personale hver aften",
        "Har holdt alle aftaler.",
    ),
    happened=("Har set boligen og valgt gardiner.", "Fire uger uden uro."),
    note="Samarbejdsplanen holder, og han bor for sig selv.",
    reason=CloseReason.SOLVED,
    outcome=OutcomeType.SUPPORT,
    good="Ja, det lykkedes denne gang.",
)

WATCHED = Situation(
    key="watched",
    sex="male",
    born=1946,
    lines=(
        "En ældre mand bliver plyndret af en flok, der er flyttet ind i hans lejlighed. Han bor nu i soveværelset"
        " og tør "
        "ikke gå på gaden. Han vil ikke anmelde nogen, men han bad om hjælp."
    ),
    why="Er fange i sit eget hjem og bliver dårligere, uden at nogen ser det.",
    means="Uden hans ord kan vi ikke gøre meget alene.",
    tried="Hjemmehjælpen blev afvist ved døren af dem, der bor der.",
    traits=("invisible", "family", "losing_home"),
    category="invisible",
    holder="social",
    dimensions=("yes", "unknown", "yes"),
    says={
        "police": "Kendt adresse. Vi kan komme, når de andre er ude.",
        "social": "Får pension. Kan tilbydes en ældrebolig et andet sted.",
        "psychiatry": "Ikke kendt.",
    },
    own=Step(
        "social",
        "Finder en ældrebolig i et andet kvarter",
        "Aflastningsplads fra i dag, hvis han vil",
        "Er flyttet og har fået ny lås.",
    ),
    support=Step(
        "police",
        "Tager med, når han henter sine ting",
        "Lokalpolitiet kommer igen næste formiddag",
        "Flyttet i ro og mag.",
    ),
    happened=("Har set boligen og vil gerne.", "Spiser med naboerne om torsdagen."),
    note="Bor trygt i ny bolig.",
    outcome=OutcomeType.SUPPORT,
    good="Ja.",
)

NEIGHBOURS = Situation(
    key="neighbours",
    sex="female",
    born=1992,
    lines=(
        "Naboer klager over hamren om natten og folk, der går ud og ind. Da vi var der, var lejligheden bar, og "
        "der lå en "
        "madras på gulvet. Et barn på 5 kom ud fra køkkenet. Kvinden svarede ikke på noget."
    ),
    why="Ingen af os vidste, at der er et barn, og kvinden virker meget syg.",
    means="Vi blev kaldt ud til støj. Det her er noget andet.",
    tried="Ingen har været i kontakt med familien før.",
    traits=("complaint", "family", "no_insight"),
    category="invisible",
    holder="social",
    children="yes",
    child_decision="Underrettet. Barnet er hos en tante, og familieafdelingen er der i morgen tidlig.",
    says={
        "police": "Fire naboklager på seks uger. Ikke kendt før.",
        "social": "Ikke kendt hos os.",
        "psychiatry": "Ikke kendt. Vi kan vurdere hende hjemme i denne uge.",
    },
    own=Step(
        "social",
        "Familieafdelingen besøger og laver en plan for barnet",
        "Tanten ringer direkte til den sociale vagt",
        "Barnet er begyndt i børnehave.",
    ),
    support=Step(
        "psychiatry",
        "Vurderer hende hjemme sammen med en sagsbehandler",
        "Ny tid ugen efter, på samme tid",
        "Har sagt ja til behandling.",
    ),
    happened=("Tanten har barnet, og moderen ser det hver dag.", "Er begyndt i behandling og svarer nu."),
    note="Familien er kendt og får hjælp.",
    reason=CloseReason.ORDINARY,
    outcome=OutcomeType.CHILDREN_SAFE,
    good="Ja. Det blev set, fordi naboerne klagede.",
)

MEDICINE = Situation(
    key="medicine",
    sex="male",
    born=1981,
    lines=(
        "Har sagt sit job op og solgt sine møbler. Ringer til familien om natten. For et halvt år siden gik det godt. "
        "Søsteren tror, at medicinen er stoppet. Han siger selv, at han aldrig har haft det bedre."
    ),
    why="Er ved at ødelægge alt det, han har bygget op, uden selv at kunne se det.",
    means="Vi har ikke mødt ham siden foråret, og han svarer ikke.",
    tried="Tre breve med nye tider. Et besøg, hvor han talte gennem døren.",
    traits=("no_insight", "losing_home", "danger"),
    category="character",
    holder="psychiatry",
    raised_by="psychiatry",
    dimensions=("yes", "yes", "no"),
    says={
        "police": "Mødt to gange i byen, glad og højtråbende. Ikke til fare.",
        "social": "Har netop spurgt om hjælp til husleje.",
        "psychiatry": "Stoppede sin medicin i juni. Var i god behandling i fire år.",
    },
    own=Step(
        "psychiatry",
        "Den læge, han kender, ringer selv",
        "Kører forbi sammen med søsteren",
        "Er begyndt på medicinen igen.",
    ),
    support=Step(
        "social", "Holder huslejen i gang to måneder", "Aftaler det samme med boligselskabet", "Lejligheden er sikret."
    ),
    happened=("Ville gerne tale med sin gamle læge.", "Sover om natten og har fået sit arbejde igen på prøve."),
    note="I behandling, og boligen er i orden.",
    outcome=OutcomeType.TREATMENT,
    good="Ja, han takker selv for, at vi blev ved.",
)

DANGEROUS = Situation(
    key="dangerous",
    sex="male",
    born=1962,
    lines=(
        "Har bygget barrikader i lejligheden og siger, at den næste, der kommer, skal fortryde det. Var en stille"
        " mand, til "
        "hans mor døde. Vi talte ham ned i går gennem døren. Vi kommer ikke til at kunne det hver gang."
    ),
    why="Fare for ham selv og for den, der ringer på, inden for få dage.",
    means="Vi kan kun vente på, at det sker.",
    tried="Egen læge har ikke kunnet komme ind. Broderen er bange for ham.",
    traits=("danger", "threatening", "no_insight"),
    category="outward",
    holder="psychiatry",
    dimensions=("unknown", "yes", "unknown"),
    says={
        "police": "Kan være farlig at besøge lige nu. Gå ikke alene, og ring til os først.",
        "social": "Har boet der i tyve år og altid betalt.",
        "psychiatry": "Ikke i behandling nu. Vi kan være der i morgen tidlig.",
    },
    own=Step(
        "psychiatry",
        "Læge og politi er ved døren i morgen kl. 7",
        "Vagtlæge i nat, hvis han går ud",
        "Frihedsberøvet uden kamp og indlagt.",
    ),
    support=Step(
        "police", "To rolige betjente i civil, resten om hjørnet", "Vagtleder tager selv med", "Gik stille for sig."
    ),
    happened=("Indlagt og i behandling efter to døgn.", "Taler med sin bror igen."),
    note="I behandling. Broderen hjælper med lejligheden.",
    outcome=OutcomeType.ADMITTED,
    good="Ja. Han siger, at han var mere bange end os.",
)

HARMLESS = Situation(
    key="harmless",
    sex="female",
    born=1969,
    lines=(
        "En kvinde synger højt for sig selv på torvet hver lørdag og har klistret sedler på bilerne. Flere har "
        "ringet. Hun er "
        "venlig og velklædt, og vi kunne ikke rigtig finde ud af, om der var noget galt."
    ),
    why="Naboerne er urolige, men vi er i tvivl, om der er et behov.",
    means="Der er ikke noget, vi kan gøre noget ved.",
    tried="Talt med hende to gange.",
    traits=("complaint",),
    category="character",
    holder="social",
    dimensions=("no", "unknown", "no"),
    says={
        "police": "Seks opkald fra naboer. Ingen af dem alvorlige.",
        "social": "Ikke kendt hos os.",
        "psychiatry": "Ikke kendt.",
    },
    own=Step(
        "social",
        "En medarbejder siger goddag på torvet",
        "Kommer igen lørdagen efter",
        "Hun har det godt og ved, hvor vi er.",
    ),
    support=Step(
        "police", "Taler med de naboer, der ringer", "Lokalpolitiet hænger en seddel op", "Der bliver ikke ringet mere."
    ),
    happened=("Har talt med hende. Hun synger, fordi hun er glad.",),
    note="Ingen af os ser et behov. Hun kender nu en at ringe til.",
    reason=CloseReason.NOT_PSP,
    outcome=OutcomeType.NONE,
    good="Hun blev ikke til en sag.",
)

ALCOHOL = Situation(
    key="alcohol",
    sex="male",
    born=1958,
    lines=(
        "Falder i søvn på bænken ved skolen og har to gange ligget på vejen. Var tømrer. Siger ja til alting, når"
        " han er "
        "ædru om formiddagen, og husker det ikke om aftenen."
    ),
    why="Bliver kørt ned eller fryser, og børnene på skolen ser på.",
    means="Detentionen hjælper en nat.",
    tried="Afrusning to gange. Han blev hentet af de samme venner på parkeringspladsen.",
    traits=("danger", "several_problems", "complaint"),
    category="outward",
    holder="social",
    dimensions=("yes", "unknown", "no"),
    says={
        "police": "I døgnrapporten cirka en gang om ugen.",
        "social": "Har pension og egen lejlighed. Sagsbehandleren har plads torsdag kl. 9.",
        "psychiatry": "Undersøgt for et år siden. Ingen sindslidelse fundet.",
    },
    own=Step(
        "social",
        "Støtte-kontaktperson henter ham torsdag kl. 9 til behandling",
        "Henter ham fredag i stedet, uden snak om det",
        "Har været med syv torsdage ud af ni.",
    ),
    support=Step(
        "police",
        "Kører ham hjem og ikke i detentionen, når det er forsvarligt",
        "Ringer til kontaktpersonen næste morgen",
        "Kørt hjem fire gange.",
    ),
    happened=("Kom ikke med første gang. Kom med anden gang.", "Tre uger uden at drikke."),
    note="I behandling og har fået arbejde på værestedet.",
    outcome=OutcomeType.TREATMENT,
    good="Ja, synes han på de fleste dage.",
)

ROOFS = Situation(
    key="roofs",
    sex="male",
    born=1988,
    lines=(
        "Kravler på tagene om natten og taler med antennerne. Genboerne filmer ham. Ingen ved, hvad han hedder; "
        "han siger, "
        "at navne er til at blive fundet med. Er væk, når vi når op."
    ),
    why="Falder ned, eller nogen af dem, der filmer, går op til ham.",
    means="Vi når ham ikke, og når vi gør, vil han ikke sige noget.",
    tried="To patruljer samtidig. Viceværten har låst lemmen op, så han ikke skal springe.",
    traits=("danger", "no_insight", "complaint"),
    category="character",
    holder="psychiatry",
    dimensions=("unknown", "yes", "no"),
    says={
        "police": "Ni opkald om ham på to måneder.",
        "social": "Kan være en, der har fået mad på værestedet.",
        "psychiatry": "OP-teamet vil gerne gå med en aften.",
    },
    own=Step(
        "psychiatry",
        "OP-teamet går med på værestedet om aftenen",
        "Spørger viceværten, hvornår han er der",
        "Har talt med ham over en kop kaffe.",
    ),
    support=Step(
        "police",
        "Bliver på gaden og sender OP-teamet op først",
        "Ringer til teamet, uanset klokken",
        "Virkede begge gange.",
    ),
    happened=("Har fået et kaldenavn, han selv kan lide.", "Kommer på værestedet tre gange om ugen."),
    note="Har fået kontakt og bor hos en ven.",
    outcome=OutcomeType.CONTACT,
    good="Ja, stille og roligt.",
)

LETTERS = Situation(
    key="letters",
    sex="male",
    born=1968,
    lines=(
        "Gik ned på stationen med en plasticpose fuld af uåbnede breve og bad os læse dem. Strømmen er lukket, og"
        " han har "
        "boet i mørke siden påske. Han sagde, at papir gør ondt at røre ved."
    ),
    why="Uden strøm og penge går det helt galt, når det bliver vinter.",
    means="Vi kan læse breve op, men ikke få strømmen tilbage.",
    tried="Kommunen har skrevet syv gange. Ingen har banket på.",
    traits=("no_insight", "losing_home", "several_problems"),
    category="invisible",
    holder="social",
    says={
        "police": "Har ikke været kendt før. Rolig og meget høflig.",
        "social": "Bistand stoppet i foråret. Gæld til elselskabet.",
        "psychiatry": "Var hos os som ung. Vi kan tage en samtale hjemme.",
    },
    own=Step(
        "social",
        "Sagsbehandleren kommer forbi i stedet for at skrive",
        "Støtte-kontaktperson tager over",
        "Har fået strøm og penge.",
    ),
    support=Step(
        "psychiatry", "Samtale hjemme om det med papiret", "Prøver over telefonen", "Har sagt ja til at komme igen."
    ),
    happened=("Lukkede op, da vi kom uden papirer.", "Strømmen er tilbage, og der er lys i vinduet."),
    note="Får besøg i stedet for breve og klarer sig.",
    reason=CloseReason.ORDINARY,
    outcome=OutcomeType.SUPPORT,
    good="Ja. Vi skulle have banket på for længe siden.",
)

GRIEF = Situation(
    key="grief",
    sex="male",
    born=1944,
    lines=(
        "Hjemmeplejen har ikke kunnet komme ind i to uger. Han sidder ved bordet med to kopper, siden konen døde,"
        " og spiser "
        "ikke. Siger, at han venter på hende."
    ),
    why="Dør af sult, mens vi venter på, at han siger ja til hjælp.",
    means="Vi kan stille mad, men han rører den ikke.",
    tried="Egen læge har været der. Datteren bor langt væk og er bekymret.",
    traits=("invisible", "danger", "no_insight"),
    category="invisible",
    holder="psychiatry",
    raised_by="social",
    dimensions=("yes", "yes", "no"),
    says={
        "police": "Ikke kendt.",
        "social": "Fik hjælp til konen i fire år. Ingen hjælp til ham selv.",
        "psychiatry": "Ikke kendt. Ældreteamet kan komme i morgen.",
    },
    own=Step(
        "psychiatry",
        "Ældreteamet kommer hver dag i en uge",
        "Indlæggelse, hvis han ikke drikker",
        "Har spist med ved bordet.",
    ),
    support=Step(
        "social",
        "Den hjælper, han kender fra før, kommer igen",
        "Datteren ringer, når hjælperen er der",
        "Åbner, når hun banker.",
    ),
    happened=("Drak en kop kaffe af den anden kop.", "Spiser og har været ved graven."),
    note="I behandling for sin sorg og får mad hver dag.",
    outcome=OutcomeType.TREATMENT,
    good="Ja.",
)

STUDENT = Situation(
    key="student",
    sex="female",
    born=2003,
    lines=(
        "Kollegiet ringede. Hun har tapet vinduerne til og sover i klædeskabet. Talte hurtigt og sødt om eksamen og om "
        "kameraer. Har ikke været til undervisning siden sommer."
    ),
    why="Er ung og alvorligt syg, og ingen har fat i hende.",
    means="Vi kan ikke gøre andet end at tale med hende i døren.",
    tried="Studievejlederen har skrevet. Forældrene tror, at alt er godt.",
    traits=("no_insight", "invisible", "losing_home"),
    category="invisible",
    holder="psychiatry",
    dimensions=("unknown", "yes", "no"),
    says={
        "police": "Tre opkald fra kollegiet. Fredelig.",
        "social": "Ikke kendt.",
        "psychiatry": "Ikke kendt. Teamet for unge har plads.",
    },
    own=Step(
        "psychiatry",
        "Teamet for unge går med kollegiets vært derhen",
        "Kommer igen samme tid næste dag",
        "Lukkede op anden dag.",
    ),
    support=Step(
        "social", "Sikrer værelset, mens hun er syg", "Taler med kollegiet om en måned til", "Værelset venter på hende."
    ),
    happened=("Talte med os i en halv time og tog tapen af ét vindue.", "I behandling og har ringet hjem."),
    note="I behandling og på vej tilbage til sit studie.",
    outcome=OutcomeType.TREATMENT,
    good="Ja, siger både hun og hendes mor.",
)

BALCONY = Situation(
    key="balcony",
    sex="male",
    born=1977,
    lines=(
        "Laver bål på altanen for at holde noget væk. Brandvæsenet har været der to gange. Naboerne over ham tør "
        "ikke sove. Han "
        "undskyldte mange gange og gav os kage."
    ),
    why="Næste gang brænder opgangen.",
    means="Vi kan slukke og gå igen.",
    tried="Boligforeningen har truet med at ophæve lejemålet.",
    traits=("danger", "complaint", "losing_home"),
    category="character",
    holder="psychiatry",
    says={
        "police": "To udrykninger sammen med brandvæsenet. Venlig begge gange.",
        "social": "Har førtidspension og bostøtte, som han har takket nej til i år.",
        "psychiatry": "I behandling hos os indtil i vinter.",
    },
    own=Step(
        "psychiatry",
        "OP-teamet besøger to gange om ugen",
        "Kommer sammen med bostøtten, som han kender",
        "Tager sin medicin igen.",
    ),
    support=Step(
        "social",
        "Bostøtten begynder igen og taler med boligforeningen",
        "Lederen ringer til boligforeningen",
        "Lejemålet er ikke ophævet.",
    ),
    happened=("Ville gerne vise os, hvad han holder væk.", "Ingen bål i fire uger."),
    note="I behandling og beholder sin lejlighed.",
    outcome=OutcomeType.HOME_KEPT,
    good="Ja, og for naboerne.",
)

STAIRS = Situation(
    key="stairs",
    sex="female",
    born=1965,
    lines=(
        "Bor på en trappeopgang med sine poser. Beboerne giver hende mad, men nu lugter der, og nogen har skubbet"
        " til hende. Hun "
        "siger, at hendes lejlighed er fuld, og det passer: vi kunne ikke få døren op."
    ),
    why="Bliver jaget væk og ender på gaden.",
    means="Det er ikke ulovligt at sidde på en trappe.",
    tried="Viceværten har ringet til kommunen to gange.",
    traits=("complaint", "losing_home", "several_problems"),
    category="invisible",
    holder="social",
    says={
        "police": "Fire henvendelser fra beboere på en måned.",
        "social": "Har lejlighed i opgangen ved siden af. Huslejen er betalt.",
        "psychiatry": "Ikke kendt.",
    },
    own=Step(
        "social",
        "Rydder lejligheden sammen med hende, et rum ad gangen",
        "Aflastningsplads, mens der ryddes",
        "Køkken og soveværelse er ryddet.",
    ),
    support=Step(
        "police", "Taler med beboerne på trappen", "Viceværten ringer til lokalpolitiet", "Der er ro på trappen."
    ),
    happened=("Fik ryddet entréen sammen med hende. Hun valgte selv, hvad der skulle ud.", "Sover i sin egen seng."),
    note="Bor hjemme igen og har fast hjælp til at rydde op.",
    outcome=OutcomeType.HOME_KEPT,
    good="Ja, hun sagde tak.",
)

BROTHERS = Situation(
    key="brothers",
    sex="male",
    born=1960,
    lines=(
        "To brødre på en gård uden varme. Den ene er døv og den anden vil ikke have fremmede ind. Dyrene er "
        "hentet. Vi fik lov "
        "at sidde i bilen på gårdspladsen, så kom han ud og snakkede."
    ),
    why="De fryser, og den ene er syg uden at få en læge.",
    means="Vi må ikke gå ind, og de beder os gå.",
    tried="Hjemmeplejen og egen læge er blevet sendt væk.",
    traits=("invisible", "no_insight", "family"),
    category="invisible",
    holder="social",
    dimensions=("yes", "unknown", "no"),
    says={
        "police": "Kender dem fra dyresagen. De kan lide ham fra lokalpolitiet.",
        "social": "Ikke kendt før i år.",
        "psychiatry": "Ikke kendt.",
    },
    own=Step(
        "social",
        "Kører forbi hver onsdag og bliver i bilen, til de kommer ud",
        "Tager ham fra lokalpolitiet med",
        "Var inde i køkkenet tredje gang.",
    ),
    support=Step("police", "Tager med de første gange", "En kollega, de har mødt før", "Har været med tre gange."),
    happened=("Kom ud og snakkede om vejret.", "Lægen har været der, og der er varme i stuen."),
    note="Får brænde, mad og læge.",
    outcome=OutcomeType.SUPPORT,
    good="Ja, i deres tempo.",
)

SHOP = Situation(
    key="shop",
    sex="male",
    born=1999,
    lines=(
        "Råber ad kunderne i supermarkedet og tager mad, som han spiser derinde. Virker bange, ikke vred. "
        "Personalet kender "
        "hans navn og giver ham brød. I dag stod der en med en knytnæve."
    ),
    why="Får tæv eller gør noget i angst, før nogen når at hjælpe.",
    means="Vi kører ham hjem, og næste dag er han der igen.",
    tried="Samtale med ham og butikschefen. Det hjalp i to dage.",
    traits=("crime", "no_insight", "complaint"),
    category="outward",
    holder="psychiatry",
    dimensions=("yes", "yes", "yes"),
    says={
        "police": "Hentet ni gange i butikken siden august.",
        "social": "Bor på bosted, hvor han ikke kommer hjem til aftensmad.",
        "psychiatry": "I behandling hos os. Kom ikke i oktober.",
    },
    own=Step(
        "psychiatry",
        "Kontaktpersonen møder ham ved butikken kl. 16",
        "Ringer til bostedet samme aften",
        "Går med hjem hver dag nu.",
    ),
    support=Step(
        "social", "Bostedet flytter hans aftensmad til kl. 16", "Pædagog henter ham ved butikken", "Spiser hjemme igen."
    ),
    happened=("Gik med hjem tre dage ud af fem.", "Ingen opkald fra butikken i tre uger."),
    note="Spiser hjemme og passer sin behandling.",
    outcome=OutcomeType.POLICE_AVOIDED,
    good="Ja, og butikken hilser på ham.",
)

SITUATIONS = (
    *(FILTH, RENT, OUTDOORS, BANNED, CALLS, VETERAN, ELDERLY, FAMILY, BRIDGE, YOUNG, DISCHARGE, WATCHED, NEIGHBOURS),
    *(MEDICINE, DANGEROUS, HARMLESS, ALCOHOL, ROOFS, LETTERS, GRIEF, STUDENT, BALCONY, STAIRS, BROTHERS, SHOP),
)
