# 한국어. 메시지 하나에 문장 하나. 로그에서 온 문자열은 메시지에 넣지 않습니다.
# 삽입된 값 바로 뒤에는 받침에 따라 달라지는 조사(을/를, 이/가, 은/는)를 쓰지 않습니다.

## Shell

product-name = SMTP 인증 클라이언트 보고서
skip-to-content = 주요 콘텐츠로 건너뛰기
nav-label = 페이지
nav-toggle = 탐색 메뉴
nav-dashboard = 대시보드
nav-report = 보고서
nav-sources = 데이터 원본
add-logs = 로그 추가
add-folder = 폴더 추가
drop-anywhere = 여기에 놓으면 로그가 보고서에 추가됩니다
close = 닫기
cancel = 취소
dismiss = 알림 닫기
loading = 불러오는 중…
copy = 복사
copied = 복사됨
unknown = 알 수 없음
at-least = { $number } 이상
list-separator = {", "}
day-span = { $first } ~ { $last }
days-utc = { $days } (UTC)
and-more = … 외 { $n }개
log-text-all = 전체 { $n }자 표시

## Privacy

privacy-note = 데이터 외부 전송 없음
privacy-heading = 로그는 이 컴퓨터를 벗어나지 않습니다
privacy-how = 이 페이지는 브라우저 안에서 파일을 읽습니다. 서버가 없으며, 페이지 자체의 보안 정책으로 모든 연결이 차단됩니다. 다음과 같이 직접 확인할 수 있습니다.
privacy-check-source = 페이지 소스를 보면 첫 부분에 다음 정책이 있습니다:
privacy-check-network = 개발자 도구(F12)에서 네트워크 탭을 열고 로그를 추가해 보세요. 요청이 하나도 나타나지 않습니다.
privacy-check-offline = 네트워크 연결을 끊어 보세요. 모든 기능이 그대로 작동합니다.
privacy-forgets = 불러온 내용은 탭을 닫거나 새로 고치면 사라집니다. 브라우저에는 설정, 저장한 필터, 열 매핑만 저장되며 설정에서 지울 수 있습니다.

## Landing

