# Nederlands. Het venster met mislukte aanmeldingen: per geprobeerde naam en per clientadres.

failures-see = Namen en adressen bekijken
failures-all = Dit zijn alle namen en adressen van deze dagen, ook als er een afzenderdomein of filter is gekozen.
failures-totals = Mislukte aanmeldingen: { $failed }. Geprobeerde namen: { $names }. Clientadressen: { $addresses }.
failures-never =
    { $n ->
        [one] { $n } van deze namen heeft zich in alle geladen gegevens nooit aangemeld en nooit iets verzonden.
       *[other] { $n } van deze namen hebben zich in alle geladen gegevens nooit aangemeld en nooit iets verzonden.
    }
failures-none = Er zijn in deze dagen geen mislukte aanmeldingen.
failures-by-name = Per naam
failures-by-address = Per clientadres
failures-by-address-text = Een adres dat { $n } of meer namen heeft geprobeerd, is gemarkeerd met “veel namen”: zo ziet een wachtwoordspray eruit.
failures-name = Naam
failures-names = Geprobeerde namen
failures-addresses = Clientadressen
failures-when = Eerste en laatste dag
failures-clients =
    { $n ->
        [one] { $n } clientnaam
       *[other] { $n } clientnamen
    }
failures-many-names = veel namen
failures-signed-in = ook aangemeld
failures-other-days = op andere dagen aangemeld
failures-sender = wel afzender, nooit aangemeld
failures-never-seen = nooit aangemeld
failures-known = Aangemeld
failures-copy-names = Namen kopiëren
failures-copy-addresses = Adressen kopiëren
failures-copied-first = De eerste { $n } van { $all } rijen gekopieerd
failures-open = Aanmeldfouten
