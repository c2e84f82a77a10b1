# Dutch. One message per sentence; strings that come from a log are never put into a message.

## Shell

product-name = Rapport SMTP AUTH-clients
skip-to-content = Naar inhoud gaan
nav-label = Pagina’s
nav-toggle = Navigatiemenu
nav-dashboard = Dashboard
nav-report = Rapport
nav-sources = Gegevensbronnen
add-logs = Logboeken toevoegen
add-folder = Map toevoegen
drop-anywhere = Laat los om deze logboeken aan het rapport toe te voegen
close = Sluiten
cancel = Annuleren
dismiss = Melding sluiten
loading = Laden…
copy = Kopiëren
copied = Gekopieerd
unknown = onbekend
at-least = minstens { $number }
list-separator = {", "}
day-span = { $first } – { $last }
days-utc = { $days } (UTC)
and-more = … en nog { $n }
log-text-all = Alle { $n } tekens weergeven

## Privacy

privacy-note = Niets verlaat dit tabblad
privacy-heading = Uw logboeken blijven op deze computer
privacy-how = De pagina leest uw bestanden in de browser. Er is geen server, en het eigen beveiligingsbeleid van de pagina verbiedt elke verbinding. Dat kunt u controleren:
privacy-check-source = Bekijk de paginabron. Het beleid staat in de eerste regels, met
privacy-check-network = Open de hulpprogramma’s voor ontwikkelaars (F12), kies Netwerk en voeg logboeken toe. Er verschijnt geen enkele aanvraag.
privacy-check-offline = Of verbreek de netwerkverbinding: alles blijft werken.
privacy-forgets = Alles wat u hebt geladen, is weg zodra u het tabblad sluit of vernieuwt. De browser onthoudt alleen uw instellingen, opgeslagen filters en kolomtoewijzingen; die kunt u wissen in de instellingen.

## Landing

