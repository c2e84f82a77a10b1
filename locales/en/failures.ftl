# English. The flyout of failed sign-ins: by the name that was tried, and by client address.

failures-see = See names and addresses
failures-all = These are all names and addresses of these days, whatever sender domain or filter is chosen.
failures-totals = Failed sign-ins: { $failed }. Names tried: { $names }. Client addresses: { $addresses }.
failures-never =
    { $n ->
        [one] { $n } of these names never signed in or sent in all that is loaded.
       *[other] { $n } of these names never signed in or sent in all that is loaded.
    }
failures-none = There are no failed sign-ins in these days.
failures-by-name = By name
failures-by-address = By client address
failures-by-address-text = An address that tried { $n } names or more is marked “many names”: that is what a password spray looks like.
failures-name = Name
failures-names = Names tried
failures-addresses = Client addresses
failures-when = First and last day
failures-clients =
    { $n ->
        [one] { $n } client name
       *[other] { $n } client names
    }
failures-many-names = many names
failures-signed-in = also signed in
failures-other-days = signed in on other days
failures-sender = a sender, but never signed in
failures-never-seen = never signed in
failures-known = Signed in
failures-copy-names = Copy names
failures-copy-addresses = Copy addresses
failures-copied-first = The first { $n } of { $all } rows copied
failures-open = Sign-in failures
