# TLS versions and families of mechanisms; the numbers of TLS versions are the same everywhere.

tls-name-none = TLS 없음
tls-name-unknown = 알 수 없음
auth-basic = 기본
auth-oauth = OAuth
auth-integrated = 통합
auth-other = 기타
auth-unknown = 알 수 없음
