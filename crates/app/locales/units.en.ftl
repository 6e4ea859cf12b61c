# Units: reopening
unit-closed-since = The unit is closed; its last day is { $date }.
unit-reopen = Reopen the unit
unit-reopen-hint = From today on the unit takes tasks again. Its work and history stay as they are; the reopening goes into the log.
notice-unit-reopened = The unit is reopened.
refusal-unit-above-closed = The unit right above is closed. Reopen that one first.
field-not-sure = Tick the box to confirm.

# Planned inspections
plans-name = Name (optional)

# A mail server with its own certificate
mail-authority-own = The mail server has a certificate of the office's own
mail-authority = Root certificate (PEM)
mail-authority-hint = Paste the .pem or .crt file that whoever runs the mail server gave you. Then this certificate alone is trusted.
mail-problem-bad-authority = What was pasted is no PEM certificate. Paste the lines BEGIN CERTIFICATE and END CERTIFICATE too.

# Whose turn it is: the home page and the morning's letter say the same numbers
mail-turn = Your turn
mail-to-judge = Results declared done, to accept or send back: { $n }
mail-to-approve = Reports to approve: { $n }
mail-to-record = Outreach activities whose day has passed, without a word on how they went: { $n }
mail-below = The units below
waits-to-judge = { $n } results declared done, to accept or send back
waits-to-approve = { $n } reports to approve
waits-to-record = { $n } outreach activities whose day has passed, without a word on how they went
waits-below-overdue = { $n } tasks overdue in the units below
waits-below-unacknowledged = { $n } tasks not acknowledged in the units below
waits-below-due-soon = { $n } tasks due soon in the units below

# Errors that pages seldom show
error-title-400 = The request could not be read
error-title-401 = Sign in first
error-title-405 = Page not found
error-title-415 = This type of content is not taken
error-title-429 = Too many attempts
error-title-410 = The file can no longer be used
error-title-503 = The server cannot do this at the moment
error-title-507 = The server’s disk is full
error-words-400 = What the browser sent broke off or has the wrong form. Go back and send it again.
error-words-401 = Sign in and open this page again.
error-words-405 = This address takes forms only. Find the thing again from its list.
error-words-415 = Go back to the form and send it again from the page.
error-words-429 = Wait some minutes and try again.
error-words-410 = The file is lost or damaged on the server. Hand in the original again, or ask the administrator to take it from a backup.
error-words-503 = Nothing was written. Wait a moment, then send it again.
error-words-507 = Nothing was written. Ask the administrator to free space on the disk, then send it again.

# Command line: the way back of the last administrator
cli-invite = Make a new invitation for an account when no administrator can sign in any more
cli-arg-login = The account's name to sign in with
cli-value-login = LOGIN
cli-invited =
    Invitation of { $login }: { $code }
    Good until { $until }, once, on the page for invitations. When it is used, the old password, authenticator app, sessions and tokens end. This stands in the log of sign-ins.
cli-no-account = No account is called { $login }.
