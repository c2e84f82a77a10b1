# What a column of a CSV may be. The keys stand in `other_csv::ROLES`.

role-time = Time
role-user = User (login name)
role-sender = Sender (MAIL FROM)
role-tls = TLS version
role-mechanism = Authentication mechanism
role-client-ip = Client address
role-client-name = Client name
role-server = Server
role-result = Result (success or failure)
role-reason = Reason of a failure
role-messages = Number of messages
role-recipients = Number of recipients
role-id = Message id or queue id
role-service = Program or protocol
