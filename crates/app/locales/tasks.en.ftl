# Tasks: the next step, evidence that was taken back, forms with a mistake.
task-taken-back-words = This task was taken back and counts for nothing. To give it again, open the letter and assign the obligation.

proof-evidence-gone = Evidence taken back
task-accept-others = You declared this task done or brought its evidence, so you cannot accept it yourself. Who can: { $names }.
task-accept-nobody = You declared this task done or brought its evidence, so you cannot accept it yourself. Nobody else can yet: the administrator gives somebody the role “Head” or “Assessor”.
task-next-evidence-more = The task was declared done, but evidence is missing, was taken back or has grown too old. Hand in more, so that it can be accepted.
task-waits-for-evidence = Waiting for more evidence from the unit.
task-declare-waits = The evidence is there; after you declare the task done, somebody independent of the unit has to accept it.
task-evidence-gone = Evidence was taken back after acceptance
task-evidence-gone-words = The work was accepted, but its evidence is gone, so the task does not count as verified. The unit hands in other evidence to be accepted again; the level above can send the task back.
history-evidence-back = { $who } takes evidence back: { $what }
field-choose-units = Choose at least one unit.
field-later-than-own = The due day for units below cannot be later than that of this task. Where that is needed, ask for more time for this task first.
field-day-ahead = This day has not come yet: only enter what was done.
refusal-unit-name-taken = A unit right below the same one has this name already. Add something that tells them apart, such as the area.
refusal-factor-expired = The QR code was good for 10 minutes and is over. Delete the old entry in the app and scan the new code below.
field-name-too-long = The name is longer than 200 characters.
field-place-too-long = The name of the place is longer than 100 characters.
field-person-too-long = The name is longer than 100 characters.
set-up-unit-twice = “{ $name }” is written twice.
set-up-unit-long = “{ $name }…” is longer than 200 characters.
notice-acknowledge-all = All tasks of the unit were acknowledged.
tasks-acknowledge-all = Acknowledge all { $n } tasks of your unit
meeting-declare = The meeting is evidence now. If the work is done, declare the task done:
meeting-declare-task = Declare done: { $task }
