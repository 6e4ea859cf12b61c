# Codes and their words, one paragraph per family.

standing-not-begun = Not begun
standing-not-begun-overdue = Not begun: overdue
standing-under-way = Under way
standing-in-time = Under way: in time
standing-soon-due = Under way: soon due
standing-overdue = Under way: overdue
standing-done = Done
standing-done-in-time = Done: in time
standing-done-late = Done: late
standing-withdrawn = Withdrawn
standing-held = On hold

proof-verified = Verified
proof-declared-only = Declared only
proof-not-verified = Not verified
proof-waits-for-acceptance = Waits for acceptance

show-all = All
show-open = Open
show-not-begun = Not acknowledged
show-overdue = Overdue
show-done = Done
show-gap = Not verified
show-verified = Verified

obligation-state-draft = To be confirmed
obligation-state-confirmed = Confirmed
obligation-state-succeeded = Replaced
obligation-state-dropped = Dropped

return-state-draft = Draft
return-state-approved = Approved
return-state-sealed = Signed

report-template-monthly = Monthly report
report-template-quarterly = Quarterly report
report-template-half-yearly = Half-yearly report
report-template-yearly = Yearly report
report-template-ad-hoc = Ad hoc report
report-template-state-monthly = Monthly report (15th to 14th)
report-template-state-quarterly = Quarterly report (15th to 14th)
report-template-state-half-yearly = Half-yearly report (15th to 14th)
report-template-state-yearly = Yearly report (15th to 14th)
report-template-directive-report = Report on a letter

recurs-none = Not recurring
recurs-regular = Regularly
recurs-weekly = Weekly
recurs-monthly = Monthly
recurs-quarterly = Quarterly
recurs-half-yearly = Half-yearly
recurs-yearly = Yearly

direction-in = Incoming
direction-out = Outgoing
direction-draft = Draft
secrecy-mat = Confidential (Mật)
secrecy-toi-mat = Secret (Tối mật)
secrecy-tuyet-mat = Top secret (Tuyệt mật)
urgency-khan = Urgent
urgency-thuong-khan = Very urgent
urgency-hoa-toc = Most urgent
network-internet = On the Internet
network-internal = Internal network
network-isolated = Isolated machine
relation-implements = Implements
relation-cites = Cites
relation-attaches = Attaches
relation-replaces = Replaces

role-clerk = Clerk
role-head = Head
role-officer = Task officer
role-assessor = Assessor
role-learner = Learner
role-speaker = Speaker
role-admin = Administrator

unit-kind-nation = Nation
unit-kind-province = Province
unit-kind-commune = Commune
unit-kind-party-committee = Party committee
unit-kind-party-office = Party committee's office
unit-kind-party-board = Board of the Party committee
unit-kind-party-inspection = Inspection commission
unit-kind-party-organisation = Party organisation
unit-kind-party-cell = Party cell
unit-kind-peoples-council = People's Council
unit-kind-peoples-committee = People's Committee
unit-kind-division = Division
unit-kind-service-unit = Public service unit
unit-kind-front = Fatherland Front
unit-kind-mass-organisation = Mass organisation
unit-kind-police = Police
unit-kind-military = Military
unit-kind-school = School
unit-kind-hamlet = Hamlet
unit-kind-other = Other unit

need-meeting = Meeting
need-training = Training
need-inspection = Technical inspection
need-data-protection = Data protection
need-publication = Publication, outreach
need-letter-issued = Letter issued
need-report = Report
need-other = Other document
need-declared-only = Declared only

evidence-kind-file = File
evidence-kind-inspection = Inspection by machine
evidence-kind-scan = File scan by machine
evidence-kind-attestation = Attestation
evidence-kind-activity = Activity
evidence-kind-letter = Outgoing letter
evidence-kind-return = Signed report
evidence-kind-work-programme = Work programme

verdict-pass = Pass
verdict-fail = Fail
verdict-warn = Warning
verdict-not-applicable = Not applicable
verdict-not-tested = Not tested
verdict-error = Error while testing

