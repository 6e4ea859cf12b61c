# Words set into official documents (which are Vietnamese; these serve whoever reads along).

document-until = as of { $day }
document-month = month { $n } of { $year }
document-quarter = quarter { $n ->
    [1] I
    [2] II
    [3] III
   *[other] IV
} of { $year }
document-half = { $n ->
    [1] first
   *[other] second
} half of { $year }
document-year = year { $year }
document-erased = (the content was erased as the law provides)
document-program = The program
document-restorer = Restored from a backup
document-attendance-kind = List
document-attendance-symbol = DS
document-attendance-number = No.
document-attendance-name = Name
document-attendance-at = Signed in at
document-attendance-file = attendance-{ $day }
document-pack-kind = Meeting pack
document-pack-symbol = TL
document-pack-subject = on { $letter }
document-pack-agenda = Agenda
document-pack-points = What to speak of
document-pack-minutes = Minutes
document-pack-section = section { $section }, { $letter }
document-pack-quote = “{ $quote }” ({ $place })
document-agenda-open = Opening, who is present
document-agenda-read = What { $letter } says
document-agenda-points = Discussion, point by point
document-agenda-assign = Who does what until when
document-agenda-close = Conclusion, minutes
document-next-open = Finish { $n } tasks without a result so far
document-next-overdue = Make up for { $n } overdue tasks
document-next-gap = Add evidence to { $n } tasks that are declared and not verified
document-hand-over-kind = Receipt
document-hand-over-symbol = GBN
document-hand-over-subject = hand-over of a matter to the authority in charge
document-hand-over-from = Given by
document-hand-over-to = Taken by
document-hand-over-on = Handed over on
document-hand-over-what = Matter
document-hand-over-received = received on { $date }
document-hand-over-number = Number of the matter
document-hand-over-text = What is handed over:
document-hand-over-copies = This sheet is made in two copies, one for each side.
document-hand-over-giver = Given by (signature, full name)
document-hand-over-taker = Taken by (signature, full name)
