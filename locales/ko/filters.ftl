# 필터와 주소에 담기는 내용. 사용자가 입력했거나 로그에서 온 이름은 메시지 옆에 따로 표시됩니다.

## 플라이아웃

custom-filter = 사용자 지정 필터
custom-filter-text = 모든 조건에 맞는 활동만 표시됩니다. 대/소문자는 구분하지 않습니다. 날짜는 UTC 기준입니다.
custom-filter-link = 필터는 이 페이지의 주소에 담기므로 복사한 링크에는 여기서 선택한 이름이 들어 있습니다. 저장한 필터는 이 브라우저에만 남습니다. 그 밖의 로그 내용은 어디에도 담기지 않습니다.
clause = 조건 { $n }
clause-field = 필드
clause-operator = 연산자
clause-value = 값
clause-add = 조건 추가
clause-remove = 조건 제거
clause-no-value = 값을 입력하세요.
clause-long-value = { $n }자 이하로 입력하세요.
clause-no-number = 0 이상의 정수를 입력하세요.
clause-no-day = 날짜를 입력하세요.
clauses-too-many = 필터가 너무 깁니다. 조건은 { $n }개까지 넣을 수 있으며, 값이 길면 더 적어집니다.
clauses-none = 먼저 조건을 추가하세요.
fields-of-activity = 활동
fields-of-senders = 기간 내 보낸 사람
field-user = 사용자
field-authentication = 인증
field-client-address = 클라이언트 주소
field-client-name = 클라이언트 이름
field-users = 사용자 수
field-clients = 클라이언트 수
operator-equals = 같음
operator-not-equals = 같지 않음
operator-contains = 포함
operator-not-contains = 포함하지 않음
operator-starts = 다음으로 시작
operator-ends = 다음으로 끝남
operator-empty = 비어 있음
operator-not-empty = 비어 있지 않음
operator-below = 미만
operator-at-least = 이상
operator-at-most = 이하
operator-is = 같음
operator-is-not = 같지 않음
operator-on-or-after = 당일 또는 이후
operator-on-or-before = 당일 또는 이전

## 저장한 필터

saved-filters = 저장한 필터
saved-filter-name = 이름
saved-filter-save = 필터 저장
saved-filter-apply = 필터 사용
saved-filter-remove = 저장한 필터 제거
saved-filter-needs-name = 필터 이름을 입력하세요.
saved-filter-done = 저장했습니다.
saved-filter-too-many = 저장한 필터가 이미 { $n }개 있습니다. 먼저 하나를 제거하세요.
saved-filter-refused = 이 브라우저에서는 페이지가 아무것도 저장할 수 없습니다.

## 보고서 위

active-filters = 적용 중인 필터
active-filters-count = 필터 { $n }개 적용 중
filter-remove = 필터 제거
empty-filter = 필터에 맞는 활동이 없습니다
empty-domain = 불러온 로그에 없는 보낸 사람 도메인:
request-filtered = 보고서의 필터 적용(조건 { $n }개)

## 주소

link-not-understood = 이 링크는 다른 버전의 페이지에서 만들어졌습니다. 여기서 알 수 없는 일부 설정에는 기본값을 사용합니다.
saved-filters-hint = 위의 조건을 이름과 함께 저장합니다. 날짜와 보낸 사람 도메인은 저장하지 않습니다.
saved-filter-use = 사용