landing-title = Wie verzendt er nog e-mail met SMTP AUTH?
landing-lead = Sleep de logboeken van uw Exchange-servers of de exportbestanden van Microsoft 365 hierheen. U ziet dan welke gebruikers, apparaten en toepassingen zich nog aanmelden om e-mail te verzenden, hoeveel ze verzenden en met welke TLS-versie.
landing-drop-label = Logboeken toevoegen
landing-drop = Sleep logbestanden, hele mappen of .zip- en .gz-bestanden naar een willekeurige plek in dit venster
landing-drop-hint = Zo veel als u wilt, van meerdere servers, en later kunt u er meer toevoegen. De pagina leest ze op deze computer; er wordt niets geüpload.
try-sample = Voorbeeldgegevens laden
landing-which = Welke logboeken?
landing-exchange-server = Exchange Server
landing-microsoft-365 = Microsoft 365
landing-others = Andere systemen
tells-title = Wat er in elk bestand staat
tells-user = Aangemelde gebruiker
tells-messages = Berichten
tells-tls = TLS-versie
tells-mechanism = Basic of OAuth
tells-client = Clientadres
tells-failures = Mislukte pogingen
tells-days = Dagen
tells-yes = ja
tells-partly = gedeeltelijk
tells-no = nee
log-receive = SMTP Receive-protocollogboeken
log-receive-text = In het Front End-logboek staat wie zich heeft aangemeld, hoe, waarvandaan en met welke TLS-versie. In het Hub-logboek staat wat daarna via poort 587 is verzonden. Neem beide mappen van elke postvakserver waarmee clients verbinding maken; de pagina voegt ze samen en telt geen bericht dubbel.
log-receive-front-end = Front End Transport
log-receive-hub = Transport (Hub)
log-receive-edge = Edge-transportserver
log-receive-hint = De bestanden heten RECV….LOG. U kunt de mappen toevoegen zoals ze zijn, of ingepakt als .zip of .gz; bestanden die er niet bij horen, worden vermeld en overgeslagen.
log-switch-on = Protocollogboeken inschakelen
log-switch-on-text = Standaard schrijft alleen de connector “Default Frontend” een protocollogboek. Controleer in de Exchange Management Shell hoe uw connectors zijn ingesteld en zet de connectors waarmee clients verzenden (poort 587 en 25) op Verbose:
log-switch-on-list = Ontvangstconnectors weergeven
log-switch-on-set = Protocollogboek van één connector inschakelen
log-switch-on-hint = Vervang EX01 door de naam van uw server en herhaal dit voor de connector “Client Proxy EX01”, die het Hub-logboek schrijft. Logboeken worden 30 dagen bewaard, tenzij u dat hebt gewijzigd.
log-tracking = Message Tracking-logboeken
log-tracking-text = Deze logboeken voor het bijhouden van berichten staan standaard aan. U ziet erin wat via de clientconnectors is verzonden: afzender, clientadres en berichten. Wie zich heeft aangemeld en met welke TLS-versie, staat in het protocollogboek van dezelfde sessie. Laad beide; elk bericht telt dan één keer mee.
log-tracking-folder = Map op elke postvakserver
log-tracking-export = Of via de Exchange Management Shell
log-tracking-hint = De bestanden heten MSGTRK….LOG. Alleen e-mail die via SMTP is ontvangen door een connector waarvan de naam met “Client” begint, telt mee.
log-report = Rapport SMTP AUTH-clients
log-report-text = Het rapport van Microsoft zelf: de berichten per afzender, uitgesplitst naar TLS-versie en naar Basic of OAuth. Ga in het Exchange-beheercentrum naar Rapporten > E-mailstroom > Rapport SMTP AUTH-clients, kies de periode en selecteer Exporteren.
log-report-hint = In het exportbestand staat niet over welke dagen het gaat; de pagina vraagt ernaar. Het bevat percentages, dus sommige aantallen zijn schattingen. Exporteer elke week: samen vormen de bestanden een geschiedenis.
log-entra = Aanmeldingslogboeken van Entra
log-entra-text = Hierin staat wat in het rapport ontbreekt: vanaf welk openbaar IP-adres elke gebruiker zich via SMTP heeft aangemeld, en welke aanmeldingen zijn mislukt en waarom. Ga in het Microsoft Entra-beheercentrum naar Bewaking en status > Aanmeldingslogboeken, filter “Client-app” op Authenticated SMTP (Geverifieerde SMTP) en download de CSV, zowel voor interactieve als voor niet-interactieve gebruikersaanmeldingen.
log-entra-query = Of deze query in Log Analytics, geëxporteerd als CSV
log-entra-hint = Een aanmelding is geen bericht: na één aanmelding kunnen veel berichten volgen, en niet elk bericht vereist een aanmelding. Aanmeldingen worden als sessies geteld.
log-trace = Berichttracering
log-trace-text = Alle e-mail van uw afzenders, uit Exchange Online. Er staat niet in welke berichten via SMTP AUTH zijn binnengekomen; laadt u ook de aanmeldingslogboeken van Entra, dan toont de pagina de e-mail van gebruikers die zich via SMTP hebben aangemeld.
log-trace-cmdlet = De laatste tien dagen
log-trace-historical = Tot 90 dagen terug, met de TLS-versie
log-trace-hint = De rapporten Samenvatting, Verbeterd overzicht en Uitgebreid worden gelezen zoals u ze downloadt, in UTF-16.
log-activity = Activiteiten-CSV
log-activity-text = Elke andere bron kunt u aanleveren als CSV-bestand met deze kolommen. “Rapport aanvragen” gebruikt dezelfde indeling, dus een gedownload rapport kunt u hier opnieuw toevoegen.
log-activity-columns = Kolommen, in willekeurige volgorde
log-activity-hint = Vereist is een gebruiker of afzender, met een TLS-versie, een mechanisme of een aantal; of alleen datum, gebruiker en afzender. Zonder kolom “messages” is elke rij één bericht. Een leeg aantal betekent onbekend.
log-other = Andere CSV-bestanden
log-other-text = Het logboek van Postfix, Dovecot of een andere server, geëxporteerd uit Splunk, Elastic, Graylog of een database. Kolommen worden herkend aan de namen die deze systemen gebruiken en aan hun inhoud. Worden de kolommen van een bestand niet herkend, dan kunt u ze handmatig toewijzen.
log-other-hint = Komma, puntkomma, tab of | als scheidingsteken; datums volgens elke landinstelling; UTF-8, UTF-16 of een Windows-codepagina.

## Files coming in

files-loaded =
    { $n ->
        [one] { $n } bestand geladen
       *[other] { $n } bestanden geladen
    }
files-same =
    { $n ->
        [one] { $n } was al geladen
       *[other] { $n } waren al geladen
    }
files-failed =
    { $n ->
        [one] { $n } kan niet worden gelezen
       *[other] { $n } kunnen niet worden gelezen
    }
files-failed-only =
    { $n ->
        [one] { $n } bestand kan niet worden gelezen
       *[other] { $n } bestanden kunnen niet worden gelezen
    }
