# Feedback and petitions; supervision; forged papers; reports of scams.

nav-cases = Feedback
cases-title = Feedback, petitions, supervision
cases-intro = What people send in, and what the Front and mass organisations recommend. Only who answers, the clerk and the head read the words.
cases-kinds = Filter by kind
cases-shows = Filter by state
cases-any-kind = Every kind
cases-show-open = To be answered ({ $n })
cases-show-overdue = Overdue ({ $n })
cases-show-answered = Answered or handed over ({ $n })
cases-show-all = All ({ $n })
cases-none = Nothing here.
cases-by-service = Feedback by service
cases-received = Received
cases-answered = Answered
cases-overdue = Overdue
cases-few = under 10
cases-at-least = { $n } or more
cases-untold = not told
cases-counted = Feedback alone is counted, no scam reports and no other kinds. What was handed over to another authority is neither answered nor overdue. The report of a period counts the same way.
cases-few-why = Groups under 10 are not counted out, so that nobody can be guessed. Nor is any number told from which such a group could be worked out. Nothing is sorted by opinion.
cases-public-form = The form for everybody

case-kind-incident = Incident
case-kind-breach = Data breach
case-kind-risk = Risk
case-kind-difficulty = Difficulty
case-kind-feedback = Feedback
case-kind-scam-report = Report of a scam
case-kind-supervision = Recommendation
case-kind-forged-notice = Report of a forged paper
case-kind-appeal = Appeal
case-kind-warning = Warning of the office
case-kind-good-example = Good example
case-state-open = To be answered
case-state-overdue = Overdue
case-state-answered = Answered
case-state-referred = Handed over
case-state-standing = Published
case-state-taken-back = Taken back
case-state-closed = Closed
case-by-public = Somebody, without a name
case-due = due { $date }
case-asker = Asked by
case-warned-at = Written
case-received = Received
case-lies-with = Lies with
case-publishing = Publishing
case-agreed = Who asked agrees to publish
case-not-agreed = Not to be published
case-about = About
case-said-feedback = What was said
case-said-supervision = Recommendation
case-said-forged-notice = What was reported
case-said-scam-report = What was reported
case-said-warning = Warning
case-said-appeal = Why to look again
case-answer-hint-feedback = Who asked reads the answer with their code.
case-answer-hint-supervision = Say what was done and when it is finished; who recommended it looks and closes.
case-answer-hint-forged-notice = Who reported reads the answer with their code. What everybody should know is published as a clarification.
case-answer-hint-scam-report = Who reported reads the answer with their code.
case-answer-hint-appeal = Who appealed reads the answer with their code. If it was a mistake, open the report and say “not a scam”.
case-judge = Review
case-judge-hint = Only what is confirmed here stands on the public list. Never a name.
case-judge-value = Telephone number, link or account
case-judge-confirm = Confirm as a scam
case-judge-refuse = Not a scam
case-judged = Reviewed
case-judged-confirmed = { $who } confirmed it as a scam, { $at }; listed until { $until }
case-judged-refused = { $who } found it no scam, { $at }
case-refer = Hand over to the authority
case-refer-hint = When it is for another body. Who asked sees the day by their code.
case-refer-to = To which authority
case-refer-on = Handed over on
case-refer-button = Record the hand-over
case-referred-to = Handed over to { $to } on { $date }.
case-receipt = Receipt
case-receipt-hint = Print the sheet, both sides sign, then hand in the signed copy here.
case-receipt-sheet = Download the receipt sheet
case-receipt-file = Signed receipt
case-receipt-button = Hand in the signed receipt
case-publish-feedback = Publish question and answer
case-publish-warning = Change the warning or take it back
case-publish-forged-notice = Publish a clarification
case-publish-hint = Edit it for everybody: no names, telephone numbers, addresses, nothing by which who asked is known.
case-publish-button = Publish
case-unpublish = Take back
case-published = Published
case-close = Close
case-close-hint-feedback = When it was answered or handed over and nothing is left to do.
case-close-hint-supervision = Who recommended it closes it once it was seen to.
case-close-hint-forged-notice = When it was answered and, where needed, clarified.
case-close-hint-scam-report = When it was reviewed and answered.
case-close-hint-appeal = When it was looked at again and answered.
case-nothing-to-do = Nothing here waits for you.

