# English. One message per sentence; strings that come from a log are never put into a message.

## Shell

product-name = SMTP AUTH Clients report
skip-to-content = Skip to content
nav-label = Pages
nav-toggle = Navigation menu
nav-dashboard = Dashboard
nav-report = Report
nav-sources = Data sources
add-logs = Add logs
add-folder = Add folder
drop-anywhere = Drop to add these logs to the report
close = Close
cancel = Cancel
dismiss = Dismiss
loading = Loading…
copy = Copy
copied = Copied
unknown = unknown
at-least = at least { $number }
list-separator = {", "}
day-span = { $first } – { $last }
days-utc = { $days } (UTC)
and-more = … and { $n } more
log-text-all = Show all { $n } characters

## Privacy

privacy-note = Nothing leaves this tab
privacy-heading = Your logs stay on this computer
privacy-how = The page reads your files inside the browser. It has no server, and its own security policy forbids it every connection. You can check that:
privacy-check-source = View the page source. Its first lines hold the policy, with
privacy-check-network = Open the developer tools (F12), choose Network, and add logs. No request appears.
privacy-check-offline = Or disconnect from the network: everything still works.
privacy-forgets = What was loaded is forgotten when you close or reload the tab. The browser remembers only your settings, saved filters and column choices; the settings can forget them.

## Landing

landing-title = Who still sends mail with SMTP AUTH?
landing-lead = Drop the logs of your Exchange servers or the exports of Microsoft 365 here and see which users, devices and applications still sign in to send mail, how much they send, and over which version of TLS.
landing-drop-label = Add logs
landing-drop = Drop log files, whole folders, .zip or .gz anywhere in this window
landing-drop-hint = As many as you like, from several servers, and more later. The page reads them on this computer; nothing is uploaded.
try-sample = Try sample data
landing-which = Which logs?
landing-exchange-server = Exchange Server
landing-microsoft-365 = Microsoft 365
landing-others = Other systems
tells-title = What each file tells
tells-user = Who signed in
tells-messages = Messages
tells-tls = TLS version
tells-mechanism = Basic or OAuth
tells-client = Client address
tells-failures = Failures
tells-days = Days
tells-yes = yes
tells-partly = partly
tells-no = no
log-receive = SMTP Receive protocol logs
log-receive-text = The Front End log tells who signed in, how, from where and over which TLS. The Hub log tells what was then sent on port 587. Take both folders from every Mailbox server that clients reach; the page joins them and counts no message twice.
log-receive-front-end = Front End Transport
log-receive-hub = Transport (Hub)
log-receive-edge = Edge Transport server
log-receive-hint = Files are named RECV….LOG. You can drop the folders as they are, or packed as .zip or .gz; files that do not belong are named and left out.
log-switch-on = Switch the protocol logs on
log-switch-on-text = Out of the box only the “Default Frontend” connector writes a protocol log. See what yours do, and set those that clients submit to (ports 587 and 25) to Verbose, in the Exchange Management Shell:
log-switch-on-list = List the Receive connectors
log-switch-on-set = Log one of them
log-switch-on-hint = Put your server’s name for EX01, and do the same for “Client Proxy EX01”, which writes the Hub log. Logs are kept for 30 days unless you have changed that.
log-tracking = Message tracking logs
log-tracking-text = They are on by default and show what was sent through the client connectors: sender, address, messages. Who signed in and over which TLS stands in the protocol log of the same session; load both, and each message counts once.
log-tracking-folder = Folder on each Mailbox server
log-tracking-export = Or from the Exchange Management Shell
log-tracking-hint = Files are named MSGTRK….LOG. Only mail received over SMTP by a connector whose name begins with “Client” counts.
log-report = SMTP AUTH clients report
log-report-text = Microsoft’s own report: messages of each sender by TLS version and by Basic or OAuth. In the Exchange admin center open Reports, Mail flow, SMTP AUTH clients report, choose the period, and Export.
log-report-hint = The export does not say which days it is of; the page asks. It gives percentages, so some counts are estimates. Export each week, and the files together make a history.
log-entra = Entra sign-in logs
log-entra-text = They tell what the report does not: from which public address each user signed in with SMTP, and who failed and why. In the Microsoft Entra admin center open Monitoring & health, Sign-in logs, filter “Client app” by Authenticated SMTP, and download the CSV, for user sign-ins both interactive and non-interactive.
log-entra-query = Or, in Log Analytics, this query, exported as CSV
log-entra-hint = A sign-in is not a message: one may send many, and a message may be sent without a new sign-in. Sign-ins are counted as sessions.
log-trace = Message trace
log-trace-text = All mail of your senders, from Exchange Online. It does not say what came by SMTP AUTH; beside Entra’s sign-in logs the page shows the mail of those who signed in with SMTP.
log-trace-cmdlet = The last ten days
log-trace-historical = Up to 90 days, with the TLS version
log-trace-hint = Summary, enhanced summary and extended reports are read, in UTF-16 as they come.
log-activity = Activity CSV
log-activity-text = Any other source can be brought as a CSV file with these columns. It is also what Request report writes, so a downloaded report can be dropped here again.
log-activity-columns = Columns, in any order
log-activity-hint = A user or sender is needed, and a TLS version, a mechanism or a count; or just date, user and sender. Without a messages column, each row is one message. An empty number means unknown.
log-other = Any other CSV
log-other-text = The log of Postfix, Dovecot or another server, exported from Splunk, Elastic, Graylog or a database: columns are recognised by the names that these use, and by what is in them. A file whose columns nobody knows can be mapped by hand.
log-other-hint = Comma, semicolon, tab or |; any regional settings of dates; UTF-8, UTF-16 or the Windows code pages.