unopened =
    { $n ->
        [one] De browser gaf de pagina geen toegang tot { $n } item; probeer in plaats daarvan “Map toevoegen”:
       *[other] De browser gaf de pagina geen toegang tot { $n } items; probeer in plaats daarvan “Map toevoegen”:
    }
see-sources = Gegevensbronnen bekijken
failure = Een onderdeel van de pagina werkt niet meer.
failure-remedy = Laad de pagina opnieuw en voeg de logboeken opnieuw toe. Gebeurt het nog eens, dan helpt deze melding van de browser om de oorzaak te vinden:
progress-label = Logboeken worden gelezen
progress-files =
    { $total ->
        [one] { $total } bestand wordt gelezen
       *[other] Bestanden worden gelezen: { $done } van { $total } klaar
    }
progress-percent = { $percent }%
progress-speed = { $size }/s
progress-said = Logboeken worden gelezen: { $percent }%
progress-totals = Tot nu toe geteld
progress-nearly-done = bijna klaar
progress-seconds-left =
    { $n ->
        [one] nog { $n } seconde
       *[other] nog { $n } seconden
    }
progress-minutes-left =
    { $n ->
        [one] nog { $n } minuut
       *[other] nog { $n } minuten
    }
size-bytes = { $size } B
size-kb = { $size } kB
size-mb = { $size } MB
size-gb = { $size } GB

## Dashboard

dashboard-title = Inzichten in e-mailstroom
widget-title = SMTP AUTH-clients
widget-text = Gebruikers en serviceaccounts die zich in de laatste 7 dagen met SMTP AUTH hebben aangemeld. Een naam die u niet verwacht, kan een gecompromitteerd account zijn.
widget-no-dates = Geen van de geladen rijen heeft een datum, dus er is geen laatste week. In het rapport vindt u ze onder “Alle geladen gegevens”.
widget-number-label =
    { $n ->
        [one] { $n } gebruiker met SMTP AUTH, { $days }
       *[other] { $n } gebruikers met SMTP AUTH, { $days }
    }
trend = Gebruikers per dag: { $days }
trend-day = { $day }: { $users }
no-logs = geen logboeken
old-tls-title = TLS lager dan 1.2
old-tls-text = Berichten van de laatste 7 dagen van clients die geen TLS 1.2 of hoger hebben gebruikt.
old-tls-see = Afzenders bekijken
share-of-messages = { $share } van de berichten
failed-title = Mislukte aanmeldingen
failed-text = SMTP AUTH-pogingen van de laatste 7 dagen die de server heeft geweigerd.
beside-sessions = Geslaagde sessies: { $sessions }
loaded-title = Geladen logboeken
loaded-text = Bestanden waarop dit rapport is gebaseerd.
loaded-days =
    { $n ->
        [one] { $days }, { $n } dag met logboeken
       *[other] { $days }, { $n } dagen met logboeken
    }

## The widget's flyout

week-intro = Met SMTP AUTH kan een e-mailclient, een printer of een toepassing zich bij een server aanmelden om e-mail te verzenden. Hier ziet u wie dat in de laatste 7 dagen van uw logboeken heeft gedaan, hoeveel er is verzonden en hoe de verbindingen waren beveiligd.
week-intro-use = Clients die zich met een gebruikersnaam en een wachtwoord aanmelden, kunnen geen meervoudige verificatie gebruiken. Eén gestolen wachtwoord is dan genoeg om uit naam van uw organisatie spam te verzenden. Let op onverwachte gebruikers, plotseling hoge aantallen en veel mislukte aanmeldingen.
week-report-heading = Rapport
week-report-text = Alle afzenders, dag voor dag, vindt u hier:
week-tls-heading = TLS-versies
week-tls-text = TLS 1.0 en TLS 1.1 zijn verouderd en Microsoft 365 accepteert ze niet meer van SMTP AUTH-clients. Werk clients die geen TLS 1.2 ondersteunen, bij of vervang ze. De aandelen hieronder zijn berekend over het aantal berichten.
week-no-messages = In de geladen logboeken staat niet hoeveel berichten er in deze dagen zijn verzonden.
week-volumes-heading = Aantallen van de week

## Words of the report

users = Gebruikers
messages = Berichten
senders = Afzenders
recipients = Geadresseerden
sessions = Sessies
failed-sign-ins = Mislukte aanmeldingen
failed-short = Mislukt
tls-version = TLS-versie
tls-versions = TLS-versies
share = Aandeel
day = Dag
days = Dagen
total = Totaal
sender-domain = Afzenderdomein
no-domain = (geen domein)
other-domains = Overige domeinen
count-and-share = { $count } ({ $share })

## Report

