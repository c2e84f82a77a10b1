// What is done with the rows that a CSV library gives: arrays of strings.
import { Groups, tlsName } from "./groups.js";

/// `{ row(fields), totals() }` for a kind of corpus. Of a CSV `row` must not see the header.
export const rowsOf = (kind) => (kind === "receive" ? receive() : activity());

/// Columns as the generator writes them.
export const activityColumns = [
  "timestamp", "user", "sender", "sender_domain", "tls_version", "auth_mechanism", "client_ip", "client_name", "server", "recipients",
];

function activity() {
  const groups = new Groups();
  return {
    row([timestamp, user, sender, , tls, mechanism, ip, , , recipients]) {
      const counts = groups.of(timestamp.slice(0, 10), user, sender, tls, mechanism, ip);
      counts[0]++;
      counts[1] += +recipients;
    },
    totals: () => groups.totals(),
  };
}

function receive() {
  const groups = new Groups();
  const open = new Map();
  let lastId;
  let lastConnector;
  let last;

  const count = (session, sender) => {
    groups.of(session.signedIn, session.user, sender, session.tls, session.mechanism, session.ip)[2]++;
    session.counted = true;
  };
  const close = (session) => {
    if (session.signedIn && !session.counted) count(session, "");
  };

  const row = ([time, connector, id, , , remote, event, data, context]) => {
    let session = last;
    if (id !== lastId || connector !== lastConnector) {
      const key = `${connector.slice(0, connector.indexOf("\\"))}\t${id}`;
      session = open.get(key);
      if (!session) {
        session = {
          key, ip: remote.slice(0, remote.lastIndexOf(":")), tls: "No TLS", mechanism: "Unknown", attempt: "", user: "",
          signedIn: "", counted: false, nextSender: "", sender: "", recipients: 0,
        };
        open.set(key, session);
      }
      last = session;
      lastId = id;
      lastConnector = connector;
    }
    if (event === ">") {
      if (data.startsWith("250 2.1.5")) {
        session.recipients++;
      } else if (data.startsWith("250 2.1.0")) {
        session.sender = session.nextSender;
        session.recipients = 0;
      } else if (data.startsWith("250 2.6.0 <") && session.signedIn) {
        const counts = groups.of(time.slice(0, 10), session.user, session.sender, session.tls, session.mechanism, session.ip);
        counts[0]++;
        counts[1] += session.recipients;
        if (!session.counted) count(session, session.sender);
      } else if (data.startsWith("235")) {
        session.signedIn = time.slice(0, 10);
      } else if (data.startsWith("535 ") || data.startsWith("504 5.7.4")) {
        groups.of(time.slice(0, 10), session.attempt, "", session.tls, session.mechanism, session.ip)[3]++;
      }
    } else if (event === "<") {
      if (data.startsWith("MAIL FROM:<")) {
        session.nextSender = data.slice(11, data.indexOf(">"));
      } else if (data.startsWith("AUTH ")) {
        session.mechanism = data.slice(5);
        session.attempt = "";
      }
    } else if (event === "*") {
      if (context === "authenticated") {
        session.user = data;
      } else if (context.startsWith("TLS protocol SP_PROT_")) {
        session.tls = tlsName[context.slice(21, context.indexOf("_SERVER"))];
      } else if (context.startsWith("User Name: ")) {
        session.attempt = context.slice(11);
      }
    } else if (event === "-") {
      close(session);
      open.delete(session.key);
      lastId = undefined;
    }
  };
  return {
    row,
    totals: () => {
      open.forEach(close);
      return groups.totals();
    },
  };
}