# Why a check has no answer, or only part of one.
not-tested-table = “{ $value }” was not collected
not-tested-field = “{ $value }” is not known
not-tested-condition = The condition could not be evaluated: { $value }
not-tested-out-of-scope = Does not apply to this machine
unseen-unlisted-system = The list of supported systems does not have this one
unseen-not-found = The machine has no such configuration file
unseen-needs-root = Administrator rights are needed to read this
unseen-unreadable = Could not be read
unseen-not-declared = The office has not declared what to look at
unseen-too-many-files = Too many files, only part was looked at
unseen-folder-missing = A declared folder is gone
unseen-folder-denied = A declared folder may not be opened
unseen-folder-unreadable = A declared folder could not be read
unseen-no-pam = The machine does not use PAM
unseen-not-running = Only a running system shows this
unseen-process-hidden = Some processes of other users cannot be seen
unseen-no-ssh-server = No SSH server is installed
unseen-included-file-unreadable = An included configuration file could not be read
unseen-no-block-device = No disk is visible
unseen-no-key-file = None of the important files is there
unseen-too-many-rows = Too many results, only part was kept
unseen-configuration-only = Only the configuration was read, not the running state
unseen-unknown-package-manager = The package manager is not known
unseen-container = The machine is a container; this belongs to its host
unseen-not-yet-on-windows = Not collected on Windows yet
unseen-platform = Not collected on this system yet

subject-unit = Unit
subject-grant = Role
subject-letter = Letter
subject-obligation = Obligation
subject-task = Task
subject-evidence = Evidence
subject-asset = Asset
subject-exception = Exception
subject-case = Difficulty, feedback
subject-activity = Activity
subject-return = Report
subject-content = Content
subject-office = Office

lack-no-evidence = No evidence of the kind “{ $need }”.
lack-stale = Evidence of the kind “{ $need }” from { $since } is too old.
lack-not-accepted = Evidence of the kind “{ $need }” waits to be accepted by an independent unit.
lack-empty-scope = Check “{ $check }”: the unit has no asset in its scope.
lack-not-covered = Check “{ $check }” was not run on an asset, or its result is old.
lack-not-passed = Check “{ $check }”: { $verdict }.

task-do-acknowledge = Acknowledge
task-do-progress = Record progress
task-do-declare = Declare done
task-do-return = Return
task-do-accept = Accept
task-do-difficulty = Raise a difficulty
task-do-hint-acknowledge = The unit says that it has read and taken on the task.
task-do-hint-progress = One sentence on how far the work is.
task-do-hint-declare = The unit says that it is done; evidence decides whether it counts as verified.
task-do-hint-return = More is needed; say what is missing.
task-do-hint-accept = Whoever did the work or handed in evidence cannot accept it.
task-do-hint-difficulty = It follows the report route of the letter.
task-do-note-progress = Progress
task-do-note-declare = Note (optional)
task-do-note-return = What is missing
task-do-note-accept = Remark (optional)
task-do-note-difficulty = What is the difficulty, what is proposed

notice-acting = You now act as the person chosen.
notice-checked = The whole record was checked again.
notice-received = The letter was taken in and read. Compare its obligations, then confirm.
notice-to-know = Noted: for information only.
notice-confirmed = The obligations are confirmed. Next: assign them.
notice-edited = The obligation was saved.
notice-dropped = The obligation was dropped.
notice-added = The sentence became an obligation.
notice-assigned = The work was given out: { $n } new tasks.
notice-acknowledge = The task was acknowledged.
notice-progress = The progress was recorded.
notice-declare = Recorded: the unit declares it done.
notice-return = The task was returned for more.
notice-accept = The work was accepted.
notice-difficulty = The difficulty was sent.
notice-evidence = The evidence was taken in.
notice-answered = The answer was sent.
notice-drafted = The figures were computed. Look at them, then approve.
notice-sealed = The report was approved and signed.

field-not-a-form = The form could not be read. Reload the page and send again.
field-no-file = No file was chosen.
field-not-in-letter = This sentence is not in the letter. Copy one word by word.
field-no-text = Nothing was written.
field-no-unit = No unit was chosen.
field-bad-date = Not a date. Write 25/12/2026 or 12/2026.
field-bad-period = Not a period.
field-planned-meanwhile = While you were looking, somebody else planned activities for this letter. Look at the plan; sending again adds those below as well.
field-changed-by-another = Somebody changed this while you were typing. What you typed is still below: look at what is kept in another tab; sending again replaces it.
field-bad-choice = This choice is not in the list.

