# Filters, en wat er in het adres staat. Namen die iemand heeft getypt of die uit een logboek komen, staan naast de berichten.

## Het paneel

custom-filter = Aangepast filter
custom-filter-text = Alleen activiteit waarvoor elke voorwaarde geldt, wordt weergegeven. Hoofdletters en kleine letters zijn gelijk. Datums zijn in UTC.
custom-filter-link = De filters staan in het adres van deze pagina. Een koppeling die u kopieert, bevat dus de namen die u hier hebt gekozen. Opgeslagen filters blijven in deze browser. Verder staat er niets uit de logboeken in.
clause = Voorwaarde { $n }
clause-field = Veld
clause-operator = Operator
clause-value = Waarde
clause-add = Voorwaarde toevoegen
clause-remove = Voorwaarde verwijderen
clause-no-value = Voer een waarde in.
clause-long-value = Voer maximaal { $n } tekens in.
clause-no-number = Voer een geheel getal in, 0 of hoger.
clause-no-day = Voer een datum in.
clauses-too-many = Dit filter is te lang. Het kan { $n } voorwaarden bevatten, minder als de waarden lang zijn.
clauses-none = Voeg eerst een voorwaarde toe.
fields-of-activity = Activiteit
fields-of-senders = Afzender in de periode
field-user = Gebruiker
field-authentication = Verificatie
field-client-address = Adres van client
field-client-name = Naam van client
field-users = Aantal gebruikers
field-clients = Aantal clients
operator-equals = is gelijk aan
operator-not-equals = is niet gelijk aan
operator-contains = bevat
operator-not-contains = bevat niet
operator-starts = begint met
operator-ends = eindigt op
operator-empty = is leeg
operator-not-empty = is niet leeg
operator-below = is lager dan
operator-at-least = is minimaal
operator-at-most = is maximaal
operator-is = is
operator-is-not = is niet
operator-on-or-after = is op of na
operator-on-or-before = is op of vóór

## Opgeslagen filters

saved-filters = Opgeslagen filters
saved-filter-name = Naam
saved-filter-save = Filter opslaan
saved-filter-apply = Filter gebruiken
saved-filter-remove = Opgeslagen filter verwijderen
saved-filter-needs-name = Voer een naam voor het filter in.
saved-filter-done = Opgeslagen.
saved-filter-too-many = Er zijn al { $n } opgeslagen filters. Verwijder er eerst een.
saved-filter-refused = In deze browser kan de pagina niets opslaan.

## Boven het rapport

active-filters = Actieve filters
active-filters-count =
    { $n ->
        [one] { $n } filter is actief
       *[other] { $n } filters zijn actief
    }
filter-remove = Filter verwijderen
empty-filter = Geen activiteit die aan de filters voldoet
empty-domain = Geen van de geladen logboeken bevat dit afzenderdomein:
request-filtered =
    { $n ->
        [one] Het filter van het rapport toepassen ({ $n } voorwaarde)
       *[other] De filters van het rapport toepassen ({ $n } voorwaarden)
    }

## Het adres

link-not-understood = Deze koppeling is gemaakt met een andere versie van de pagina. Sommige instellingen zijn hier niet bekend; daarvoor worden de standaardwaarden gebruikt.
saved-filters-hint = De voorwaarden hierboven worden onder een naam opgeslagen, zonder de dagen en het afzenderdomein.
saved-filter-use = Gebruiken
