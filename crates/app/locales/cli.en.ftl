# The command line.

cli = Lũy Tre: from a directive to work that is proven. Type `luytre` alone to open the office's pages.
cli-read = Read a letter: its form, its grounds, the tasks of each unit
cli-scan = Look for secret marks and personal numbers in files and folders
cli-inspect = Inspect the office's assets
cli-inspect-host = Inspect this machine (read only)
cli-serve = Open the office's pages in a browser
cli-demo = See the whole way on an example commune
cli-verify = Check the ledger: is the record whole? (reads only, writes nothing)
cli-backup = Back everything up into one encrypted file, beside the program at work. The passphrase comes from LUYTRE_BACKUP_PASSPHRASE, --passphrase-file or the keyboard
cli-restore = Restore a backup into an empty folder, or try it out (--drill)
cli-service = Start with the machine: print a systemd unit, or install and remove the Windows service
cli-service-print = Print the service file (systemd), with rights cut down
cli-service-install = Install the Windows service and start it (as an administrator)
cli-service-uninstall = Stop and remove the Windows service; the data stays
cli-service-run = Called by Windows when it starts the service

cli-help-usage = Usage:
cli-help-commands = Commands
cli-help-options = Options
cli-help-arguments = Arguments
cli-help = Show this help
cli-version = Show the version
cli-help-default = (default: { $value })
cli-help-env = (environment variable: { $value })

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
cli-arg-backup = Backup file
cli-arg-passphrase-file = File with the passphrase on its first line
cli-arg-recipient = Public age key (age1…) of someone who may open the file, instead of a passphrase; may be given more than once
cli-arg-identity = File with the secret age key (AGE-SECRET-KEY-1…) that opens the file, instead of a passphrase
cli-arg-drill = Drill: restore into a temporary folder, compare with the ledger in use, delete it
cli-arg-last-known = Number of the last event seen of the ledger that was lost; what is missing is recorded as lost
cli-arg-manager = Service manager: systemd
cli-arg-log = Log file of the program (default: logs/luytre.log in the data folder)
cli-arg-no-serve = Run to the summary only, open no pages

cli-value-options = OPTIONS
cli-value-command = COMMAND
cli-value-lang = vi|en
cli-value-files = FILE
cli-value-implements = FILE
cli-value-paths = PATH
cli-value-root = DIR
cli-value-data = DIR
cli-value-database = URL
cli-value-backup = FILE
cli-value-passphrase-file = FILE
cli-value-recipient = KEY
cli-value-identity = FILE
cli-value-last-known = NUMBER
cli-value-manager = systemd
cli-value-log = FILE
cli-value-listen = ADDR:PORT

cli-usage-command = There is no command “{ $word }”.
cli-usage-unknown = There is no option “{ $word }”.
cli-usage-extra = “{ $word }” is one argument too many.
cli-usage-missing = A required argument is missing: { $word }
cli-usage-conflict = “{ $word }” cannot be used together with “{ $other }”.
cli-usage-twice = { $word } may be given once only.
cli-usage-no-command = The name of a command is missing.
cli-usage-no-value = The option { $word } lacks its value.
cli-usage-value = “{ $value }” is not a valid value of { $word }.
cli-usage-secret-value = The value of { $word } is not valid.
cli-usage-not-utf8 = An argument is not UTF-8 text.
cli-usage-form-listen = Write address and port, for example 127.0.0.1:8080 or localhost:8080.
cli-usage-form-database = Write postgres://NAME:PASSWORD@HOST:5432/DATABASE or sqlite:PATH.
cli-usage-form-last-known = Write a whole number, for example 1203.
cli-usage-form-lang = Write vi or en.
cli-usage-hint = Type `luytre --help` for the commands.

