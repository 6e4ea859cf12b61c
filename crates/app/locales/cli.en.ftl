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
