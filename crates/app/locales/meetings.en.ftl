# Meetings, reports, difficulties.
