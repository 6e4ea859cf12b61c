# The community digital team: home visits, help points, classes of digital literacy. Counts and hours only.
nav-digital = Digital team
digital-title = Community digital team
digital-intro = What was done: home visits, digital help points, classes of digital literacy (Bình dân học vụ số). Only counts, hours and places are kept; nobody is named, no household is listed.
digital-basis = Community digital team and digital help point: articles 78–79; seven skill groups: article 77 of Decree 224/2026/NĐ-CP. The names of the groups are shortened here.

digital-do-home-visit = Record home visits
digital-do-help-point = Record a help point
digital-do-digital-class = Record a class
digital-do = Record something new
digital-period = Period
digital-show = Show
digital-workbook = Download the figures (XLSX)
digital-in-period = Results, { $period }
digital-none-title = Nothing recorded in this period
digital-none = Choose above what to record: home visits, a help point or a class.
digital-none-reader = The work of the community digital team appears here once somebody records it.

digital-visits = Homes visited
digital-points = Help point sessions
digital-helped = People helped
digital-classes = Classes
digital-taught = People taught
digital-hours = Hours
digital-people = People
digital-learners = Learners by group
digital-total = Total
digital-share = Share of all hours
digital-by-unit = By unit
digital-by-group = By skill group
digital-group = Skill group
digital-group-n = { $group }: { $n }
digital-group-hint = Whoever learned of two groups counts in both.
digital-not-taught = None yet
digital-entries = Entries
digital-standing = State
digital-gaps = What is missing
digital-gap-groups = No session yet for these skill groups: { $groups }.
digital-gap-units = Nothing recorded in this period: { $units }.
digital-planned = Planned, without a result
digital-held = Done
digital-back = Taken back or called off
digital-n-visits = { $n ->
    [one] { $n } home
   *[other] { $n } homes
}
digital-n-helped = { $n ->
    [one] { $n } person helped
   *[other] { $n } people helped
}
digital-n-taught = { $n ->
    [one] { $n } learner
   *[other] { $n } learners
}
digital-n-hours = { $hours } h
digital-of-hours = { $hours } of { $all } hours
digital-of-learners = { $n ->
    [one] { $n } learner
   *[other] { $n } learners
}

digital-state-planned = Planned
digital-state-held = Done
digital-state-withdrawn = Taken back
digital-state-called-off = Called off

skill-group-general = General knowledge
skill-group-devices = Devices and services
skill-group-data = Data and information
skill-group-communication = Communication
skill-group-content = Creating content
skill-group-safety = Safety and cyber security
skill-group-problem-solving = Problem solving

activity-kind-home-visit = Home visits
activity-kind-help-point = Digital help point
activity-kind-digital-class = Class of digital literacy

digital-new = Record work of the digital team
digital-edit = Change
digital-what = What it was
digital-from-letter = Because of a letter (optional)
digital-from-letter-hint = With a letter you can choose the tasks that this serves and the contents that were told.
digital-unit = Team of
digital-state = Was it held?
digital-is-held = Held: record the result
digital-is-planned = Only planned: day and place
digital-place = Place
digital-place-hint = A common place such as a community house, a school, a neighbourhood. No private address.
digital-result = Result
digital-time = Duration
digital-time-hint = Hours, for example 2.5 or 2:30.
digital-n-visited = Homes visited
digital-people-helped = People helped
digital-people-helped-hint = Whoever came twice counts twice.
digital-people-taught = People who came
digital-class-groups = Learners of each skill group
digital-class-groups-hint = Leave out groups that were not taught. Whoever learned of two groups counts in both.
digital-note = Short note
digital-note-hint = For example: VNeID set up, warned of scams. No names, telephone or document numbers.
digital-files = Minutes, photographs (optional)
digital-files-hint = Avoid files with lists of names and photographs in which people can be recognised.
digital-tasks = Tasks that this serves
digital-tasks-hint = The result and its files are evidence for the tasks chosen.
digital-no-tasks = This unit has no open task of the letter.
digital-topics = Contents of the letter that were told
digital-reason = Why it is changed
digital-reason-hint = The old result stays in the ledger. A task that was accepted has to be accepted again.
digital-save = Save
digital-result-button = Record the result
digital-result-due = The day has come. Record the result, or change the day if it was put off.
digital-withdraw = Take back
digital-withdraw-hint = It counts no more. The ledger keeps that it was recorded.
digital-call-off = Call off
digital-why = Reason
digital-by = Recorded by

field-digital-hours = The duration is one minute to 24 hours. Write 2.5 or 2:30.
field-digital-visits = Enter the homes visited, one or more.
field-digital-people = Enter the people, a number up to 10,000.
field-digital-groups = Enter the learners of at least one group. No group has more than the people who came; together they are not fewer.
field-names-people = This seems to name a person, a telephone or document number. Write a common place and what was done.
field-digital-reason = Enter why it is changed.
field-digital-planned-files = Files are sent only with what was held.

refusal-digital-hours = The duration is one minute to 24 hours.
refusal-digital-counts = Homes and people do not fit what was held, or are more than 10,000.
refusal-digital-learners = The learners by group do not fit the people who came.
refusal-names-people = This seems to name a person, a telephone or document number. Write a common place and what was done.

notice-digital-recorded = The digital team's work is recorded.
notice-digital-changed = Changed.
notice-digital-withdrawn = Taken back. It counts no more.

indicator-home-visits = Homes visited by the digital team
indicator-help-points = Sessions of the digital help point
indicator-people-helped = People helped at home and at help points
indicator-digital-learners = People taught digital literacy
indicator-safety-learners = Learners of the skill group safety
indicator-digital-hours = Hours of the digital team