## Files coming in

files-loaded =
    { $n ->
        [one] { $n } file loaded
       *[other] { $n } files loaded
    }
files-same =
    { $n ->
        [one] { $n } already loaded
       *[other] { $n } already loaded
    }
files-failed =
    { $n ->
        [one] { $n } could not be read
       *[other] { $n } could not be read
    }
files-failed-only =
    { $n ->
        [one] { $n } file could not be read
       *[other] { $n } files could not be read
    }
unopened =
    { $n ->
        [one] The browser did not let the page open { $n } item; try Add folder instead:
       *[other] The browser did not let the page open { $n } items; try Add folder instead:
    }
see-sources = See data sources
failure = Something in the page stopped working.
failure-remedy = Reload the page and add the logs again. If it happens again, the browser’s words help to find out why:
progress-label = Reading logs
progress-files =
    { $total ->
        [one] Reading { $total } file
       *[other] Reading files: { $done } of { $total } done
    }
progress-percent = { $percent }%
progress-speed = { $size }/s
progress-said = Reading logs: { $percent }%
progress-totals = Counted so far
progress-nearly-done = nearly done
progress-seconds-left =
    { $n ->
        [one] { $n } second left
       *[other] { $n } seconds left
    }
progress-minutes-left =
    { $n ->
        [one] { $n } minute left
       *[other] { $n } minutes left
    }
size-bytes = { $size } B
size-kb = { $size } kB
size-mb = { $size } MB
size-gb = { $size } GB

## Dashboard

dashboard-title = Mail flow insights
widget-title = SMTP Auth clients
widget-text = Users and service accounts that signed in with SMTP AUTH in the last 7 days. A name you do not expect may be a compromised account.
widget-no-dates = None of the loaded rows has a date, so there is no last week. The report shows them under “All loaded”.
widget-number-label =
    { $n ->
        [one] { $n } user with SMTP AUTH, { $days }
       *[other] { $n } users with SMTP AUTH, { $days }
    }
trend = Users by day: { $days }
trend-day = { $day }: { $users }
no-logs = no logs
old-tls-title = TLS below 1.2
old-tls-text = Messages of the last 7 days from clients that did not use TLS 1.2 or newer.
old-tls-see = See which senders
share-of-messages = { $share } of messages
failed-title = Failed sign-ins
failed-text = SMTP AUTH attempts of the last 7 days that the server refused.
beside-sessions = Successful sessions: { $sessions }
loaded-title = Loaded logs
loaded-text = Files that this report is made of.
loaded-days =
    { $n ->
        [one] { $days }, { $n } day with logs
       *[other] { $days }, { $n } days with logs
    }

## The widget's flyout