error-title-403 = This cannot be done
error-title-404 = Page not found
error-title-409 = Things have changed
error-title-413 = Too large
error-title-421 = Wrong address
error-title-422 = To be corrected first
error-title-500 = Something went wrong
error-words-403 = Go back and check which unit you act as, or ask somebody who may do it.
error-words-404 = The address is wrong, or this is gone. Start from the list.
error-words-409 = Somebody was faster, or this is no longer in the state needed. Reload the page before.
error-words-413 = Send fewer files: at most 20 at once, 64 MB together; text up to 1 MB.
error-words-421 = This server does not answer to the name or port in the address bar. Use the address that the administrator gave you. Administrator: start the program with “--name NAME” to add a name.
error-words-422 = Go back to the form and correct the points above. What you typed is still there.
error-words-500 = Nothing was recorded. Try again; if it fails again, tell the administrator the number below.

event-ledger-opened = { $other ->
    [restored] The ledger was restored from a backup
   *[other] The ledger was opened
}
event-office-declared = { $who } declared the machine's connection: { $other }
event-contacts-posted = { $who } posted the contacts of the office
event-unit-added = { $who } wrote down name, kind and place of a unit
event-unit-closed = { $who } closed a unit
event-unit-reopened = { $who } reopened a unit
event-granted = { $who } gave the role { $other }
event-letter-received = { $who } took in and read the letter
event-letter-edited = { $other ->
    [draft] { $who } worked on the draft
    [corrected] { $who } corrected the details of the letter
    [out] { $who } entered the signed copy among the outgoing letters
   *[other] { $who } changed what is known of the letter
}
event-letter-confirmed = { $other ->
    [to-know] { $who } noted the letter as for information only
   *[other] { $who } confirmed the obligations
}
event-letter-directed = { $who } recorded the direction: { $other } takes the lead
event-obligation-drafted = { $who } drafted an obligation
event-obligation-edited = { $who } edited an obligation
event-obligation-succeeded = { $who } replaced an obligation by a new one
event-task-assigned = { $who } assigned the task
event-task-acknowledged = { $who } acknowledged it
event-task-progressed = { $who } recorded progress
event-task-declared = { $who } declared it done
event-task-returned = { $who } returned it for more
event-task-accepted = { $who } accepted the work on behalf of { $other }
event-extension-asked = { $who } asked for more time, until { $other }
event-extension-decided = { $other ->
    [refused] { $who } refused more time
   *[other] { $who } gave more time, until { $other }
}
event-task-held = { $other ->
    [held] { $who } paused the task
   *[other] { $who } let the task go on
}
event-evidence-attached = { $who } handed in evidence
event-run-recorded = A check by machine was recorded
event-asset-registered = { $who } registered an asset
event-exception-granted = { $who } granted an exception with an end
event-case-opened = { $other ->
    [public] Sent by the public form
    [feedback] { $who } entered a petition of people
    [supervision] { $who } recommended this after a supervision
    [warning] { $who } writes a warning
    [good_example] { $who } nominated a good example
   *[other] { $who } raised a difficulty
}
event-case-routed = { $who } passed it on to { $other }
event-case-joined = { $who } joined it with the same difficulty of another unit, to be answered once
event-case-answered = { $who } answered
event-case-closed = { $who } closed it
event-case-referred = { $other ->
    [receipt] { $who } handed in the receipt that the authority signed
   *[handed] { $who } handed it over to the authority in charge
}
event-case-published = { $other ->
    [published] { $who } published it
   *[taken-back] { $who } took back what was published
}
event-case-accepted = { $who } accepted the good example in the name of { $other }; it is shared with all units from now on
event-case-returned = { $who } gave the nomination back to be bettered
event-indicator-judged = { $other ->
    [confirmed] { $who } confirmed a number, link or account as a scam's
   *[refused] { $who } found it no scam
}
event-activity-planned = { $other ->
    [drill] { $who } planned a drill
    [quiz] { $who } planned a quiz
    [digital] { $who } planned work of the digital team
   *[meeting] { $who } wrote down the plan of a meeting
}
event-attendance-given = { $who } took down the name of somebody present
event-attendance-struck = { $who } struck a name off the list of those present
event-activity-recorded = { $other ->
    [drill] { $who } closed the drill
    [quiz] { $who } closed the quiz
    [digital] { $who } recorded work of the digital team
    [digital-corrected] { $who } corrected what was recorded
   *[meeting] { $who } recorded an activity
}
event-return-drafted = { $other ->
    [words] { $who } wrote the words of the report; the figures stay
   *[figures] { $who } counted the figures of a report
}
event-return-approved = { $who } approved the figures
event-return-sealed = { $who } signed the figures with the office's key
event-withdrawn = { $who } withdrew it
event-erased = { $who } erased content on a legal ground; its trace in the ledger is whole
history-on-behalf = entered on behalf of { $name }

