# Charts: legend, zoom, saving. Names of sender domains come from a log and are never put into a message.

chart-legend = Shown in the chart
chart-total = Total
chart-total-shown = Total of what is shown
chart-described = The button below shows the numbers of this chart as a table.
chart-tls-title = Share of each TLS version
chart-zoom-hint = Drag across the chart to see only those days. With the keyboard: go to a day with the arrow keys, choose days with Shift and the arrow keys, then press Enter.
chart-zoom-choosing =
    { $n ->
        [one] { $n } day: { $days }
       *[other] { $n } days: { $days }
    }
chart-days = Days of the chart
chart-day-messages = { $day }: { $messages }
chart-day-no-logs = { $day }: no logs
chart-days-chosen = { $days } chosen. Press Enter to see only these days, or Escape to choose none.
chart-zoomed = The report now shows { $days }.
chart-reset-zoom = Reset zoom
chart-save = Save chart
chart-save-png = PNG picture
chart-save-svg = SVG drawing
chart-save-failed = The picture could not be made:
chart-picture-title = { $report }: { $chart }
