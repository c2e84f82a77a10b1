// The same job in DuckDB's SQL, for the browser's and the native one.

const activity = (file) => `
  create or replace table groups as
  select left("timestamp", 10) as day, "user", sender, tls_version as tls, auth_mechanism as mechanism, client_ip as ip,
         count(*) as messages, sum(recipients::bigint) as recipients, 0 as sessions, 0 as failed
  from read_csv('${file}', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', sample_size = 1000)
  group by all`;

const columns = "time,connector,session,sequence,local,remote,event,data,context".split(",");

const receive = (file) => `
  create or replace table groups as
  with lines as (
    select time, split_part(connector, '\\', 1) as server, session, remote, event, data, context
    from read_csv('${file}', header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', comment = '#',
      columns = {${columns.map((name) => `${name}: 'varchar'`)}})
    where (event = '>' and data[1:3] in ('250', '235', '535', '504'))
      or (event = '<' and (data like 'MAIL FROM:<%' or data like 'AUTH %'))
      or (event = '*' and (context = 'authenticated' or context like 'TLS protocol SP_PROT_%' or context like 'User Name: %'))
  ),
  sessions as (
    select server, session,
      any_value(left(remote, length(remote) - 6)) as ip,
      coalesce(max(case when event = '*' and context like 'TLS protocol SP_PROT_%' then split_part(substr(context, 22), '_SERVER', 1) end), '') as token,
      coalesce(max(case when event = '<' and data like 'AUTH %' then substr(data, 6) end), 'Unknown') as mechanism,
      max(case when event = '*' and context = 'authenticated' then data end) as "user",
      max(case when event = '>' and data like '235%' then left(time, 10) end) as signed_in,
      max(case when event = '*' and context like 'User Name: %' then substr(context, 12) end) as attempt,
      max(case when event = '<' and data like 'MAIL FROM:<%' then split_part(substr(data, 12), '>', 1) end) as sender,
      list(left(time, 10)) filter (where event = '>' and data like '250 2.6.0 <%') as accepted,
      count(*) filter (where event = '>' and data like '250 2.1.5%') as recipients,
      list(left(time, 10)) filter (where event = '>' and (data like '535 %' or data like '504 5.7.4%')) as refused
    from lines group by server, session
  ),
  facts as (
    select unnest(accepted) as day, "user", sender, token, mechanism, ip, 1 as messages, 0 as recipients, 0 as sessions, 0 as failed
      from sessions where signed_in is not null
    union all
    select signed_in, "user", case when accepted is null then '' else sender end, token, mechanism, ip, 0, recipients, 1, 0
      from sessions where signed_in is not null
    union all
    select unnest(refused), coalesce(attempt, ''), '', token, mechanism, ip, 0, 0, 0, 1 from sessions
  )
  select day, "user", sender, case token when '' then 'No TLS' when 'TLS1' then 'TLS 1.0' else 'TLS ' || replace(substr(token, 4), '_', '.') end as tls,
    mechanism, ip, sum(messages) as messages, sum(recipients) as recipients, sum(sessions) as sessions, sum(failed) as failed
  from facts group by all`;

/// The statement that fills the table `groups` from a file, and those that read the totals from it.
export const statements = (kind, file) => ({
  fill: kind === "receive" ? receive(file) : activity(file),
  sums: "select sum(messages)::double, sum(recipients)::double, sum(sessions)::double, sum(failed)::double, count(*)::double from groups",
  byDay: "select day, sum(messages)::double from groups group by day having sum(messages) > 0",
  byTls: "select tls, sum(messages)::double from groups group by tls having sum(messages) > 0",
});

/// Totals out of the rows of those statements, each an array of arrays.
export function totalsOfSql({ sums, byDay, byTls }) {
  const [[messages, recipients, sessions, failed, groups]] = sums;
  return { messages, recipients, sessions, failed, groups, byDay: Object.fromEntries(byDay), byTls: Object.fromEntries(byTls) };
}