report-title = Rapport SMTP AUTH-clients
commands = Rapportopdrachten
request-report = Rapport aanvragen
view-details-table = Detailtabel weergeven
view-report = Rapport weergeven
filters = Filters
show-data-for = Gegevens weergeven voor
all-sender-domains = Alle afzenderdomeinen
view-data-by = Gegevens weergeven op
sending-volume = Verzendvolume
tls-usage = TLS-gebruik
share-of = Aandeel van
numbers-as-table = Cijfers als tabel weergeven
range-undated = Alle geladen gegevens (rijen zonder datum)
empty-range = Geen SMTP AUTH-activiteit met deze filters
empty-range-loaded = Er zijn logboeken geladen voor { $days } (UTC).
show-all-loaded = Alle geladen dagen weergeven
show-all-loaded-domains = Alle geladen dagen en domeinen weergeven
volume-unknown = In de geladen logboeken staat niet hoeveel berichten er zijn verzonden. In de detailtabel ziet u wie zich heeft aangemeld.
tls-unknown = Voor deze dagen zijn geen berichten bekend, dus er is geen aandeel te berekenen. In de detailtabel ziet u welke versies zijn gezien.
tls-by-domain = TLS-versies per afzenderdomein
more-domains =
    { $n ->
        [one] Nog één domein staat niet in de lijst.
       *[other] Nog { $n } domeinen staan niet in de lijst.
    }
chart-failed = De grafiek kan niet worden weergegeven. De cijfers staan in de tabel eronder.
summary-volume =
    { $domains ->
        [one] Vlakdiagram van het aantal berichten per dag: { $messages } in totaal, uit één afzenderdomein.
       *[other] Vlakdiagram van het aantal berichten per dag: { $messages } in totaal, in { $domains } reeksen per afzenderdomein.
    }
summary-busiest-day = Meeste berichten op één dag: { $messages } op { $day }.
summary-tls-version = { $version }: { $share } ({ $count })
summary-tls-by-domain = Staafdiagram van TLS-versies per afzenderdomein.

## Notices

notice-all-mail = Een berichttracering vermeldt niet hoe e-mail is aangeboden: dit zijn alle berichten van de getoonde afzenders, niet alleen berichten die met SMTP AUTH zijn verzonden. Laadt u ook aanmeldingslogboeken van Entra, dan ziet u alleen afzenders die zich via SMTP hebben aangemeld; met de protocollogboeken van uw servers of het rapport van Microsoft ziet u alleen wat via SMTP AUTH is binnengekomen.
notice-wants-period = In het rapport van Microsoft staat niet over welke dagen het gaat. Zolang u de periode niet opgeeft onder Gegevensbronnen, telt het niet mee in datumbereiken en in de grafiek per dag.
notice-period-totals = In het rapport van Microsoft staan geen afzonderlijke dagen: alle berichten eruit zijn geteld op de laatste dag van de periode.
notice-estimates = Sommige aantallen zijn schattingen: het rapport van Microsoft geeft afgeronde percentages, en daaruit is het aantal berichten per TLS-versie berekend.
notice-hub-missing =
    { $n ->
        [one] Hoeveel berichten er in { $n } sessie zijn verzonden, staat in geen van de geladen bestanden. Voeg voor Exchange Server de Hub-logboeken (…\Hub\ProtocolLog\SmtpReceive) van dezelfde servers en dagen toe; voor Microsoft 365 het rapport SMTP AUTH-clients of een berichttracering van dezelfde dagen.
       *[other] Hoeveel berichten er in { $n } sessies zijn verzonden, staat in geen van de geladen bestanden. Voeg voor Exchange Server de Hub-logboeken (…\Hub\ProtocolLog\SmtpReceive) van dezelfde servers en dagen toe; voor Microsoft 365 het rapport SMTP AUTH-clients of een berichttracering van dezelfde dagen.
    }
notice-front-end-missing =
    { $n ->
        [one] Met welke TLS-versie en welk mechanisme { $n } bericht is binnengekomen, staat in geen van de geladen bestanden. Voeg voor Exchange Server de Front End-logboeken (…\FrontEnd\ProtocolLog\SmtpReceive) van dezelfde servers en dagen toe; voor Microsoft 365 het rapport SMTP AUTH-clients.
       *[other] Met welke TLS-versie en welk mechanisme { $n } berichten zijn binnengekomen, staat in geen van de geladen bestanden. Voeg voor Exchange Server de Front End-logboeken (…\FrontEnd\ProtocolLog\SmtpReceive) van dezelfde servers en dagen toe; voor Microsoft 365 het rapport SMTP AUTH-clients.
    }