landing-title = 누가 아직 SMTP AUTH로 메일을 보내고 있나요?
landing-lead = Exchange 서버의 로그나 Microsoft 365에서 내보낸 파일을 여기에 끌어다 놓으세요. 어떤 사용자, 디바이스, 애플리케이션이 아직 로그인하여 메일을 보내는지, 얼마나 보내는지, 어떤 TLS 버전을 사용하는지 확인할 수 있습니다.
landing-drop-label = 로그 추가
landing-drop = 로그 파일, 폴더 전체, .zip 또는 .gz 파일을 이 창 아무 곳에나 끌어다 놓으세요
landing-drop-hint = 여러 서버의 파일을 개수 제한 없이 추가할 수 있고, 나중에 더 추가할 수도 있습니다. 파일은 이 컴퓨터에서만 읽으며 아무것도 업로드하지 않습니다.
try-sample = 샘플 데이터로 시작
landing-which = 어떤 로그가 필요한가요?
landing-exchange-server = Exchange Server
landing-microsoft-365 = Microsoft 365
landing-others = 기타 시스템
tells-title = 파일별로 알 수 있는 정보
tells-user = 로그인한 사용자
tells-messages = 메시지
tells-tls = TLS 버전
tells-mechanism = 기본 인증/OAuth
tells-client = 클라이언트 주소
tells-failures = 로그인 실패
tells-days = 날짜
tells-yes = 있음
tells-partly = 일부
tells-no = 없음
log-receive = SMTP 수신 프로토콜 로그
log-receive-text = 프런트 엔드 로그에는 누가 어디에서 어떤 인증 메커니즘과 TLS 버전으로 로그인했는지 기록됩니다. 허브 로그에는 그 세션에서 포트 587로 보낸 메일이 기록됩니다. 클라이언트가 연결하는 모든 사서함 서버에서 두 폴더를 모두 가져오세요. 두 로그를 서로 연결하여 메시지를 중복 없이 집계합니다.
log-receive-front-end = 프런트 엔드 전송(FrontEnd)
log-receive-hub = 전송(Hub)
log-receive-edge = Edge 전송 서버
log-receive-hint = 파일 이름은 RECV….LOG 형식입니다. 폴더를 그대로 끌어다 놓거나 .zip 또는 .gz로 압축하여 추가할 수 있습니다. 해당하지 않는 파일은 이름을 표시하고 제외합니다.
log-switch-on = 프로토콜 로깅 켜기
log-switch-on-text = 기본적으로 “Default Frontend” 커넥터만 프로토콜 로그를 기록합니다. Exchange 관리 셸에서 현재 설정을 확인하고, 클라이언트가 메일을 제출하는 커넥터(포트 587 및 25)를 Verbose로 설정하세요.
log-switch-on-list = 수신 커넥터 목록 표시
log-switch-on-set = 수신 커넥터의 프로토콜 로깅 켜기
log-switch-on-hint = EX01 대신 실제 서버 이름을 입력하고, 허브 로그를 기록하는 “Client Proxy EX01” 커넥터도 똑같이 설정하세요. 설정을 변경하지 않았다면 로그는 30일 동안 보관됩니다.
log-tracking = 메시지 추적 로그
log-tracking-text = 기본적으로 켜져 있으며, 클라이언트용 커넥터를 통해 보낸 메일의 보낸 사람, 클라이언트 주소, 메시지 수를 보여 줍니다. 누가 어떤 TLS 버전으로 로그인했는지는 같은 세션의 프로토콜 로그에 있습니다. 두 로그를 모두 추가해도 각 메시지는 한 번만 집계됩니다.
log-tracking-folder = 각 사서함 서버의 폴더
log-tracking-export = 또는 Exchange 관리 셸에서 내보내기
log-tracking-hint = 파일 이름은 MSGTRK….LOG 형식입니다. 이름이 “Client”로 시작하는 커넥터에서 SMTP로 받은 메일만 집계합니다.
log-report = SMTP 인증 클라이언트 보고서
log-report-text = Microsoft에서 제공하는 보고서로, 보낸 사람별 메시지 수를 TLS 버전과 인증 방식(기본 인증/OAuth)에 따라 보여 줍니다. Exchange 관리 센터에서 보고서 > 메일 흐름 > SMTP 인증 클라이언트 보고서를 열고 기간을 선택한 후 내보내기를 선택하세요.
log-report-hint = 내보낸 파일에는 기간이 없으므로 추가한 후 기간을 입력해야 합니다. 백분율만 제공되므로 일부 개수는 추정치입니다. 매주 내보낸 파일을 함께 추가하면 장기간의 추이를 볼 수 있습니다.
log-entra = Entra 로그인 로그
log-entra-text = 보고서에는 없는 정보, 즉 각 사용자가 어느 공용 IP 주소에서 SMTP로 로그인했는지, 누가 왜 실패했는지 보여 줍니다. Microsoft Entra 관리 센터에서 모니터링 및 상태 > 로그인 로그를 열고 “클라이언트 앱” 필터에서 인증된 SMTP(Authenticated SMTP)를 선택한 후 사용자 로그인(대화형)과 사용자 로그인(비대화형)의 CSV를 모두 다운로드하세요.
log-entra-query = 또는 Log Analytics에서 다음 쿼리 결과를 CSV로 내보내기
log-entra-hint = 로그인 수와 메시지 수는 다릅니다. 한 번 로그인하여 여러 메시지를 보낼 수 있고, 새로 로그인하지 않고 메시지를 보낼 수도 있습니다. 로그인은 세션으로 집계됩니다.
log-trace = 메시지 추적(Exchange Online)
log-trace-text = Exchange Online에 기록된, 조직에서 보낸 모든 메일입니다. 어떤 메일이 SMTP AUTH로 제출되었는지는 알 수 없습니다. Entra 로그인 로그를 함께 추가하면 SMTP로 로그인한 보낸 사람의 메일만 보여 줍니다.
log-trace-cmdlet = 최근 10일
log-trace-historical = 최대 90일(TLS 버전 포함)
log-trace-hint = 요약, 향상된 요약, 확장 보고서를 지원하며, 다운로드한 UTF-16 파일을 변환하지 않고 그대로 읽습니다.
log-activity = 활동 CSV
log-activity-text = 그 밖의 원본은 다음 열이 있는 CSV 파일로 만들어 추가할 수 있습니다. 보고서 요청에서 다운로드하는 파일도 같은 형식이므로 여기에 다시 끌어다 놓을 수 있습니다.
log-activity-columns = 열(순서 무관)
log-activity-hint = 사용자 또는 보낸 사람이 있어야 하고, 여기에 TLS 버전, 인증 메커니즘, 개수 중 하나가 더 필요합니다. 날짜, 사용자, 보낸 사람만 있는 파일도 읽을 수 있습니다. messages 열이 없으면 한 행을 메시지 1개로 집계합니다. 숫자가 비어 있으면 알 수 없는 값으로 처리합니다.
log-other = 기타 CSV
log-other-text = Postfix, Dovecot 또는 다른 서버의 로그를 Splunk, Elastic, Graylog 또는 데이터베이스에서 내보낸 파일입니다. 이러한 도구에서 사용하는 열 이름과 열의 내용을 바탕으로 열을 인식합니다. 열을 인식할 수 없는 파일은 직접 매핑할 수 있습니다.
log-other-hint = 구분 기호는 쉼표, 세미콜론, 탭, |를 지원하고, 날짜는 국가별 형식에 관계없이 읽습니다. 인코딩은 UTF-8, UTF-16, Windows 코드 페이지를 지원합니다.