week-intro = SMTP AUTH lets a mail client, a printer or an application sign in to a server and send mail. This is who did so in the last 7 days of your logs, how much they sent, and how their connections were protected.
week-intro-use = Clients that sign in with a user name and a password cannot use multifactor authentication, and a stolen password is enough to send spam in your name. Unexpected users, sudden volumes and many failed sign-ins deserve a look.
week-report-heading = Report
week-report-text = Every sender, day by day:
week-tls-heading = TLS versions
week-tls-text = TLS 1.0 and TLS 1.1 are outdated, and Microsoft 365 no longer accepts them from SMTP AUTH clients. Update or replace whatever cannot use TLS 1.2. The shares below are shares of messages.
week-no-messages = The loaded logs do not tell how many messages were sent in these days.
week-volumes-heading = Volumes of the week

## Words of the report

users = Users
messages = Messages
senders = Senders
recipients = Recipients
sessions = Sessions
failed-sign-ins = Failed sign-ins
failed-short = Failed
tls-version = TLS version
tls-versions = TLS versions
share = Share
day = Day
days = Days
total = Total
sender-domain = Sender domain
no-domain = (no domain)
other-domains = Other domains
count-and-share = { $count } ({ $share })

## Report

report-title = SMTP Auth Clients Report
commands = Report commands
request-report = Request report
view-details-table = View details table
view-report = View report
filters = Filters
show-data-for = Show data for
all-sender-domains = All sender domains
view-data-by = View data by
sending-volume = Sending Volume
tls-usage = TLS Usage
share-of = Share of
numbers-as-table = Show the numbers as a table
range-undated = All that is loaded (rows without a date)
empty-range = No SMTP AUTH activity with these filters
empty-range-loaded = Logs are loaded for { $days } (UTC).
show-all-loaded = Show all loaded days
show-all-loaded-domains = Show all loaded days and domains
volume-unknown = How many messages were sent is not in the loaded logs. The details table lists who signed in.
tls-unknown = No messages are known for these days, so there is no share to show. The details table lists which versions were seen.
tls-by-domain = TLS versions by sender domain
more-domains =
    { $n ->
        [one] One more domain is not listed.
       *[other] { $n } more domains are not listed.
    }
chart-failed = The chart could not be drawn. The table below has its numbers.
summary-volume =
    { $domains ->
        [one] Area chart of messages per day: { $messages } messages in all, from one sender domain.
       *[other] Area chart of messages per day: { $messages } messages in all, in { $domains } series by sender domain.
    }
summary-busiest-day = The most on one day: { $messages } on { $day }.
summary-tls-version = { $version }: { $share } ({ $count })
summary-tls-by-domain = Bar chart of TLS versions by sender domain.

## Notices

notice-all-mail = A message trace does not say how mail was handed in: these are all messages of the senders shown, not just those sent with SMTP AUTH. With Entra sign-in logs beside it, only senders who signed in with SMTP are shown; with the protocol logs of your servers or Microsoft’s report, only what came by SMTP AUTH.
notice-wants-period = Microsoft’s report does not say which days it is of. Until you tell its period under Data sources, it is left out of ranges of days and of the daily chart.
notice-period-totals = Microsoft’s report does not tell days: its messages all stand on the last day of its period.
notice-estimates = Some counts are estimates: Microsoft’s report gives rounded percentages, from which the messages of each TLS version were worked out.
notice-hub-missing =
    { $n ->
        [one] How many messages { $n } session sent is in none of the loaded files. For Exchange Server, add the Hub logs (…\Hub\ProtocolLog\SmtpReceive) of the same servers and days; for Microsoft 365, the SMTP AUTH clients report or a message trace of the same days.
       *[other] How many messages { $n } sessions sent is in none of the loaded files. For Exchange Server, add the Hub logs (…\Hub\ProtocolLog\SmtpReceive) of the same servers and days; for Microsoft 365, the SMTP AUTH clients report or a message trace of the same days.
    }
notice-front-end-missing =
    { $n ->
        [one] Over which TLS version and with which mechanism { $n } message came is in none of the loaded files. For Exchange Server, add the Front End logs (…\FrontEnd\ProtocolLog\SmtpReceive) of the same servers and days; for Microsoft 365, the SMTP AUTH clients report.
       *[other] Over which TLS version and with which mechanism { $n } messages came is in none of the loaded files. For Exchange Server, add the Front End logs (…\FrontEnd\ProtocolLog\SmtpReceive) of the same servers and days; for Microsoft 365, the SMTP AUTH clients report.
    }