notice-undated =
    { $n ->
        [one] { $n } rij zonder datum is weggelaten. Kies “Alle geladen gegevens” in de filters om deze mee te tellen.
       *[other] { $n } rijen zonder datum zijn weggelaten. Kies “Alle geladen gegevens” in de filters om deze mee te tellen.
    }
notice-days-without-logs =
    { $n ->
        [one] Van { $n } dag in dit bereik zijn er geen logboeken. Die dag wordt als hiaat weergegeven, niet als nul.
       *[other] Van { $n } dagen in dit bereik zijn er geen logboeken. Die dagen worden als hiaat weergegeven, niet als nul.
    }
notice-failed-names-given-up =
    { $n ->
        [one] { $n } mislukte aanmelding is geteld onder de naam “(other)”: er zijn meer namen geprobeerd dan afzonderlijk kunnen worden bijgehouden. Namen die wel afzonderlijk worden bijgehouden: { $names }. In de totalen ontbreekt geen enkele mislukte aanmelding.
       *[other] { $n } mislukte aanmeldingen zijn geteld onder de naam “(other)”: er zijn meer namen geprobeerd dan afzonderlijk kunnen worden bijgehouden. Namen die wel afzonderlijk worden bijgehouden: { $names }. In de totalen ontbreekt geen enkele mislukte aanmelding.
    }
notice-names-given-up = Sommige { $what } zijn geteld als “(other)”: het zijn er meer dan afzonderlijk kunnen worden bijgehouden. In de totalen ontbreekt niets.
names-of-clients = clientnamen
names-of-addresses = clientadressen
names-of-senders = afzenders
names-of-users = gebruikers
names-of-domains = afzenderdomeinen
names-of-mechanisms = mechanismen
names-of-servers = servers

## Details

details = Details
details-table = Detailtabel
sender-address = Adres van afzender
sender-address-title = Adres van afzender
message-count = Aantal berichten
search-senders = Afzenders zoeken
senders-count =
    { $n ->
        [one] { $n } afzender
       *[other] { $n } afzenders
    }
senders-found = { $n } van { $all } afzenders
old-tls-first = Oude TLS eerst
no-senders = Geen afzender voldoet aan de zoekopdracht.
null-sender = (lege afzender, <>)
login-note = (aanmelding; berichten onbekend)
seen = gezien
not-seen = –
table-failed = Dit kan niet worden opgehaald:
sender-gone = Deze afzender heeft geen activiteit met de huidige filters.
login = Aanmeldingsnaam
logins = Aanmeldingsnamen
first-seen = Voor het eerst gezien
last-seen = Laatst gezien
mechanism = Mechanisme
mechanisms = Verificatie
client = Client
clients = Clients
server = Server
servers = Servers
warning-old-tls = Waarschuwing: er wordt TLS lager dan 1.2 gebruikt ({ $versions }).
warning-old-tls-remedy = Zodra TLS lager dan 1.2 wordt uitgeschakeld, kunnen clients en apparaten die geen TLS 1.2 ondersteunen, niet meer verzenden. Werk de client of het apparaat bij of vervang deze; de adressen staan hieronder.

## Filters and request

date-range = Datumbereik (UTC)
preset-7 = Laatste 7 dagen
preset-30 = Laatste 30 dagen
preset-90 = Laatste 90 dagen
preset-all = Alle geladen gegevens
start-date = Begindatum
end-date = Einddatum
range-missing = Voer beide datums in.
range-backwards = De einddatum ligt vóór de begindatum.
filters-loaded = Geladen: { $days } (UTC)
apply = Toepassen
clear-filters = Filters wissen
request-text = Download het gedetailleerde rapport over een periode als CSV-bestand: één rij per dag, gebruiker, afzender, TLS-versie, mechanisme, client en server. U kunt het in Excel openen en hier opnieuw toevoegen.
request-name = Naam
request-default-name = SMTP AUTH-clients
request-domain = Afzenderdomein
request-days =
    { $n ->
        [one] { $n } dag
       *[other] { $n } dagen
    }
request-file = Bestandsnaam:
request-failed = Het rapport kan niet worden gemaakt:
request-preparing = Voorbereiden…
download = Downloaden

## Mapping