## Files coming in

files-loaded = 새로 불러온 파일 { $n }개
files-same = 이미 불러온 파일 { $n }개
files-failed = 읽지 못한 파일 { $n }개
files-failed-only = 파일 { $n }개를 읽지 못했습니다
unopened = 브라우저에서 다음 항목 { $n }개를 열 수 없습니다(대신 “폴더 추가”를 사용해 보세요):
see-sources = 데이터 원본 보기
failure = 페이지의 일부가 작동을 멈췄습니다.
failure-remedy = 페이지를 새로 고치고 로그를 다시 추가하세요. 문제가 반복되면 다음 브라우저 메시지로 원인을 찾을 수 있습니다:
progress-label = 로그 읽는 중
progress-files = 파일 읽는 중: { $done }/{ $total }
progress-percent = { $percent }%
progress-speed = { $size }/s
progress-said = 로그 읽는 중: { $percent }%
progress-totals = 현재까지 집계
progress-nearly-done = 거의 완료됨
progress-seconds-left = { $n }초 남음
progress-minutes-left = { $n }분 남음
size-bytes = { $size }B
size-kb = { $size }KB
size-mb = { $size }MB
size-gb = { $size }GB

## Dashboard

dashboard-title = 메일 흐름 인사이트
widget-title = SMTP 인증 클라이언트
widget-text = 최근 7일 동안 SMTP AUTH로 로그인한 사용자 및 서비스 계정입니다. 예상하지 못한 이름이 있으면 손상된 계정일 수 있습니다.
widget-no-dates = 불러온 행에 날짜가 없어 최근 7일을 표시할 수 없습니다. 보고서에서 “불러온 데이터 전체”를 선택하면 볼 수 있습니다.
widget-number-label = SMTP AUTH 사용자 수: { $n } ({ $days })
trend = 일별 사용자: { $days }
trend-day = { $day }: { $users }
no-logs = 로그 없음
old-tls-title = TLS 1.2 미만
old-tls-text = 최근 7일 동안 TLS 1.2 이상을 사용하지 않은 클라이언트가 보낸 메시지입니다.
old-tls-see = 해당하는 보낸 사람 보기
share-of-messages = 전체 메시지의 { $share }
failed-title = 로그인 실패
failed-text = 최근 7일 동안 서버가 거부한 SMTP AUTH 시도입니다.
beside-sessions = 성공한 세션: { $sessions }
loaded-title = 불러온 로그
loaded-text = 이 보고서에 사용된 파일입니다.
loaded-days = { $days }, 로그가 있는 날 { $n }일

## The widget's flyout

week-intro = SMTP AUTH를 사용하면 메일 클라이언트, 프린터, 애플리케이션이 서버에 로그인하여 메일을 보낼 수 있습니다. 여기에서는 불러온 로그의 최근 7일 동안 누가 SMTP AUTH를 사용했는지, 얼마나 보냈는지, 연결이 어떻게 보호되었는지 보여 줍니다.
week-intro-use = 사용자 이름과 암호로 로그인하는 클라이언트는 다단계 인증을 사용할 수 없으므로, 암호만 유출되어도 조직 이름으로 스팸이 발송될 수 있습니다. 예상하지 못한 사용자, 갑작스러운 발송량 증가, 잦은 로그인 실패가 있는지 살펴보세요.
week-report-heading = 보고서
week-report-text = 보낸 사람별, 일별 정보는 다음 보고서에서 확인하세요:
week-tls-heading = TLS 버전
week-tls-text = TLS 1.0과 TLS 1.1은 오래된 버전이며, Microsoft 365는 더 이상 SMTP AUTH 클라이언트의 TLS 1.0 및 1.1 연결을 허용하지 않습니다. TLS 1.2를 사용할 수 없는 클라이언트나 디바이스는 업데이트하거나 교체하세요. 아래 비율은 메시지 수를 기준으로 합니다.
week-no-messages = 불러온 로그로는 이 기간에 보낸 메시지 수를 알 수 없습니다.
week-volumes-heading = 주간 볼륨