cli-error = luytre: { $what }
cli-file-not-found = { $path } was not found.
cli-file-denied = No permission to open { $path }.
cli-file-is-folder = { $path } is a folder; a file is needed.
cli-file-not-folder = { $path } is no folder; a folder is needed.
cli-file-unusable = The contents of { $path } cannot be used: the file is damaged or of another kind than needed.
cli-file-read-only = { $path } cannot be written: the disk is read-only.
cli-file-disk-full = { $path } cannot be written: the disk is full.
cli-file-not-regular = { $path } is no ordinary file and cannot be read.
cli-file-failed = { $path } could not be opened. Technical detail: { $detail }
cli-listen = The address { $address } cannot be opened.
cli-listen-in-use = The address { $address } is in use: luytre may be running already. Open http://{ $address } or choose another port with --listen.
cli-not-empty = The folder { $path } holds a ledger already. Choose another folder for the example.
cli-no-data-folder = The data folder of this machine is not known. Name one with --data.
cli-no-system = The folder { $path } holds no system (there is no etc folder). Name the root folder with --root, for example where the disk is mounted.
cli-ledger-lost = The folder { $path } held the ledger of an office, and it is gone. Restore the folder from a backup; for a new office use another folder (--data). Files and key in the folder are left as they are.
cli-no-record = The folder { $path } holds no ledger.
cli-no-passphrase = There is no terminal to ask for the passphrase. Set LUYTRE_BACKUP_PASSPHRASE or name a file that holds it with --passphrase-file.
cli-passphrases-differ = The two passphrases are not the same. Try again.
cli-not-set-up = The office is not set up. Run `luytre serve` and follow the first page.
cli-already-set-up = The office was set up before.
cli-bad-key = The key file { $path } cannot be used. Restore it from a backup.
cli-wrong-key = The key file { $path } is not the key of this ledger's office. Restore the right key file from a backup.
cli-store = The database reports an error. Check address, name and rights; if it stays, tell the administrator. Technical detail: { $detail }
cli-database-address = The address of the database is not right. Write postgres://NAME:PASSWORD@HOST:5432/DATABASE. Technical detail: { $detail }
cli-database-unreachable = The database cannot be reached. Check that the PostgreSQL server runs, and its address and port. Technical detail: { $detail }
cli-database-damaged = The database file is damaged or not one of this program. Leave it as it is and restore the data folder from a backup. Technical detail: { $detail }
cli-database-read-only = The database is read-only, and the program must be able to write to open it. Give the right to write, or copy the whole data folder to a place that can be written and name it with --data. Technical detail: { $detail }
cli-database-busy = Another program is busy with the database. Close it or try again in a few minutes. Technical detail: { $detail }
cli-database-disk = The database file cannot be read or written. Check the disk. Technical detail: { $detail }
cli-database-full = The disk is full. Make room and try again. Technical detail: { $detail }
cli-database-no-access = The database file does not open. Check the path, the right to write in the data folder, and whether the disk is read-only. Technical detail: { $detail }
cli-database-too-new = A newer version wrote this ledger. Use the newer program. Technical detail: { $detail }
cli-database-too-old = An older version wrote this ledger, and this command only reads and upgrades nothing. Run `luytre serve` with that folder once, then try again. Technical detail: { $detail }
cli-internal = The program failed. Try again; if it stays, tell the administrator the technical detail. Technical detail: { $detail }
cli-serving = Lũy Tre serves at { $address } (stop: Ctrl+C).

cli-this-machine = This machine
cli-remedy = Remedy:
cli-inspect-title = Inspection of { $name }
cli-inspect-sum = { $passed } of { $judged } passed; { $unseen } could not be tested.

cli-read-none = (none)
cli-read-secrecy = Secrecy
cli-read-urgency = Urgency
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

cli-compare = { $lower } carries on { $carried } of { $n } { $n ->
    [one] obligation
   *[other] obligations
} of { $upper }.
cli-compare-not-cited = The lower letter does not cite the upper one.
cli-compare-carried = Carried on
cli-compare-left-out = Left out
cli-compare-new = The lower letter's own

cli-scan-progress = { $done }/{ $total } { $total ->
    [one] file
   *[other] files
}
cli-scan-line = line { $n }
cli-scan-page = page { $n }
cli-scan-sum = { $files } { $files ->
    [one] file
   *[other] files
} looked at ({ $size }): { $findings } { $findings ->
    [one] finding
   *[other] findings
}, { $skipped } could not be looked at.

cli-verify-whole = The record is whole: { $events } { $events ->
    [one] event
   *[other] events
} of { $offices } { $offices ->
    [one] office
   *[other] offices
}, { $contents } { $contents ->
    [one] content
   *[other] contents
}, { $blobs } { $blobs ->
    [one] file
   *[other] files
} all fit.
cli-verify-damaged = The record is damaged in { $damage } { $damage ->
    [one] place
   *[other] places
}, of { $events } { $events ->
    [one] event
   *[other] events
}, { $contents } { $contents ->
    [one] content
   *[other] contents
}, { $blobs } { $blobs ->
    [one] file
   *[other] files
}.
cli-verify-erased = The content { $content } was erased as the law provides ({ $basis }).

cli-backup-ask = Passphrase of the backup (12 characters or more):{" "}
cli-backup-ask-again = Once more:{" "}
cli-backup-ask-open = Passphrase of the backup:{" "}
cli-backup-made = Backed up { $events } { $events ->
    [one] event
   *[other] events
} and { $files } { $files ->
    [one] file
   *[other] files
} into { $path } ({ $size }). Keep this file away from this machine; without the passphrase nobody opens it.
cli-backup-damaged = { $n } { $n ->
    [one] file
   *[other] files
} of the record are missing or changed: `luytre verify` names them. The backup holds what is left.
cli-backup-progress = { $stage }: { $done } / { $total }
cli-restored = Restored { $office } into { $path }: { $events } { $events ->
    [one] event
   *[other] events
} and { $files } { $files ->
    [one] file
   *[other] files
}, backed up at { $made }. The new epoch of the ledger (epoch { $epoch }) begins behind event { $seq }.
cli-drilled = Drill done: the backup of { $made } ({ $size }) would bring back { $events } { $events ->
    [one] event
   *[other] events
} and { $files } { $files ->
    [one] file
   *[other] files
} of { $office }; { $standing }
cli-drilled-age = The backup is { $n } { $n ->
    [one] hour
   *[other] hours
} old.

