# Nederlands. De detailtabel: kolommen, selectie en rijen kopiëren.

columns-choose = Kolommen
columns-always = Het afzenderadres staat er altijd.
columns-reset = Standaardkolommen
copy-rows = Rijen kopiëren
copy-rows-hint = Kopieert de geselecteerde rijen voor een spreadsheet, of alle rijen als er geen is geselecteerd
rows-copied =
    { $n ->
        [one] { $n } rij gekopieerd
       *[other] { $n } rijen gekopieerd
    }
rows-not-copied = De rijen konden niet worden gekopieerd: de browser stond het niet toe.
rows-too-many = Er kunnen niet meer dan { $max } rijen tegelijk worden gekopieerd. Met Rapport aanvragen slaat u ze allemaal op.
rows-selected =
    { $n ->
        [one] { $n } rij geselecteerd
       *[other] { $n } rijen geselecteerd
    }
clear-selection = Selectie opheffen
clear-search = Zoekopdracht wissen
table-retry = Opnieuw proberen
table-keys = Met pijl omhoog en omlaag gaat u van rij naar rij, met pijl rechts en links van cel naar cel. Enter opent de details van een afzender. De spatiebalk selecteert een rij, Shift met de pijlen meerdere, Ctrl+A alle. Ctrl+C kopieert de geselecteerde rijen.
