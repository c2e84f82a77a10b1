# Filters, and what stands in the address. Names that somebody typed or that come from a log stand beside the messages.

## The flyout

custom-filter = Custom filter
custom-filter-text = Only activity for which every clause holds is shown. Capital and small letters are the same. Dates are UTC.
custom-filter-link = The address of this page holds the filters, so a link that you copy holds the names that you chose here. Saved filters stay in this browser. Nothing else of the logs is in either.
clause = Clause { $n }
clause-field = Field
clause-operator = Operator
clause-value = Value
clause-add = Add clause
clause-remove = Remove clause
clause-no-value = Enter a value.
clause-long-value = Enter at most { $n } characters.
clause-no-number = Enter a whole number, 0 or more.
clause-no-day = Enter a date.
clauses-too-many = This filter is too long. It can have { $n } clauses, fewer if their values are long.
clauses-none = Add a clause first.
fields-of-activity = Activity
fields-of-senders = Sender in the range
field-user = User
field-authentication = Authentication
field-client-address = Client address
field-client-name = Client name
field-users = Number of users
field-clients = Number of clients
operator-equals = equals
operator-not-equals = does not equal
operator-contains = contains
operator-not-contains = does not contain
operator-starts = starts with
operator-ends = ends with
operator-empty = is empty
operator-not-empty = is not empty
operator-below = is below
operator-at-least = is at least
operator-at-most = is at most
operator-is = is
operator-is-not = is not
operator-on-or-after = is on or after
operator-on-or-before = is on or before

## Saved filters

saved-filters = Saved filters
saved-filter-name = Name
saved-filter-save = Save filter
saved-filter-apply = Use filter
saved-filter-remove = Remove saved filter
saved-filter-needs-name = Enter a name for the filter.
saved-filter-done = Saved.
saved-filter-too-many = There are { $n } saved filters already. Remove one first.
saved-filter-refused = This browser does not let the page save anything.

## Above the report

active-filters = Active filters
active-filters-count =
    { $n ->
        [one] { $n } filter is active
       *[other] { $n } filters are active
    }
filter-remove = Remove filter
empty-filter = No activity matches the filters
empty-domain = None of the loaded logs has this sender domain:
request-filtered =
    { $n ->
        [one] Apply the filter of the report ({ $n } clause)
       *[other] Apply the filters of the report ({ $n } clauses)
    }

## The address

link-not-understood = This link was made by another version of the page; some of its settings are not known here: the defaults are used.
saved-filters-hint = The clauses above are saved under a name, without the days and the sender domain.
saved-filter-use = Use
