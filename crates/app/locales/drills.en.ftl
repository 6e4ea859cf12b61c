### Phishing drills; reporting suspicious mail.

nav-drills = Phishing drills
manage-drills = Exercise reporting suspicious mail; results exist for groups only, never for persons.
manage-drill-opt-out = Get no letters of drills, or get them again.
drills-intro = A harmless letter to the office's own mailboxes, to exercise reporting suspicious mail. What counts is how many report and how fast, not who clicks.
drills-empty-title = No drill yet
drills-empty = Plan it, enter the list, have it approved by the head, tell everybody; only then letters go out.
drill-headline-title = reported the letter in the latest drill
drill-headline-here = reported the letter
drill-headline = { $reported } of { $sent } recipients reported it.
drill-first-report = { $n ->
    [0] The first report came within a minute.
    [one] The first report came after { $n } minute.
   *[other] The first report came after { $n } minutes.
}
drill-no-report = Nobody reported it.
drill-n-addresses = { $n ->
    [one] { $n } address
   *[other] { $n } addresses
}

# Safeguards
drill-rules = What always holds
drill-rule-approved = The head approves in writing, with a first and a last day; nobody approves their own plan.
drill-rule-told = Everybody is told at least 3 days before that drills are held in this quarter; whoever does not want to take part stays out, and nobody knows.
drill-rule-neutral = Neutral letters: no bank, police, tax, health, salary or disaster, nobody's real name. The page behind the link has no field to fill in.
drill-rule-groups = Results exist for groups of 10 or more; smaller ones are counted with the unit above. There is no list of persons.
drill-rule-deleted = Closing a drill deletes all addresses and every trace of persons; only figures of groups stay.
drill-rule-discipline = Results are not used to judge, rate or discipline anybody.

# Domains
drill-domains = The office's mail domains
drill-domains-hint = Letters of drills go only to addresses in these domains.
drill-no-domain = No domain was entered yet.
drill-domain = Add a domain
drill-domain-hint = What stands behind the @, such as tanluy.gov.vn. Domains for everybody such as gmail.com are not taken.
drill-domain-add = Add
drill-domain-remove = Remove
drill-no-mail = The mail server is not set up, so nothing can be announced or sent.

