# Operations: what the administrator has to be told, and what to do.

record-damaged = The record is damaged: the check of { $at } found { $n } damaged { $n ->
    [one] place
   *[other] places
}. See where, and what to do.
ledger-damaged-do = What to do: change and delete nothing in the data folder; copy the whole folder somewhere else, then restore a backup that is whole into a new folder: luytre restore FILE --data NEWDIR. A file that is lost, and whose original the unit still has, can be handed in again at its task: the right bytes take the place of the damaged ones.
ledger-covered = Checked: every event of the ledger, order, hashes and signatures of the chain; the seals of reports; every letter of the texts, and every byte and the size of the files that the ledger names.
cli-verify-covered = This command also makes the tables that pages read anew from the ledger, to compare, and has the database check its own file.
ledger-not-covered = Not checked, because they cannot be: names of files, names of people, mail addresses, accounts, settings and the log of the door. The law lets names and addresses be erased, so they stand outside of the signed chain; whoever changes them right in the database is not found from here.
cli-verify-no-key = The office's key file is missing: { $path }. The record can be read and checked all the same, but without the key the program does not start and nothing can be added. What to do: bring office.key back from a backup (luytre restore FILE --data NEWDIR); put no other key in its place. If this is only a copy to be checked, no key is needed.
cli-verify-no-events = No event of the ledger can be read any more. The data folder still holds { $contents } contents and { $blobs } files; { $damage } places are damaged.
cli-verify-fewer = When it was checked the last time ({ $at }) the ledger had { $before } events, now it has { $now } only.
cli-verify-unnamed = { $n } contents and files are named by no event that is left: they belong to the events that are lost.
log-record-damaged = the record is damaged (damaged places: { $n }): open the page of the ledger or run luytre verify to see where, then restore from a backup

backup-other-office = This is another office's backup, not one of the office that uses this program. The drill failed: choose a backup of your own office.
backup-apart = The record in use does not continue this backup.
backup-record-damaged = The backup opens, but the record in it is damaged.
upkeep-drill-apart = The drill failed: the backup of { $hours } hours ago opens, but { $standing }

cli-database-empty = The database file is empty, there is no record in it. If there was one before, leave the folder as it is and restore a backup into a new folder: luytre restore FILE --data NEWDIR. Technical detail: { $detail }

audit-role-own = in this unit only
audit-role-below = with the units below
audit-role-open = without an end
audit-role-until = until { $date }
access-backup-made = Backup of the whole record
access-backup-failed = Backup failed
access-drill-passed = Restore drill passed
access-drill-failed = Restore drill failed
access-mail-set = Mail settings changed
access-mail-off = Mail turned off
access-data-exported = Personal data of somebody handed out
audit-machine = Command line of the server
backup-inside-data = The backup lies within the data folder: if the folder breaks, both are lost. Choose another place: a stick, another disk or another machine.
cli-backup-made-for-keys = Backed up { $events } events and { $files } files into { $path } ({ $size }). Keep this file away from this machine; only the holders of the secret keys can open it.
cli-other-folder = The folder { $path } holds other files and no record. Choose an empty or a new folder with --data.
cli-certificate-binary = The file { $path } is binary (DER or PFX), the program needs PEM. Convert a certificate: openssl x509 -inform der -in FILE -out FILE.pem; a key: openssl pkey -inform der -in FILE -out FILE.pem.
cli-certificate-locked = The key in { $path } is locked with a passphrase. Unlock it into a file that only its owner reads: openssl pkey -in FILE -out NEWFILE.
cli-certificate-mismatch = The key in { $path } does not belong to this certificate. Take the certificate and the key that were issued together.
cli-certificate-ended = WARNING: the certificate ended on { $date }, browsers will refuse it. Get a new one and start again, or use --tls.
cli-usage-form-name = Write a name of the machine or domain without http:// and port, for example luytre.xa.vn.
