# Letters: correcting, taking out of the register, doubles, days
letter-correct = Correct the letter's details
letter-correct-hint = Correct what the program read wrong or the letter does not say. An empty field means that the letter does not say it. The file, the quoted sentences and the tasks stay as they are; who corrected, and when, goes into the history.
letter-correct-secret = A top secret letter: the program keeps no subject, issuer or signer of it, so only number, type and day can be corrected.
letter-correct-code-hint = As printed on the letter, for example 86-CV/BTGDVTU
letter-kind = Type of letter
letter-kind-none = Not given
letter-subject = Subject
letter-signer-name = Name of the signer
letter-problems-correct = Correct the letter's details
letter-correct-theirs = Changed on both sides; the register now says:
letter-correct-empty = (empty)
notice-letter-corrected = The letter's details are saved.

letter-remove = Take out of the register
letter-remove-title = Taken in by mistake, or twice?
letter-remove-hint = Out of the register, the letter is in no list, search, chain of letters or new figure any more. Nothing is deleted: file and history stay, and it can be put back at any time. Signed reports stay as they are.
letter-remove-reason = Reason
letter-remove-reason-hint = One sentence, for example: the same as the PDF
letter-remove-has-tasks = { $n } tasks of this letter stand, so it cannot be taken out yet. Take those tasks back first.
letter-remove-see-tasks = See the tasks
letter-removed-title = This letter was taken out of the register
letter-removed-said = { $who } took it out on { $at }.
letter-removed-reason = Reason: { $reason }
letter-removed-tag = Out of the register
letter-put-back = Put back into the register
notice-letter-removed = The letter was taken out of the register.
notice-letter-put-back = The letter is back in the register.
event-letter-withdrawn = { $who } took the letter out of the register
event-letter-restored = { $who } put the letter back into the register
refusal-letter-changed = This letter's details were corrected elsewhere after you opened the page. Fields that you left alone now say what the register says; those that you changed keep what you typed. Look again, then save.
refusal-letter-removed = This letter was taken out of the register. Put it back first.
refusal-letter-has-tasks = Tasks of this letter stand. Take them back first, then take the letter out of the register.
refusal-received-and-removed = This file was taken in before and taken out of the register. If that was a mistake, put it back.
upload-see-known = Open the letter that is there
upload-see-removed = See the letter that was taken out

letter-twin = Perhaps the same as letter { $code }, taken in on { $date }
letter-twin-hint = Number, day and issuer are the same; the file is another one. If it is one letter, keep one of them in the register.
letter-twin-remove = Take this one out of the register
letter-twin-reason = The same as letter { $code }, taken in on { $date }
field-no-reason = Give the reason.

# A letter that asks for nothing
notice-received-bare = The letter is in the register. The program found no obligation in it.
letter-bare-title = No sentence was found that asks for anything
letter-bare-add = The letter does ask for something: choose the sentence and add it as an obligation.
letter-bare-correct = Number, day or subject were read wrong: correct the letter's details.
letter-bare-remove = The wrong file was taken in: take it out of the register.
letter-bare-none = The letter is for information only: there is nothing more to do.

# Numbers, days, giving work out, searching
refusal-bad-number = A letter's number is digits, perhaps with a letter behind, for example 17 or 12a.
refusal-due-before-letter = Work cannot be due before the day of the letter.
refusal-due-past-letter = This is later than the letter asks; only an earlier day can be set.
field-due-before-letter = Work cannot be due before the day of the letter ({ $date }).
field-due-past-letter = The letter asks for it by { $date }; only an earlier day can be set.
due-past = { $date } (this day is past)
due-directed = { $date } (as the head directed)
notice-assigned-past = { $n } tasks were given out. The day is past: look again whether it was written by mistake.
notice-edited-past = The obligation is saved. The day is past: look again whether it was written by mistake.
notice-directed-past = The direction is recorded. The day is past: look again whether it was written by mistake.
notice-assigned-none = No new task: the units that are meant have this work already.
letter-assign-count = This makes { $tasks } tasks for { $units } units.
letter-assign-lead = Give it to { $unit } to lead
letter-assign-both = Give it to whom the letter names; the rest to { $unit } to lead
obligation-tasks = Given to: { $units }
obligation-tasks-more = Given to: { $units } and { $n } other units
obligation-tasks-none = The tasks were taken back
letters-elsewhere = { $n } letters match under { $tab }

history-blank = (blank)
history-change = { $field }: { $from } → { $to }
letter-field-code = Number and symbol
letter-field-kind = Kind of letter
letter-field-date = Date of issue
letter-field-subject = Subject
letter-field-issuer = Issued by
letter-field-signer = Signed by
assign-past = This day is past; assign all the same
field-due-past = This day is past: the task would be overdue at once, and its day can only be moved unit by unit. Change it, or tick the box below and assign.
field-issued-ahead = A letter is not dated after today.
field-issued-old = This is no year of a letter. Write the year with four figures.
letter-unnumbered = { $title }, received { $at }
home-waits-more = The other units
letter-to-know = For information only
letters-unassigned = Not all given
letters-removed = Taken out of the register
waits-to-confirm = { $n ->
    [one] 1 letter waits to be confirmed
   *[other] { $n } letters wait to be confirmed
}
waits-to-assign = { $n ->
    [one] 1 letter has obligations that nobody was given
   *[other] { $n } letters have obligations that nobody was given
}