# Planning
drill-new = Plan a drill
drill-new-intro = Nothing is sent yet: the list, approval, notice and start follow.
drill-title = Name of the drill
drill-title-hint = Seen only by whoever runs it and by the head.
drill-from = From
drill-from-hint = Far enough from today to tell everybody at least 3 days before.
drill-until = Until the end of
drill-until-hint = 14 days at the most.
drill-lure = Letter
drill-lure-hint = Difficulty by the NIST Phish Scale. A harder letter is opened by more people: compare only drills of the same difficulty.
drill-lure-read = Read the letter
drill-link-here = [each letter's own link]
drill-difficulty = Difficulty
drill-difficulty-least = easy to see through
drill-difficulty-moderate = moderately hard
drill-difficulty-very = very hard to see through
drill-rate = Letters a second
drill-rate-hint = 100 at the most. Slower for a weak mail server.
drill-per-s = { $n } letters a second at the most
drill-tasks = Serves the tasks
drill-tasks-hint = When it is closed, the figures of groups become evidence of the tasks chosen.
drill-plan-button = Save the plan
field-no-drill-title = Name the drill.
field-no-addresses = No address: paste a list or choose a file.
field-drill-lines = Some lines cannot be taken, so nothing was saved. Correct the lines named above and send it again.

# One drill
drill-state-planned = Planned
drill-state-approved = Approved
drill-state-announced = Announced
drill-state-waiting = Waits for its day
drill-state-running = Under way
drill-state-over = Time is over
drill-state-stopped = Stopped
drill-state-closed = Closed
drill-state-off = Called off
drill-list = Recipients
drill-list-label = One address a line
drill-list-hint = address;unit. Without a unit it counts for the office. A new list takes the place of the old one; after approval it cannot change.
drill-list-file = Or a CSV file
drill-list-button = Save the list
drill-line-no-address = Line { $line }: “{ $text }” is no mail address.
drill-line-foreign = Line { $line }: “{ $text }” lies outside of the office's domains.
drill-line-no-unit = Line { $line }: the unit of “{ $text }” was not found.
drill-line-twice = Line { $line }: “{ $text }” stands above already.
drill-domains = Domains that get letters
drill-approve = Approve the drill
drill-approve-hint = You approve exactly the letter, the list and the days below. Nobody can change them after.
drill-sheet = Sheet to be signed
drill-paper = The signed sheet
drill-paper-hint = A scan with the signature, where the office signs on paper.
drill-paper-open = Open the signed sheet
drill-approve-button = Approve
drill-awaits-head = Waits for the head's approval.
drill-announce = Tell everybody
drill-announce-when = At least { $days } days before (by { $by }) and no more than { $most } days before the first letter.
drill-announce-mail = Send the notice by mail now
drill-announce-mail-hint = Everybody on the list gets a letter that says that a drill is coming, how to report suspicious mail, and a link to stay out. Whoever does not get it in time gets no letter of the drill.
drill-announced-on = Or told on
drill-announced-on-hint = In writing, or at a meeting.
drill-announced-button = Note the day
drill-told = Notice
drill-told-by-mail = by mail, from { $day }
drill-told-otherwise = { $day }, in writing or at a meeting
drill-start = Start
drill-start-hint = Letters go out on the days approved. It can be stopped at any time.
drill-start-button = Start the drill
drill-stop = Stop
drill-stop-hint = No more letter goes out. A stopped drill does not go on.
drill-stop-reason = Reason
drill-stop-button = STOP NOW
drill-call-off = Call it off
drill-close = Close the drill
drill-close-hint = Records the figures of groups and deletes the list, the links and every trace of persons. If nobody does, the program closes it 7 days after its last day.
drill-close-button = Close and delete the list
drill-progress = { $n } of { $all } letters are done.
drill-progress-reported = { $n } letters were reported.
drill-progress-refused = { $n } letters were refused by the server.
drill-progress-unknown = Of { $n } letters nobody knows whether they went.
drill-about = About this drill
drill-days = Days
drill-planned-by = Planned by
drill-approved-by = Approved by
drill-stopped-why = Why it was stopped
drill-letter = Letter
drill-letter-from = Sender's name
drill-letter-subject = Subject
drill-addresses = Addresses by unit
drill-too-few = Fewer than 10 people got it, so no figure was kept.
drill-groups = Results by group
drill-groups-hint = Letters that only scanning software opened stand apart and count for nobody.
drill-group = Group
drill-group-with = with { $units }
drill-sent = Got it
drill-reported = Reported
drill-visited = Opened the link
drill-machines = Opened by machines
drill-results-file = File of the results (evidence)

# Letters to look after
drill-look = Letters to look after
drill-look-intro = Only addresses and their sending stand here; nothing that a reader did.
drill-look-none = No letter to look after
drill-unknown = Not known whether they went
drill-unknown-hint = The program or the mail server broke off. Look for the id in the mail server's log and choose; the program never sends twice by itself.
drill-arrived = It went
drill-again = Send again
drill-refused = Refused by the server
drill-refused-hint = A wrong address, a full mailbox, or a server that does not take it.

# Staying out
drill-opt-out-title = Stay out of drills
drill-opt-out-intro = Whoever stays out gets no letter of any drill. Nobody sees it: there is no list and no figure, and it changes nothing else.
drill-opt-out-address = Your office mail address
drill-opt-out-address-hint = The address that you proved among your mail settings. Only a digest of it is kept.
drill-my-mail = Enter and prove my address
drill-is-out = This address stays out.
drill-is-in = This address takes part.
drill-part = Choice
drill-part-out = No letters of drills
drill-part-in = Take part like everybody
drill-part-save = Save
drill-leave-button = No letters of drills
drill-left-title = You stay out of drills
drill-left = No drill letter will come to you any more. To take part again: sign in, open Administration, “Stay out of drills”. Nobody has to be told.
drill-leave-gone = This link is no longer good. To stay out of drills: sign in, open Administration, “Stay out of drills”. Nobody has to be told.

# Behind the link
drill-link-gone = This link is no more
landing-gone = This page is no more or never was. If a strange letter led you here, report that letter.
landing-title = This was a drill
landing-calm = Nothing is broken and nothing was taken. The office exercises reporting suspicious mail; nobody's name is noted, and results are not used to judge anybody.
landing-report = Report this letter
landing-cues = What gave it away
drill-cue-link = the link in the letter
landing-next = Next time
landing-next-stop = Stop for a minute; do not click, do not answer.
landing-next-ask = Ask the sender by a number that you knew before.
landing-next-report = Report it at once, even if you clicked: early reports protect the whole office.

# Reporting suspicious mail
report-mail-title = Report suspicious mail
report-mail-text = Paste the letter, or just its link
report-mail-hint = The more you paste the better; do not click the link.
report-mail-button = Report
report-mail-kept = What you paste is not kept and goes into no log.
report-mail-thanks = Thank you for reporting
report-mail-drill = This was a drill, and reporting it was the right thing. There is nothing else to do.
report-mail-real = Do just the same with a real one.
report-mail-whom = Whom to tell
report-mail-whom-it = Whoever is in charge of information technology: pass on the whole letter, not a picture of it.
report-mail-whom-opened = If you opened a file, filled something in or clicked: say so, take that machine off the network, change the password from another one.
report-mail-whom-keep = Do not delete the letter before they have seen it.

# The notice
drill-notice-subject = Notice: the office will exercise reporting suspicious mail
drill-notice-body =
    Dear colleague,

    Soon the office exercises reporting suspicious mail. Some will get a harmless letter that looks like a fraud. Results exist for groups of 10 or more only, nobody is named, and they are not used to judge, rate or discipline anybody.

    Report suspicious mail, real or not, at: { $report }

    If you want no letters of drills, open this link; nobody knows your choice: { $way }

    The drill is approved from { $from } to { $until }.

# The sheet
document-drill-kind = Sheet for approval
document-drill-symbol = PT
document-drill-what = What is to be approved
document-drill-days = Letters of a drill from { $from } to { $until } to { $n } mail addresses of the office.
document-drill-rate = { $n } letters a second at the most, by the office's mail server.
document-drill-difficulty = Difficulty by the NIST Phish Scale: { $difficulty }.
document-drill-letter = The letter
document-drill-link = [link to the teaching page on the office's machine]
document-drill-safe = What holds
document-drill-safe-notice = Everybody is told at least 3 days before.
document-drill-safe-out = Whoever does not want to take part stays out, and nobody knows.
document-drill-safe-ask = Neither the letter nor the page asks for anything; there is no tracking picture.
document-drill-safe-group = Results exist for groups of 10 or more only, and are not used to judge, rate or discipline anybody.
document-drill-safe-deleted = Closing deletes every address and every trace of persons.
document-drill-safe-stop = Whoever runs it and the head can stop it at any time.
document-drill-approve = Submitted to the head for approval.

# After an action
notice-drill-planned = The plan is saved. Next: the list of recipients.
notice-drill-list = { $n } addresses were saved.
notice-drill-approved = The drill is approved.
notice-drill-announced = The notice is recorded.
notice-drill-started = Started. Letters go out on the days approved.
notice-drill-stopped = Stopped. No more letter goes out.
notice-drill-closed = Closed. The list and every trace of persons are deleted.
notice-drill-settled = Noted.
notice-drill-domain = The domain was added.
notice-drill-domain-removed = The domain was removed.
notice-drill-out = This address gets no letters of drills any more.
notice-drill-in = This address takes part like everybody.

# Why not
refusal-drill-days = The days do not fit: not past, the last not before the first, 14 days at the most, and within what was approved.
refusal-drill-rate = Letters a second: from 1 to 100.
refusal-drill-notice = Staff are told at least 3 and no more than 92 days before the first letter. If it is too late, call this drill off and plan one with later days.
refusal-drill-few = Fewer than 10 people on the list: the result would be about persons.
refusal-drill-own-plan = Whoever planned it does not approve it. Somebody else has to plan or to approve.
refusal-drill-step = It is not time for this step: approval, notice, then start.
refusal-drill-changed = The letter, the list or the days changed after they were read. Look again, then approve.
refusal-drill-approved = The drill is approved and cannot be changed any more.
refusal-drill-over = The drill was stopped, closed or called off.
refusal-drill-too-soon = The first day is too near: everybody is told at least 3 days before.
refusal-drill-own-address = Only whoever an address belongs to stays out or takes part again. If it is yours, enter and prove it among your mail settings first, or use the link in the letter that tells of a drill.
refusal-drill-sender = The sender's address of the mail server lies outside of the office's domains. Enter that domain, or change the sender.
refusal-bad-domain = Not a domain of the office's own.

# History
event-drill-approved = { $who } approved the drill, { $other }
event-drill-announced = { $who } told staff of drills, { $other }
event-drill-started = { $who } started the drill
event-drill-stopped = { $who } stopped the drill