map-columns = Kolommen toewijzen
map-columns-open = Kolommen toewijzen…
mapping-text = Geef aan wat er in welke kolom van het bestand staat. Vereist is een gebruiker of een afzender, met ten minste een van de volgende: tijd, TLS-versie, mechanisme, resultaat of aantal berichten.
mapping-column = Kolom { $n }
mapping-needs-who = Nog nodig: een kolom met de gebruiker of de afzender.
mapping-needs-what = Nog nodig: een kolom met de tijd, de TLS-versie, het mechanisme, het resultaat of het aantal berichten.
mapping-understood =
    { $rows ->
        [0] Het begin van het bestand bevat geen rijen om dit op te proberen.
        [one] { $n } van { $rows } rij herkend
       *[other] { $n } van de eerste { $rows } rijen herkend
    }
mapping-counts =
    { $rows ->
        [one] { $rows } rij telt mee. Berichten: { $messages }; geslaagde aanmeldingen: { $sessions }; mislukte aanmeldingen: { $failed }.
       *[other] { $rows } rijen tellen mee. Berichten: { $messages }; geslaagde aanmeldingen: { $sessions }; mislukte aanmeldingen: { $failed }.
    }
mapping-skipped =
    { $n ->
        [one] { $n } rij is voor het rapport niet van belang.
       *[other] { $n } rijen zijn voor het rapport niet van belang.
    }
mapping-bad =
    { $n ->
        [one] { $n } rij wordt niet herkend.
       *[other] { $n } rijen worden niet herkend.
    }
mapping-row = Rij { $n }:
mapping-dates = De datums zijn op twee manieren te lezen. Wat staat voorop in datums zoals
mapping-day-first = De dag
mapping-month-first = De maand
mapping-rows = Eerste rijen van het bestand
mapping-more-columns =
    { $n ->
        [one] Nog één kolom wordt niet weergegeven; u kunt deze hierboven wel kiezen.
       *[other] Nog { $n } kolommen worden niet weergegeven; u kunt deze hierboven wel kiezen.
    }
mapping-remembered = Deze browser onthoudt de keuze voor bestanden met dezelfde kolomnamen: een controlesom van de namen en de posities van de kolommen. Van de rijen wordt niets bewaard.

## Data sources

sources-text = Elk bestand dat is toegevoegd, en wat er met elke regel ervan is gebeurd.
sources-none = Nog geen bestanden. Voeg logboeken toe of sleep ze naar een willekeurige plek in dit venster.
sources-table = Bestanden
sources-total = { $files ->
        [one] { $files } bestand
       *[other] { $files } bestanden
    }, { $size }. { $read } gelezen regels = { $counted } geteld + { $skipped } overgeslagen + { $bad } ongeldig.
file = Bestand
format = Indeling
size = Grootte
period-utc = Periode (UTC)
lines-read = Gelezen regels
lines-counted = Geteld
lines-skipped = Overgeslagen
lines-bad = Ongeldig
actions = Acties
remove = Verwijderen
show-more-files =
    { $n ->
        [one] Nog { $n } weergeven
       *[other] Meer weergeven (nog { $n })
    }
