# The scam check.

cli-scam = Look for signs of a scam in a message, a link or a number; nothing is sent anywhere, nothing is kept
cli-arg-text = What to look at, in quotation marks; "-" reads the standard input
cli-value-text = TEXT
cli-arg-batch = A file with one JSON string a line; prints one JSON answer a line
cli-value-batch = FILE
cli-scam-advice = What to do:
cli-scam-line = Line { $n } is not a JSON string: each line needs one string in quotation marks.

scam-verdict-danger = DANGER: many signs of a scam
scam-verdict-suspicious = SUSPICIOUS: signs of a scam
scam-verdict-no-sign = No sign of a scam found

scam-title = Is this message a scam?
scam-text = A message, a link, a telephone or account number
scam-text-hint = Copy what you received word for word. Take out passwords and codes of your own first.
scam-button = Check
scam-reasons = Why
scam-advice = What to do
scam-kept = It is checked on the office's own machine; nothing is sent anywhere and nothing is kept.
field-no-message = Paste what is to be checked.
field-message-too-long = That is longer than 5,000 characters. Paste the most doubtful part.