## Words of the report

users = 사용자
messages = 메시지
senders = 보낸 사람
recipients = 받는 사람
sessions = 세션
failed-sign-ins = 로그인 실패
failed-short = 실패
tls-version = TLS 버전
tls-versions = TLS 버전
share = 비율
day = 날짜
days = 일별
total = 합계
sender-domain = 보낸 사람 도메인
no-domain = (도메인 없음)
other-domains = 기타 도메인
count-and-share = { $count } ({ $share })

## Report

report-title = SMTP 인증 클라이언트 보고서
commands = 보고서 명령
request-report = 보고서 요청
view-details-table = 세부 정보 테이블 보기
view-report = 보고서 보기
filters = 필터
show-data-for = 데이터 표시 대상
all-sender-domains = 모든 보낸 사람 도메인
view-data-by = 데이터 보기 기준
sending-volume = 보내는 볼륨
tls-usage = TLS 사용 현황
share-of = 비율 기준
numbers-as-table = 수치를 표로 보기
range-undated = 불러온 데이터 전체(날짜가 없는 행)
empty-range = 현재 필터에 해당하는 SMTP AUTH 활동이 없습니다
empty-range-loaded = 불러온 로그의 기간: { $days } (UTC)
show-all-loaded = 불러온 기간 전체 보기
show-all-loaded-domains = 불러온 기간과 도메인 전체 보기
volume-unknown = 불러온 로그로는 보낸 메시지 수를 알 수 없습니다. 로그인한 사용자는 세부 정보 테이블에서 확인할 수 있습니다.
tls-unknown = 이 기간의 메시지 수를 알 수 없어 비율을 표시할 수 없습니다. 사용된 TLS 버전은 세부 정보 테이블에서 확인할 수 있습니다.
tls-by-domain = 보낸 사람 도메인별 TLS 버전
more-domains = 나머지 도메인 { $n }개는 표시되지 않습니다.
chart-failed = 차트를 그리지 못했습니다. 수치는 아래 표에서 확인할 수 있습니다.
summary-volume = 일별 메시지 수 영역형 차트: 총 메시지 { $messages }개, 보낸 사람 도메인별 계열 { $domains }개.
summary-busiest-day = 하루 최대: { $day }, 메시지 { $messages }개.
summary-tls-version = { $version }: { $share } ({ $count })
summary-tls-by-domain = 보낸 사람 도메인별 TLS 버전 막대형 차트.

## Notices

notice-all-mail = 메시지 추적(Exchange Online)에는 메일이 어떤 방식으로 제출되었는지 기록되지 않습니다. 따라서 SMTP AUTH로 보낸 메시지뿐 아니라 표시된 보낸 사람의 모든 메시지가 포함됩니다. Entra 로그인 로그를 함께 추가하면 SMTP로 로그인한 보낸 사람만 표시되고, 서버의 프로토콜 로그나 Microsoft의 SMTP 인증 클라이언트 보고서를 함께 추가하면 SMTP AUTH로 제출된 메시지만 표시됩니다.
notice-wants-period = Microsoft의 SMTP 인증 클라이언트 보고서에는 대상 기간이 없습니다. 데이터 원본에서 기간을 입력할 때까지 날짜 범위와 일별 차트에서 제외됩니다.
notice-period-totals = Microsoft의 SMTP 인증 클라이언트 보고서에는 일별 데이터가 없으므로 모든 메시지가 기간의 마지막 날에 표시됩니다.
notice-estimates = 일부 개수는 추정치입니다. Microsoft의 SMTP 인증 클라이언트 보고서에는 반올림한 백분율만 있어 TLS 버전별 메시지 수를 백분율에서 계산했습니다.
notice-hub-missing = 세션 { $n }개에서 보낸 메시지 수가 불러온 파일에 없습니다. Exchange Server의 경우 같은 서버, 같은 날짜의 허브 로그(…\Hub\ProtocolLog\SmtpReceive)를 추가하고, Microsoft 365의 경우 같은 날짜의 SMTP 인증 클라이언트 보고서나 메시지 추적을 추가하세요.
notice-front-end-missing = 메시지 { $n }개의 TLS 버전과 인증 메커니즘이 불러온 파일에 없습니다. Exchange Server의 경우 같은 서버, 같은 날짜의 프런트 엔드 로그(…\FrontEnd\ProtocolLog\SmtpReceive)를 추가하고, Microsoft 365의 경우 SMTP 인증 클라이언트 보고서를 추가하세요.
notice-undated = 날짜가 없는 행 { $n }개가 제외되었습니다. 포함하려면 필터에서 “불러온 데이터 전체”를 선택하세요.
notice-days-without-logs = 선택한 범위에서 { $n }일은 로그가 없습니다. 0이 아니라 빈 구간으로 표시됩니다.
notice-failed-names-given-up = 시도된 이름이 구분 가능한 한도를 넘어 로그인 실패 { $n }건을 “(other)”로 집계했습니다. 구분된 이름은 { $names }개입니다. 합계에서 누락된 로그인 실패는 없습니다.
notice-names-given-up = 구분 가능한 한도를 넘어 일부를 “(other)”로 집계했습니다: { $what }. 합계에서 누락된 값은 없습니다.
names-of-clients = 클라이언트 이름
names-of-addresses = 클라이언트 주소
names-of-senders = 보낸 사람
names-of-users = 사용자
names-of-domains = 보낸 사람 도메인
names-of-mechanisms = 인증 메커니즘
names-of-servers = 서버