indicator-tasks = Tasks
indicator-tasks-acknowledged = Tasks acknowledged
indicator-tasks-declared = Tasks declared done
indicator-tasks-due = Tasks counted for on time (past due, or declared done before)
indicator-tasks-on-time = Tasks on time
indicator-tasks-overdue = Tasks overdue
indicator-tasks-held = Tasks on hold
indicator-tasks-verifiable = Tasks that can be verified
indicator-tasks-verified = Tasks verified
indicator-tasks-declared-only = Tasks that can only be declared
indicator-conferences = Conferences and meetings
indicator-attendances = Attendances
indicator-letters-issued = Letters issued
indicator-articles = Articles
indicator-broadcasts = Broadcasts
indicator-talks = Talks
indicator-publications = Publications and banners
indicator-public-events = Performances, contests, mobile outreach
indicator-speaker-sessions = Sessions with a speaker
indicator-copies-printed = Copies printed
indicator-times-broadcast = Times broadcast
indicator-topics-told = Topics told
indicator-people-trained = People trained
indicator-systems-reviewed = Systems reviewed
indicator-risks-found = Risks found
indicator-risks-fixed = Risks fixed
indicator-drills = Drills closed
indicator-drill-recipients = Recipients of drill letters
indicator-drill-reports = Recipients who reported a drill letter
indicator-incidents = Incidents
indicator-feedback-received = Feedback received
indicator-feedback-answered = Feedback answered
indicator-feedback-overdue = Feedback overdue
indicator-supervision-received = Recommendations received
indicator-supervision-in-time = Recommendations answered in time
indicator-supervision-overdue = Recommendations overdue
indicator-scam-reports = Scam reports
indicator-difficulties = Difficulties
indicator-good-examples = Good examples accepted
indicator-good-examples-nominated = Good examples nominated, not accepted yet

activity-kind-conference = Conference
activity-kind-cell-meeting = Cell meeting
activity-kind-training = Training
activity-kind-talk = Talk
activity-kind-article = Press, television
activity-kind-social-post = Office page on a social network
activity-kind-portal-page = Portal
activity-kind-publication = Leaflets, banners
activity-kind-broadcast = Loudspeakers, radio
activity-kind-performance = Performance, contest
activity-kind-mobile-outreach = Mobile outreach
activity-kind-system-review = System review
activity-kind-good-example = Good example
activity-kind-drill = Phishing drill

minutes-time = Time
minutes-place = Place
minutes-chair = Chair
minutes-secretary = Secretary
minutes-present = Who was present, how many
minutes-discussion = Discussion
minutes-conclusion = Conclusion
minutes-assigned = Who does what until when

notice-activity = The activity was recorded.
notice-set-up = The office is set up. Next: hand in the first letter.
notice-person = The person was added.
notice-unit = The unit was added.

field-bad-number = Not a number.
field-no-name = No name was given.
field-no-role = No role was chosen.


office-template-commune-party = Party committee of a commune
office-template-commune-state = People's Committee of a commune

asset-kind-information-system = Information system
asset-kind-host = Computer
asset-kind-site = Web site
asset-kind-mail-domain = Mail domain
asset-kind-database = Database
asset-kind-account-list = List of accounts
asset-kind-data-set = Folder, data
asset-kind-backup = Backup
asset-kind-supplier = Supplier
standing-returned = Sent back for more
task-do-withdraw = Take the task back
task-do-hint-withdraw = Given by mistake or twice: the task counts no more; the ledger keeps that it was given.
task-do-note-withdraw = Reason (optional)
notice-withdrawn = The evidence was taken back.
notice-taken-back = The task was taken back.
notice-inspected = Inspected, and the results recorded.
field-no-folder = The path must be a folder on this machine, written in full.
scan-check-scan-personal-data = No file shows personal data
scan-check-scan-state-secret = No file bears a secrecy mark
