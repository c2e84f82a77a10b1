# English. The details table: its columns, its selection, and copying rows.

columns-choose = Columns
columns-always = The sender address is always shown.
columns-reset = Reset
copy-rows = Copy rows
copy-rows-hint = Copies the selected rows for a spreadsheet, or all of them if none is selected
rows-copied =
    { $n ->
        [one] { $n } row copied
       *[other] { $n } rows copied
    }
rows-not-copied = The rows could not be copied: the browser did not allow it.
rows-too-many = No more than { $max } rows can be copied at once. Request report saves all of them.
rows-selected =
    { $n ->
        [one] { $n } row selected
       *[other] { $n } rows selected
    }
clear-selection = Clear selection
clear-search = Clear search
table-retry = Try again
table-keys = Up and Down move between rows, Right and Left between the cells of a row. Enter opens the details of a sender. Space selects a row, Shift with the arrows several, Ctrl+A all. Ctrl+C copies the selected rows.
