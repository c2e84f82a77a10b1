# Grafieken: legenda, inzoomen, opslaan. Namen van afzenderdomeinen komen uit een logboek en staan nooit in een bericht.

chart-legend = Weergegeven in de grafiek
chart-total = Totaal
chart-total-shown = Totaal van wat wordt weergegeven
chart-described = Met de knop hieronder geeft u de cijfers van deze grafiek weer als tabel.
chart-tls-title = Aandeel per TLS-versie
chart-zoom-hint = Sleep over de grafiek om alleen die dagen te zien. Met het toetsenbord: ga met de pijltoetsen naar een dag, selecteer dagen met Shift en de pijltoetsen en druk op Enter.
chart-zoom-choosing =
    { $n ->
        [one] { $n } dag: { $days }
       *[other] { $n } dagen: { $days }
    }
chart-days = Dagen van de grafiek
chart-day-messages = { $day }: { $messages }
chart-day-no-logs = { $day }: geen logboeken
chart-days-chosen = { $days } geselecteerd. Druk op Enter om alleen deze dagen te zien of op Esc om niets te selecteren.
chart-zoomed = Het rapport toont nu { $days }.
chart-reset-zoom = Zoom herstellen
chart-save = Grafiek opslaan
chart-save-png = PNG-afbeelding
chart-save-svg = SVG-tekening
chart-save-failed = De afbeelding kan niet worden gemaakt:
chart-picture-title = { $report }: { $chart }
