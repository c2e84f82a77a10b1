# TLS versions and families of mechanisms; the numbers of TLS versions are the same everywhere.

tls-name-none = Geen TLS
tls-name-unknown = Onbekend
auth-basic = Basic
auth-oauth = OAuth
auth-integrated = Geïntegreerd
auth-other = Overig
auth-unknown = Onbekend
