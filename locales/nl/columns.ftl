# What a column of a CSV may be. The keys stand in `other_csv::ROLES`.

role-time = Tijd
role-user = Gebruiker (aanmeldingsnaam)
role-sender = Afzender (MAIL FROM)
role-tls = TLS-versie
role-mechanism = Verificatiemechanisme
role-client-ip = Clientadres
role-client-name = Clientnaam
role-server = Server
role-result = Resultaat (geslaagd of mislukt)
role-reason = Reden van mislukken
role-messages = Aantal berichten
role-recipients = Aantal geadresseerden
role-id = Bericht-id of wachtrij-id
role-service = Programma of protocol
