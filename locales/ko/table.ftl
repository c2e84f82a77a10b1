# 한국어. 세부 정보 테이블: 열, 선택, 행 복사.

columns-choose = 열
columns-always = 보낸 사람 주소는 항상 표시됩니다.
columns-reset = 기본값으로 되돌리기
copy-rows = 행 복사
copy-rows-hint = 선택한 행을 스프레드시트에 붙여 넣을 수 있게 복사합니다. 선택한 행이 없으면 모든 행을 복사합니다.
rows-copied =
    { $n ->
       *[other] 행 { $n }개를 복사했습니다.
    }
rows-not-copied = 브라우저가 허용하지 않아 행을 복사하지 못했습니다.
rows-too-many = 한 번에 최대 { $max }개의 행만 복사할 수 있습니다. 보고서 요청을 사용하면 모두 저장할 수 있습니다.
rows-selected =
    { $n ->
       *[other] 행 { $n }개 선택됨
    }
clear-selection = 선택 취소
clear-search = 검색어 지우기
table-retry = 다시 시도
table-keys = 위쪽 및 아래쪽 화살표 키로 행을, 오른쪽 및 왼쪽 화살표 키로 행 안의 셀을 이동합니다. Enter 키를 누르면 보낸 사람의 세부 정보가 열립니다. 스페이스바로 행을 선택하고, Shift 키와 화살표 키로 여러 행을, Ctrl+A로 모든 행을 선택합니다. Ctrl+C로 선택한 행을 복사합니다.