## Details

details = 세부 정보
details-table = 세부 정보 테이블
sender-address = 보낸 사람 주소
sender-address-title = 보낸 사람 주소
message-count = 메시지 수
search-senders = 보낸 사람 검색
senders-count = 보낸 사람 { $n }명
senders-found = 보낸 사람 { $all }명 중 { $n }명
old-tls-first = 이전 버전 TLS 먼저
no-senders = 검색과 일치하는 보낸 사람이 없습니다.
null-sender = (빈 보낸 사람, <>)
login-note = (로그인 이름, 메시지 수 알 수 없음)
seen = 사용됨
not-seen = –
table-failed = 데이터를 가져오지 못했습니다:
sender-gone = 현재 필터에는 이 보낸 사람의 활동이 없습니다.
login = 로그인 이름
logins = 로그인 이름
first-seen = 최초 확인일
last-seen = 최근 확인일
mechanism = 메커니즘
mechanisms = 인증
client = 클라이언트
clients = 클라이언트
server = 서버
servers = 서버
warning-old-tls = 경고: TLS 1.2 미만의 연결이 사용되고 있습니다({ $versions }).
warning-old-tls-remedy = TLS 1.2 미만 버전의 지원이 중단되면 TLS 1.2를 사용할 수 없는 클라이언트와 디바이스는 메일을 보낼 수 없습니다. 해당 클라이언트나 디바이스를 업데이트하거나 교체하세요. 주소는 아래에서 확인할 수 있습니다.

## Filters and request

date-range = 날짜 범위(UTC)
preset-7 = 최근 7일
preset-30 = 최근 30일
preset-90 = 최근 90일
preset-all = 불러온 데이터 전체
start-date = 시작 날짜
end-date = 종료 날짜
range-missing = 두 날짜를 모두 입력하세요.
range-backwards = 종료 날짜가 시작 날짜보다 빠릅니다.
filters-loaded = 불러온 기간: { $days } (UTC)
apply = 적용
clear-filters = 필터 지우기
request-text = 선택한 기간의 자세한 보고서를 CSV 파일로 다운로드합니다. 각 행은 날짜, 사용자, 보낸 사람, TLS 버전, 인증 메커니즘, 클라이언트, 서버의 조합 하나를 나타냅니다. Excel에서 열거나 이 페이지에 다시 끌어다 놓을 수 있습니다.
request-name = 이름
request-default-name = SMTP 인증 클라이언트
request-domain = 보낸 사람 도메인
request-days = { $n }일
request-file = 파일 이름:
request-failed = 보고서를 만들지 못했습니다:
request-preparing = 준비하는 중…
download = 다운로드

## Mapping

