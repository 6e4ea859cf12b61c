# When the machine cannot do it: a full disk, a busy database, a file that is gone. What happened, what is not lost, what to do.

trouble-title-full = The disk is full
trouble-title-read-only = The disk cannot be written
trouble-title-busy = The database is busy
trouble-title-away = The database does not answer
trouble-title-disk = The disk reports an error
trouble-title-file-changed = The file on the server is damaged
trouble-title-folder-gone = The data folder is not in its place any more
trouble-words-folder-gone = The office's data folder was moved, renamed or deleted while the program runs, so nothing was recorded just now. What to do: have the administrator put that very folder back in its place, and the program goes on. If it was deleted: stop the program, restore from a backup and start it again.
trouble-title-text-damaged = The stored content of this document is damaged
trouble-words-text-damaged = The words of this document in the database are no longer those that went into the ledger (changed or cut short), so they are not shown here. All other pages work as usual. What to do: have the administrator run luytre verify, which says what is damaged, and bring the content back from a backup. If it is a letter that came in and the unit still has the original file, upload exactly that file again under Letters: what is read from it takes the place of what is damaged.
text-damaged = [This text is damaged in the database: have the administrator run luytre verify and bring it back from a backup]
trouble-title-text-too-long = The text is too long
trouble-words-text-too-long = The text is longer than a form takes (about 1 MB; 64 KB while nobody is signed in), so nothing was recorded. Shorten it and send again, or send it in parts.
trouble-title-file-gone = The file is no longer on the server
trouble-words-full = The server's disk has no room left, so nothing of this was written. What was written before is whole and can still be read. What to do: have the administrator make room on the disk, then send it again.
trouble-words-read-only = The data folder on the server cannot be written, so nothing of this was written. What was written before is whole and can still be read. What to do: have the administrator check the disk and the rights of the data folder, then send it again.
trouble-words-busy = Another program holds the database, so nothing of this was written. Wait about a minute and send it again. If it stays busy, have the administrator find and close that program.
trouble-words-away = The database server does not answer, so nothing of this was written. Wait about a minute and send it again. If it still fails, tell the administrator.
trouble-words-disk = The server's disk failed to read or write, so nothing of this was written. What to do: have the administrator check the disk at once, and the ledger with luytre verify. Do not send it again before the disk was checked.
trouble-words-file-changed = The file in the data folder is no longer the one that was handed in (cut short or changed), so it is not given out. The ledger still knows the fingerprint of the right one. What to do: have the administrator bring it back from a backup; if the unit still has the original, hand it in again and it takes the place of the damaged one.
trouble-words-file-gone = The ledger still knows the name and fingerprint of this file, but it is no longer in the data folder. What to do: have the administrator bring it back from a backup; if the unit still has the original, submit it as new evidence.
trouble-kept = What you entered is still here. Once the disk has room or the server is ready, press the button below to send it again; nothing has to be typed anew.
trouble-kept-words = The words you entered are still here, but browsers do not let this page keep files. Once the disk has room or the server is ready, choose the files again and press the button below.
trouble-files = Choose the files again
trouble-not-kept = Passwords and codes are not kept on this page: go back to the page before to enter them again.
trouble-again = Send again

room-left = Room on the disk
room-of = { $free } of { $total }
room-little = The disk has only { $free } left. When it is full, the program can write nothing more, only show what there is. Remove files that are not needed or move the data folder to a larger disk.

cli-served-already = The folder { $path } is served by another luytre. Open that program's page in the browser, or stop it before starting again.
cli-stopping = Stopping: waiting for the requests under way.

ledger-damage-task = Evidence “{ $name }” of a task
ledger-damage-word = A note on the task
ledger-damage-letter = Letter { $name }
ledger-damage-said = Recorded in event { $seq }, { $at }. { $about }
cli-damage-file = File “{ $name }”
ledger-damage-text = a text
clock-behind = The clock of the server is { $minutes } minutes behind the latest entry. New work is still recorded in order, but bears the time of the latest entry until the clock has caught up. Check date and time of the server.
cli-damage-task = Of the task: { $name } ({ $task })
cli-damage-letter = Of the letter: { $name } ({ $letter })
trouble-title-crowded = The server is taking in too many files
trouble-words-crowded = Many people are sending files at the same time, or the files sent before by this account have not all arrived, so nothing more was taken in and nothing was written. Wait about a minute, go back and send it again; send several files one by one.
