# The command line.

cli = Lũy Tre: from a directive to work that is proven. Type `luytre` alone to open the office's pages.
cli-read = Read a letter: its form, its grounds, the tasks of each unit
cli-scan = Look for secret marks and personal numbers in files and folders
cli-inspect = Inspect the office's assets
cli-inspect-host = Inspect this machine (read only)
cli-serve = Open the office's pages in a browser
cli-demo = See the whole way on an example commune
cli-verify = Check the ledger: is the record whole?

cli-help-usage = Usage:
cli-help-commands = Commands
cli-help-options = Options
cli-help-arguments = Arguments
cli-help = Show this help

cli-arg-lang = Language: vi or en
cli-arg-files = Letters (docx, doc, pdf, rtf, odt, txt, scanned images…)
cli-arg-json = Print JSON for machines
cli-arg-sarif = Print SARIF 2.1.0
cli-arg-implements = The upper letter: compare what the lower letter carries on
cli-arg-paths = Files or folders
cli-arg-root = Root folder of the system to look at, when it is not the running machine
cli-arg-data = The office's data folder
cli-arg-database = Address of PostgreSQL (postgres://…), when the embedded database is not used
cli-arg-listen = Address and port of the pages
cli-arg-no-serve = Run to the summary only, open no pages

cli-usage-command = There is no command “{ $word }”.
cli-usage-unknown = There is no option “{ $word }”.
cli-usage-missing = A required argument is missing: { $word }
cli-usage-conflict = “{ $word }” cannot be used together with another option given.
cli-usage-value = Not a valid value: { $word }
cli-usage-hint = Type `luytre --help` for the commands.

cli-error = luytre: { $what }
cli-file-not-found = { $path } was not found.
cli-file-denied = No permission to open { $path }.
cli-file-is-folder = { $path } is a folder; a file is needed.
cli-file-not-regular = { $path } is no ordinary file and cannot be read.
cli-file-failed = { $path } could not be opened ({ $detail }).
cli-listen = The address { $address } cannot be opened.
cli-listen-in-use = The address { $address } is in use: luytre may be running already. Open http://{ $address } or choose another port with --listen.
cli-not-loopback = { $address } is not an address of this machine alone. This version serves on the machine itself only (127.0.0.1), because it has no accounts and no encrypted transport yet.
cli-not-empty = The folder { $path } holds a ledger already. Choose another folder for the example.
cli-no-data-folder = The data folder of this machine is not known. Name one with --data.
cli-no-record = The folder { $path } holds no ledger.
cli-not-set-up = The office is not set up. Run `luytre serve` and follow the first page.
cli-already-set-up = The office was set up before.
cli-bad-key = The key file { $path } cannot be used. Restore it from a backup.
cli-store = The database reports: { $detail }
cli-internal = Something failed inside the program: { $detail }
cli-serving = Lũy Tre serves at { $address } (stop: Ctrl+C).

cli-this-machine = This machine
cli-remedy = Remedy:
cli-inspect-title = Inspection of { $name }
cli-inspect-sum = { $passed } of { $judged } passed; { $unseen } could not be tested.

cli-read-none = (none)
cli-read-code = Number
cli-read-date = Date
cli-read-issuer = Issuer
cli-read-subject = Subject
cli-read-to = To
cli-read-topics = Topics to tell
cli-read-channels = Channels
cli-read-attachments = Attached
cli-read-tasks = Tasks ({ $n })
cli-read-problems = To be looked at
cli-read-everyone = All recipients
cli-read-no-due = no deadline stated

cli-compare = { $lower } carries on { $carried } of { $n } obligations of { $upper }.
cli-compare-not-cited = The lower letter does not cite the upper one.
cli-compare-carried = Carried on
cli-compare-left-out = Left out
cli-compare-new = The lower letter's own

cli-scan-progress = { $done }/{ $total } files
cli-scan-line = line { $n }
cli-scan-page = page { $n }
cli-scan-sum = { $files } files looked at ({ $size }): { $findings } findings, { $skipped } could not be looked at.

cli-verify-whole = The record is whole: { $events } events of { $offices } offices, { $contents } contents, { $blobs } files all fit.
cli-verify-damaged = The record is damaged in { $damage } places, of { $events } events, { $contents } contents, { $blobs } files.
cli-verify-erased = The content { $content } was erased as the law provides ({ $basis }).

cli-demo-title = Example: a fictional commune receives a directive, hands out tasks, inspects, reports.
cli-demo-folder = documents
cli-demo-letter = { $code }: { $subject } ({ $n } obligations)
cli-demo-tasks = { $n } tasks given to { $units } units
cli-demo-checks = Inspection of this machine: { $passed } passed, { $failed } to be fixed, { $unseen } not tested
cli-demo-scan = Scan of the shared folder: { $passed } passed, { $failed } to be fixed, { $unseen } not tested
cli-demo-documents = Documents written:
cli-demo-data = Data of the example: { $path }

cli-rate-acknowledged = Acknowledged
cli-rate-declared = Declared done
cli-rate-on-time = On time
cli-rate-verified = Verified
cli-rate-gap = { $n } tasks declared done and not verified; { $only } can only be declared.

demo-set-up = Set up the office and its units
demo-letters = Read the incoming letters
demo-tasks = Give tasks to the units
demo-inspect = Inspect this machine (read only)
demo-scan = Scan the shared folder
demo-work = Units work and bring evidence
demo-documents = Write the implementing letter and the report
demo-verify = Check the ledger

scan-kind-cccd = Personal number
scan-kind-cmnd = Old identity card number
scan-kind-mst = Tax code
scan-kind-bhxh = Social insurance number
scan-kind-driver-licence = Driving licence number
scan-kind-phone = Phone number
scan-kind-email = E-mail address
scan-kind-bank-card = Bank card number
scan-kind-bank-account = Bank account number
scan-kind-secret-mark = Secret mark

confidence-high = high confidence
confidence-medium = medium confidence
confidence-low = low confidence
observed-true = yes
observed-false = no
