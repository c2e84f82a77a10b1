# 한국어. 로그인 실패 창: 시도된 이름별, 클라이언트 주소별.

failures-see = 이름 및 주소 보기
failures-all = 선택한 보낸 사람 도메인이나 필터와 관계없이 이 기간의 모든 이름과 주소를 표시합니다.
failures-totals = 로그인 실패: { $failed }, 시도된 이름: { $names }, 클라이언트 주소: { $addresses }.
failures-never = 이 중 { $n }개 이름은 불러온 데이터 전체에서 로그인하거나 메일을 보낸 적이 없습니다.
failures-none = 이 기간에는 로그인 실패가 없습니다.
failures-by-name = 이름별
failures-by-address = 클라이언트 주소별
failures-by-address-text = 이름을 { $n }개 이상 시도한 주소에는 “여러 이름 시도”라고 표시됩니다. 암호 스프레이 공격의 전형적인 모습입니다.
failures-name = 이름
failures-names = 시도된 이름
failures-addresses = 클라이언트 주소
failures-when = 첫 날짜와 마지막 날짜
failures-clients = 클라이언트 이름 { $n }개
failures-many-names = 여러 이름 시도
failures-signed-in = 로그인 성공도 있음
failures-other-days = 다른 날에 로그인함
failures-sender = 보낸 사람이지만 로그인한 적 없음
failures-never-seen = 로그인한 적 없음
failures-known = 로그인 여부
failures-copy-names = 이름 복사
failures-copy-addresses = 주소 복사
failures-copied-first = 전체 { $all }개 중 처음 { $n }개 행을 복사했습니다.
failures-open = 로그인 실패 내역