map-columns = 열 매핑
map-columns-open = 열 매핑…
mapping-text = 파일의 각 열이 무엇인지 지정하세요. 사용자 또는 보낸 사람이 있어야 하고, 여기에 시간, TLS 버전, 인증 메커니즘, 결과, 메시지 수 중 하나가 더 필요합니다.
mapping-column = 열 { $n }
mapping-needs-who = 사용자 또는 보낸 사람 열을 지정해야 합니다.
mapping-needs-what = 시간, TLS 버전, 인증 메커니즘, 결과, 메시지 수 중 하나 이상의 열을 더 지정해야 합니다.
mapping-understood =
    { $rows ->
        [0] 파일의 첫 부분에 시험해 볼 행이 없습니다.
       *[other] 처음 { $rows }개 행 중 { $n }개를 인식했습니다
    }
mapping-counts = { $rows }개 행이 집계됩니다. 메시지: { $messages }, 성공한 로그인: { $sessions }, 로그인 실패: { $failed }.
mapping-skipped = { $n }개 행은 보고서의 대상이 아닙니다.
mapping-bad = { $n }개 행을 해석할 수 없습니다.
mapping-row = { $n }행:
mapping-dates = 날짜를 두 가지로 해석할 수 있습니다. 다음과 같은 날짜에서 앞에 오는 값을 선택하세요:
mapping-day-first = 일
mapping-month-first = 월
mapping-rows = 파일의 처음 몇 행
mapping-more-columns = 나머지 열 { $n }개는 표시되지 않지만 위에서 선택할 수 있습니다.
mapping-remembered = 이 선택은 열 이름이 같은 파일에 다시 사용할 수 있도록 이 브라우저에 저장됩니다. 열 이름의 체크섬과 열의 위치만 저장되고 행의 내용은 저장되지 않습니다.

## Data sources

sources-text = 추가한 모든 파일과 각 줄의 처리 결과입니다.
sources-none = 아직 파일이 없습니다. 로그를 추가하거나 이 창 아무 곳에나 끌어다 놓으세요.
sources-table = 파일
sources-total = 파일 { $files }개, { $size }. 읽은 줄 { $read } = 집계 { $counted } + 건너뜀 { $skipped } + 오류 { $bad }.
file = 파일
format = 형식
size = 크기
period-utc = 기간(UTC)
lines-read = 읽은 줄
lines-counted = 집계
lines-skipped = 건너뜀
lines-bad = 오류
actions = 작업
remove = 제거
show-more-files = 더 보기({ $n }개 남음)
start-over = 처음부터 다시 시작
start-over-text = 불러온 파일이 모두 제거되고 페이지가 처음 열었을 때의 상태로 돌아갑니다. 디스크에 있는 파일은 그대로 유지됩니다.
start-over-confirm = 모든 파일 제거
format-exchange-receive = Exchange SMTP 수신 로그
format-activity-csv = 활동 CSV
format-microsoft-report = Microsoft의 SMTP 인증 클라이언트 보고서
format-message-trace = Exchange Online 메시지 추적
format-message-tracking = Exchange Server 메시지 추적 로그
format-entra-sign-ins = Entra 로그인 로그
format-other-csv = 기타 CSV
format-same = 같은 파일
format-problem = 불러오지 않음
origin-messages = 메시지 출처: { $sources }.
origin-sign-ins = 로그인 출처: { $sources }.
origin-none = 불러온 파일에 정보 없음
refusals-in-file = 서버에서 거부한 항목과 이유
refusals = 로그인이 거부된 이유
dates-day-first = 3-4-2026과 같은 날짜를 일-월-연도 순서로 읽었습니다. 이 파일에는 일과 월을 구분할 수 있는 행이 없습니다. 순서가 잘못되었으면 날짜를 2026-04-03 형식으로 바꾸세요.
dates-month-first = 3/4/2026과 같은 날짜를 월/일/연도 순서로 읽었습니다. 이 파일에는 일과 월을 구분할 수 있는 행이 없습니다. 순서가 잘못되었으면 날짜를 2026-03-04 형식으로 바꾸세요.
sources-which = 로그의 종류, 각 로그로 알 수 있는 정보, 가져오는 방법
period-wanted = 이 보고서에는 대상 기간이 없습니다. 기간을 입력하세요:
period-first = 시작 날짜
period-last = 종료 날짜
period-apply = 적용
known-by-log-type = “#Log-type” 줄 또는 줄의 형태로 인식했습니다.
known-by-fields = 이벤트, 커넥터, 보낸 사람이 있는 “#Fields” 줄 또는 열 이름으로 인식했습니다.
known-by-names-of-report = 열 이름과 열의 내용으로 인식했습니다.
known-by-tls-columns = 보낸 사람 열과 TLS 버전별 수치 열로 인식했습니다.
known-by-trace-columns = 메시지 추적의 열로 인식했습니다.
known-by-client-app = 사용자, 클라이언트 앱, 결과 열로 인식했습니다.
encoding-is = 인코딩: { $encoding }.
leaves-open = 알 수 없는 정보: { $questions }.
overlaps-with = 날짜, 이름, 클라이언트가 같은 행이 다음 파일에도 있어 한 번만 집계합니다:
same-as = 내용이 같은 다음 파일을 이미 불러왔습니다:
removed-file = 이후 제거된 파일
not-utf8 = UTF-8이 아닌 줄은 추정한 인코딩으로 읽었습니다: { $pages }. 이름이 잘못 표시되면 파일을 UTF-8로 저장하여 다시 추가하세요.
broken-utf8 = UTF-8(손상된 문자는 �로 표시)
unpacked-size = 압축을 푼 크기: { $size }
account-equation = 읽은 줄 { $read } = 집계 { $counted } + 건너뜀 { $skipped } + 오류 { $bad }
skipped-lines = 건너뛴 줄
bad-lines = 읽을 수 없는 줄
lines = 줄 수
line = 줄 번호
column = 열
why = 이유
excerpt = 줄의 첫 부분
more-bad-lines = 읽을 수 없는 줄이 { $n }개 더 있으며, 목록에는 표시되지 않지만 개수에는 포함됩니다.

