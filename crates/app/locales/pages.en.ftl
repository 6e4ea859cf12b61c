# The pages.

product = Lũy Tre
skip = Skip to main content
nav = Parts of the program
nav-home = Overview
nav-letters = Letters
nav-tasks = Tasks
nav-difficulties = Difficulties
nav-returns = Reports
nav-units = Units
nav-ledger = Ledger
foot-promise = Runs on the office's own machine and sends no data anywhere.
other-language = Tiếng Việt
other-language-tag = vi
show = Show
search = Search
clear = Clear search
save = Save
cancel = Cancel
note = Note
unit = Unit
letter = Letter
tasks = Tasks
task = Task
evidence = Evidence
obligation = Obligation
obligations = Obligations
history = History
due = Due
due-none = No deadline stated
due-on = Due { $date }
recurs = Recurs
period = Period
period-once = Once
all-units = All units
all-letters = All letters
form-errors = To be corrected first
tasks-count = { $n } { $n ->
    [one] task
   *[other] tasks
}
nobody = (name erased)
unnamed-file = (file without a name)
erased = (content erased)

# Overview
home-title = Overview
home-as-of = As of
home-as-of-words = Figures as of the end of { $date }
home-empty-title = There are no tasks yet
home-empty = Hand in a letter: the program reads it and shows every obligation with its sentence. Confirm and assign them, and the figures appear here.
home-gap-title = tasks declared done but not verified
home-gap-none-title = Every task declared done is verified
home-gap-nothing-title = No task has been declared done yet
home-gap-words = Declared done: { $declared } of { $tasks } tasks; verified: { $verified } of { $verifiable } tasks that can be verified.
home-gap-link = Show these tasks
home-declared-only = { $n } tasks can only be declared; they are counted apart and not in the verified rate.
home-by-unit = By unit
home-by-letter = By letter
home-progress = Progress
home-overdue = Overdue
home-overdue-none = Nothing is overdue.
rate-acknowledged = Acknowledged
rate-declared = Declared done
rate-on-time = On time
rate-verified = Verified
rate-gap = Declared, not verified
rate-of = { $part } / { $whole } tasks
rate-of-due = { $part } / { $whole } tasks past due or done before
rate-of-verifiable = { $part } / { $whole } verifiable tasks
legend-verified = Verified
legend-declared = Declared done, not verified
legend-acknowledged = Acknowledged
legend-rest = Not acknowledged
bar-progress = { $tasks } tasks: { $acknowledged } acknowledged, { $declared } declared done, { $verified } verified

# Letters
letters-count = { $n } { $n ->
    [one] letter
   *[other] letters
}
letters-receive = Hand in letters
letters-search = Search number, subject, issuer, text (with or without accents)
letters-none-found = No letter was found
letters-none-found-hint = Try fewer words, or only the letter's number.
letters-files = Files
letters-files-hint = Several at once: DOCX, DOC, PDF, RTF, ODT, TXT, spreadsheets, scans. At most 20 files, 64 MB together.
letters-secret-hint = Letters with a secrecy mark are taken only on a machine declared isolated; elsewhere they are refused before anything touches the disk.
letters-read = Hand in and read
letters-work-none = Nothing assigned yet
letters-work = { $obligations } obligations, { $tasks } tasks; { $declared } declared done, { $verified } verified
letters-work-drafts = { $obligations } obligations wait to be confirmed
letter-no-code = Letter without a number
letter-open-code = No. …{ $code }
letter-dated = dated { $date }
letter-received = received { $date }
letter-waits = To be confirmed
letter-confirmed = Confirmed
letter-problems = To be looked at again after reading this file
letter-more = What else the letter says
letter-issuer = Issuer
letter-superior = Superior body
letter-date = Date
letter-signer = Signed by
letter-to = To
letter-copies = Copies
letter-references = Related letters
letter-implements = Implements
letter-attachments = Attached
letter-topics = Topics
letter-channels = Channels
letter-file = Download the original file ({ $size })
letter-tasks = Show { $n } tasks
letter-text = Text of the letter
letter-text-hint = A coloured sentence has become an obligation; its number leads to the card beside it.
letter-no-text = There is no text to show.
letter-counts = { $drafts } to be confirmed, { $confirmed } confirmed
letter-confirm-title = { $n } obligations wait to be confirmed
letter-confirm-hint = Compare every card with its sentence: correct or drop what is wrong, add what is missing, then confirm once.
letter-confirm-button = Confirm { $n } obligations
letter-assign-hint = Assign each obligation to units to make tasks of it.
letter-show-quote = Show sentence
obligation-addressees = For
obligation-all-recipients = All recipients
obligation-no-addressees = The letter names no unit
obligation-reports-to = Report to
obligation-by-hand = Chosen by a person
obligation-checks = Checks
obligation-assign = Assign
obligation-assign-more = Assign to more units
obligation-edit = Edit
obligation-drop = Drop
obligation-add = Add an obligation from a sentence
obligation-sentence = Sentence of the letter
obligation-sentence-hint = Select the sentence in the text, or copy it here word by word.
obligation-add-button = Add as an obligation
obligation-edit-title = Edit obligation
obligation-text = What is to be done
obligation-to = Units in charge
obligation-to-hint = One unit or group a line, as the letter writes it.
obligation-due-hint = A day (25/12/2026) or a month (12/2026). Leave empty if the letter states none: no date is made up here.
obligation-needs = Kinds of evidence needed
obligation-needs-hint = They decide when a task counts as verified.

