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
scam-verdict-no_sign = No sign of a scam found