service-one-stop = One-stop desk
service-land = Land
service-civil-status = Civil status, residence
service-social-policy = Social policy
service-digital-services = Online services, digital
service-security = Security, information safety
service-other = Another service
supervision = Supervision
supervision-form-visit = Supervision visit
supervision-form-draft-opinion = Opinion on a draft
supervision-words = What was looked at
supervision-in-order = nothing recommended
supervision-others = Other recommendations of the same visit

petition-title = Enter a petition of people
petition-intro = What people ask the Front or a mass organisation to pass on. No names, telephone numbers, addresses.
petition-text = What people ask
petition-text-hint = In their sense, without names.
petition-agreed = Who asked agrees to publish question and answer
petition-button = Send to the office
supervise-title = Record a supervision
supervise-intro = Where nothing is recommended, tick that: the visit is on record and closed. Every recommendation has its own day; both sides see it until who recommended it closes it. Without a day it is 15 days.
supervise-form = Form
supervise-of = The unit that was visited, or that wrote the draft
supervise-letter = Letter concerned
supervise-no-letter = No letter
supervise-on = Day
supervise-words = What was looked at and found
supervise-words-hint = In short; or the name of the draft and the opinion as a whole.
supervise-in-order = All was in order, nothing is recommended (leave the fields below blank)
supervise-recommendation = Recommendation { $n }
supervise-text = What is recommended
supervise-due = To be answered by
field-answer-day-past = This day is past. Choose today or later, or leave it empty.
refusal-to-oneself = Nothing is recommended to one's own unit.
supervise-button = Send recommendations

voice-title-feedback = Send feedback
voice-title-scam-report = Report a scam
voice-title-forged-notice = Report a forged paper
voice-title-appeal = Ask to look again
voice-intro-feedback = Anybody can send it, without an account and without a name.
voice-intro-scam-report = Send a message, call or link to the office. A person looks at it before any number, link or account is listed.
voice-intro-forged-notice = Did you get a paper in the office's name that you doubt? Send it here.
voice-intro-appeal = Was this number, link or account listed by mistake? The office will look again.
voice-text-feedback = What you want to say
voice-text-scam-report = What the message or call was
voice-text-forged-notice = What the paper says, where you got it
voice-text-appeal = Why to look again
voice-hint-feedback = What, where, when, what you ask for. No name or telephone number is needed.
voice-hint-scam-report = Copy the message as it is. Take out passwords, codes and names of others.
voice-hint-forged-notice = Its number, day, what it says; who gave it, and how.
voice-hint-appeal = Why this number, link or account is not a scammer's.
voice-indicator = Telephone number, link or account
voice-extra-hint-scam-report = The scammer's, if you know it. No names.
voice-paper = Code or number of the paper
voice-extra-hint-forged-notice = The code or the number on the paper, if there is one.
voice-about = On the list now:
voice-service = Service
field-voice-too-long = That is longer than 5,000 characters. Shorten it, or send it in several parts.
voice-appealed = Look again at
voice-appealed-hint = This report put several on the list. Choose the one that was listed by mistake.
choose-value = Choose one
voice-choose = Choose a service
voice-agreed = Question and answer may be published
voice-agreed-hint = The office takes out everything personal first.
voice-send = Send
voice-kept = The office keeps no name and no address of who sends this.
voice-days = It is answered within { $n } days.
refusal-other-sent = This form was sent with other words. Send the new ones from a page opened anew.
voice-other = Other words were sent from this page before. The new ones are still below; press Send again in { $n } seconds.
voice-stale = This page was open for long. What you wrote is still below; press Send again after { $n } seconds.
voice-too-soon = Not sent yet. What you wrote is still below; wait { $n } seconds and press Send again. The wait keeps machines out without asking who you are.
voice-too-many = Too much comes in right now. What you wrote is still below; press Send again in a few minutes.
voice-sent = Received
voice-code = Your code
voice-code-hint = Write it down or print it: it is shown once. Only with it the answer can be read, by whoever holds it.
voice-follow-title = Read the answer by code
voice-follow-button = Show
voice-code-field = Code
voice-code-field-hint = Ten letters and digits, in capitals or not.
voice-waits = There is no answer yet.
voice-is-published = Question and answer were published.
voice-received-on = Received on { $date }
voice-due-on = To be answered by { $date }
refusal-close-unanswered = The asker has no answer yet: answer first, or say why it is closed. The asker reads that.
voice-referred-on = Handed over to the authority in charge on { $date }
voice-answered-on = Answered on { $date }
voice-closed-on = Closed on { $date }

