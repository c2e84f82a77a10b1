# CSV의 열이 될 수 있는 항목. 키는 `other_csv::ROLES`에 있습니다.

role-time = 시간
role-user = 사용자(로그인 이름)
role-sender = 보낸 사람(MAIL FROM)
role-tls = TLS 버전
role-mechanism = 인증 메커니즘
role-client-ip = 클라이언트 주소
role-client-name = 클라이언트 이름
role-server = 서버
role-result = 결과(성공 또는 실패)
role-reason = 실패 이유
role-messages = 메시지 수
role-recipients = 받는 사람 수
role-id = 메시지 ID 또는 큐 ID
role-service = 프로그램 또는 프로토콜
