# Register of letters, directions, drafts, chains of letters.

# The page of one letter
letter-chain = Chain of letters
letter-implement = Write the implementing letter
letter-switch = Obligations or text of the letter
letter-doubtful = { $n ->
    [one] { $n } card needs a careful look: go to it
   *[other] { $n } cards need a careful look: go to the first
}
letter-confirm-end = Seen all the cards?
letter-left-title = { $n ->
    [one] { $n } obligation is not assigned yet
   *[other] { $n } obligations are not assigned yet
}
letter-left-hint = The letter names no unit of this office. Choose units for each:
obligation-doubtful = Look carefully
obligation-next-doubtful = Next card to look at carefully
obligation-split = Split in two
obligation-merge = Merge with card { $n }
obligation-restore = Bring back

# The head's direction
direction = Direction of the head
direction-none = None was given yet.
direction-give = Enter the direction
direction-anew = Enter it anew
direction-head = The head
direction-said = { $who }, { $at }.
direction-entered = Entered by { $by }.
direction-title = Direction of the head
direction-words = What the head wrote
direction-words-hint = As it stands on the letter. When the clerk enters it, the ledger says so.
direction-lead = Unit that leads
direction-lead-hint = Gets what the letter asks of nobody in particular.
direction-choose = Choose a unit
direction-cooperating = Units that help
direction-cooperating-hint = They see the task; the leading unit answers for it.
direction-due-hint = For what the letter gives no date. Leave empty if the head set none.
direction-button = Save the direction

# Splitting and editing one obligation
split-title = Split the obligation in two
split-hint = Both parts keep units, due date and kinds of evidence; edit each of them afterwards.
split-where = Where to cut?
split-nowhere = There is no place to cut this sentence.
split-button = Split
obligation-text-hint = May be shortened; the sentence quoted from the letter stays beside it.
obligation-successor-hint = This obligation was confirmed. Saving makes a new one in its place; the old one stays in the ledger.
obligation-units = { $n ->
    [0] No unit of the office is recognised
    [one] { $n } unit is recognised
   *[other] { $n } units are recognised
}
obligation-units-again = Look again at the units recognised
obligation-or = or
obligation-declared-only = This can only be declared
obligation-declared-only-hint = No evidence can prove it. Counted apart, outside the verified rate.

# After each step; what has to be put right
notice-restored = The obligation is back.
notice-split = Split into two obligations.
notice-merged = The two obligations are one.
notice-directed = The direction was entered.
notice-draft-made = A draft was made from what was assigned. Read and edit it.
notice-draft-saved = The draft was saved.
notice-draft-numbered = Number and date were entered.
notice-draft-asked = It is noted who is asked. They read the draft until its last day.
notice-draft-signed = The signed copy stands in the register of outgoing letters.
field-no-lead = Choose the unit that leads.
field-no-cut = Choose where to cut.
field-no-number = Enter the number.
field-no-paragraph = The draft has no paragraph yet.