notice-undated =
    { $n ->
        [one] { $n } row without a date is left out. Choose “All loaded” in the filters to include it.
       *[other] { $n } rows without a date are left out. Choose “All loaded” in the filters to include them.
    }
notice-days-without-logs =
    { $n ->
        [one] { $n } day of this range has no logs. It is shown as a gap, not as zero.
       *[other] { $n } days of this range have no logs. They are shown as gaps, not as zero.
    }
notice-failed-names-given-up =
    { $n ->
        [one] { $n } failed sign-in is counted under the name “(other)”: more names were tried than can be told apart. Names still told apart: { $names }. No failed sign-in is missing from the totals.
       *[other] { $n } failed sign-ins are counted under the name “(other)”: more names were tried than can be told apart. Names still told apart: { $names }. No failed sign-in is missing from the totals.
    }
notice-names-given-up = Some { $what } are counted as “(other)”: there are more of them than can be told apart. Nothing is missing from the totals.
names-of-clients = client names
names-of-addresses = client addresses
names-of-senders = senders
names-of-users = users
names-of-domains = sender domains
names-of-mechanisms = mechanisms
names-of-servers = servers

## Details

details = Details
details-table = Details table
sender-address = Sender address
sender-address-title = Sender Address
message-count = Message count
search-senders = Search senders
senders-count =
    { $n ->
        [one] { $n } sender
       *[other] { $n } senders
    }
senders-found = { $n } of { $all } senders
old-tls-first = Old TLS first
no-senders = No sender matches the search.
null-sender = (empty sender, <>)
login-note = (sign-in; number of messages unknown)
seen = seen
not-seen = –
table-failed = This could not be fetched:
sender-gone = This sender has no activity with the present filters.
login = Login
logins = Logins
first-seen = First seen
last-seen = Last seen
mechanism = Mechanism
mechanisms = Authentication
client = Client
clients = Clients
server = Server
servers = Servers
warning-old-tls = Warning: TLS below 1.2 is in use ({ $versions }).
warning-old-tls-remedy = Once TLS below 1.2 is turned off, clients and devices that cannot use TLS 1.2 will be unable to send. Update or replace the client or device; its addresses are listed below.

## Filters and request

date-range = Date range (UTC)
preset-7 = Last 7 days
preset-30 = Last 30 days
preset-90 = Last 90 days
preset-all = All loaded
start-date = Start date
end-date = End date
range-missing = Enter both dates.
range-backwards = The end date lies before the start date.
filters-loaded = Loaded: { $days } (UTC)
apply = Apply
clear-filters = Clear filters
request-text = Download the detailed report of a period as a CSV file: one row for each day, user, sender, TLS version, mechanism, client and server. It can be opened in Excel, and dropped here again.
request-name = Name
request-default-name = SMTP Auth clients
request-domain = Sender domain
request-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
request-file = File name:
request-failed = The report could not be made:
request-preparing = Preparing…
download = Download

## Mapping

map-columns = Map columns
map-columns-open = Map columns…
mapping-text = Say which column of the file is which. A user or a sender is needed, and one of time, TLS version, mechanism, result and number of messages.
mapping-column = Column { $n }
mapping-needs-who = Still needed: a column with the user or the sender.
mapping-needs-what = Still needed: a column with the time, TLS version, mechanism, result or number of messages.
mapping-understood =
    { $rows ->
        [0] The file’s beginning holds no rows to try this with.
        [one] { $n } of the first { $rows } row understood
       *[other] { $n } of the first { $rows } rows understood
    }
mapping-counts =
    { $rows ->
        [one] { $rows } row counts. Messages: { $messages }; successful sign-ins: { $sessions }; failed sign-ins: { $failed }.
       *[other] { $rows } rows count. Messages: { $messages }; successful sign-ins: { $sessions }; failed sign-ins: { $failed }.
    }
mapping-skipped =
    { $n ->
        [one] { $n } row is none of the report’s business.
       *[other] { $n } rows are none of the report’s business.
    }
mapping-bad =
    { $n ->
        [one] { $n } row is not understood.
       *[other] { $n } rows are not understood.
    }
mapping-row = Row { $n }:
mapping-dates = The dates can be read both ways. What comes first in dates such as
mapping-day-first = The day
mapping-month-first = The month
mapping-rows = First rows of the file
mapping-more-columns =
    { $n ->
        [one] One more column is not shown; it can be chosen above.
       *[other] { $n } more columns are not shown; they can be chosen above.
    }