# Assigning
assign-title = Assign
assign-units = Units in charge
assign-units-hint = { $n } units were ticked by what the letter calls them: { $to }. Check before assigning.
assign-units-have = The units that the letter names ({ $to }) all have this task for this period. Choose further ones.
assign-groups = Whole groups
assign-units-none = No unit was recognised by what the letter calls it. Choose below.
assign-due-given = The letter states { $date }. An earlier day can be set.
assign-due-none = The letter states no deadline. Left empty, the task says so; the head of the office can set one here.
assign-period-hint = Recurring work is assigned period by period.
assign-button = Assign

# Tasks
tasks-of-unit = Tasks of { $unit }
tasks-show = By state
print = Print this page
all-periods = All periods
tasks-below = With the units below
tasks-search = Search in the tasks (with or without accents)
tasks-none-found = Try fewer words, another of the lists above, or fewer filters.
tasks-empty-title = No tasks here
tasks-empty = A task comes to be when a confirmed obligation is assigned to a unit.
task-quote = The sentence that asks for it
task-section = Section
task-needs = Evidence needed
task-acknowledged-at = Acknowledged
task-declared-at = Declared done
task-parent = Task of the level above
task-children = Passed on
task-lacks = Why it is not verified
evidence-none = No evidence yet.
evidence-add = Add evidence
evidence-files = Files
evidence-add-button = Hand in evidence
evidence-withdrawn = withdrawn
evidence-by = handed in by { $name }
evidence-observed = observed { $at }
evidence-expires = usable until { $date }
evidence-results = { $n } check results

# Difficulties

# Reports

# Units and ledger
units-count = { $n } { $n ->
    [one] unit
   *[other] units
}
unit-kind = Kind
unit-people = People and roles
unit-closed = closed
office = Office
office-above = Above
office-key = Public key
office-network = Connection of the machine
ledger-title = Check the ledger
ledger-intro = Everything is recorded in a chain of hashes whose head is signed with the office's key.
ledger-checked-at = Checked at { $at }.
ledger-never-checked = The record has not been checked yet
ledger-check = Check again now
ledger-whole = The record is whole.
ledger-damaged = The record is damaged.
ledger-events = Events
ledger-blobs = Files compared
ledger-head = Head

# Errors
error-back = Go back
error-home = To the overview
error-number = Number of the request:

# Further
pages = Pages
page-earlier = Earlier
page-later = Later
period-month = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[other] December
} { $year }
period-quarter = Quarter { $n }/{ $year }
period-half = { $n ->
    [1] First half
   *[other] Second half
} of { $year }
period-year = Year { $year }
letter-assign-title = { $n } confirmed obligations are not assigned
letter-assign-button = Assign as the letter says
ledger-contents = Contents compared
ledger-erased = Contents erased on a legal ground
activities = Activities recorded
activity-add = Record an activity
activity-hint = Conferences, meetings, training, articles, broadcasts… with how many people. Reports count from here.
activity-kind = Kind of activity
activity-on = Day
activity-people = People
activity-add-button = Record activity
activity-held = { $kind } on { $date }, { $people } people
person-add = Add a person
person-hint = Whoever accepts work must not have done it: add an assessor or somebody of the level above.
person-name = Name
person-roles = Roles
person-add-button = Add person
unit-add = Add a unit
unit-name = Name of the unit
unit-name-hint = As letters write it, so that it is recognised when assigning.
unit-parent = Below
unit-add-button = Add unit
set-up-title = Set up the office
set-up-intro = Four steps, about three minutes: place, kind of office, its units, the first account. Nothing is written before the last one.
set-up-template = Kind of office
set-up-place = Name of the place
set-up-place-hint = As it stands behind the office's name, for example: xã Tân Lũy.
set-up-person = Full name
set-up-person-hint = Of the first person: administrator, clerk and head until others are added.
set-up-network-hint = Only an isolated machine may take in letters with a secrecy mark.
set-up-button = Set up
choose-files = Choose files

nav-inspection = Inspection
inspection-intro = The machine checks itself, read-only. The results are evidence of tasks that ask for an inspection, and stay fresh for 30 days.
inspection-empty-title = Nothing was inspected yet
inspection-empty = Inspect this machine or a folder: the results go into the ledger and to the tasks that need them.
inspection-host = Inspect this machine
inspection-host-hint = Firewall, disk encryption, updates, screen lock, open ports, accounts, time, logs, backups. Nothing on the machine is changed.
inspection-host-button = Inspect this machine
inspection-this-machine = This machine
inspection-name = Name of the machine (optional)
inspection-files = Scan a folder
inspection-files-hint = Looks for secrecy marks and personal data in files. Only places and masked excerpts are kept, never contents.
inspection-files-button = Scan the folder
inspection-path = Path of the folder on this machine
inspection-path-hint = The whole path, for example D:\Papers or /srv/papers.
inspection-administrator = Machine and folders are inspected by the program's administrator.
inspection-last-run = last { $at }
inspection-excepted = excepted until { $date }
evidence-withdraw = Take back
evidence-withdraw-why = Reason (optional)
task-returned = Sent back for more
