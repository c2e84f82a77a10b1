# 차트: 범례, 확대, 저장. 보낸 사람 도메인의 이름은 로그에서 오므로 메시지에 넣지 않습니다.

chart-legend = 차트에 표시되는 항목
chart-total = 합계
chart-total-shown = 표시된 항목의 합계
chart-described = 아래 단추를 누르면 이 차트의 수치를 표로 볼 수 있습니다.
chart-tls-title = TLS 버전별 비율
chart-zoom-hint = 차트를 끌어 원하는 날짜만 볼 수 있습니다. 키보드에서는 화살표 키로 날짜를 옮기고, Shift 키와 화살표 키로 기간을 선택한 다음 Enter 키를 누르세요.
chart-zoom-choosing = { $n }일: { $days }
chart-days = 차트의 날짜
chart-day-messages = { $day }: { $messages }
chart-day-no-logs = { $day }: 로그 없음
chart-days-chosen = { $days } 선택됨. Enter 키를 누르면 이 기간만 표시하고, Esc 키를 누르면 선택을 취소합니다.
chart-zoomed = 보고서에 표시되는 기간: { $days }
chart-reset-zoom = 확대 초기화
chart-save = 차트 저장
chart-save-png = PNG 이미지
chart-save-svg = SVG 드로잉
chart-save-failed = 이미지를 만들지 못했습니다:
chart-picture-title = { $report }: { $chart }