mapping-remembered = This browser remembers the choice for files with the same column names: a checksum of the names and the places of the columns. Nothing of the rows is kept.

## Data sources

sources-text = Every file that was added, and what became of each of its lines.
sources-none = No files yet. Add logs, or drop them anywhere in this window.
sources-table = Files
sources-total = { $files ->
        [one] { $files } file
       *[other] { $files } files
    }, { $size }. { $read } lines read = { $counted } counted + { $skipped } skipped + { $bad } bad.
file = File
format = Format
size = Size
period-utc = Period (UTC)
lines-read = Lines read
lines-counted = Counted
lines-skipped = Skipped
lines-bad = Bad
actions = Actions
remove = Remove
show-more-files =
    { $n ->
        [one] Show { $n } more
       *[other] Show more ({ $n } left)
    }
start-over = Start over
start-over-text = All loaded files are forgotten, and the page is as it was when you opened it. The files on your disk stay as they are.
start-over-confirm = Forget all files
format-exchange-receive = Exchange SMTP Receive
format-activity-csv = Activity CSV
format-microsoft-report = Microsoft’s SMTP AUTH clients report
format-message-trace = Exchange Online message trace
format-message-tracking = Exchange message tracking
format-entra-sign-ins = Entra sign-in log
format-other-csv = Other CSV
format-same = Same file
format-problem = Not loaded
origin-messages = Messages: { $sources }.
origin-sign-ins = Sign-ins: { $sources }.
origin-none = no loaded file tells
refusals-in-file = What the server refused, and why
refusals = Why sign-ins were refused
dates-day-first = Dates such as 3-4-2026 are read with the day first; no row of this file tells which of the two is the month. If that is wrong, write the dates as year-month-day (2026-12-31).
dates-month-first = Dates such as 3/4/2026 are read with the month first; no row of this file tells which of the two is the month. If that is wrong, write the dates as year-month-day (2026-12-31).
sources-which = Which logs there are, what each tells, and how to get them
period-wanted = This report does not say which days it is of. Its period:
period-first = First day
period-last = Last day
period-apply = Apply
known-by-log-type = Recognised by its “#Log-type” line, or by the form of its lines.
known-by-fields = Recognised by its “#Fields” line or column names, with event, connector and sender.
known-by-names-of-report = Recognised by the names of its columns, and by what is in them.
known-by-tls-columns = Recognised by its columns: a sender, and a figure for each TLS version.
known-by-trace-columns = Recognised by the columns of a message trace.
known-by-client-app = Recognised by its columns: a user, a client app and an outcome.
encoding-is = Encoding: { $encoding }.
leaves-open = It does not tell: { $questions }.
overlaps-with = Rows of the same day, names and client are in another file too, and count once:
same-as = Already loaded as
removed-file = a file that has been removed since
not-utf8 = Lines that are not UTF-8 were read as what they look like: { $pages }. If a name looks wrong, save the file as UTF-8 and add it again.
broken-utf8 = UTF-8, with � for what is broken
unpacked-size = Unpacked: { $size }
account-equation = { $read } lines read = { $counted } counted + { $skipped } skipped + { $bad } bad
skipped-lines = Skipped lines
bad-lines = Lines that could not be read
lines = Lines
line = Line
column = Column
why = Why
excerpt = Beginning of the line
more-bad-lines =
    { $n ->
        [one] One more bad line is counted but not listed.
       *[other] { $n } more bad lines are counted but not listed.
    }

problem-files =
    { $n ->
        [one] { $n } file is not part of the report
       *[other] { $n } files are not part of the report
    }