# The register, and handing letters in
letters-kinds = Kind of letter
letters-narrow = More filters
letters-number = Number and symbol
letters-from = From
letters-to = To
letters-unit = Unit concerned
letters-empty-title-in = There are no letters yet
letters-empty-title-out = No outgoing letters yet
letters-empty-title-draft = No drafts yet
letters-empty-in = Hand in the first one. It is read on this machine and sent nowhere.
letters-empty-out = Letters that the office signed stand here: register the signed copy on the page of its draft, or hand the file in like an incoming letter.
letters-empty-draft = Begin one on the page of an incoming letter, once its obligations are assigned.
letters-empty-reader = Letters that give work to your unit will stand here.
upload-drop = Or drop files into this frame.
upload-sending = Sending files
upload-reading = Sent. Reading the letters…
upload-broken = The connection to the program is lost. Check it and send again.
upload-failed = The program failed on this file, and the failure was logged. Tell the administrator, or save the file in another form and hand it in again.
upload-taken = Taken
upload-refused = Not taken
upload-more = Hand in more letters
upload-register = To the register
uploaded-title = { $refused ->
    [0] { $taken ->
        [one] { $taken } file taken
       *[other] { $taken } files taken
    }
   *[other] { $taken ->
        [0] { $refused ->
            [one] { $refused } file not taken
           *[other] { $refused } files not taken
        }
       *[other] { $taken } taken, { $refused } not taken
    }
}
secret-title = A letter with a secrecy mark: not on this machine
secret-why = This machine was not declared isolated. The law forbids writing, keeping or sending state secrets on machines connected to the Internet. The file was looked at in memory only; nothing was written to the disk.
secret-do = What to do
secret-do-stop = Do not open, print, copy or forward the file on this machine.
secret-do-hand = Hand the letter to whoever keeps the state secrets of your office: it is entered in the register of secrets and worked on at an isolated machine.
secret-do-delete = Tell the head and the IT officer at once that a copy of the file is on this machine, and follow what they say.
secret-do-wrong = If the mark was mistaken, have whoever keeps the state secrets look at it. Never take a mark off in order to hand the letter in.
secret-law = Law on the Protection of State Secrets 117/2025/QH15; Decree 63/2026/NĐ-CP.

# Letters that the office writes
draft-list = Drafts
draft-title = Draft without a number
draft-title-of = Draft { $code }
draft-upper = Implements { $code }
draft-edited = edited by { $who }, { $at }
draft-subject = Subject
draft-lines-hint = One recipient a line.
draft-paragraphs = Text
draft-paragraphs-hint = One paragraph in each frame. Number them like 1. or 1.1. in front; a dash begins a list item.
draft-paragraph = Paragraph
draft-add = Add one below
draft-remove = Take out
draft-recipients-hint = One a line; what the copy is for in brackets.
draft-authority = Authority of the signature
draft-authority-hint = One a line.
draft-position = Position of who signs
draft-signer = Name of who signs
draft-urgency = Urgency
draft-urgency-none = None
draft-save = Save the draft
draft-save-preview = Save and look
draft-preview = Look of the letter
draft-go-on = Go on editing
draft-number = Number and date
draft-number-field = Number
draft-number-hint = The number alone; the symbol follows from the office.
draft-number-button = Enter number and date
draft-files = Files for signature
draft-files-hint = To be printed or signed; laid out as the Party, the State or the Front prescribes.
draft-ask = Ask for opinions
draft-ask-hint = Whoever is ticked reads the draft (and cannot change it) until the last day, and sends an opinion with recommendations. Unticked, they read it no longer.
draft-ask-of = Who is asked
draft-ask-until = Opinions until
draft-ask-button = Ask for opinions
draft-ask-now = asked until { $date }
draft-asked-you = The office asks your unit for its opinion on this draft until { $date }.
draft-asked-list = Drafts on which your opinion is asked
draft-asked-answer = Write the opinion
draft-signed = Register the signed copy
draft-signed-file = File of the signed copy
draft-signed-hint = Signed electronically, or a scan with signature and seal. From then on the draft is an outgoing letter and can no longer be changed.
draft-take-out = Take this draft out of the register
draft-signed-button = Enter in the register

# Assigning
assign-have = { $n ->
    [one] { $n } unit has this task already
   *[other] { $n } units have this task already
}
assign-due-directed = The letter gives no date; the head set { $date }.
assign-units-directed = The letter names no unit of the office; the head gave the lead to { $unit }.

# Chain of letters
chain-hint = From the centre down. Compared by words, as a hint: who reads it judges.
chain-cited = Not in the register
chain-here = This letter
chain-carries = { $n } of { $of } clauses of the letter above are carried on
chain-left = { $n ->
    [one] { $n } clause is not taken up
   *[other] { $n } clauses are not taken up
}
chain-carried = What is carried on
chain-not-cited = It does not cite the letter above.

letter-top-secret = A top secret letter: neither abstract nor text is kept, only number, date and mark. Work from the original.
file-docx = Download DOCX
file-pdf = Download PDF