backup-foreign = This is no backup of Lũy Tre. Check the name of the file.
backup-truncated = The backup is cut off: its end is missing. Copy the file again from where it is kept, or use another backup.
backup-damaged = The backup is damaged: something is not as it was written. Copy the file again from where it is kept, or use another backup.
backup-wrong-passphrase = The passphrase is wrong, or the beginning of the file is damaged. Type it again; if it is surely right, use another backup.
backup-wrong-identity = This secret key does not open the file, or the beginning of the file is damaged. Use the key of the recipient.
backup-needs-passphrase = This file is locked with a passphrase. Leave --identity out and use the passphrase.
backup-needs-identity = This file is locked for the holder of an age key. Name the file of the secret key with --identity.
backup-newer = A newer version of the program wrote this backup. Install the newer version, then restore.
backup-weak-passphrase = The passphrase is too short or too easy to guess: it needs at least 12 characters, no run of keys, no repeated sign, none that many people use. A sentence that you remember is best.
backup-bad-recipient = The public key is not right. Write an age key; it begins with age1.
backup-bad-identity = The key file holds no secret age key (AGE-SECRET-KEY-1…).
backup-exists = A file of this name is there already. An earlier backup is never written over: choose another name.
backup-folder-not-empty = The folder to restore into is not empty. Name a new folder with --data.
backup-database-not-empty = The database to restore into is not empty. Make a new database and try again.
backup-changed-meanwhile = Something was erased during the backup. Back up again.
backup-stage-measuring = Reading
backup-stage-writing = Writing
backup-stage-reading = Restoring
backup-stage-checking = Verifying the record
backup-standing-same = nothing was recorded since.
backup-standing-behind = restoring it now would lose { $n } { $n ->
    [one] event
   *[other] events
} recorded since.
backup-standing-apart = the ledger in use does not continue this backup (the record is older than the backup, or it was restored and went on another way).

cli-service-name = Lũy Tre
cli-service-installed = The service is installed and runs at { $address }. Its data is in { $path }, for the service and administrators alone.
cli-service-uninstalled = The service is removed. The data stays.
cli-service-failed = Windows could not do it. Open a command window as administrator and try again. Technical detail: { $detail }
cli-service-how-install = On Linux systemd runs the service. As an administrator: copy the program to /usr/local/bin/luytre, run `luytre service print systemd > /etc/systemd/system/luytre.service`, then `systemctl daemon-reload && systemctl enable --now luytre`. The data is in /var/lib/luytre.
cli-service-how-uninstall = On Linux, as an administrator: `systemctl disable --now luytre`, then delete /etc/systemd/system/luytre.service. The data in /var/lib/luytre stays.
cli-service-how-run = This command is for Windows only. On Linux use `luytre serve`.

cli-demo-title = Example: a fictional commune receives a directive, hands out tasks, inspects, reports.
cli-demo-folder = documents
cli-demo-letter = { $code }: { $subject } ({ $n } { $n ->
    [one] obligation
   *[other] obligations
})
cli-demo-tasks = { $n } { $n ->
    [one] task
   *[other] tasks
} given to { $units } { $units ->
    [one] unit
   *[other] units
}
cli-demo-checks = Inspection of this machine: { $passed } passed, { $failed } to be fixed, { $unseen } not tested
cli-demo-scan = Scan of the shared folder: { $passed } passed, { $failed } to be fixed, { $unseen } not tested
cli-demo-documents = Documents written:
cli-demo-data = Data of the example: { $path }

cli-rate-acknowledged = Acknowledged
cli-rate-declared = Declared done
cli-rate-on-time = On time
cli-rate-verified = Verified
cli-rate-gap = { $n } { $n ->
    [one] task
   *[other] tasks
} declared done and not verified; { $only } can only be declared.

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

cli-set-up-code = Set-up code (for the first page): { $code }

cli-not-secure = { $address } is not an address of this machine alone. For other machines to reach it add --tls (own certificate) or --tls-cert and --tls-key (given one). Add --insecure only where the line is protected in another way.
cli-demo-beyond = { $address } is not an address of this machine alone. The demonstration has no passwords, so it opens on the machine itself only (127.0.0.1).
cli-tls-certificate = The certificate or key in { $path } cannot be used. PEM files are needed, certificate and key belonging together. { $detail }
cli-own-certificate = Own certificate; browsers will ask, compare with this SHA-256 before accepting: { $fingerprint }
cli-insecure = WARNING: HTTP without encryption on the network. Passwords and letters can be read on the way.

cli-arg-name = Another name that leads to this machine, such as luytre.xa.vn (may be given several times)
cli-arg-tls = Serve over HTTPS with a certificate of the office's own
cli-arg-tls-cert = File of a given certificate (PEM)
cli-arg-tls-key = File of the given certificate's key (PEM)
cli-arg-insecure = Allow HTTP without encryption beyond this machine (not advised)

cli-value-name = NAME
cli-value-tls-cert = FILE
cli-value-tls-key = FILE