problem-empty = The file is empty. Copy it again from the server; a log that is being written may be empty at first.
problem-header-only = The file holds only header lines. There was nothing to log; check that the connector’s protocol logging is set to Verbose.
problem-binary = This is not a text file. Choose the .LOG files themselves.
problem-send-log = This is a Send protocol log: mail that the server sent out. Take the Receive log of the same server instead, from the folder SmtpReceive.
problem-other-log = This is an Exchange log of another kind. Take the SMTP Receive protocol log, from the folder ProtocolLog\SmtpReceive.
problem-other-log-type = Its type:
problem-unknown-csv = This is a CSV file of something else, or its columns have names that are not known here. If it tells who sent mail or signed in, choose “Map columns…” to say which column is which.
problem-csv-columns = Its columns:
problem-packed = The file is packed in a way that is not opened here. Unpack it, and add the files inside.
problem-packed-kind = Its kind:
problem-entra-companion = Entra packs this file beside its sign-in log. Take the file InteractiveSignIns or NonInteractiveSignIns of the same download; nothing is missing from the report without this one.
problem-iis-log = This is a log of the web server (IIS). Take the SMTP Receive protocol log of Exchange, from the folder ProtocolLog\SmtpReceive.
problem-json = This is JSON, which is not read. Export the same data as CSV.
problem-encrypted = The file is packed with a password. Unpack it, and add the files inside.
problem-incomplete = The packed file is cut off. Nothing of it is counted, for a part would mislead. Copy or download it again.
problem-damaged = The packed file is damaged: what is inside does not match its checksum or its size. Nothing of it is counted, for a part would mislead. Copy or download it again.
problem-empty-archive = There are no files in this archive.
problem-overlapping = The files in this archive overlap, which no well-behaved program produces. Nothing of it is read. If you know where it comes from, unpack it and add the files inside.
problem-too-many-entries = There are more than 20,000 files in this archive. Unpack it, and add the files inside some at a time.
problem-unpacks-too-far = The file unpacks to more than 250 times its size, which no log does, so the reading was stopped and nothing of it is counted. If you know where it comes from, unpack it and add the files inside.
problem-unpacks-too-big = The file unpacks to more than 64 GB, so the reading was stopped and nothing of it is counted. Unpack it, and add the files inside.
problem-office = This is a file of Excel, Word or PowerPoint. Save the sheet as CSV UTF-8 and add that.
problem-unknown = This is text, but no log that is known here. Take the SMTP Receive protocol log or an Activity CSV.
problem-nothing-readable = This looks like a log, but not one of its lines could be read. Its details under Data sources show why; copy the file again from the server.
problem-unreadable = The browser could not read the file. It may have been moved or changed, or be open in another program. Copy it somewhere else and add the copy.
problem-browser-says = The browser says:

skip-header = Header lines.
skip-blank = Empty lines.
skip-no-auth = Mail that was sent without signing in (anonymous relay).
skip-probe = Connections that left without mail or sign-in, as load balancers and scanners do.
skip-server-to-server = Exchange servers talking to each other.
skip-health-mailbox = Exchange’s own health probes (HealthMailbox…).
skip-unfinished = Sign-ins that neither succeeded nor were refused before the connection ended.
skip-fragment = Parts of sessions whose sign-in, if there was one, is in none of the loaded files. Adding the files around it may complete them.
skip-repeated = Lines that were already counted from another file.
skip-not-smtp-auth = Sign-ins with something else than SMTP, and mail that came in another way.
skip-counted-elsewhere = Messages that another loaded file counts, which knows more of them.
skip-other-event = Other steps of a message through the server; the message itself is counted on another line.

bad-columns = { $found } columns instead of { $expected }.
bad-time = Not a point in time.
bad-session-id = Not a session id.
bad-sequence = Not a sequence number.
bad-event = Not an event (one of + - < > *).
bad-quote = A quotation mark that is never closed, or text behind a closing one.
bad-tls = Not a TLS version.
bad-count = Not a whole number.
bad-nul = A NUL character in the line.
bad-too-long = Longer than any log line.
bad-truncated = The file ends in the middle of the line.

# Beside the report's days, when there are more.
show-all-loaded-days = Show all loaded days ({ $days })

notice-days-listed = Without logs: { $days }.
notice-days-listed-more = Without logs: { $days } and { $n } more.

no-senders-here = No sender matches the filters.

sample-shown = These are sample data of an invented company. Your own files take their place as soon as you add some.
sample-remove = Remove the sample data

seen-in-all = First and last seen are of everything that is loaded; the numbers are of the days of the report.

basic-title = Basic authentication
basic-text = Users of the last 7 days who signed in with a user name and a password. They stop sending once it is turned off.
basic-messages =
    { $n ->
        [one] { $n } message sent this way
       *[other] { $n } messages sent this way
    }
basic-see = See who uses it