problem-files = 파일 { $n }개가 보고서에 포함되지 않았습니다
problem-empty = 파일이 비어 있습니다. 서버에서 다시 복사하세요. 기록이 막 시작된 로그는 비어 있을 수 있습니다.
problem-header-only = 파일에 머리글 줄만 있고 기록된 내용이 없습니다. 커넥터의 프로토콜 로깅이 Verbose로 설정되어 있는지 확인하세요.
problem-binary = 텍스트 파일이 아닙니다. .LOG 파일을 선택하세요.
problem-send-log = SMTP 송신 프로토콜 로그, 즉 서버가 내보낸 메일의 로그입니다. 대신 같은 서버의 SmtpReceive 폴더에 있는 수신 로그를 추가하세요.
problem-other-log = 다른 종류의 Exchange 로그입니다. ProtocolLog\SmtpReceive 폴더의 SMTP 수신 프로토콜 로그를 추가하세요.
problem-other-log-type = 로그 종류:
problem-unknown-csv = 다른 용도의 CSV 파일이거나 열 이름을 인식할 수 없습니다. 누가 메일을 보냈는지 또는 로그인했는지 알 수 있는 파일이면 “열 매핑…”을 선택하여 각 열이 무엇인지 지정하세요.
problem-csv-columns = 파일의 열:
problem-packed = 여기에서 열 수 없는 압축 형식입니다. 압축을 풀고 안에 있는 파일을 추가하세요.
problem-packed-kind = 압축 형식:
problem-entra-companion = Entra 로그인 로그와 함께 다운로드되는 파일입니다. 같은 다운로드에 있는 InteractiveSignIns 또는 NonInteractiveSignIns 파일을 추가하세요. 이 파일이 없어도 보고서에 누락되는 정보는 없습니다.
problem-iis-log = 웹 서버(IIS) 로그입니다. Exchange의 ProtocolLog\SmtpReceive 폴더에 있는 SMTP 수신 프로토콜 로그를 추가하세요.
problem-json = JSON 파일은 지원하지 않습니다. 같은 데이터를 CSV로 내보내세요.
problem-encrypted = 암호로 보호된 압축 파일입니다. 압축을 풀고 안에 있는 파일을 추가하세요.
problem-incomplete = 압축 파일의 뒷부분이 잘려 있습니다. 일부만 집계하면 결과가 왜곡되므로 전혀 집계하지 않았습니다. 파일을 다시 복사하거나 다운로드하세요.
problem-damaged = 압축 파일이 손상되어 내용이 체크섬 또는 크기와 일치하지 않습니다. 일부만 집계하면 결과가 왜곡되므로 전혀 집계하지 않았습니다. 파일을 다시 복사하거나 다운로드하세요.
problem-empty-archive = 압축 파일 안에 파일이 없습니다.
problem-overlapping = 압축 파일 안의 파일이 서로 겹칩니다. 정상적인 프로그램은 이런 압축 파일을 만들지 않으므로 전혀 읽지 않았습니다. 출처를 아는 파일이면 압축을 풀고 안에 있는 파일을 추가하세요.
problem-too-many-entries = 압축 파일 안에 파일이 20,000개 넘게 있습니다. 압축을 풀고 안에 있는 파일을 나누어 추가하세요.
problem-unpacks-too-far = 압축을 풀면 크기가 250배를 넘습니다. 로그에서는 나올 수 없는 비율이므로 읽기를 중단하고 전혀 집계하지 않았습니다. 출처를 아는 파일이면 압축을 풀고 안에 있는 파일을 추가하세요.
problem-unpacks-too-big = 압축을 풀면 크기가 64GB를 넘으므로 읽기를 중단하고 전혀 집계하지 않았습니다. 압축을 풀고 안에 있는 파일을 추가하세요.
problem-office = Excel, Word 또는 PowerPoint 파일입니다. 시트를 CSV UTF-8 형식으로 저장하여 추가하세요.
problem-unknown = 텍스트 파일이지만 지원하는 로그가 아닙니다. SMTP 수신 프로토콜 로그 또는 활동 CSV를 추가하세요.
problem-nothing-readable = 로그로 보이지만 읽을 수 있는 줄이 하나도 없습니다. 파일의 처리 내역에서 이유를 확인하고 서버에서 파일을 다시 복사하세요.
problem-unreadable = 브라우저에서 파일을 읽을 수 없습니다. 파일이 이동 또는 변경되었거나 다른 프로그램에서 열려 있을 수 있습니다. 다른 위치에 복사한 후 복사본을 추가하세요.
problem-browser-says = 브라우저 메시지:

skip-header = 머리글 줄입니다.
skip-blank = 빈 줄입니다.
skip-no-auth = 로그인하지 않고 보낸 메일(익명 릴레이)입니다.
skip-probe = 부하 분산 장치나 포트 스캐너의 연결처럼 메일이나 로그인 없이 끝난 연결입니다.
skip-server-to-server = Exchange 서버 간의 통신입니다.
skip-health-mailbox = Exchange 자체 상태 모니터링(HealthMailbox…)입니다.
skip-unfinished = 성공하거나 거부되기 전에 연결이 끊긴 로그인입니다.
skip-fragment = 불러온 파일에 로그인 기록이 없는 세션의 일부입니다. 앞뒤 시간대의 파일을 추가하면 완성될 수 있습니다.
skip-repeated = 다른 파일에서 이미 집계한 줄입니다.
skip-not-smtp-auth = SMTP가 아닌 로그인이거나 다른 경로로 들어온 메일입니다.
skip-counted-elsewhere = 더 자세한 정보가 있는 다른 파일에서 집계한 메시지입니다.
skip-other-event = 다른 줄에서 집계한 메시지의 서버 내 처리 단계입니다.

bad-columns = 열이 { $expected }개여야 하는데 { $found }개입니다.
bad-time = 올바른 날짜 및 시간이 아닙니다.
bad-session-id = 올바른 세션 ID가 아닙니다.
bad-sequence = 올바른 시퀀스 번호가 아닙니다.
bad-event = 올바른 이벤트(+ - < > * 중 하나)가 아닙니다.
bad-quote = 따옴표가 닫히지 않았거나 닫는 따옴표 뒤에 텍스트가 있습니다.
bad-tls = 올바른 TLS 버전이 아닙니다.
bad-count = 정수가 아닙니다.
bad-nul = 줄에 NUL 문자가 있습니다.
bad-too-long = 로그의 한 줄로 보기에는 너무 깁니다.
bad-truncated = 파일이 줄 중간에서 끝납니다.

# Beside the report's days, when there are more.
show-all-loaded-days = 불러온 기간 전체 보기({ $days })

notice-days-listed = 로그가 없는 날: { $days }.
notice-days-listed-more = 로그가 없는 날: { $days } 외 { $n }일.

no-senders-here = 필터와 일치하는 보낸 사람이 없습니다.

sample-shown = 가상의 회사로 만든 샘플 데이터입니다. 직접 파일을 추가하면 샘플 데이터를 대신합니다.
sample-remove = 샘플 데이터 제거

seen-in-all = 최초 확인일과 최근 확인일은 불러온 전체 데이터를 기준으로 하고, 나머지 수치는 보고서 기간을 기준으로 합니다.

basic-title = 기본 인증
basic-text = 최근 7일 동안 사용자 이름과 암호로 로그인한 사용자입니다. 기본 인증이 중단되면 메일을 보낼 수 없습니다.
basic-messages = 이 방식으로 보낸 메시지 { $n }개
basic-see = 해당하는 사용자 보기
