# Tasks, reminders, the page of the administration.