published-title-feedback = Published questions and answers
published-title-forged-notice = Clarifications of forged papers
published-intro-feedback = Questions of people with the office's answers, where who asked agreed.
published-intro-forged-notice = Papers in the office's name that are forged, and what is true.
published-none-feedback = Nothing was published yet.
published-none-forged-notice = There are no clarifications.
published-question-feedback = Question
published-question-forged-notice = The forged paper
published-answer-feedback = Answer
published-answer-forged-notice = What is true

scam-report = Send it to the office
scam-list-title = Warnings of scams
scam-list-intro = Telephone numbers, links and accounts that a person of the office reviewed and confirmed. No names.
scam-list-none = There are no warnings.
scam-list-value = Number, link, account
scam-list-on = Confirmed on
scam-list-source = Source
scam-list-wrong = If it is wrong
scam-list-appeal = Ask to look again

check-title = Is this paper the office's?
check-intro = Scan the QR code on the paper, or type its code.
check-code = Code of the paper
check-code-hint = Ten letters and digits beside the QR code.
check-button = Look it up
check-asked = Code that was looked up:
check-number = Number
check-date = Day
check-subject = Subject
check-issued = The office issued this paper
check-numbered = The office gave it a number; no signed copy is registered yet
check-withdrawn = The office took this paper out of its register
check-secret = This paper is not to be checked here
check-no-code = This is no code
check-unknown = The office did not issue this paper
check-hint-issued = Compare number, day and subject with the paper you hold: one difference, and it is forged.
check-hint-numbered = If your paper bears a signature and a seal, ask the office's clerk.
check-hint-withdrawn = Ask the office's clerk.
check-hint-secret = Ask the office's clerk.
check-hint-no-code = A code has ten letters and digits and stands beside the QR code. Look again and type it again; about a paper without one ask the office.
check-hint-unknown = Do nothing that it asks: send no money, hand over no documents. If you typed the code, look at it again.
letter-check = Code of the letter
letter-check-hint = Print this page, or the code beside the letter, so that who gets it can check that it is real.
letter-check-scan = Scan the code to see whether the office issued this letter.

waits-voices = { $n ->
    [one] { $n } matter of the public to answer
   *[other] { $n } matters of the public to answer
}
waits-voices-late = { $n ->
    [one] { $n } matter of the public overdue
   *[other] { $n } matters of the public overdue
}
waits-voices-unanswered = { $n ->
    [one] { $n } recommendation of yours overdue without an answer
   *[other] { $n } recommendations of yours overdue without an answer
}
waits-voices-answered = { $n ->
    [one] { $n } recommendation of yours answered, to be closed
   *[other] { $n } recommendations of yours answered, to be closed
}

field-no-service = Choose a service.
field-no-such-code = Nothing has this code. Look at every sign again.
field-no-recommendation = Enter at least one recommendation. Where there is none, tick the box above.

notice-voice-entered = The petition was sent to the office.
notice-supervised-in-order = The visit or opinion without recommendations is on record. Both sides see it.
notice-supervised = The recommendations were sent. Both sides see them until they are closed.
notice-referred = The hand-over was recorded.
notice-receipt = The signed receipt was taken in.
notice-warned = The warning is published.
notice-published = Published.
notice-unpublished = Taken back.
notice-judged = The finding was recorded.
notice-case-closed = Closed.

warn-title = Publish a warning
warn-intro = It stands on top of the warnings, with a sheet for the notice board and words for the loudspeaker. It can be changed and taken back.
warn-hint = No names of people, no telephone or account numbers. Confirm the scammer’s number in the report to put it on the list.
warn-field-title = Name of the warning
warn-field-title-hint = One short sentence that everybody understands. Example: Somebody calls as the police and wants an app installed.
warn-how-hint = Tell it briefly, as you would say it. One thing a sentence.
warn-do-hint = One thing a line.
warn-usual =
    Do not transfer money, do not tell anybody a code.
    Do not open links or install apps that a stranger sends.
    Ask your family or the commune police first.
    Money is already gone: call the bank at once, then the commune police.
warn-button = Publish the warning
warn-because = Write a warning
warn-because-hint = So that people know what to avoid. The words of the report are not published by themselves.
warned-of = Warnings of { $office }
warned-kind = Scam warning
warned-how = How it goes
warned-do = What to do
warned-script = Words for the loudspeaker
warned-script-file = Words for the loudspeaker (DOCX)
warned-change = Change or take back
warned-public = See the public page
warned-because = Warned of because of this report