start-over = Opnieuw beginnen
start-over-text = Alle geladen bestanden worden uit de pagina verwijderd en de pagina is weer zoals toen u deze opende. Er verandert niets aan de bestanden op uw schijf.
start-over-confirm = Pagina leegmaken
format-exchange-receive = Exchange SMTP Receive
format-activity-csv = Activiteiten-CSV
format-microsoft-report = Rapport SMTP AUTH-clients van Microsoft
format-message-trace = Berichttracering van Exchange Online
format-message-tracking = Message Tracking van Exchange
format-entra-sign-ins = Aanmeldingslogboek van Entra
format-other-csv = Andere CSV
format-same = Hetzelfde bestand
format-problem = Niet geladen
origin-messages = Berichten: { $sources }.
origin-sign-ins = Aanmeldingen: { $sources }.
origin-none = niet vermeld in de geladen bestanden
refusals-in-file = Wat de server heeft geweigerd, en waarom
refusals = Waarom aanmeldingen zijn geweigerd
dates-day-first = Datums zoals 3-4-2026 worden gelezen met de dag voorop; uit geen enkele rij van dit bestand blijkt welk van beide getallen de maand is. Klopt dat niet, noteer de datums dan in de vorm jjjj-mm-dd.
dates-month-first = Datums zoals 3/4/2026 worden gelezen met de maand voorop; uit geen enkele rij van dit bestand blijkt welk van beide getallen de maand is. Klopt dat niet, noteer de datums dan in de vorm jjjj-mm-dd.
sources-which = Welke logboeken er zijn, wat erin staat en hoe u ze krijgt
period-wanted = In dit rapport staat niet over welke dagen het gaat. De periode:
period-first = Eerste dag
period-last = Laatste dag
period-apply = Toepassen
known-by-log-type = Herkend aan de regel “#Log-type” of aan de vorm van de regels.
known-by-fields = Herkend aan de regel “#Fields” of aan de kolomnamen, met gebeurtenis, connector en afzender.
known-by-names-of-report = Herkend aan de namen van de kolommen en aan hun inhoud.
known-by-tls-columns = Herkend aan de kolommen: een afzender, en een getal voor elke TLS-versie.
known-by-trace-columns = Herkend aan de kolommen van een berichttracering.
known-by-client-app = Herkend aan de kolommen: een gebruiker, een client-app en een resultaat.
encoding-is = Codering: { $encoding }.
leaves-open = Staat er niet in: { $questions }.
overlaps-with = Rijen van dezelfde dag, met dezelfde namen en dezelfde client, staan ook in een ander bestand en tellen één keer mee:
same-as = Al geladen als
removed-file = een bestand dat inmiddels is verwijderd
not-utf8 = Regels die geen UTF-8 zijn, zijn gelezen als de codering waar ze op lijken: { $pages }. Ziet een naam er verkeerd uit, sla het bestand dan op als UTF-8 en voeg het opnieuw toe.
broken-utf8 = UTF-8, met � op beschadigde plaatsen
unpacked-size = Uitgepakt: { $size }
account-equation = { $read } gelezen regels = { $counted } geteld + { $skipped } overgeslagen + { $bad } ongeldig
skipped-lines = Overgeslagen regels
bad-lines = Regels die niet kunnen worden gelezen
lines = Regels
line = Regel
column = Kolom
why = Reden
excerpt = Begin van de regel
more-bad-lines =
    { $n ->
        [one] Nog één ongeldige regel is wel geteld, maar niet vermeld.
       *[other] Nog { $n } ongeldige regels zijn wel geteld, maar niet vermeld.
    }

problem-files =
    { $n ->
        [one] { $n } bestand maakt geen deel uit van het rapport
       *[other] { $n } bestanden maken geen deel uit van het rapport
    }
problem-empty = Het bestand is leeg. Kopieer het opnieuw van de server; een logboek dat nog wordt geschreven, kan in het begin leeg zijn.
problem-header-only = Het bestand bevat alleen kopregels. Er viel niets vast te leggen; controleer of de protocollogboekregistratie van de connector op Verbose staat.
problem-binary = Dit is geen tekstbestand. Kies de .LOG-bestanden zelf.
problem-send-log = Dit is een Send-protocollogboek: e-mail die de server zelf heeft verzonden. Neem in plaats daarvan het Receive-logboek van dezelfde server, uit de map SmtpReceive.
problem-other-log = Dit is een ander soort Exchange-logboek. Neem het SMTP Receive-protocollogboek, uit de map ProtocolLog\SmtpReceive.
problem-other-log-type = Type:
problem-unknown-csv = Dit CSV-bestand bevat iets anders, of de kolommen hebben namen die hier niet bekend zijn. Staat erin wie e-mail heeft verzonden of zich heeft aangemeld, kies dan “Kolommen toewijzen…” om aan te geven wat er in welke kolom staat.
problem-csv-columns = Kolommen:
problem-packed = Het bestand is ingepakt in een indeling die hier niet kan worden geopend. Pak het uit en voeg de bestanden eruit toe.
problem-packed-kind = Indeling:
problem-entra-companion = Entra levert dit bestand mee met het aanmeldingslogboek. Neem het bestand InteractiveSignIns of NonInteractiveSignIns uit dezelfde download; zonder dit bestand ontbreekt er niets in het rapport.
problem-iis-log = Dit is een logboek van de webserver (IIS). Neem het SMTP Receive-protocollogboek van Exchange, uit de map ProtocolLog\SmtpReceive.
problem-json = Dit is JSON, en dat wordt niet gelezen. Exporteer dezelfde gegevens als CSV.
problem-encrypted = Het bestand is ingepakt met een wachtwoord. Pak het uit en voeg de bestanden eruit toe.
problem-incomplete = Het ingepakte bestand is niet compleet. Er is niets van meegeteld, want een deel zou een verkeerd beeld geven. Kopieer of download het opnieuw.
problem-damaged = Het ingepakte bestand is beschadigd: de inhoud klopt niet met de controlesom of de grootte. Er is niets van meegeteld, want een deel zou een verkeerd beeld geven. Kopieer of download het opnieuw.
problem-empty-archive = Dit archief bevat geen bestanden.
problem-overlapping = De bestanden in dit archief overlappen elkaar; een normaal programma maakt zo’n archief niet. Er is niets van gelezen. Weet u waar het vandaan komt, pak het dan uit en voeg de bestanden eruit toe.
problem-too-many-entries = Dit archief bevat meer dan 20.000 bestanden. Pak het uit en voeg de bestanden eruit in gedeelten toe.
problem-unpacks-too-far = Uitgepakt wordt het bestand meer dan 250 keer zo groot. Dat komt bij logboeken niet voor, dus het lezen is gestopt en er is niets van meegeteld. Weet u waar het vandaan komt, pak het dan uit en voeg de bestanden eruit toe.
problem-unpacks-too-big = Uitgepakt wordt het bestand groter dan 64 GB, dus het lezen is gestopt en er is niets van meegeteld. Pak het uit en voeg de bestanden eruit toe.
problem-office = Dit is een bestand van Excel, Word of PowerPoint. Sla het werkblad op als CSV UTF-8 en voeg dat bestand toe.
problem-unknown = Dit is tekst, maar geen logboek dat hier bekend is. Neem het SMTP Receive-protocollogboek of een activiteiten-CSV.
problem-nothing-readable = Dit lijkt op een logboek, maar geen enkele regel kan worden gelezen. De details van het bestand laten zien waarom; kopieer het bestand opnieuw van de server.
problem-unreadable = De browser kan het bestand niet lezen. Mogelijk is het verplaatst of gewijzigd, of is het in een ander programma geopend. Kopieer het naar een andere plek en voeg de kopie toe.
problem-browser-says = Melding van de browser:

skip-header = Kopregels.
skip-blank = Lege regels.
skip-no-auth = E-mail die zonder aanmelding is verzonden (anonieme relay).
skip-probe = Verbindingen die zonder e-mail of aanmelding zijn verbroken, zoals load balancers en scanners doen.
skip-server-to-server = Communicatie tussen Exchange-servers onderling.
skip-health-mailbox = Statuscontroles van Exchange zelf (HealthMailbox…).
skip-unfinished = Aanmeldingen die nog niet waren geslaagd of geweigerd toen de verbinding werd verbroken.
skip-fragment = Delen van sessies waarvan de aanmelding, als die er was, in geen van de geladen bestanden staat. Misschien worden ze compleet als u de aangrenzende bestanden toevoegt.
skip-repeated = Regels die al uit een ander bestand zijn geteld.
skip-not-smtp-auth = Aanmeldingen met iets anders dan SMTP, en e-mail die op een andere manier is binnengekomen.
skip-counted-elsewhere = Berichten die worden geteld uit een ander geladen bestand, waarin er meer over staat.
skip-other-event = Andere stappen van een bericht door de server; het bericht zelf wordt op een andere regel geteld.

bad-columns = Aantal kolommen: { $found } in plaats van { $expected }.
bad-time = Geen tijdstip.
bad-session-id = Geen sessie-id.
bad-sequence = Geen volgnummer.
bad-event = Geen gebeurtenis (een van + - < > *).
bad-quote = Een aanhalingsteken dat nergens wordt gesloten, of tekst na een sluitend aanhalingsteken.
bad-tls = Geen TLS-versie.
bad-count = Geen geheel getal.
bad-nul = Een NUL-teken in de regel.
bad-too-long = Langer dan een logboekregel kan zijn.
bad-truncated = Het bestand eindigt midden in de regel.

# Beside the report's days, when there are more.
show-all-loaded-days = Alle geladen dagen weergeven ({ $days })

notice-days-listed = Zonder logboeken: { $days }.
notice-days-listed-more = Zonder logboeken: { $days } en nog { $n }.

no-senders-here = Geen afzender voldoet aan de filters.

sample-shown = Dit zijn voorbeeldgegevens van een verzonnen bedrijf. Zodra u eigen bestanden toevoegt, komen die ervoor in de plaats.
sample-remove = Voorbeeldgegevens verwijderen

seen-in-all = “Voor het eerst gezien” en “Laatst gezien” gelden voor alles wat is geladen, de aantallen voor de dagen van het rapport.

basic-title = Basisverificatie (Basic)
basic-text = Gebruikers van de laatste 7 dagen die zich met een gebruikersnaam en een wachtwoord hebben aangemeld. Zodra dit wordt uitgeschakeld, kunnen zij niet meer verzenden.
basic-messages =
    { $n ->
        [one] { $n } bericht zo verzonden
       *[other] { $n } berichten zo verzonden
    }
basic-see = Bekijken wie dit gebruikt
