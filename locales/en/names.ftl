# TLS versions and families of mechanisms; the numbers of TLS versions are the same everywhere.

tls-name-none = No TLS
tls-name-unknown = Unknown
auth-basic = Basic
auth-oauth = OAuth
auth-integrated = Integrated
auth-other = Other
auth-unknown = Unknown
