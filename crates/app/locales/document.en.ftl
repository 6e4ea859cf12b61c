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
document-next-open = Finish { $n } tasks without a result so far
document-next-overdue = Make up for { $n } overdue tasks
document-next-gap = Add evidence to { $n } tasks that are declared and not verified
