# Days in forms, roles, inspection, units: what the pages say beside.
date-hint = Day/month/year, for example 05/06/2026
field-far-day = That year is too far away: days from the year 2000 to ten years ahead are taken. Look at the year again.
field-bad-day = This is no day. Write day/month/year, for example 05/06/2026.
role-may-clerk = Receives letters, confirms obligations, assigns tasks, writes letters, makes reports.
role-may-head = Gives directions, accepts or returns results of the units below, approves and signs reports.
role-may-officer = Does the unit's tasks: acknowledges, hands in evidence, declares them done, raises difficulties. For cell secretaries, heads of units, staff in charge.
role-may-assessor = Looks at evidence and accepts what others did; never their own work.
role-may-learner = Only looks and learns; writes nothing into the ledger.
role-may-speaker = Speaks for the office; stands on the list of speakers, writes nothing into the ledger.
role-may-admin = Keeps users, units, backups and inspects machines; that alone gives no right to approve reports.
units-office = The office and its signing key
inspection-summary = { $n ->
    [0] Nothing has to be put right.
    [one] One thing has to be put right.
   *[other] { $n } things have to be put right.
}
inspection-unseen = { $n } not checked
inspection-unseen-hint = The program could not read what it needs: it may not, or the machine has no such part. These do not count as passed.
inspection-well = { $n } passed or not applicable
inspection-want = Should be
inspection-do = What to do
inspection-fix-own = Whoever uses the machine
inspection-fix-it = IT officer

# Units: changing, closing
units-hint = Choose a unit to change or close it.
unit-edit = Change the unit
unit-code = Code
unit-code-hint = The official code, if there is one.
unit-close = Close the unit
unit-close-hint = From tomorrow it gets no new tasks. What it did, its evidence and its history stay under its name. Roles of its people do not end by themselves: take them back on the page of users.
unit-close-tasks = The unit has { $n } tasks that are not declared done. Declare them, pass them on or take them back first; the program moves no work by itself.
unit-close-see = See the unit's tasks
unit-successors = Units that carry on
unit-successors-hint = Which units carry the work on. Leave empty if none.
refusal-unit-below-itself = A unit cannot lie below itself or below one of its own.
refusal-unit-of-office = The office itself is neither moved nor closed here.
refusal-unit-has-units = Units lie below this one. Move or close them first.
refusal-unit-has-tasks = The unit has tasks that are not declared done. Declare them, pass them on or take them back first.
notice-unit-changed = The unit is saved.
notice-unit-closed = The unit is closed.

# Meetings: changing the plan, striking names
meeting-edit = Change the plan
meeting-edit-hint = Unit, letter, tasks and sign-in code stay, and so do the names given. Tell the participants if day or place change.
meeting-strike = Strike out
notice-meeting-changed = The plan is changed.
notice-name-struck = The name is struck out. If that was a mistake, enter it again from the list on paper.
direction-open-units = What the letter gives to “{ $to }” goes to the leading unit as a whole; to give it to every unit, add them when assigning.
people-account = has an account
